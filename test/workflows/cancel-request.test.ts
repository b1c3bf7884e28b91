import { playAgain, quickWorker } from '../support/quick-worker';
import '../support/quiet-runtime';
import { ApplicationFailure } from '@temporalio/common';
import type { WorkflowHandle } from '@temporalio/client';
import type { Activities } from '../../activities/contract';
import type { OrderView } from '../../domain/people/order-view';
import { until } from '../../sandbox/play/until';
import { World } from '../domain/order/world';
import { startEngine, type TestEngine } from './engine';
import { refusal, worldActivities, type Troubles } from './world-activities';

/** What the engine's web page, its command line and a client send when somebody requests a cancellation. */

let engine: TestEngine;
beforeAll(async () => {
  engine = await startEngine();
}, 120_000);
afterAll(async () => {
  await engine.close();
});

interface Scene {
  readonly world: World;
  readonly handle: WorkflowHandle;
  readonly calls: readonly string[];
  atRest(seen?: (view: OrderView) => boolean): Promise<OrderView>;
}

interface Staging {
  readonly troubles?: Troubles;
  readonly activities?: (world: World) => Partial<Activities>;
  /** Done before a worker takes the order up for the first time. */
  readonly first?: (handle: WorkflowHandle) => Promise<unknown>;
}

let count = 0;

async function withOrder(staging: Staging, play: (scene: Scene) => Promise<void>): Promise<void> {
  count += 1;
  const number = `0000001${String(count).padStart(2, '0')}`;
  const world = new World(number, [{ id: 11, ordered: '3' }]);
  const { activities, calls } = worldActivities(world, staging.troubles);
  const taskQueue = `buttons-${String(count)}`;
  const workflowId = `order:buttons:${number}`;
  await engine.client.workflow.start('order', {
    workflowId,
    taskQueue,
    args: [{ instance: 'buttons', order: number, entityId: 7 }],
  });
  // Without a run: whichever is the newest.
  const handle = engine.client.workflow.getHandle(workflowId);
  await staging.first?.(handle);
  const worker = await quickWorker({
    connection: engine.native,
    taskQueue,
    workflowBundle: engine.bundle,
    activities: { ...activities, ...staging.activities?.(world) },
  });
  const atRest: Scene['atRest'] = async (seen = (view) => view.waitingFor !== null) => {
    let view: OrderView | undefined;
    await until('the order to rest', async () => {
      view = await handle.query<OrderView>('status').catch(() => undefined);
      return view !== undefined && seen(view);
    });
    if (!view) throw new Error('never');
    return view;
  };
  await worker.runUntil(async () => {
    await play({ world, handle, calls, atRest });
    await playAgain(handle, engine.bundle);
  });
}

const whoAsked = (view: OrderView): string[] =>
  view.timeline.map(({ what }) => what).filter((what) => what.startsWith('Cancelling was asked for'));

describe("the engine's own cancel request", () => {
  it('X-09 C5-70 cancels a waiting order as the signal does, and the timeline says who asked', async () => {
    await withOrder({}, async ({ world, handle, atRest }) => {
      await atRest((view) => view.waitingFor === 'release');
      await handle.cancel();
      const view = await atRest(({ attention }) => attention !== null);
      expect(view.attention?.reason).toBe('cancelledInShop');
      expect(world.shop.state).toBe('canceled');
      expect(whoAsked(view)).toEqual(["Cancelling was asked for by the engine's own cancel request."]);
      expect(view.timeline.map(({ what }) => what)).toContain("The engine's cancel request came from ada@desk.");
      world.store = { ...world.store, document: 'cancelled' };
      await handle.signal('changed');
      expect(await handle.result()).toMatchObject({ state: 'cancelled' });
    });
  });

  it('X-09 in an attention cancels all the same, and an engine that cannot say who asked holds nothing up', async () => {
    const unable = ApplicationFailure.create({ message: 'no history', nonRetryable: true });
    const troubles = {
      createDocument: [refusal('unknownSku', 'Item S1 is unknown.')],
      whoAskedToCancel: [unable],
    };
    await withOrder({ troubles }, async ({ world, handle, atRest }) => {
      await atRest(({ attention }) => attention?.reason === 'unknownSku');
      await handle.cancel();
      expect(await handle.result()).toMatchObject({ state: 'cancelled' });
      expect(world.shop.state).toBe('canceled');
      const { timeline } = await handle.query<OrderView>('status');
      expect(timeline.filter(({ what }) => what.startsWith("The engine's cancel request"))).toEqual([]);
    });
  });

  it('names the reason that came with it', async () => {
    await withOrder({}, async ({ handle, atRest }) => {
      await atRest((view) => view.waitingFor === 'release');
      await engine.client.workflowService.requestCancelWorkflowExecution({
        namespace: engine.client.options.namespace,
        workflowExecution: { workflowId: handle.workflowId },
        reason: 'wrong address',
      });
      const view = await atRest(({ attention }) => attention !== null);
      expect(whoAsked(view)).toEqual(["Cancelling was asked for by the engine's own cancel request (wrong address)."]);
    });
  });

  it('before any worker has seen the order is heard as well', async () => {
    const first = (handle: WorkflowHandle): Promise<unknown> => handle.cancel();
    await withOrder({ first }, async ({ world, atRest }) => {
      await atRest(({ attention, state }) => attention?.reason === 'cancelledInShop' || state === 'cancelled');
      expect(world.shop.state).toBe('canceled');
    });
  });

  it.each(['observe', 'createDocument', 'setStatus'] as const)(
    'while the order is at %s lets that step finish, and then cancels',
    async (step) => {
      let pressed = false;
      const during = (world: World): Partial<Activities> => {
        const own = worldActivities(world).activities;
        const slow = async (input: never): Promise<never> => {
          const answer = await (own[step] as (input: never) => Promise<never>)(input);
          if (!pressed) {
            pressed = true;
            const handle = engine.client.workflow.getHandle(`order:buttons:${world.order}`);
            await handle.cancel();
            // The workflow has to hear of it while the step is still under way.
            await until('the request to be heard', async () => {
              const { events } = await handle.fetchHistory();
              const at = (events ?? []).findIndex((event) => event.workflowExecutionCancelRequestedEventAttributes);
              return at >= 0 && (events ?? []).slice(at).some((event) => event.workflowTaskCompletedEventAttributes);
            });
          }
          return answer;
        };
        return { [step]: slow };
      };
      await withOrder({ activities: during }, async ({ world, handle, calls, atRest }) => {
        await atRest((view) => view.attention?.reason === 'cancelledInShop' || view.state === 'cancelled');
        expect(world.shop.state).toBe('canceled');
        expect(calls.filter((call) => call === 'createDocument').length).toBeLessThanOrEqual(1);
        expect((await handle.describe()).status.name).not.toBe('CANCELLED');
      });
    },
  );

  it('that cannot be met is answered on the timeline, the order goes on, and a second request is heard as well', async () => {
    await withOrder({}, async ({ world, handle, atRest }) => {
      await atRest((view) => view.waitingFor === 'release');
      const first = (await handle.describe()).runId;
      world.releaseAll([]);
      await handle.cancel();
      const released = await atRest((view) => view.waitingFor === 'tracking' && whoAsked(view).length === 1);
      expect(released.attention).toBeNull();
      expect(released.timeline.map(({ what }) => what)).toContain(
        "The order was already released in Counterpoint: not cancelled as the engine's own cancel request had asked. Void the ticket first.",
      );
      await until('a run that hears a second request', async () => (await handle.describe()).runId !== first);
      await handle.cancel();
      await atRest((view) => view.waitingFor === 'tracking' && whoAsked(view).length === 2);
      const [ticket] = world.store.tickets;
      if (!ticket) throw new Error('nothing was released');
      world.store = { ...world.store, tickets: [{ ...ticket, tracks: ['1Z1'] }] };
      await handle.signal('changed');
      expect(await handle.result()).toMatchObject({ state: 'complete' });
      expect(world.shop.invoices).toHaveLength(1);
    });
  });

  it('during a repair leaves the repair its answer', async () => {
    const troubles = { createDocument: [refusal('unknownSku', 'Item S1 is unknown.')] };
    await withOrder({ troubles }, async ({ world, handle, atRest }) => {
      await atRest(({ attention }) => attention?.reason === 'unknownSku');
      const repaired = handle.executeUpdate<OrderView, [{ kind: string; by: string }]>('repair', {
        args: [{ kind: 'retry', by: 'ada' }],
      });
      await handle.cancel();
      await expect(repaired).resolves.toMatchObject({ order: world.order });
      await until('the order to be cancelled in the shop', () => Promise.resolve(world.shop.state === 'canceled'));
      expect(whoAsked(await handle.query<OrderView>('status'))).toHaveLength(1);
    });
  });
});
