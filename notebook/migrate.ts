import { LIMITS } from '../domain/limits';
import { CantusError, misconfigured } from '../domain/errors';
import { readColumns } from '../database/columns';
import type { Engine, Executor, Statement } from '../database/engine';
import { sql } from '../database/kysely';
import { MIGRATIONS, newest, type Migration } from './migrations';
import { recordedNumber, schemaProblem } from './schema-number';

/**
 * Brings the schema `cantus` to the newest number, one transaction for each step together with its row in
 * `cantus.migration`: a step that fails leaves the number before it. Setups that run at once wait for each other.
 * @throws CantusError misconfigured where a newer version prepared the database
 */
export async function migrate(engine: Engine, migrations: readonly Migration[] = MIGRATIONS): Promise<void> {
  await underLock(engine, async (on) => {
    if (!(await columnsOn(engine, on)).has('cantus.migration')) await engine.write([MIGRATION_TABLE], on);
    const problem = schemaProblem(await recordedNumber(engine, on), newest(migrations));
    if (problem?.code === 'schemaNewer') throw misconfigured(problem);
  });
  for (const migration of migrations) await underLock(engine, (on) => apply(engine, on, migration));
}

const MIGRATION_TABLE = sql.raw(
  'create table cantus.migration (number int not null, name varchar(100) not null, applied_at varchar(24) not null, primary key (number))',
);

async function apply(engine: Engine, on: Executor, migration: Migration): Promise<void> {
  // Asked anew under the lock: another setup may have been here since.
  if ((await recordedNumber(engine, on)) >= migration.number) return;
  const one = (statement: Statement): Promise<void> => engine.write([statement], on);
  for (const statement of migration.statements(engine, await columnsOn(engine, on))) await one(statement);
  await one(
    sql`insert into cantus.migration (number, name, applied_at) values (${migration.number}, ${migration.name}, ${engine.utcText})`,
  );
}

const columnsOn = (engine: Engine, on: Executor) =>
  readColumns({ ...engine, read: (selects) => engine.read(selects, on) });

/** A step of another setup may take minutes in a store of real size, and a worker of an older version be at work. */
async function underLock(engine: Engine, work: (on: Executor) => Promise<void>): Promise<void> {
  const until = Date.now() + LIMITS.setupBusyMs;
  for (;;) {
    try {
      await engine.transaction('setup', async (on) => {
        await engine.write([engine.lock('cantus:prepare'), engine.createSchema], on);
        await work(on);
      });
      return;
    } catch (error) {
      if (!(error instanceof CantusError) || error.facts.code !== 'databaseBusy' || Date.now() >= until) throw error;
    }
  }
}
