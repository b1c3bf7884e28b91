import { createHash } from 'node:crypto';
import { decimal } from '../../domain/money';
import type { Columns } from '../../database/columns';
import type { Row, Statement } from '../../database/engine';
import { sql } from '../../database/kysely';
import { plain } from '../../database/plain-value';
import type { RowBatch } from '../../database/row-batch';

/** What of a document has to be in the database as it was written; `#` marks decimals, `@` guids. */
const WATCHED: Readonly<Record<string, string>> = {
  PS_DOC_HDR: 'DOC_ID DOC_TYP STR_ID STA_ID TKT_NO @DOC_GUID CUST_NO CUST_PO_NO SHIP_VIA_COD TAX_COD',
  PS_DOC_HDR_DOC_STAT: 'DOC_ID DOC_STAT LST_DOC_ACTIV #TOT_DEP_RECEIVED',
  PS_DOC_HDR_TOT: 'DOC_ID TOT_TYP LINS #SUB_TOT #TAX_AMT #TOT_MISC #TOT #TOT_TND #AMT_DUE #TOT_LIN_DISC',
  PS_DOC_HDR_MISC_CHRG: 'DOC_ID TOT_TYP MISC_CHRG_NO #MISC_AMT',
  PS_DOC_CONTACT: 'DOC_ID CONTACT_ID NAM ADRS_1 CITY ZIP_COD',
  PS_DOC_LIN: 'DOC_ID LIN_SEQ_NO LIN_TYP @LIN_GUID ITEM_NO #QTY_SOLD #PRC #EXT_PRC #GROSS_EXT_PRC #TAX_AMT_ALLOC',
  PS_DOC_LIN_CELL: 'DOC_ID LIN_SEQ_NO DIM_1_UPR DIM_2_UPR DIM_3_UPR #QTY_SOLD',
  PS_DOC_DISC: 'DOC_ID DISC_SEQ_NO LIN_SEQ_NO #DISC_AMT',
  PS_DOC_TAX: 'DOC_ID AUTH_COD RUL_COD TAX_DOC_PART #TAX_AMT',
  PS_DOC_PMT: 'DOC_ID PMT_SEQ_NO PAY_COD #AMT FINAL_PMT',
  PS_DOC_AUDIT_LOG: 'DOC_ID LOG_SEQ_NO ACTIV',
  PS_DOC_HDR_ORIG_DOC: 'DOC_ID ORIG_DOC_ID',
};

interface Watched {
  readonly name: string;
  readonly kind: '#' | '@' | '';
}

const watched = (table: string, columns: Columns): Watched[] =>
  (WATCHED[table] ?? '')
    .split(' ')
    .map((word): Watched =>
      word.startsWith('#') || word.startsWith('@')
        ? { name: word.slice(1), kind: word[0] as '#' | '@' }
        : { name: word, kind: '' },
    )
    .filter(({ name }) => columns.has(`dbo.${table}`, name));

const tables = (columns: Columns): string[] => Object.keys(WATCHED).filter((table) => columns.has(`dbo.${table}`));

/** The selects that read the watched columns of some documents, in the order `snapshotOfAnswers` takes them. */
export const snapshotQueries = (docIds: readonly string[], columns: Columns): Statement[] =>
  tables(columns).map(
    (table) =>
      sql`select ${sql.join(watched(table, columns).map(({ name }) => sql.ref(name)))} from ${sql.table(`dbo.${table}`)} where ${sql.ref('DOC_ID')} in (${sql.join(docIds)})`,
  );

/** One sorted line of text per row; equal snapshots mean equal documents. */
export type Snapshot = readonly string[];

export const snapshotOfAnswers = (answers: readonly (readonly Row[])[], columns: Columns): Snapshot =>
  tables(columns)
    .flatMap((table, index) => (answers[index] ?? []).map((row) => lineOf(table, row, columns)))
    .sort();

export const snapshotOfRows = (batches: readonly RowBatch[], columns: Columns): Snapshot =>
  batches
    .filter((batch) => WATCHED[batch.table] !== undefined && columns.has(`dbo.${batch.table}`))
    .flatMap((batch) => batch.rows.map((row) => lineOf(batch.table, row, columns)))
    .sort();

function lineOf(table: string, row: Row, columns: Columns): string {
  const values = watched(table, columns).map(({ name, kind }) => {
    const value = row[name];
    if (value === null || value === undefined) return '';
    if (kind === '#') return decimal(plain(value)).toFixed(4);
    return kind === '@' ? plainGuid(plain(value)) : plain(value).trimEnd();
  });
  return `${table}|${values.join('|')}`;
}

export const fingerprintOf = (snapshot: Snapshot): string =>
  createHash('sha256').update(snapshot.join('\n')).digest('hex');

/** Tables in which the two differ; for a message that holds no data. */
export function differingTables(a: Snapshot, b: Snapshot): string[] {
  const left = new Set(a);
  const right = new Set(b);
  const lines = [...a.filter((line) => !right.has(line)), ...b.filter((line) => !left.has(line))];
  return [...new Set(lines.map((line) => line.slice(0, line.indexOf('|'))))];
}

/** Upper case, without braces: how guids are compared and shown everywhere. */
export const plainGuid = (guid: string): string => guid.replace(/[{}]/g, '').toUpperCase();
