import type { Compilable, Kysely, RawBuilder } from './kysely';
import { plain } from './plain-value';
import type { Database } from './tables';

/** Where a statement runs: the pool or one transaction. */
export type Executor = Kysely<Database>;
export type Statement = Compilable | RawBuilder<unknown>;

/** What the two engines say differently; everything else is one text for both. */
export interface EngineWords {
  readonly kind: 'sqlserver' | 'sandbox';
  /** Waits for, then holds an application lock until the transaction ends. */
  lock(name: string): RawBuilder<unknown>;
  /** A table whose rows are locked for update while they are read; `forUpdate` closes the statement. */
  lockedTable(table: string): RawBuilder<unknown>;
  readonly forUpdate: RawBuilder<unknown>;
  /** Only the first rows of a select: words for its beginning and its end. */
  first(rows: number): { readonly front: RawBuilder<unknown>; readonly end: RawBuilder<unknown> };
  /** A text as `=` and `in` compare it, so that both engines find the same: whatever its letters' case and blanks at its end. */
  folded(text: RawBuilder<unknown>): RawBuilder<unknown>;
  /** Equality of texts whatever their letters' case, by an index where there is one. */
  sameText(column: RawBuilder<unknown>, value: string): RawBuilder<boolean>;
  /** COLUMN rows of the catalogue: TABLE_SCHEMA, TABLE_NAME, COLUMN_NAME, DATA_TYPE, LENGTH, IS_NULLABLE, COLLATION_NAME, HAS_DEFAULT, IS_WRITABLE. */
  readonly catalogue: RawBuilder<unknown>;
  /** The database's own clock as text, UTC, `YYYY-MM-DDTHH:mm:ss.mmm`; workers' clocks differ from each other. */
  readonly utcText: RawBuilder<unknown>;
  /** Whole seconds since such a text, by the same clock. */
  secondsSince(column: RawBuilder<unknown>): RawBuilder<unknown>;
  /** A text "YYYY-MM-DDTHH:mm:ss[.mmm]" as the type of Counterpoint's own times, so that their keys answer. */
  time(value: string): RawBuilder<unknown>;
  /** After a text of Counterpoint's that is compared with one of ours: a company may keep another collation (468). */
  readonly ours: RawBuilder<unknown>;
  readonly createSchema: RawBuilder<unknown>;
}

export interface Engine extends EngineWords {
  readonly db: Kysely<Database>;
  /** Statements in one go, then selects; the rows of each select. One round trip while 2,000 parameters suffice. */
  read(selects: readonly Statement[], on?: Executor, before?: readonly Statement[]): Promise<Row[][]>;
  write(statements: readonly Statement[], on?: Executor): Promise<void>;
  /** One READ COMMITTED transaction; errors come out classified, those of the commit as such. */
  transaction<T>(order: string, work: (on: Executor) => Promise<T>): Promise<T>;
  close(): Promise<void>;
}

export type Row = Readonly<Record<string, unknown>>;

/** A column of an answer as text; NULL is the empty text. */
export const cell = (row: Row | undefined, column: string): string => plain(row?.[column]);

/** A datetime column as wall time "YYYY-MM-DDTHH:mm:ss", whichever way the driver delivered it. */
export const wallTime = (value: string | Date): string =>
  (value instanceof Date ? value.toISOString() : value.replace(' ', 'T')).slice(0, 19);
