/** A value as it goes to the database: decimals, times and guids as text, so that no float is in between. */
export type CellValue = string | number | null;
export type TableRow = Readonly<Record<string, CellValue>>;

/** Rows for one table; the order of batches is the order of inserts. */
export interface RowBatch {
  readonly table: string;
  readonly rows: readonly TableRow[];
}
