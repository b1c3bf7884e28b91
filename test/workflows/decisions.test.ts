import { quickWorker } from '../support/quick-worker';
import '../support/quiet-runtime';
import type { WorkflowHandle } from '@temporalio/client';
import type { OrderView } from '../../domain/people/order-view';
import type { Repair } from '../../domain/order/repair';
import { until } from '../../sandbox/play/until';
import { World } from '../domain/order/world';
import { startEngine, type TestEngine } from './engine';
import { refusal, worldActivities, type Kept, type Troubles } from './world-activities';

/** What people decided, the table it is kept in, and runs that begin anew because the engine forgot the last one. */

let engine: TestEngine;
beforeAll(async () => {
  engine = await startEngine();
}, 120_000);
afterAll(async () => {
  await engine.close();
});

interface Scene {
  readonly calls: readonly string[];
  readonly handle: WorkflowHandle;
  until(seen: (view: OrderView) => boolean): Promise<OrderView>;
  repair(repair: Repair): Promise<OrderView>;
}

let count = 0;

/** One run over a world and a table that were there before it and stay after it. */
async function run(world: World, kept: Kept, troubles: Troubles, play: (scene: Scene) => Promise<void>): Promise<void> {
  count += 1;
  const { activities, calls } = worldActivities(world, troubles, undefined, kept);
  const taskQueue = `decisions-${String(count)}`;
  const worker = await quickWorker({
    connection: engine.native,
    taskQueue,
    workflowBundle: engine.bundle,
    activities,
  });
  await worker.runUntil(async () => {
    const handle = await engine.client.workflow.start('order', {
      workflowId: `order:decisions:${world.order}-${String(count)}`,
      taskQueue,
      args: [{ instance: 'decisions', order: world.order, entityId: 7 }],
    });
    await play({
      calls,
      handle,
      until: (seen) =>
        until('the order to get there', async () => {
          const view = await handle.query<OrderView>('status').catch(() => undefined);
          return view !== undefined && seen(view) && view;
        }),
      repair: (repair) => handle.executeUpdate<OrderView, [Repair]>('repair', { args: [repair] }),
    });
  });
}

const lines = [{ id: 11, ordered: '3' }];
const rests = (view: OrderView): boolean => view.waitingFor === 'release';

it('P-26 an order of which nobody decides anything writes nothing down, and its history is as long as ever', async () => {
  const kept: Kept = { times: 0 };
  const world = new World('000000201', lines);
  await run(world, kept, {}, async ({ handle, until, calls }) => {
    await until(rests);
    world.releaseAll(['1Z1']);
    await handle.signal('changed');
    expect(await handle.result()).toMatchObject({ state: 'complete' });
    expect(calls).toEqual(['observe', 'createDocument', 'setStatus', 'observe', 'invoiceTicket', 'shipTicket']);
    expect((await handle.describe()).historyLength).toBeLessThanOrEqual(60);
  });
  expect(kept).toEqual({ times: 0 });
});

it('P-26 an order paid at the sale costs no step more, and a second start does not ask who made its invoice', async () => {
  const kept: Kept = { times: 0 };
  const world = new World('000000202', lines, 'paid');
  await run(world, kept, {}, async ({ until }) => {
    await until(rests);
  });
  expect(kept).toMatchObject({ times: 0, current: { paidAtSale: true } });
  await run(world, kept, {}, async ({ until }) => {
    expect((await until((view) => view.waitingFor !== null)).attention).toBeNull();
  });
});

it('P-26 a skipped order stays skipped when its run is begun anew, and no document is written', async () => {
  const kept: Kept = { times: 0 };
  const world = new World('000000203', lines);
  const troubles = { createDocument: [refusal('unknownSku', 'Item S1 is unknown.')] };
  await run(world, kept, troubles, async ({ handle, until, repair }) => {
    await until(({ attention }) => attention?.reason === 'unknownSku');
    await repair({ kind: 'skip', by: 'ada' });
    expect(await handle.result()).toMatchObject({ state: 'skipped' });
  });
  expect(kept.current).toMatchObject({ skip: true, ended: 'skipped' });
  await run(world, kept, {}, async ({ handle, calls }) => {
    expect(await handle.result()).toMatchObject({ state: 'skipped' });
    expect(calls).toEqual(['observe']);
  });
  expect(world.store.document).toBe('none');
});

it('P-26 a decision is written down before it takes effect: while it cannot be, nothing is done on its word', async () => {
  const kept: Kept = { times: 0 };
  const world = new World('000000204', lines);
  const troubles: Troubles = {
    createDocument: [refusal('unknownSku', 'Item S1 is unknown.')],
    keepDecisions: [refusal('systemDown', 'The table does not answer.')],
  };
  await run(world, kept, troubles, async ({ until, repair, calls }) => {
    await until(({ attention }) => attention?.reason === 'unknownSku');
    const before = calls.length;
    await repair({ kind: 'mapSku', by: 'ada', sku: 'S1', itemNo: 'ITEM-1' });
    const view = await until(({ attention }) => attention?.reason === 'systemDown');
    expect(view.attention?.message).toContain('The table does not answer.');
    expect(calls.slice(before)).not.toContain('createDocument');
    await repair({ kind: 'retry', by: 'ada' });
    await until(rests);
    expect(kept.current?.skus).toEqual({ S1: 'ITEM-1' });
  });
});

it('P-26 what was accepted stays accepted in a run that is begun anew', async () => {
  const kept: Kept = { times: 0 };
  const world = new World('000000205', lines);
  await run(world, kept, {}, async ({ handle, until, repair }) => {
    await until(rests);
    world.store = { ...world.store, document: 'cancelled' };
    await handle.signal('changed');
    await until(({ attention }) => attention?.reason === 'cancelledInCounterpoint');
    await repair({ kind: 'acceptDifference', by: 'ada' });
    expect(await handle.result()).toMatchObject({ state: 'cancelled' });
  });
  await run(world, kept, {}, async ({ handle, calls }) => {
    expect(await handle.result()).toMatchObject({ state: 'cancelled' });
    expect(calls).toEqual(['observe']);
  });
});

it('P-26 a cancellation that could not be met is not taken up again by a run that is begun anew', async () => {
  const kept: Kept = { times: 0 };
  const world = new World('000000206', lines);
  await run(world, kept, {}, async ({ handle, until }) => {
    await until(rests);
    world.releaseAll([]);
    await handle.signal('cancel', { by: 'ada', reason: 'she called' });
    await until((view) => view.waitingFor === 'tracking');
  });
  expect(kept.current?.cancel).toBeUndefined();
  expect(JSON.stringify(kept)).not.toContain('she called');
});
