/**
 * The one door to Kysely. It ships as ES modules only: Node (20.19 and later) loads them with `require`, TypeScript's
 * `node16` does not know that yet, so values are required here and types are taken in import mode.
 */
import type * as KyselyModule from 'kysely' with { 'resolution-mode': 'import' };

// eslint-disable-next-line @typescript-eslint/no-require-imports -- see above
const kysely = require('kysely') as typeof KyselyModule;

export const { Kysely, sql, MssqlAdapter, MssqlIntrospector, MssqlQueryCompiler, PostgresDialect, DummyDriver } =
  kysely;

export type Kysely<DB> = KyselyModule.Kysely<DB>;
export type CompiledQuery<O = unknown> = KyselyModule.CompiledQuery<O>;
export type Compilable<O = unknown> = KyselyModule.Compilable<O>;
export type DatabaseConnection = KyselyModule.DatabaseConnection;
export type Dialect = KyselyModule.Dialect;
export type Driver = KyselyModule.Driver;
export type Expression<T> = KyselyModule.Expression<T>;
export type QueryResult<R> = KyselyModule.QueryResult<R>;
export type RawBuilder<T> = KyselyModule.RawBuilder<T>;
export type TransactionSettings = KyselyModule.TransactionSettings;
