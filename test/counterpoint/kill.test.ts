import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import pg from 'pg';
import { draft } from '../support/drafts';
import { freshCounterpoint, type TestDatabase } from '../support/postgres';
import { settings } from '../support/store';
import { openStore, type Store } from '../../counterpoint';

let fresh: TestDatabase;
let store: Store;
beforeAll(async () => {
  fresh = await freshCounterpoint();
  store = await openStore(settings({ kind: 'sandbox', url: fresh.url, poolMax: 4 }));
  await store.prepare();
});
afterAll(async () => {
  await store.close();
  await fresh.close();
});

const worker = (order: string): ChildProcess =>
  spawn(process.execPath, ['--import', 'tsx', path.join(__dirname, 'create-and-wait.ts'), fresh.url, order], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });

async function kill(child: ChildProcess): Promise<void> {
  const gone = once(child, 'exit');
  child.kill('SIGKILL');
  await gone;
}

/** Waits for a condition in the database; the test's own time limit is the limit. */
async function until(client: pg.Client, question: string, wanted: boolean): Promise<void> {
  for (;;) {
    const { rows } = await client.query<{ yes: boolean }>(`select (${question}) as yes`);
    if (rows[0]?.yes === wanted) return;
  }
}
const WAITING = `exists (select 1 from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock')`;
const OTHERS = `exists (select 1 from pg_stat_activity where datname = current_database() and state = 'idle in transaction' and pid <> pg_backend_pid())`;

/**
 * Who waits for whose lock, and which transaction is idle, is asked of PostgreSQL's own catalogue, and the worker is handed its
 * address. What a killed connection leaves on SQL Server is not shown here; `mssql-driver.ts` begins the same transactions.
 */
const onPostgresAlone = process.env['MSSQL_SERVER'] === undefined ? test : test.skip;

onPostgresAlone(
  'P-01 a worker killed between its inserts and the commit leaves nothing, and the next one writes the order',
  async () => {
    const holder = new pg.Client({ connectionString: fresh.url });
    await holder.connect();
    await holder.query('begin');
    // The stock row is the last thing an order touches: all its other rows are written when it waits here.
    await holder.query(`select 1 from dbo."IM_INV" where "ITEM_NO" = 'S1' for update`);
    const child = worker('600000001');
    const watcher = new pg.Client({ connectionString: fresh.url });
    await watcher.connect();
    await until(watcher, WAITING, true);
    await kill(child);
    await holder.query('rollback');
    await until(watcher, `${WAITING} or ${OTHERS}`, false);
    await holder.end();
    await watcher.end();
    expect(await fresh.database.rows('PS_DOC_HDR')).toEqual([]);
    expect((await store.observe('600000001')).document).toBe('none');
    expect((await store.createDocument(draft({ order: '600000001' }))).created).toBe(true);
  },
);

onPostgresAlone(
  'P-01 a worker killed after the commit, before anybody heard of it, has written the one document there is',
  async () => {
    const child = worker('600000002');
    const [said] = (await once(child.stdout ?? process.stdin, 'data')) as [Buffer];
    expect(said.toString()).toMatch(/committed/);
    await kill(child);
    expect((await store.createDocument(draft({ order: '600000002' }))).created).toBe(false);
    expect(await fresh.database.rows('PS_DOC_HDR', { TKT_NO: '600000002' })).toHaveLength(1);
  },
);
