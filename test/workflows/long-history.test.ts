import { quickWorker } from '../support/quick-worker';
import '../support/quiet-runtime';
import type { WorkflowHandle } from '@temporalio/client';
import type { OrderView } from '../../domain/people/order-view';
import { World } from '../domain/order/world';
import { startEngine, type TestEngine } from './engine';
import { worldActivities } from './world-activities';

/** A server that asks for a fresh history after some sixty events instead of thousands. */
const EVENTS = 60;
const QUEUE = 'long-history';

let engine: TestEngine;
beforeAll(async () => {
  engine = await startEngine({ 'limit.historyCount.suggestContinueAsNew': EVENTS });
}, 120_000);
afterAll(async () => {
  await engine.close();
});

/** @param looked is called while the order looks at both sides */
async function withOrder(
  number: string,
  play: (world: World, handle: WorkflowHandle) => Promise<void>,
  looked: (handle: WorkflowHandle) => Promise<void> = () => Promise.resolve(),
): Promise<void> {
  const world = new World(number, [{ id: 11, ordered: '3' }]);
  const { activities } = worldActivities(world);
  const workflowId = `order:long:${number}`;
  // Without a run: whichever is the newest.
  const handle = engine.client.workflow.getHandle(workflowId);
  const observe = async (): Promise<World['seen']> => {
    await looked(handle);
    return world.seen;
  };
  const worker = await quickWorker({
    connection: engine.native,
    taskQueue: QUEUE,
    workflowBundle: engine.bundle,
    activities: { ...activities, observe },
  });
  await worker.runUntil(async () => {
    const args = [{ instance: 'long', order: number, entityId: 7 }];
    await engine.client.workflow.start('order', { workflowId, taskQueue: QUEUE, args });
    await play(world, handle);
  });
}

const atRest = async (handle: WorkflowHandle): Promise<OrderView> => {
  for (let asked = 0; asked < 400; asked += 1) {
    const view = await handle.query<OrderView>('status');
    if (view.waitingFor !== null) return view;
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
  throw new Error('the order never came to rest');
};

it('X-09 a long history starts afresh with all that is known, and the order goes its way to the end', async () => {
  await withOrder('000000012', async (world, handle) => {
    const first = (await handle.describe()).runId;
    let now = await handle.describe();
    for (let told = 0; told < 400 && now.runId === first; told += 1) {
      await handle.signal('changed');
      await new Promise((resolve) => setTimeout(resolve, 25));
      now = await handle.describe();
    }
    expect(now.runId).not.toBe(first);
    expect(now.historyLength).toBeLessThan(EVENTS * 2);
    const view = await atRest(handle);
    expect(view).toMatchObject({ state: 'in_counterpoint', waitingFor: 'release', attention: null });
    expect(view.timeline.filter(({ what }) => what === 'Found in the shop.')).toHaveLength(1);
    world.releaseAll(['1Z1']);
    await handle.signal('changed');
    expect(await handle.result()).toMatchObject({ state: 'complete' });
    expect(world.shop.invoices).toHaveLength(1);
  });
}, 120_000);

it('C5-70 a cancellation asked for at the moment a history starts afresh is heard', async () => {
  let first = '';
  let asked = false;
  /** The cancellation comes while the order looks, and the history is long before it has looked. */
  const cancelWhileLooking = async (handle: WorkflowHandle): Promise<void> => {
    if (asked || first === '') return;
    asked = true;
    await handle.signal('cancel', { reason: 'the shopper called', by: 'ada' });
    while ((await handle.describe()).historyLength <= EVENTS) await handle.signal('changed');
  };
  const play = async (world: World, handle: WorkflowHandle): Promise<void> => {
    await atRest(handle);
    first = (await handle.describe()).runId;
    await handle.signal('changed');
    for (let asked = 0; asked < 200 && world.shop.state !== 'canceled'; asked += 1)
      await new Promise((resolve) => setTimeout(resolve, 25));
    expect(world.shop.state).toBe('canceled');
  };
  await withOrder('000000013', play, cancelWhileLooking);
}, 120_000);
