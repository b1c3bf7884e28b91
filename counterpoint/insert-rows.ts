import type { Columns } from './columns';
import type { Statement } from './engine';
import { sql } from './kysely';
import type { CellValue, RowBatch, TableRow } from './row-batch';

/** Rows of one INSERT; keeps a statement well below the limit of parameters a request may have. */
const MAX_PARAMETERS = 900;

/**
 * One INSERT per table (more for long orders), in the order given. Columns that are NULL in every row are left to the
 * table, so that its own defaults apply and the request stays small.
 */
export function insertStatements(batches: readonly RowBatch[], columns: Columns): Statement[] {
  return batches.flatMap((batch) => {
    const names = usedColumns(batch.rows);
    const perStatement = Math.max(1, Math.floor(MAX_PARAMETERS / Math.max(1, names.length)));
    const statements: Statement[] = [];
    for (let start = 0; start < batch.rows.length; start += perStatement) {
      statements.push(insert(batch.table, names, batch.rows.slice(start, start + perStatement), columns));
    }
    return statements;
  });
}

function insert(table: string, names: readonly string[], rows: readonly TableRow[], columns: Columns): Statement {
  const tuples = rows.map(
    (row) => sql`(${sql.join(names.map((name) => bound(table, name, row[name] ?? null, columns)))})`,
  );
  return sql`insert into ${sql.table(`dbo.${table}`)} (${sql.join(names.map((name) => sql.ref(name)))}) values ${sql.join(tuples)}`;
}

/** SQL Server makes no money of text by itself; a decimal it does. */
const bound = (table: string, name: string, value: CellValue, columns: Columns) =>
  columns.column(`dbo.${table}`, name)?.type === 'money' ? sql`cast(${value} as decimal(19,4))` : sql`${value}`;

const usedColumns = (rows: readonly TableRow[]): string[] => {
  const used = new Set<string>();
  for (const row of rows) for (const [name, value] of Object.entries(row)) if (value !== null) used.add(name);
  return [...used];
};
