import { LIMITS } from '../../domain/limits';
import mssql from 'mssql';
import type { CounterpointSettings } from '../../domain/settings';
import { inRequests } from './batch-limits';
import type { Engine, EngineWords, Row } from '../engine';
import { countTrip, engineOn, type Run } from './engine-on';
import { Kysely, sql, type CompiledQuery } from '../kysely';
import { mssqlDialect, type BatchResult } from './mssql-driver';
import type { Database } from '../tables';

type Connection = Extract<CounterpointSettings['connection'], { kind: 'sqlserver' }>;

export const SQLSERVER_WORDS: EngineWords = {
  kind: 'sqlserver',
  lock: (name) =>
    sql`declare @granted int; exec @granted = sp_getapplock @Resource = ${name}, @LockMode = 'Exclusive', @LockOwner = 'Transaction', @LockTimeout = ${sql.lit(LIMITS.ownLockMs)}; if @granted < 0 throw 51222, 'application lock not granted', 1`,
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

/** Opens the pool of Counterpoint's own engine. */
export function openSqlServer(connection: Connection, log: (fields: object, message: string) => void): Engine {
  const pool = new mssql.ConnectionPool({
    server: connection.server,
    port: connection.port,
    database: connection.database,
    user: connection.user,
    password: connection.password,
    pool: { max: connection.poolMax, min: 0 },
    requestTimeout: LIMITS.databaseRequestMs,
    connectionTimeout: LIMITS.databaseConnectMs,
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
  return engineOn(new Kysely<Database>({ dialect: mssqlDialect(pool) }), SQLSERVER_WORDS, runTogether);
}

/** As many statements in one batch as it takes. */
const runTogether: Run = async (on, before, selects) => {
  const answers: Row[][] = [];
  for (const portion of inRequests([...before, ...selects])) {
    countTrip(portion.length);
    const result = (await on.executeQuery<Row>(joinStatements(portion))) as BatchResult<Row>;
    for (const recordset of result.recordsets) answers.push([...recordset]);
  }
  return answers;
};

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
