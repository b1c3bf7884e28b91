import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { draft } from '../../support/drafts';
import { storeBench, type StoreBench } from '../../support/store';
import type { StopsAt } from './create-and-wait';
import { created } from './created';
import { place } from '../place';

let bench: StoreBench;
beforeAll(async () => {
  bench = await storeBench({}, place);
});
afterAll(() => bench.close());

/** Kills a worker where it stands still. */
async function killedAt(stopsAt: StopsAt, order: string): Promise<void> {
  const child = spawn(
    process.execPath,
    ['--import', 'tsx', path.join(__dirname, 'create-and-wait.ts'), order, stopsAt],
    {
      stdio: ['pipe', 'pipe', 'inherit'],
      env: { ...process.env, CANTUS_TEST_CONNECTION: JSON.stringify(bench.settings.counterpoint.connection) },
    },
  );
  const [said] = (await once(child.stdout, 'data')) as [Buffer];
  expect(said.toString().trim()).toBe(stopsAt);
  await kill(child);
}

async function kill(child: ChildProcess): Promise<void> {
  const gone = once(child, 'exit');
  child.kill('SIGKILL');
  await gone;
}

test('P-01 a worker killed between its inserts and the commit leaves nothing, and the next one writes the order', async () => {
  const order = '600000001';
  await killedAt('written', order);
  expect(await bench.database.rows('PS_DOC_HDR', { TKT_NO: order })).toEqual([]);
  expect((await bench.store.target.observe(order)).document).toBe('none');
  expect((await created(bench.store, draft({ order }))).created).toBe(true);
  expect(await bench.database.rows('PS_DOC_HDR', { TKT_NO: order })).toHaveLength(1);
});

test('P-01 a worker killed after the commit, before anybody heard of it, has written the one document there is', async () => {
  const order = '600000002';
  await killedAt('committed', order);
  expect((await created(bench.store, draft({ order }))).created).toBe(false);
  expect(await bench.database.rows('PS_DOC_HDR', { TKT_NO: order })).toHaveLength(1);
});
