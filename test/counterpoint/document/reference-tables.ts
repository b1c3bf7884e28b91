import { tendersOf, type DocumentPlan } from '../../../counterpoint/document/plan';
import { documentRows } from '../../../counterpoint/document/rows/document-rows';
import type { RowBatch, TableRow } from '../../../database/row-batch';
import { samplePlan } from '../../../counterpoint/check/sample-plan';
import type { DocumentDraft } from '../../../domain/document/draft';
import { isPositive } from '../../../domain/money';
import { exampleDrafts } from '../../domain/document/examples';
import { settingsWith } from '../../domain/document/settings';
import { REASONS } from './column-reasons';

const ORDER = '1';
const DEPOSIT = '2';
const WORKED = 'Configurable, 10 % coupon, taxed';

/** A plan for a draft, with stand-ins for all that the database would have told. */
function planFor(draft: DocumentDraft): DocumentPlan {
  const sample = samplePlan(settingsWith());
  const [fact] = sample.lines.map((line) => line.fact);
  const [payCode] = sample.facts.payCodes.values();
  const [discount] = sample.facts.discounts.values();
  if (fact === undefined || payCode === undefined || discount === undefined)
    throw new Error('The sample is too small.');
  const { payment } = draft;
  const codes = [payment.payCode, ...payment.others.map((other) => other.payCode)].filter((code) => code !== null);
  const tenders = tendersOf(draft, new Map(codes.map((code) => [code, { ...payCode, PAY_COD: code }])));
  const guids = draft.lines.map(() => 'x');
  // A plain item; what a grid item adds is a row of PS_DOC_LIN_CELL for each line.
  const plain = { ...fact, cell: null, barcode: null, item: { ...fact.item, TRK_METH: 'N' } };
  return {
    ...sample,
    draft,
    ...tenders,
    facts: {
      ...sample.facts,
      items: new Map(draft.lines.map((line) => [line, plain])),
      discounts: new Map(draft.lines.map((line) => [line.discountCode ?? '', discount])),
    },
    ids: {
      ...sample.ids,
      lineGuids: guids,
      deposit:
        isPositive(tenders.deposit) && sample.ids.deposit !== null ? { ...sample.ids.deposit, lineGuids: guids } : null,
    },
    lines: draft.lines.map((line, index) => ({ line, fact: plain, guid: 'x', sequence: index + 1 })),
  };
}

const rowsOf = (batches: readonly RowBatch[], table: string, docId: string): readonly TableRow[] =>
  batches
    .filter((batch) => batch.table === table)
    .flatMap((batch) => batch.rows.filter((row) => row['DOC_ID'] === docId));

/** How many rows each kind of order writes into which table. */
export function rowsTable(): string {
  const tables = Object.keys(REASONS);
  const kinds = exampleDrafts().map(({ kind, draft }) => {
    const batches = documentRows(planFor(draft));
    const cells = tables.map((table) => {
      const [order, deposit] = [ORDER, DEPOSIT].map((docId) => rowsOf(batches, table, docId).length);
      if (deposit === 0) return order === 0 ? '' : String(order);
      return `${String(order)} + ${String(deposit)}`;
    });
    return [kind, ...cells];
  });
  const head = ['Order', ...tables.map((table) => `\`${table.replace('PS_DOC_', '')}\``)];
  return ['Tables without their prefix `PS_DOC_`.', '', tableOf(head, kinds)].join('\n');
}

/** Every column that is written, with the values of one worked order and the reason. */
export function columnsTable(): string {
  const worked = exampleDrafts().find(({ kind }) => kind === WORKED);
  if (worked === undefined) throw new Error(`No example is called ${WORKED}.`);
  const batches = documentRows(planFor(worked.draft));
  return Object.entries(REASONS)
    .map(([table, groups]) => {
      const rows = groups.map(([columns, why]) => [
        columns
          .split(' ')
          .map((column) => `\`${column}\``)
          .join(', '),
        ...[ORDER, DEPOSIT].map((docId) => valuesOf(rowsOf(batches, table, docId), columns.split(' '))),
        why,
      ]);
      return `#### \`${table}\`\n\n${tableOf(['Columns', 'Order', 'Deposit ticket', 'Why'], rows)}`;
    })
    .join('\n\n');
}

/** The values of a document's first row; where its rows differ in them, of every row. */
function valuesOf(rows: readonly TableRow[], columns: readonly string[]): string {
  const each = rows.map((row) => columns.map((column) => shown(row[column])).join(' · '));
  return [...new Set(each)].join('<br>');
}

const shown = (value: TableRow[string] | undefined): string => {
  if (value === undefined || value === null) return '—';
  const text = String(value)
    .replace(/[\r\n]+/g, ' ')
    .replaceAll('|', '\\|');
  return text.length > 32 ? `${text.slice(0, 31)}…` : text;
};

const tableOf = (head: readonly string[], rows: readonly (readonly string[])[]): string =>
  [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');

/** A document with everything on it: what the row builders can write at all. */
function written(): Map<string, Set<string>> {
  const found = new Map<string, Set<string>>();
  for (const { table, rows } of documentRows(samplePlan(settingsWith()))) {
    const columns = found.get(table) ?? new Set<string>();
    found.set(table, columns);
    for (const row of rows) for (const column of Object.keys(row)) columns.add(column);
  }
  return found;
}

const explained = (table: string): string[] => (REASONS[table] ?? []).flatMap(([columns]) => columns.split(' '));

export const columnsWithoutReason = (): string[] =>
  [...written()].flatMap(([table, columns]) =>
    [...columns].filter((column) => !explained(table).includes(column)).map((column) => `${table}.${column}`),
  );

export const reasonsWithoutColumn = (): string[] =>
  Object.keys(REASONS).flatMap((table) =>
    explained(table)
      .filter((column) => written().get(table)?.has(column) !== true)
      .map((column) => `${table}.${column}`),
  );
