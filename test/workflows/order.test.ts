import { playAgain, quickWorker } from '../support/quick-worker';
import { ApplicationFailure } from '@temporalio/common';
import { builtBundle } from '../support/built';
import '../support/quiet-runtime';
import { WorkflowUpdateFailedError, type WorkflowHandle } from '@temporalio/client';
import type { TestWorkflowEnvironment } from '@temporalio/testing';
import type { WorkflowBundlePath } from '@temporalio/worker';
import type { OrderView } from '../../domain/people/order-view';
import { startTimeSkipping } from '../../sandbox/temporal';
import type { order } from '../../workflows';
import type { RuleDifferences } from '../../domain/order/plan-rules';
import { World } from '../domain/order/world';
import { putAway } from '../support/put-away';
import { hiccup, refusal, worldActivities, type Troubles } from './world-activities';

let env: TestWorkflowEnvironment;
let bundle: WorkflowBundlePath;

beforeAll(async () => {
  bundle = await builtBundle();
}, 120_000);
// Time is skipped for a whole server at once: what one test leaves behind must not hold up the next one's.
beforeEach(async () => {
  env = await startTimeSkipping();
}, 60_000);
afterEach(async () => {
  await env.teardown();
});

interface Scene {
  readonly world: World;
  readonly calls: string[];
  /** What was to be invoiced, each time. */
  readonly bills: readonly { readonly again?: string }[];
  readonly handle: WorkflowHandle<typeof order>;
  status(): Promise<OrderView>;
  /** Waits, without passing time, until the order shows what is asked for. */
  until(seen: (view: OrderView) => boolean): Promise<OrderView>;
}

let count = 0;

async function withOrder(
  world: World,
  troubles: Troubles,
  play: (scene: Scene) => Promise<void>,
  rules?: RuleDifferences,
): Promise<void> {
  const { activities, calls, bills } = worldActivities(world, troubles, rules);
  count += 1;
  const taskQueue = `test-${String(count)}`;
  const worker = await quickWorker({
    connection: env.nativeConnection,
    taskQueue,
    workflowBundle: bundle,
    activities,
  });
  await worker.runUntil(async () => {
    const handle = await env.client.workflow.start('order', {
      workflowId: `order:test:${world.order}-${String(count)}`,
      taskQueue,
      args: [{ instance: 'test', order: world.order, entityId: 7 }],
    });
    const status = (): Promise<OrderView> => handle.query<OrderView>('status');
    const until: Scene['until'] = async (seen) => {
      for (let asked = 0; asked < 400; asked += 1) {
        const view = await status();
        if (seen(view)) return view;
        await new Promise((resolve) => setTimeout(resolve, 25));
      }
      throw new Error(`the order never got there: ${JSON.stringify(await status())}`);
    };
    await play({ world, calls, bills, handle: handle as WorkflowHandle<typeof order>, status, until });
    await playAgain(handle, bundle);
  });
}

const lines = [{ id: 11, ordered: '3' }];

describe('the order workflow', () => {
  it('C5-04 C5-14 goes from the shop to complete as the store releases and ships', async () => {
    await withOrder(new World('000000012', lines), {}, async ({ world, handle, until, calls }) => {
      await until((view) => view.waitingFor === 'release');
      world.releaseAll(['1Z1']);
      await handle.signal('changed');
      await expect(handle.result()).resolves.toMatchObject({ state: 'complete' });
      expect(calls).toEqual(['observe', 'createDocument', 'setStatus', 'observe', 'invoiceTicket', 'shipTicket']);
    });
  });

  it('an open order that nobody touches causes no activity and no workflow task', async () => {
    await withOrder(new World('000000012', lines), {}, async ({ handle, until, calls }) => {
      await until((view) => view.waitingFor === 'release');
      const before = await handle.describe();
      const called = calls.length;
      await env.sleep('40 days');
      const after = await handle.describe();
      expect(after.historyLength).toBe(before.historyLength);
      expect(calls).toHaveLength(called);
      await putAway(handle);
    });
  });

  it('C5-82 P-21 an order that went on hold after it was looked at is looked at again at once, and needs nobody', async () => {
    const held = ApplicationFailure.create({
      message: 'Order 000000012 is holded in the shop, so it takes no invoice until that ends.',
      nonRetryable: true,
      details: [{ kind: 'refused', code: 'orderWaits', reason: 'systemDown', message: 'Order 000000012 is holded.' }],
    });
    const troubles: Troubles = { invoiceTicket: [held, held] };
    await withOrder(new World('000000012', lines), troubles, async ({ world, handle, until, calls, status }) => {
      await until((view) => view.waitingFor === 'release');
      calls.splice(0);
      world.releaseAll(['1Z1']);
      await handle.signal('changed');
      await expect(handle.result()).resolves.toMatchObject({ state: 'complete' });
      const again = ['observe', 'invoiceTicket'];
      expect(calls).toEqual([...again, ...again, ...again, 'shipTicket']);
      expect((await status()).timeline.filter(({ what }) => what.startsWith('Needs attention'))).toEqual([]);
    });
  });

  it('P-13 X-01 waits in attention for an unknown SKU and goes on in the same run once it is known', async () => {
    const troubles: Troubles = {
      createDocument: [
        refusal('unknownSku', 'Order 000000012: SKU X is not an item in Counterpoint. Add it, or map it.'),
      ],
    };
    await withOrder(new World('000000012', lines), troubles, async ({ handle, until }) => {
      const stuck = await until((view) => view.attention !== null);
      expect(stuck.attention).toMatchObject({
        reason: 'unknownSku',
        message: expect.stringContaining('SKU X') as string,
      });
      const view = await handle.executeUpdate<OrderView, [unknown]>('repair', { args: [{ kind: 'retry', by: 'ada' }] });
      expect(view).toMatchObject({ state: 'in_counterpoint', attention: null });
      expect((await handle.describe()).status.name).toBe('RUNNING');
      await putAway(handle);
    });
  });

  it('X-01 an attention that time may solve is tried again by itself', async () => {
    const missing = refusal(
      'customerMissing',
      'Order 000000012: no A/R customer has this e-mail address. Add the customer.',
    );
    await withOrder(
      new World('000000012', lines),
      { createDocument: [missing, missing] },
      async ({ handle, until, calls }) => {
        await until((view) => view.attention?.reason === 'customerMissing');
        await env.sleep('31 minutes');
        await until((view) => view.state === 'in_counterpoint');
        expect(calls.filter((name) => name === 'createDocument')).toHaveLength(3);
        await putAway(handle);
      },
    );
  });

  it('X-01 refuses a repair that does not fit the attention, and leaves no trace of it', async () => {
    await withOrder(new World('000000012', lines), {}, async ({ handle, until }) => {
      await until((view) => view.waitingFor === 'release');
      const before = (await handle.describe()).historyLength;
      await expect(handle.executeUpdate('repair', { args: [{ kind: 'retry' }] })).rejects.toThrow(
        WorkflowUpdateFailedError,
      );
      expect(
        (await handle.fetchHistory()).events?.some((event) => event.workflowExecutionUpdateAcceptedEventAttributes),
      ).toBe(false);
      expect(before).toBeGreaterThan(0);
      await putAway(handle);
    });
  });

  it('P-19 bridges a shop that is away for a while without bothering anybody', async () => {
    await withOrder(
      new World('000000012', lines),
      { observe: [hiccup(), hiccup(), hiccup()] },
      async ({ handle, until }) => {
        const view = await until((each) => each.waitingFor === 'release');
        expect(view.attention).toBeNull();
        expect(view.timeline.some((entry) => entry.what.includes('attention'))).toBe(false);
        await putAway(handle);
      },
    );
  });

  it('P-20 says so when a system stays away, and goes on by itself when it is back', async () => {
    const away = Array.from({ length: 12 }, hiccup);
    await withOrder(new World('000000012', lines), { createDocument: away }, async ({ handle, until }) => {
      await env.sleep('11 minutes');
      await until((view) => view.timeline.some((entry) => entry.what.includes('The line went down')));
      await env.sleep('10 minutes');
      expect(await until((view) => view.state === 'in_counterpoint')).toMatchObject({ attention: null });
      await putAway(handle);
    });
  });

  it('P-14 cancel: an order that is not released is cancelled in the shop, and ends when Counterpoint agrees', async () => {
    await withOrder(new World('000000012', lines), {}, async ({ world, handle, until }) => {
      await until((view) => view.waitingFor === 'release');
      await handle.signal('cancel', { reason: 'ordered twice', by: 'ada' });
      await until((view) => view.attention?.reason === 'cancelledInShop');
      expect(world.shop.state).toBe('canceled');
      world.store = { ...world.store, document: 'cancelled' };
      await handle.signal('changed');
      await expect(handle.result()).resolves.toMatchObject({ state: 'cancelled' });
      expect(world.shop.status).toBe('confirmed_cancelled');
    });
  });

  it('cancel: what the shop refuses is answered on the timeline, and the order goes on', async () => {
    const details = {
      kind: 'refused',
      code: 'cancelRefused',
      reason: 'statusRefused',
      message: 'The shop does not cancel order 000000012.',
    };
    const no = ApplicationFailure.create({
      message: details.message,
      type: 'cancelRefused',
      nonRetryable: true,
      details: [details],
    });
    await withOrder(
      new World('000000012', lines, 'offline'),
      { cancelShopOrder: [no] },
      async ({ world, handle, until, calls }) => {
        await until((view) => view.waitingFor === 'release');
        await handle.signal('cancel', { reason: 'ordered twice', by: 'ada' });
        await until((view) => view.timeline.some((entry) => entry.what.includes('does not cancel')));
        expect(calls.filter((name) => name === 'cancelShopOrder')).toHaveLength(1);
        expect((await until((view) => view.waitingFor === 'release')).attention).toBeNull();
        world.releaseAll(['1Z1']);
        await handle.signal('changed');
        await expect(handle.result()).resolves.toMatchObject({ state: 'complete' });
      },
    );
  });

  it('P-25 cancel: what the shop has invoiced it is not asked to cancel; the timeline says what helps', async () => {
    await withOrder(new World('000000012', lines, 'paid'), {}, async ({ world, handle, until, calls }) => {
      await until((view) => view.waitingFor === 'release');
      await handle.signal('cancel', { reason: 'ordered twice', by: 'ada' });
      await until((view) => view.timeline.some((entry) => entry.what.includes('has to be refunded there')));
      expect(calls).not.toContain('cancelShopOrder');
      world.releaseAll(['1Z1']);
      await handle.signal('changed');
      await expect(handle.result()).resolves.toMatchObject({ state: 'complete' });
    });
  });

  it('cancel: an order that was released is not cancelled, and says why', async () => {
    await withOrder(new World('000000012', lines), {}, async ({ world, handle, until }) => {
      await until((view) => view.waitingFor === 'release');
      world.release([[11, '1']]);
      await handle.signal('cancel', { reason: 'ordered twice', by: 'ada' });
      const view = await until((each) => each.timeline.some((entry) => entry.what.includes('not cancelled')));
      expect(view.state).not.toBe('cancelled');
      expect(world.shop.state).not.toBe('canceled');
      await putAway(handle);
    });
  });

  it('P-14 cancel: the order tells whoever asked what came of it, and why it goes on', async () => {
    const answered = (id: string) => (view: { cancel?: { id?: string; outcome: string } }) =>
      view.cancel?.id === id && view.cancel.outcome !== 'asked';
    const cancel = (id: string): [string, { reason: string; by: string; id: string }] => [
      'cancel',
      { reason: 'ordered twice', by: 'ada', id },
    ];
    await withOrder(new World('000000012', lines), {}, async ({ world, handle, until }) => {
      await until((view) => view.waitingFor === 'release');
      world.shop = { ...world.shop, state: 'holded', status: 'holded' };
      await handle.signal(...cancel('held'));
      expect((await until(answered('held'))).cancel).toMatchObject({
        outcome: 'waits',
        why: expect.stringContaining('on hold in the shop') as string,
      });
      world.shop = { ...world.shop, state: 'new', status: 'pending' };
      await handle.signal('changed');
      const view = await until((each) => each.cancel?.outcome === 'cancelledInShop');
      expect(view.cancel?.why).toMatch(/Cancel it in Counterpoint too/);
      world.store = { ...world.store, document: 'cancelled' };
      await handle.signal('changed');
      await handle.result();
      expect((await until(() => true)).cancel).toEqual({ id: 'held', by: 'ada', outcome: 'cancelled', why: null });
    });
    await withOrder(new World('000000012', lines), {}, async ({ world, handle, until }) => {
      await until((view) => view.waitingFor === 'release');
      world.release([[11, '1']]);
      await handle.signal(...cancel('late'));
      expect((await until(answered('late'))).cancel).toMatchObject({
        outcome: 'refused',
        why: expect.stringContaining('already released in Counterpoint') as string,
      });
      await putAway(handle);
    });
  });

  describe('a refused capture', () => {
    const refusedAt = (sentAt: string): ApplicationFailure =>
      refusal('captureRefused', 'Order 000000012, ticket 000000012-01: the shop could not save the invoice.', sentAt);

    it('P-24 P-07 is repeated by no change and no passing of time, but by a person, and then by the name of its sending', async () => {
      const troubles: Troubles = { invoiceTicket: [refusedAt('first')] };
      await withOrder(new World('000000012', lines, 'authorised'), troubles, async (scene) => {
        const { world, handle, until, calls, bills } = scene;
        const sent = (): number => calls.filter((name) => name === 'invoiceTicket').length;
        await until((view) => view.waitingFor === 'release');
        world.releaseAll();
        await handle.signal('changed');
        await until((view) => view.attention?.reason === 'captureRefused');
        await handle.signal('changed');
        await until((view) => view.attention?.reason === 'captureRefused');
        await env.sleep('60 days');
        await handle.signal('changed');
        await until((view) => view.attention?.reason === 'captureRefused');
        expect(sent()).toBe(1);
        await handle.executeUpdate('repair', { args: [{ kind: 'retry' }] });
        expect(bills.map(({ again }) => again)).toEqual([undefined, 'first']);
        expect(world.charges).toEqual(['GUID-1']);
        await putAway(handle);
      });
    });

    it('P-24 is sent again by itself only where the merchant set `captures.retries`, so often and by its name', async () => {
      const troubles: Troubles = { invoiceTicket: [refusedAt('first'), refusedAt('second'), refusedAt('third')] };
      const rules = { captureRetries: { attempts: 1, everyMinutes: 60 } };
      const play = async ({ world, handle, until, bills }: Scene): Promise<void> => {
        await until((view) => view.waitingFor === 'release');
        world.releaseAll();
        await handle.signal('changed');
        await until((view) => view.attention?.reason === 'captureRefused');
        await env.sleep('61 minutes');
        await until(() => bills.length === 2);
        await until((view) => view.attention?.reason === 'captureRefused');
        await env.sleep('60 days');
        expect(bills.map(({ again }) => again)).toEqual([undefined, 'first']);
        await putAway(handle);
      };
      await withOrder(new World('000000012', lines, 'authorised'), troubles, play, rules);
    });
  });

  it('goes on with what it remembers when it starts a fresh history', async () => {
    const world = new World('000000012', lines);
    world.carryOut({ do: 'createDocument' });
    const { activities } = worldActivities(world);
    const worker = await quickWorker({
      connection: env.nativeConnection,
      taskQueue: 'fresh',
      workflowBundle: bundle,
      activities,
    });
    await worker.runUntil(async () => {
      const handle = await env.client.workflow.start('order', {
        workflowId: 'order:test:fresh',
        taskQueue: 'fresh',
        args: [
          {
            instance: 'test',
            order: world.order,
            entityId: 7,
            carry: {
              memory: { problems: [], offline: [], accepted: [], marked: true },
              state: 'in_counterpoint',
              timeline: [{ at: '2026-11-01T00:00:00.000Z', what: 'Found in the shop.' }],
              attempts: {},
            },
          },
        ],
      });
      world.releaseAll(['1Z1']);
      await handle.signal('changed');
      await handle.result();
      const view = await handle.query<OrderView>('status');
      expect(view.timeline[0]).toMatchObject({ what: 'Found in the shop.' });
      expect(world.shop.status).toBe('complete');
    });
  });
});
