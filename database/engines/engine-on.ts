import type { Engine, EngineWords, Executor, Row, Statement } from '../engine';
import type { CompiledQuery, Kysely, RawBuilder } from '../kysely';
import { classifySqlError } from '../sql-errors';
import type { Database } from '../tables';

let trips = 0;
/** Round trips so far in this process, counted on SQL Server's terms on both engines: a batch is one. */
export const roundTrips = (): number => trips;

let sent = 0;
/** Statements so far in this process, begin and commit not counted. */
export const statementsSent = (): number => sent;

/** One batch of so many statements went out. */
export function countTrip(statements: number): void {
  trips += 1;
  sent += statements;
}

/** How an engine sends statements and then selects; answers with the rows of each select. */
export type Run = (
  on: Executor,
  before: readonly CompiledQuery[],
  selects: readonly CompiledQuery[],
) => Promise<Row[][]>;

/** The engine on a pool, in its own words: what SQL Server and PostgreSQL have in common. */
export function engineOn(db: Kysely<Database>, words: EngineWords, run: Run): Engine {
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
