import '../support/quiet-runtime';
import type { WorkflowHandle } from '@temporalio/client';
import type { TestWorkflowEnvironment } from '@temporalio/testing';
import { Worker, type WorkflowBundleWithSourceMap } from '@temporalio/worker';
import { createActivities } from '../../activities';
import type { Deps } from '../../activities/deps';
import { withCircuits, type Guarded } from '../../activities/outages';
import { orderWorkflowId, taskQueue } from '../../domain/identities';
import type { OrderView } from '../../domain/order-view';
import type { Settings } from '../../domain/settings';
import { openStore } from '../../counterpoint';
import { createShop } from '../../magento';
import { openLine, type Line } from '../../sandbox/line';
import { readBooks } from '../../sandbox/play/books';
import { violations } from '../../sandbox/play/invariants';
import { until } from '../../sandbox/play/until';
import { SANDBOX_TOKEN, startShop, type SandboxShop } from '../../sandbox/shop';
import { startTimeSkipping } from '../../sandbox/temporal';
import { makeBundle } from '../../worker/bundle';
import type { order as orderWorkflow } from '../../workflows';
import { storeBench, type StoreBench } from '../support/store';

/** The real clients over lines that can be cut, with the engine's time skipped: ten minutes are ten minutes. */

let bundle: WorkflowBundleWithSourceMap;
let env: TestWorkflowEnvironment;
let bench: StoreBench;
let shop: SandboxShop;
let lines: readonly Line[];
let settings: Settings;

beforeAll(async () => {
  [bundle, env, bench, shop] = await Promise.all([makeBundle(), startTimeSkipping(), storeBench(), startShop()]);
  const { connection } = bench.settings.counterpoint;
  if (connection.kind !== 'sandbox') throw new Error('expected the sandbox engine');
  const database = new URL(connection.url);
  const shopLine = await openLine({ host: '127.0.0.1', port: Number(new URL(shop.baseUrl).port) });
  const databaseLine = await openLine({ host: '127.0.0.1', port: Number(database.port) });
  lines = [shopLine, databaseLine];
  database.port = String(databaseLine.port);
  settings = {
    ...bench.settings,
    magento: {
      ...bench.settings.magento,
      baseUrl: `http://127.0.0.1:${String(shopLine.port)}`,
      auth: { kind: 'token', token: SANDBOX_TOKEN },
      requestsPerSecond: 500,
      timeoutSeconds: 2,
    },
    payments: { ...bench.settings.payments, testgateway: { payCode: 'CARD', kind: 'cash' } },
    counterpoint: { ...bench.settings.counterpoint, connection: { ...connection, url: database.href } },
  };
}, 120_000);
afterAll(async () => {
  await env.teardown();
  await shop.close();
  await bench.close();
  await Promise.all(lines.map((line) => line.close()));
});

interface Scene {
  readonly handle: WorkflowHandle<typeof orderWorkflow>;
  readonly order: string;
  status(): Promise<OrderView>;
  /** Lets at most a quarter of an hour pass. */
  reach(state: OrderView['state']): Promise<void>;
  /** Both systems refuse every connection for so long, of the engine's time. @returns how the order looked at the end */
  refuse(minutes: number): Promise<OrderView>;
}

/** One authorised order, and a worker with the real clients; `guard` as a worker puts them behind its circuits. */
async function withOrder(guard: (deps: Deps) => Guarded, play: (scene: Scene) => Promise<void>): Promise<void> {
  const store = await openStore(settings);
  const magento = createShop(settings.magento, { looksMs: [0] });
  const guarded = guard({ settings, store, shop: magento, client: env.client, log: () => undefined });
  const worker = await Worker.create({
    connection: env.nativeConnection,
    taskQueue: taskQueue(settings.instance),
    workflowBundle: bundle,
    activities: createActivities(guarded.deps),
  });
  await worker.runUntil(async () => {
    const { entityId, incrementId: order } = shop.place('authorised');
    const handle = await env.client.workflow.start<typeof orderWorkflow>('order', {
      workflowId: orderWorkflowId(settings.instance, order),
      taskQueue: taskQueue(settings.instance),
      args: [{ instance: settings.instance, order, entityId }],
    });
    const status = (): Promise<OrderView> => handle.query<OrderView>('status');
    const reach: Scene['reach'] = async (state) => {
      for (let minute = 0; minute < 15; minute += 1) {
        if ((await status()).state === state) return;
        await env.sleep('1 minute');
      }
      throw new Error(`not ${state}: ${JSON.stringify(await status())}`);
    };
    const refuse: Scene['refuse'] = async (minutes) => {
      for (const line of lines) {
        line.mode('refuse');
        line.reset();
      }
      await handle.signal('changed');
      await env.sleep(`${String(minutes)} minutes` as '10 minutes');
      const view = await status();
      for (const line of lines) line.mode('pass');
      return view;
    };
    await play({ handle, order, status, reach, refuse });
  });
  guarded.close();
  await store.close();
}

/** One document, one invoice, one charge, one shipment, and every rule kept. */
async function expectOnceEach(order: string): Promise<void> {
  const books = await readBooks(shop, bench.database, order);
  expect(violations(books)).toEqual([]);
  const { invoices, charges, shipments } = books.ledger;
  expect([books.documents.length, invoices.length, charges.length, shipments.length]).toEqual([1, 1, 1, 1]);
}

const unguarded = (deps: Deps): Guarded => ({ deps, close: () => undefined });

it('P-01 P-06 P-18 connections refused for ten minutes in each phase use up every try, and nothing is lost or doubled', async () => {
  await withOrder(unguarded, async ({ handle, order, reach, refuse }) => {
    const beforeDocument = await refuse(10);
    expect(beforeDocument).toMatchObject({ state: 'imported', attention: { reason: 'systemDown' } });
    await reach('in_counterpoint');

    const ticket = await bench.clerk().release({ order });
    expect((await refuse(10)).attention?.reason).toBe('systemDown');
    expect(shop.ledger(order).charges).toEqual([]);
    await reach('invoiced');

    await bench.clerk().addTracking(ticket, '1Z999AA10123456788');
    expect((await refuse(10)).attention?.reason).toBe('systemDown');
    expect(await handle.result()).toMatchObject({ state: 'complete' });
    await expectOnceEach(order);
  });
}, 120_000);

it('P-18 behind its circuits an order waits out an hour without an answer, writes little history and needs nobody', async () => {
  let clock = await env.currentTimeMs();
  const follow = setInterval(() => void env.currentTimeMs().then((now) => (clock = now)), 10);
  await withOrder(
    (deps) => withCircuits(deps, () => clock),
    async ({ handle, order, status, reach, refuse }) => {
      await reach('in_counterpoint');
      const ticket = await bench.clerk().release({ order });
      await bench.clerk().addTracking(ticket, '1Z999AA10123456789');
      expect((await refuse(60)).attention).toBeNull();
      // The circuits look again by the clock of this machine.
      await until('the circuits to let calls through', async () => {
        await env.sleep('1 minute');
        return (await status()).state !== 'in_counterpoint';
      });
      expect(await handle.result()).toMatchObject({ state: 'complete' });
      expect((await status()).timeline.filter(({ what }) => what.startsWith('Needs attention'))).toEqual([]);
      const { historyLength } = await handle.describe();
      expect(historyLength).toBeLessThan(250);
      await expectOnceEach(order);
    },
  );
  clearInterval(follow);
}, 120_000);
