import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { columnsTable, columnsWithoutReason, reasonsWithoutColumn, rowsTable } from './reference-tables';

const REFERENCE = join(__dirname, '../../../docs/reference/documents.md');
const block = (name: string) =>
  new RegExp(`(<!-- ${name}: made from the row builders -->)[\\s\\S]*?(<!-- end of ${name} -->)`);

test.each([
  ['rows', rowsTable],
  ['columns', columnsTable],
])('the reference shows which %s each document is written with, as the row builders do it today', (name, table) => {
  const text = readFileSync(REFERENCE, 'utf8');
  expect(text).toMatch(block(name));
  const made = text.replace(block(name), (_, begin: string, end: string) => `${begin}\n\n${table()}\n\n${end}`);
  if (process.env['CANTUS_WRITE_DOCS'] === '1') writeFileSync(REFERENCE, made);
  expect(readFileSync(REFERENCE, 'utf8')).toBe(made);
});

test('every column that is written has its reason, and no reason is for a column that is not', () => {
  expect(columnsWithoutReason()).toEqual([]);
  expect(reasonsWithoutColumn()).toEqual([]);
});
