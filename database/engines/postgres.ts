import { LIMITS } from '../../domain/limits';
import { createHash } from 'node:crypto';
import type pg from 'pg';
import { misconfigured } from '../../domain/errors';
import type { CounterpointSettings } from '../../domain/settings';
import { inRequests } from './batch-limits';
import type { Engine, EngineWords, Row } from '../engine';
import { countTrip, engineOn, type Run } from './engine-on';
import { Kysely, PostgresDialect, sql } from '../kysely';
import type { Database } from '../tables';

type Driver = typeof pg;
type Connection = Extract<CounterpointSettings['connection'], { kind: 'sandbox' }>;

export const POSTGRES_WORDS: EngineWords = {
  kind: 'sandbox',
  lock: (name) =>
    sql`with patience as materialized (select set_config('lock_timeout', ${sql.lit(String(LIMITS.ownLockMs))}, true)) select pg_advisory_xact_lock(${sql.lit(lockNumber(name))}) from patience`,
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

/** Opens the pool of the sandbox's engine. */
export function openPostgres(connection: Connection, log: (fields: object, message: string) => void): Engine {
  const driver = loadDriver();
  const pool = new driver.Pool({
    connectionString: connection.url,
    max: connection.poolMax,
    connectionTimeoutMillis: LIMITS.databaseConnectMs,
    statement_timeout: LIMITS.databaseRequestMs,
    // A socket that swallows everything is not given up by the server's own time-out.
    query_timeout: LIMITS.databaseRequestMs + 1_000,
    keepAlive: true,
    options: `-c lock_timeout=${String(LIMITS.rowLockMs)}`,
    types: textTimes(driver),
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
  return engineOn(new Kysely<Database>({ dialect: new PostgresDialect({ pool }) }), POSTGRES_WORDS, runOneByOne);
}

/** Only the sandbox speaks to PostgreSQL, so what a merchant installs does not bring the driver. */
function loadDriver(): Driver {
  try {
    return require('pg') as Driver; // eslint-disable-line @typescript-eslint/no-require-imports -- only where it is asked for
  } catch (error) {
    const message =
      'The connection kind "sandbox" needs the npm package pg, which is not installed: npm install pg, or run from the sources.';
    throw misconfigured({ code: 'postgresDriverMissing', field: 'counterpoint.connection.kind', message }, error);
  }
}

/** Timestamps stay text: as Dates they would be bent into this machine's time zone. */
function textTimes(driver: Driver): pg.TypeOverrides {
  const types = new driver.TypeOverrides();
  types.setTypeParser(driver.types.builtins.TIMESTAMP, (value: string) => value.replace(' ', 'T'));
  return types;
}

/** PostgreSQL takes one parametrised statement at a time. */
const runOneByOne: Run = async (on, before, selects) => {
  // Sent in one go on SQL Server: counted, and refused, as there.
  for (const portion of inRequests([...before, ...selects])) countTrip(portion.length);
  for (const query of before) await on.executeQuery(query);
  const answers: Row[][] = [];
  for (const query of selects) answers.push((await on.executeQuery<Row>(query)).rows);
  return answers;
};
