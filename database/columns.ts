import { codePageOfCollation, type CodePage } from '../domain/text/fitting';
import { cell, type Engine } from './engine';

/** One column as the real database declares it. */
export interface Column {
  readonly type: string;
  /** Characters; null: not a text or without a limit. */
  readonly length: number | null;
  /** What a text column can hold, by its collation. */
  readonly codePage?: CodePage;
  readonly nullable: boolean;
  readonly hasDefault: boolean;
  /** False: computed, identity or rowversion. */
  readonly writable: boolean;
}

/** The real columns of every table, by upper-case table name and column name. */
export interface Columns {
  has(table: string, column?: string): boolean;
  column(table: string, column: string): Column | undefined;
  of(table: string): ReadonlyMap<string, Column>;
}

/** What counts where a column says nothing of its collation. */
export const USUAL_CODE_PAGE: CodePage = 'cp1252';

const NO_COLUMNS: ReadonlyMap<string, Column> = new Map();

/** Reads INFORMATION_SCHEMA once; lengths differ between versions of Counterpoint, so none is written in the code. */
export async function readColumns(engine: Engine): Promise<Columns> {
  const [rows = []] = await engine.read([engine.catalogue]);
  const tables = new Map<string, Map<string, Column>>();
  for (const row of rows) {
    const name = `${cell(row, 'TABLE_SCHEMA')}.${cell(row, 'TABLE_NAME')}`;
    const columns = tables.get(name) ?? new Map<string, Column>();
    tables.set(name, columns);
    const length = row['LENGTH'] === null ? null : Number(row['LENGTH']);
    const type = cell(row, 'DATA_TYPE').toLowerCase();
    columns.set(cell(row, 'COLUMN_NAME'), {
      type,
      codePage: /^n(var)?char$|^ntext$/.test(type) ? 'unicode' : codePageOfCollation(cell(row, 'COLLATION_NAME')),
      length: length !== null && length > 0 ? length : null,
      nullable: row['IS_NULLABLE'] === 'YES',
      hasDefault: Number(row['HAS_DEFAULT']) === 1,
      writable: Number(row['IS_WRITABLE']) === 1,
    });
  }
  return columnsOf(tables);
}

export const columnsOf = (tables: ReadonlyMap<string, ReadonlyMap<string, Column>>): Columns => ({
  has: (table, column) => (column === undefined ? tables.has(table) : (tables.get(table)?.has(column) ?? false)),
  column: (table, column) => tables.get(table)?.get(column),
  of: (table) => tables.get(table) ?? NO_COLUMNS,
});
