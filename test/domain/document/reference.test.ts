import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { examplesTable } from './examples';

const REFERENCE = join(__dirname, '../../../docs/reference/documents.md');
const BLOCK = /(<!-- examples: made by the mapping -->)[\s\S]*?(<!-- end of examples -->)/;

test('the reference shows for each kind of order what the mapping makes of it today', () => {
  const text = readFileSync(REFERENCE, 'utf8');
  expect(text).toMatch(BLOCK);
  const made = text.replace(BLOCK, (_, begin: string, end: string) => `${begin}\n\n${examplesTable()}\n\n${end}`);
  if (process.env['CANTUS_WRITE_DOCS'] === '1') writeFileSync(REFERENCE, made);
  expect(readFileSync(REFERENCE, 'utf8')).toBe(made);
});
