import type { Columns } from './columns';
import type { Statement } from './engine';
import { sql } from './kysely';
import { inPortions } from './portions';
import type { CellValue, RowBatch, TableRow } from './row-batch';

/**
 * One INSERT per table (more for long orders), in the order given. Columns that are NULL in every row are left to the
 * table, so that its own defaults apply and the request stays small.
 */
export function insertStatements(batches: readonly RowBatch[], columns: Columns): Statement[] {
  return batches.flatMap((batch) => {
    const names = usedColumns(batch.rows);
    return inPortions(batch.rows, names.length).map((rows) => insert(batch.table, names, rows, columns));
  });
}

function insert(table: string, names: readonly string[], rows: readonly TableRow[], columns: Columns): Statement {
  const tuples = rows.map(
    (row) => sql`(${sql.join(names.map((name) => bound(table, name, row[name] ?? null, columns)))})`,
  );
  return sql`insert into ${sql.table(`dbo.${table}`)} (${sql.join(names.map((name) => sql.ref(name)))}) values ${sql.join(tuples)}`;
}

/** SQL Server makes no money of text by itself; a decimal it does. Times are read as ISO whatever language the login has. */
function bound(table: string, name: string, value: CellValue, columns: Columns) {
  const type = columns.column(`dbo.${table}`, name)?.type;
  if (type === 'money') return sql`cast(${value} as decimal(19,4))`;
  if (type === 'datetime') return sql`cast(${value} as datetime2(3))`;
  return sql`${value}`;
}

const usedColumns = (rows: readonly TableRow[]): string[] => {
  const used = new Set<string>();
  for (const row of rows) for (const [name, value] of Object.entries(row)) if (value !== null) used.add(name);
  return [...used];
};
