import { classifySqlError } from '../../../database/sql-errors';
import { openEngine } from '../../../database/engines/open-engine';
import { openStore, type Store } from '../../../counterpoint';
import { readColumns } from '../../../database/columns';
import { type Engine, type Row } from '../../../database/engine';
import { sql } from '../../../database/kysely';
import { migrate } from '../../../notebook/migrate';
import { MIGRATIONS, newest, type Migration } from '../../../notebook/migrations';
import { firstTables } from '../../../notebook/migrations/001-first-tables';
import type { CantusError } from '../../../domain/errors';
import { refuseUnfit } from '../../../worker/instance';
import { draft } from '../../support/drafts';
import { settings, type Place } from '../../support/store';
import { place } from '../place';

const NEXT = newest() + 1;
const next = (...statements: readonly string[]): Migration => ({
  number: NEXT,
  name: 'a later one',
  tables: [],
  statements: () => statements.map((statement) => sql.raw(statement)),
});

let where: Place;
let engine: Engine;
let opened: Store[];
beforeEach(async () => {
  where = await place();
  engine = openEngine(where.connection, () => undefined);
  opened = [];
});
afterEach(async () => {
  await Promise.all(opened.map((store) => store.close()));
  await engine.close();
  await where.close();
});

const open = async (): Promise<Store> => {
  const store = await openStore(settings(where.connection));
  opened.push(store);
  return store;
};
const applied = (): Promise<Row[]> =>
  where.database.query('select number, name, applied_at from cantus.migration order by number');
const failure = async (work: Promise<unknown>): Promise<CantusError> =>
  (await work.then(
    () => null,
    (error: unknown) => error,
  )) as CantusError;

/** A database as versions without numbers prepared it. */
async function unnumbered(): Promise<void> {
  await engine.transaction('setup', async (on) => {
    await engine.write([engine.createSchema], on);
    const columns = await readColumns({ ...engine, read: (selects) => engine.read(selects, on) });
    for (const statement of firstTables.statements(engine, columns)) await engine.write([statement], on);
  });
}

test('migrations are numbered without a gap and named once', () => {
  expect(MIGRATIONS.map(({ number }) => number)).toEqual(MIGRATIONS.map((_, at) => at + 1));
  expect(new Set(MIGRATIONS.map(({ name }) => name)).size).toBe(MIGRATIONS.length);
});

test('P-02 a database prepared before there were numbers is carried to the newest, its data as it was', async () => {
  await unnumbered();
  await where.database.query(
    "insert into cantus.customer_link (instance, shop_key, cust_no) values ('test', 'id:7', 'C7')",
  );
  await where.database.query(
    "insert into cantus.parked (instance, record_key, order_no, reason, parked_at) values ('test', 'k', '1', 'why', '2026-01-01T00:00:00Z')",
  );
  const store = await open();
  await store.notebook.prepare();
  expect((await applied()).map(({ number }) => Number(number))).toEqual(MIGRATIONS.map(({ number }) => number));
  expect(await store.notebook.parked()).toEqual([{ key: 'k', order: '1', reason: 'why', at: '2026-01-01T00:00:00Z' }]);
  expect(await where.database.query('select cust_no from cantus.customer_link')).toEqual([{ cust_no: 'C7' }]);
  expect(await store.target.check()).toEqual([]);
  expect((await store.target.createDocument(draft({ order: '1' }))).created).toBe(true);
});

test('each step has its row with the time by the database’s clock, and a second setup changes nothing', async () => {
  await migrate(engine);
  const before = await applied();
  expect(before.map(({ name }) => name)).toEqual(MIGRATIONS.map(({ name }) => name));
  expect(before[0]?.['applied_at']).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}$/);
  await migrate(engine);
  expect(await applied()).toEqual(before);
});

test('setups that run at once apply every step once', async () => {
  const others = [await open(), await open()];
  await Promise.all([migrate(engine), ...others.map((store) => store.notebook.prepare())]);
  expect(await applied()).toHaveLength(MIGRATIONS.length);
});

test('a setup that meets another one at a step of minutes, or a deadlock, goes on where it was', async () => {
  let turnedAway = 0;
  const busy: Engine = {
    ...engine,
    transaction: async (order, work) =>
      engine.transaction(order, async (on) => {
        const result = await work(on);
        turnedAway += 1;
        // At the very end: nothing of a step that was turned away may stay.
        if (turnedAway % 2 === 1) throw classifySqlError({ number: 1222 });
        return result;
      }),
  };
  await migrate(busy);
  expect(turnedAway).toBe(2 * (MIGRATIONS.length + 1));
  expect(await applied()).toHaveLength(MIGRATIONS.length);
});

test('a step that fails leaves the number before it and nothing of its own, and may be tried again', async () => {
  await migrate(engine);
  const steps = (last: string) => [
    ...MIGRATIONS,
    next('alter table cantus.parked add told varchar(1) null', "update cantus.parked set told = 'N'", last),
  ];
  const error = await failure(migrate(engine, steps('update cantus.no_such_table set told = 1')));
  expect(error.code).toBe('schemaDiffers');
  expect(await applied()).toHaveLength(MIGRATIONS.length);
  expect((await readColumns(engine)).has('cantus.parked', 'told')).toBe(false);
  await migrate(engine, steps("update cantus.parked set told = 'Y'"));
  expect(await applied()).toHaveLength(NEXT);
});

test('a worker that is older than the schema refuses to start and names both numbers; so do doctor and setup', async () => {
  await migrate(engine, [...MIGRATIONS, next()]);
  const store = await open();
  const said = `is at migration ${String(NEXT)}, this version of Cantus knows ${String(NEXT - 1)} at most`;
  expect((await failure(refuseUnfit(store.target, settings(where.connection)))).message).toContain(said);
  expect(await store.target.check()).toEqual([expect.stringContaining(said)]);
  for (const work of [() => store.notebook.prepare(), () => store.target.createDocument(draft())])
    expect((await failure(work())).facts).toMatchObject({
      kind: 'misconfigured',
      code: 'schemaNewer',
      remedy: 'Start that version, or a later one.',
    });
  expect(await applied()).toHaveLength(NEXT);
});

test('a worker that is newer than the schema refuses to start and says that setup has to be run', async () => {
  await migrate(engine);
  // No number below the first is ever given out, so that this stays older whatever is added.
  await where.database.query('update cantus.migration set number = number - ?', [NEXT]);
  const store = await open();
  const error = await failure(refuseUnfit(store.target, settings(where.connection)));
  expect(error.message).toContain(
    `is at migration -1, this version of Cantus needs ${String(NEXT - 1)}. Run cantus setup.`,
  );
  expect((await failure(store.target.createDocument(draft()))).facts).toMatchObject({
    code: 'schemaOlder',
    remedy: 'Run cantus setup.',
  });
});

test('a table of ours that was dropped by hand is named, and setup does not pretend to mend it', async () => {
  const store = await open();
  await store.notebook.prepare();
  await where.database.query('drop table cantus.parked');
  await store.notebook.prepare();
  expect(await store.target.check()).toEqual([
    expect.stringMatching(/^Table cantus.parked is missing. .*from a backup\.$/),
  ]);
});
