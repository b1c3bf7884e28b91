import { createHash } from 'node:crypto';
import mssql from 'mssql';
import pg from 'pg';
import type { CounterpointSettings } from '../domain/settings';
import { inRequests } from './batch-limits';
import { Kysely, PostgresDialect, sql, type Compilable, type CompiledQuery, type RawBuilder } from './kysely';
import { LOCK_WAIT_MS, mssqlDialect, type BatchResult } from './mssql-driver';
import { classifySqlError } from './sql-errors';
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

const CONNECT_TIMEOUT_MS = 10_000;
/** Below the 30 s of an activity, so that a second attempt never overlaps the first. */
const REQUEST_TIMEOUT_MS = 25_000;

let trips = 0;
/** Round trips so far in this process, counted on SQL Server's terms on both engines: a batch is one. */
export const roundTrips = (): number => trips;

let sent = 0;
/** Statements so far in this process, begin and commit not counted. */
export const statementsSent = (): number => sent;

export const SQLSERVER_WORDS: EngineWords = {
  kind: 'sqlserver',
  lock: (name) =>
    sql`declare @granted int; exec @granted = sp_getapplock @Resource = ${name}, @LockMode = 'Exclusive', @LockOwner = 'Transaction', @LockTimeout = ${sql.lit(LOCK_WAIT_MS)}; if @granted < 0 throw 51222, 'application lock not granted', 1`,
  lockedTable: (table) => sql`${sql.table(table)} with (updlock, rowlock)`,
  forUpdate: sql``,
  first: (rows) => ({ front: sql`top (${sql.lit(rows)}) `, end: sql`` }),
  folded: (text) => text,
  // Counterpoint's databases compare without regard to case; a function around the column would leave its index unused.
  sameText: (column, value) => sql<boolean>`${column} = ${value}`,
  catalogue: sql`select c.TABLE_SCHEMA as "TABLE_SCHEMA", c.TABLE_NAME as "TABLE_NAME", c.COLUMN_NAME as "COLUMN_NAME", c.DATA_TYPE as "DATA_TYPE", c.CHARACTER_MAXIMUM_LENGTH as "LENGTH", c.IS_NULLABLE as "IS_NULLABLE", c.COLLATION_NAME as "COLLATION_NAME",
case when c.COLUMN_DEFAULT is null then 0 else 1 end as "HAS_DEFAULT", case when s.is_computed = 1 or s.is_identity = 1 or c.DATA_TYPE = 'timestamp' then 0 else 1 end as "IS_WRITABLE"
from INFORMATION_SCHEMA.COLUMNS c join sys.columns s on s.object_id = object_id(c.TABLE_SCHEMA + '.' + c.TABLE_NAME) and s.name = c.COLUMN_NAME where c.TABLE_SCHEMA in ('dbo', 'cantus')`,
  // Style 126 leaves the milliseconds out where they are none.
  utcText: sql`replace(convert(varchar(23), getutcdate(), 121), ' ', 'T')`,
  secondsSince: (column) => sql`datediff(second, cast(${column} as datetime2(3)), getutcdate())`,
  time: (value) => sql`cast(cast(${value} as datetime2(3)) as datetime)`,
  ours: sql` collate database_default`,
  // CREATE SCHEMA has to be alone in its batch.
  createSchema: sql`if schema_id('cantus') is null exec('create schema cantus')`,
};

export const POSTGRES_WORDS: EngineWords = {
  kind: 'sandbox',
  lock: (name) => sql`select pg_advisory_xact_lock(${sql.lit(lockNumber(name))})`,
  lockedTable: (table) => sql.table(table),
  forUpdate: sql` for update`,
  first: (rows) => ({ front: sql``, end: sql` limit ${sql.lit(rows)}` }),
  folded: (text) => sql`lower(rtrim(${text}))`,
  sameText: (column, value) => sql<boolean>`lower(${column}) = lower(${value})`,
  catalogue: sql`select table_schema as "TABLE_SCHEMA", table_name as "TABLE_NAME", column_name as "COLUMN_NAME", data_type as "DATA_TYPE", character_maximum_length as "LENGTH", is_nullable as "IS_NULLABLE", cast(null as text) as "COLLATION_NAME",
case when column_default is null then 0 else 1 end as "HAS_DEFAULT", case when is_generated = 'ALWAYS' or is_identity = 'YES' then 0 else 1 end as "IS_WRITABLE"
from information_schema.columns where table_schema in ('dbo', 'cantus')`,
  utcText: sql`to_char(clock_timestamp() at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS.MS')`,
  secondsSince: (column) =>
    sql`floor(extract(epoch from clock_timestamp() at time zone 'utc' - ${column}::timestamp))::int`,
  time: (value) => sql`cast(${value} as timestamp(3))`,
  ours: sql``,
  createSchema: sql`create schema if not exists cantus`,
};

/** An advisory lock is a number: 48 bits of the name's hash. */
const lockNumber = (name: string): number => createHash('sha256').update(name).digest().readUIntBE(0, 6);

/** Opens the pool of the configured engine; no connection is made before the first statement. */
export function openEngine(
  connection: CounterpointSettings['connection'],
  log: (fields: object, message: string) => void,
): Engine {
  if (connection.kind === 'sandbox') {
    const pool = new pg.Pool({
      connectionString: connection.url,
      max: connection.poolMax,
      connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
      statement_timeout: REQUEST_TIMEOUT_MS,
      // A socket that swallows everything is not given up by the server's own time-out.
      query_timeout: REQUEST_TIMEOUT_MS + 1_000,
      keepAlive: true,
      options: `-c lock_timeout=${String(LOCK_WAIT_MS)}`,
      types: textTimes(),
    });
    // A connection that breaks while nobody waits for its answer is replaced; without listeners, on the pool for the idle
    // and on the connection itself for those between two statements of a transaction, it would end the process.
    const lost = (error: Error): void => {
      log({ error: error.message }, 'a database connection was lost');
    };
    pool.on('error', lost);
    pool.on('connect', (client) => {
      client.on('error', lost);
    });
    return engine(new Kysely<Database>({ dialect: new PostgresDialect({ pool }) }), POSTGRES_WORDS);
  }
  const pool = new mssql.ConnectionPool({
    server: connection.server,
    port: connection.port,
    database: connection.database,
    user: connection.user,
    password: connection.password,
    pool: { max: connection.poolMax, min: 0 },
    requestTimeout: REQUEST_TIMEOUT_MS,
    connectionTimeout: CONNECT_TIMEOUT_MS,
    // Wall times are written as text and read by their UTC fields, so no time zone of this machine gets in between.
    options: {
      encrypt: connection.encrypt,
      trustServerCertificate: connection.trustServerCertificate,
      useUTC: true,
      abortTransactionOnError: true,
      appName: 'cantus',
    },
  });
  pool.on('error', (error: Error) => {
    log({ error: error.message }, 'the database pool reports an error');
  });
  return engine(new Kysely<Database>({ dialect: mssqlDialect(pool) }), SQLSERVER_WORDS);
}

/** Timestamps stay text: as Dates they would be bent into this machine's time zone. */
function textTimes(): pg.TypeOverrides {
  const types = new pg.TypeOverrides();
  types.setTypeParser(pg.types.builtins.TIMESTAMP, (value: string) => value.replace(' ', 'T'));
  return types;
}

function engine(db: Kysely<Database>, words: EngineWords): Engine {
  const run = words.kind === 'sqlserver' ? runTogether : runOneByOne;
  const read: Engine['read'] = async (selects, on = db, before = []) =>
    run(on, compileAll(before, db), compileAll(selects, db));
  return {
    ...words,
    db,
    read: async (...given) => classified(read(...given)),
    write: async (statements, on) => {
      await classified(read([], on, statements));
    },
    transaction: async (order, work) => inTransaction(db, order, work),
    close: async () => {
      await db.destroy();
    },
  };
}

const compileAll = (statements: readonly Statement[], db: Executor): CompiledQuery[] =>
  statements.map((statement) => (statement as RawBuilder<unknown>).compile(db));

async function classified<T>(work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    throw classifySqlError(error);
  }
}

async function inTransaction<T>(db: Kysely<Database>, order: string, work: (on: Executor) => Promise<T>): Promise<T> {
  trips += 1;
  const transaction = await begin(db, order);
  let result: T;
  try {
    result = await work(transaction);
  } catch (error) {
    // The first error is the one to tell; a connection that cannot roll back is gone, and with it the transaction.
    await transaction
      .rollback()
      .execute()
      .catch(() => undefined);
    throw classifySqlError(error, 'statement', order);
  }
  try {
    trips += 1;
    await transaction.commit().execute();
    return result;
  } catch (error) {
    await transaction
      .rollback()
      .execute()
      .catch(() => undefined);
    throw classifySqlError(error, 'commit', order);
  }
}

async function begin(db: Kysely<Database>, order: string) {
  try {
    return await db.startTransaction().setIsolationLevel('read committed').execute();
  } catch (error) {
    throw classifySqlError(error, 'statement', order);
  }
}

/** PostgreSQL takes one parametrised statement at a time. */
async function runOneByOne(on: Executor, before: CompiledQuery[], selects: CompiledQuery[]): Promise<Row[][]> {
  trips += inRequests([...before, ...selects]).length;
  sent += before.length + selects.length;
  for (const query of before) await on.executeQuery(query);
  const answers: Row[][] = [];
  for (const query of selects) answers.push((await on.executeQuery<Row>(query)).rows);
  return answers;
}

async function runTogether(on: Executor, before: CompiledQuery[], selects: CompiledQuery[]): Promise<Row[][]> {
  const answers: Row[][] = [];
  for (const portion of inRequests([...before, ...selects])) {
    trips += 1;
    sent += portion.length;
    const result = (await on.executeQuery<Row>(joinStatements(portion))) as BatchResult<Row>;
    for (const recordset of result.recordsets) answers.push([...recordset]);
  }
  return answers;
}

/** One T-SQL text from several, their parameters `@1…` numbered through. */
export function joinStatements(queries: readonly CompiledQuery[]): CompiledQuery {
  const [first, ...others] = queries;
  if (first === undefined) throw new Error('Nothing to run.');
  if (others.length === 0) return first;
  const parameters: unknown[] = [];
  const texts = queries.map((query) => {
    const offset = parameters.length;
    parameters.push(...query.parameters);
    return query.sql.replace(/@(\d+)/g, (_, index: string) => `@${String(Number(index) + offset)}`);
  });
  return { ...first, sql: texts.join(';\n'), parameters };
}

/** A datetime column as wall time "YYYY-MM-DDTHH:mm:ss", whichever way the driver delivered it. */
export const wallTime = (value: string | Date): string =>
  (value instanceof Date ? value.toISOString() : value.replace(' ', 'T')).slice(0, 19);
