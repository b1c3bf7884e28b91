import { LIMITS } from '../../domain/limits';
import mssql from 'mssql';
import { plain } from '../plain-value';
import {
  MssqlAdapter,
  MssqlIntrospector,
  MssqlQueryCompiler,
  type CompiledQuery,
  type DatabaseConnection,
  type Dialect,
  type Driver,
  type QueryResult,
  type TransactionSettings,
} from '../kysely';

/** A request may answer with several result sets; Kysely knows one. */
export interface BatchResult<R> extends QueryResult<R> {
  readonly recordsets: readonly (readonly R[])[];
}

/**
 * Every request stands alone: settings made inside `sp_executesql` end with it, so each one brings its own. XACT_ABORT ends
 * the whole transaction at the first error; NOCOUNT keeps triggers' row counts out of the answer.
 */
const PREAMBLE = `set nocount on; set xact_abort on; set lock_timeout ${String(LIMITS.rowLockMs)};\n`;

/** The longest varchar that is not varchar(max); one declared length for all keeps the plan cache small. */
const VARCHAR_MAX = 8_000;

class MssqlConnection implements DatabaseConnection {
  #transaction: mssql.Transaction | null = null;
  constructor(readonly pool: mssql.ConnectionPool) {}

  async begin(settings: TransactionSettings): Promise<void> {
    const transaction = new mssql.Transaction(this.pool);
    // A server that rolls back by itself says so by an event; without a listener it would end the process.
    transaction.on('rollback', () => undefined);
    await transaction.begin(
      settings.isolationLevel === 'serializable'
        ? mssql.ISOLATION_LEVEL.SERIALIZABLE
        : mssql.ISOLATION_LEVEL.READ_COMMITTED,
    );
    this.#transaction = transaction;
  }

  async commit(): Promise<void> {
    await this.#transaction?.commit();
    this.#transaction = null;
  }

  async rollback(): Promise<void> {
    const transaction = this.#transaction;
    this.#transaction = null;
    await transaction?.rollback();
  }

  async executeQuery<R>(query: CompiledQuery): Promise<BatchResult<R>> {
    const request = this.#transaction === null ? this.pool.request() : this.#transaction.request();
    query.parameters.forEach((value, index) => {
      const { type, bound } = parameter(value);
      request.input(String(index + 1), type, bound);
    });
    const result = await request.query<R>(PREAMBLE + query.sql);
    const recordsets = result.recordsets as unknown as R[][];
    const affected = result.rowsAffected.reduce((total, count) => total + count, 0);
    return { rows: recordsets[0] ?? [], recordsets, numAffectedRows: BigInt(affected) };
  }

  // eslint-disable-next-line require-yield -- Kysely asks for it; nothing here streams
  async *streamQuery<R>(): AsyncIterableIterator<QueryResult<R>> {
    throw new Error('Streaming is not used.');
  }
}

/**
 * Text goes as varchar, the type of every Counterpoint column: an nvarchar parameter would make SQL Server convert the
 * column instead and leave its index unused. Decimals, dates and guids are text too, so that no float is in between.
 */
function parameter(value: unknown): { type: mssql.ISqlType; bound: unknown } {
  if (typeof value === 'number') return { type: mssql.Int(), bound: value };
  if (value === null || value === undefined) return { type: mssql.VarChar(VARCHAR_MAX), bound: null };
  const text = plain(value);
  return { type: mssql.VarChar(text.length > VARCHAR_MAX ? mssql.MAX : VARCHAR_MAX), bound: text };
}

class MssqlPoolDriver implements Driver {
  constructor(readonly pool: mssql.ConnectionPool) {}
  async init(): Promise<void> {
    if (!this.pool.connected) await this.pool.connect();
  }
  async acquireConnection(): Promise<DatabaseConnection> {
    return Promise.resolve(new MssqlConnection(this.pool));
  }
  async beginTransaction(connection: MssqlConnection, settings: TransactionSettings): Promise<void> {
    await connection.begin(settings);
  }
  async commitTransaction(connection: MssqlConnection): Promise<void> {
    await connection.commit();
  }
  async rollbackTransaction(connection: MssqlConnection): Promise<void> {
    await connection.rollback();
  }
  async releaseConnection(): Promise<void> {
    // The pool of `mssql` lends a connection per request or transaction; there is nothing to give back here.
  }
  async destroy(): Promise<void> {
    await this.pool.close();
  }
}

/** Kysely's SQL Server dialect over a pool of `mssql`. */
export const mssqlDialect = (pool: mssql.ConnectionPool): Dialect => ({
  createDriver: () => new MssqlPoolDriver(pool),
  createAdapter: () => new MssqlAdapter(),
  createQueryCompiler: () => new MssqlQueryCompiler(),
  createIntrospector: (db) => new MssqlIntrospector(db),
});
