import { quickWorker } from '../support/quick-worker';
import { ApplicationFailure } from '@temporalio/common';
import { builtBundle } from '../support/built';
import '../support/quiet-runtime';
import type { WorkflowHandle } from '@temporalio/client';
import type { TestWorkflowEnvironment } from '@temporalio/testing';
import type { WorkflowBundlePath } from '@temporalio/worker';
import type { OrderNews } from '../../activities/contract';
import type { AttentionReason } from '../../domain/order/attention';
import type { ShopItem, ItemQuantities } from '../../domain/order/observation';
import type { OrderView } from '../../domain/people/order-view';
import { startTimeSkipping } from '../../sandbox/temporal';
import { World } from '../domain/order/world';
import { putAway } from '../support/put-away';
import { refusal, worldActivities, type Troubles } from './world-activities';

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
  readonly told: OrderNews[];
  readonly calls: string[];
  readonly statuses: ReturnType<typeof worldActivities>['statuses'];
  readonly handle: WorkflowHandle;
  until(seen: (view: OrderView) => boolean): Promise<OrderView>;
}

let count = 0;

async function withOrder(world: World, troubles: Troubles, play: (scene: Scene) => Promise<void>): Promise<void> {
  const { activities, calls, told, statuses } = worldActivities(world, troubles);
  count += 1;
  const taskQueue = `attention-${String(count)}`;
  const worker = await quickWorker({
    connection: env.nativeConnection,
    taskQueue,
    workflowBundle: bundle,
    activities,
  });
  await worker.runUntil(async () => {
    const handle = await env.client.workflow.start('order', {
      workflowId: `order:attention:${world.order}-${String(count)}`,
      taskQueue,
      args: [{ instance: 'attention', order: world.order, entityId: 7 }],
    });
    const until: Scene['until'] = async (seen) => {
      for (let asked = 0; asked < 400; asked += 1) {
        const view = await handle.query<OrderView>('status');
        if (seen(view)) return view;
        await new Promise((resolve) => setTimeout(resolve, 25));
      }
      throw new Error(`the order never got there: ${JSON.stringify(await handle.query('status'))}`);
    };
    await play({ told, calls, statuses, handle, until });
    await putAway(handle);
  });
}

const lines = [
  { id: 11, ordered: '3' },
  { id: 12, ordered: '2' },
];
const refused = (ticket: string): ReturnType<typeof refusal> =>
  refusal('captureRefused', `The payment for ticket ${ticket} was refused.`);
/** The order shows where it stands before people have been told of it. */
async function heard(told: readonly OrderNews[], count: number): Promise<void> {
  for (let asked = 0; asked < 400 && told.length < count; asked += 1)
    await new Promise((resolve) => setTimeout(resolve, 25));
  expect(told).toHaveLength(count);
}

const kinds = (told: readonly OrderNews[]): string[] => told.map(({ kind, reason }) => `${kind} ${reason}`);

describe('an order that needs a person', () => {
  it('C5-11 tells of each refused capture with order, ticket and parcel, once, and of its success', async () => {
    const world = new World('000000012', lines, 'authorised');
    const troubles: Troubles = { invoiceTicket: [refused('1'), refused('2')] };
    await withOrder(world, troubles, async ({ told, handle, until }) => {
      await until((view) => view.waitingFor === 'release');
      const first = world.release([[11, '1']], ['1ZA']);
      const second = world.release([[12, '1']], ['1ZB']);
      await handle.signal('changed');
      await until((view) => view.attention?.reason === 'captureRefused' && view.also.length === 1);
      await heard(told, 2);
      expect(told).toMatchObject([
        { kind: 'raised', reason: 'captureRefused', order: '000000012', ticket: first.no, tracks: ['1ZA'] },
        { kind: 'raised', reason: 'captureRefused', order: '000000012', ticket: second.no, tracks: ['1ZB'] },
      ]);
      const sendAgain = (release: string): Promise<unknown> =>
        handle.executeUpdate('repair', { args: [{ kind: 'retry', by: 'ada', release }] });
      await sendAgain(second.no);
      await until((view) => view.also.length === 0 && view.attention !== null);
      await sendAgain(first.no);
      await until((view) => view.attention === null);
      expect(world.charges.toSorted()).toEqual(['GUID-1', 'GUID-2']);
      await heard(told, 4);
      expect(kinds(told).slice(2)).toEqual(['solved captureRefused', 'solved captureRefused']);
    });
  });

  it('C5-11 P-18 gives no all-clear for an unpaid parcel because the order is on hold, or a system is away', async () => {
    const world = new World('000000012', lines, 'authorised');
    const away = ApplicationFailure.create({
      message: 'away',
      nonRetryable: true,
      details: [{ kind: 'transient', code: 'shopOutage', reason: 'systemDown', message: 'The shop has not answered.' }],
    });
    const troubles: Troubles = { invoiceTicket: [refused('1')] };
    await withOrder(world, troubles, async ({ told, handle, until, calls }) => {
      await until((view) => view.waitingFor === 'release');
      world.releaseAll(['1ZA']);
      await handle.signal('changed');
      await until((view) => view.attention?.reason === 'captureRefused');
      await heard(told, 1);
      world.shop = { ...world.shop, state: 'holded', status: 'holded' };
      await handle.signal('changed');
      await until((view) => view.waitingFor === 'unhold');
      expect((await until(() => true)).attention?.reason).toBe('captureRefused');
      world.shop = { ...world.shop, state: 'processing', status: 'processing' };
      troubles.observe = [away];
      const looks = calls.length;
      await handle.signal('changed');
      await until((view) => view.waitingFor === 'outage' && calls.length > looks);
      expect((await until(() => true)).attention?.reason).toBe('captureRefused');
      expect(kinds(told)).toEqual(['raised captureRefused']);
    });
  });

  it('X-05 the parcel of one ticket is confirmed as held while another still waits', async () => {
    const world = new World('000000012', lines, 'authorised');
    await withOrder(world, { invoiceTicket: [refused('1'), refused('2')] }, async ({ told, handle, until }) => {
      await until((view) => view.waitingFor === 'release');
      world.release([[11, '1']]);
      const second = world.release([[12, '1']]);
      await handle.signal('changed');
      await until((view) => view.also.length === 1);
      await handle.executeUpdate('repair', { args: [{ kind: 'parcelHeld', release: second.no, by: 'ada' }] });
      expect(told.at(-1)).toMatchObject({ kind: 'held', action: `invoiceTicket:${second.guid}` });
      expect(kinds(told).filter((each) => each.startsWith('held'))).toHaveLength(1);
    });
  });

  it('C5-83 C5-84 shows in the shop that it waits and why, and takes that back when the cause is gone', async () => {
    const world = new World('000000012', lines);
    await withOrder(world, {}, async ({ handle, until, calls }) => {
      await until((view) => view.waitingFor === 'release');
      world.invoiceByHand([[11, '1']]);
      await handle.signal('changed');
      await until((view) => view.attention?.reason === 'manualInvoice' && view.waitingFor === 'shop');
      expect(world.shop.status).toBe('needs_attention');
      const written = calls.filter((call) => call === 'setStatus').length;
      await handle.signal('changed');
      await until((view) => view.attention?.reason === 'manualInvoice');
      expect(calls.filter((call) => call === 'setStatus')).toHaveLength(written);
      world.release([[11, '1']]);
      await handle.signal('changed');
      await until((view) => view.attention === null && view.waitingFor === 'release');
      expect(world.shop.status).toBe('processing');
    });
  });

  it('P-21 C5-83 says by comment alone that a charge is unknown, for the order may not be saved while it runs', async () => {
    const world = new World('000000012', lines, 'authorised');
    const unknown = refusal('captureUnknown', 'It is not known whether the payment was taken.');
    await withOrder(world, { invoiceTicket: [unknown] }, async ({ handle, until, statuses }) => {
      await until((view) => view.waitingFor === 'release');
      const written = statuses.length;
      world.release([[11, '1']]);
      await handle.signal('changed');
      await until((view) => view.attention?.reason === 'captureUnknown' && view.waitingFor === 'shop');
      expect(statuses.slice(written)).toEqual([
        expect.objectContaining({ because: 'needsAttention', commentOnly: true }),
      ]);
    });
  });

  it('P-08 X-06 warns once before an authorisation lapses, and is calm when it was captured in time', async () => {
    const world = new World('000000012', lines, 'authorised');
    const now = await env.currentTimeMs();
    const day = 86_400_000;
    const payment = {
      ...world.shop.payment,
      since: new Date(now).toISOString(),
      lapses: new Date(now + 30 * day).toISOString(),
    };
    world.shop = { ...world.shop, payment };
    await withOrder(world, {}, async ({ told, handle, until, calls }) => {
      await until((view) => view.waitingFor === 'release');
      const looks = calls.length;
      await env.sleep('26 days');
      expect(calls).toHaveLength(looks);
      await env.sleep('2 days');
      const view = await until((each) => each.attention?.reason === 'authorizationLapses');
      expect(view.attention?.message).toContain(payment.lapses.slice(0, 10));
      await heard(told, 1);
      expect(kinds(told)).toEqual(['raised authorizationLapses']);
      expect(world.shop.status).not.toBe('needs_attention');
      world.releaseAll();
      await handle.signal('changed');
      await until((each) => each.attention === null);
      await heard(told, 2);
      expect(kinds(told)).toEqual(['raised authorizationLapses', 'solved authorizationLapses']);
    });
  });

  it('C5-83 P-09 charges nothing while a ticket is worth something else, until a person accepts the difference', async () => {
    const world = new World('000000012', lines, 'authorised');
    const differs = refusal('amountsDiffer', 'Nothing was charged: the store released it for 5.00.');
    await withOrder(world, { invoiceTicket: [differs] }, async ({ handle, until }) => {
      await until((view) => view.waitingFor === 'release');
      world.release([[11, '1']]);
      await handle.signal('changed');
      await until((view) => view.attention?.reason === 'amountsDiffer');
      expect(world.charges).toEqual([]);
      const view = await handle.executeUpdate<OrderView, [unknown]>('repair', { args: [{ kind: 'acceptDifference' }] });
      expect(view.attention).toBeNull();
      expect(world.charges).toEqual(['GUID-1']);
    });
  });

  it('OF-I P-20 keeps a ticket reference, an owner and a deadline with the attention', async () => {
    const world = new World('000000012', lines);
    const unknown = refusal('unknownSku', 'Order 000000012: SKU X is unknown.');
    await withOrder(world, { createDocument: [unknown] }, async ({ handle, until }) => {
      await until((view) => view.attention?.reason === 'unknownSku');
      await expect(handle.executeUpdate('repair', { args: [{ kind: 'note' }] })).rejects.toThrow();
      const view = await handle.executeUpdate<OrderView, [unknown]>('repair', {
        args: [{ kind: 'note', ticket: 'HD-1234' }],
      });
      expect(view.attention).toMatchObject({ reason: 'unknownSku', ticket: 'HD-1234', owner: 'merchant' });
      expect(Date.parse(view.attention?.deadline ?? '')).toBeGreaterThan(Date.parse(view.attention?.since ?? ''));
    });
  });
});

/** One cause, told once: what a step was refused for is what the next look shows (P-20). */
describe('a step that is refused for what changed meanwhile', () => {
  const withCode = (code: string, reason: AttentionReason): ApplicationFailure => {
    const message = `${code}: in the words of the refusal.`;
    return ApplicationFailure.create({
      message,
      nonRetryable: true,
      details: [{ kind: 'refused', code, reason, message }],
    });
  };
  /** Refused once, at the very moment at which the other side changes. */
  const refusedAs = (failure: ApplicationFailure, change: () => void): ApplicationFailure[] => {
    const once = [failure];
    once.shift = () => {
      const next = once.pop();
      if (next) change();
      return next;
    };
    return once;
  };
  const row = (world: World, change: Partial<ShopItem>): void => {
    const items = world.shop.items.map((item) => (item.id === 11 ? { ...item, ...change } : item));
    world.shop = { ...world.shop, items };
  };
  const goods = [[11, '3']] as const;
  const invoiced = (world: World, items: ItemQuantities, capture: boolean): void => {
    world.carryOut({ do: 'invoiceTicket', ticket: { guid: 'GUID-1', no: '1' }, items, capture });
  };
  const counted = (world: World, paid: string): void => {
    world.shop = { ...world.shop, payment: { ...world.shop.payment, paid } };
  };

  interface Case {
    readonly code: string;
    readonly says: AttentionReason;
    readonly at: 'invoiceTicket' | 'shipTicket';
    readonly becomes: AttentionReason;
    readonly change: (world: World) => void;
  }
  const cases: readonly Case[] = [
    {
      code: 'countersDiffer',
      says: 'captureUnknown',
      at: 'invoiceTicket',
      becomes: 'captureUnknown',
      change: (world) => {
        world.shop = { ...world.shop, countersDiffer: true };
      },
    },
    {
      code: 'invoicedByHand',
      says: 'manualInvoice',
      at: 'invoiceTicket',
      becomes: 'cancelledInShop',
      change: (world) => {
        row(world, { cancelled: '3' });
      },
    },
    {
      code: 'itemNotOnOrder',
      says: 'amountsDiffer',
      at: 'invoiceTicket',
      becomes: 'amountsDiffer',
      change: (world) => {
        world.shop = { ...world.shop, items: world.shop.items.filter(({ id }) => id !== 11) };
      },
    },
    {
      code: 'invoiceRefused',
      says: 'manualInvoice',
      at: 'invoiceTicket',
      becomes: 'cancelledInShop',
      change: (world) => {
        row(world, { cancelled: '3' });
      },
    },
    {
      code: 'shipmentRefused',
      says: 'manualShipment',
      at: 'shipTicket',
      becomes: 'cancelledInShop',
      change: (world) => {
        row(world, { refunded: '3' });
      },
    },
    {
      code: 'capturedNothing',
      says: 'authorizationExpired',
      at: 'invoiceTicket',
      becomes: 'authorizationExpired',
      change: (world) => {
        invoiced(world, goods, false);
      },
    },
    {
      code: 'captureNotCounted',
      says: 'captureUnknown',
      at: 'invoiceTicket',
      becomes: 'captureUnknown',
      change: (world) => {
        invoiced(world, goods, true);
        counted(world, '0.00');
      },
    },
    {
      code: 'invoiceDiffers',
      says: 'amountsDiffer',
      at: 'invoiceTicket',
      becomes: 'amountsDiffer',
      change: (world) => {
        invoiced(world, [[11, '1']], true);
      },
    },
    {
      code: 'invoicedTwice',
      says: 'amountsDiffer',
      at: 'invoiceTicket',
      becomes: 'amountsDiffer',
      change: (world) => {
        invoiced(world, goods, true);
        const second = world.shop.invoices.map((invoice) => ({ ...invoice, id: invoice.id + 1 }));
        world.shop = { ...world.shop, invoices: [...world.shop.invoices, ...second] };
        counted(world, '20.00');
      },
    },
    {
      code: 'shippedTwice',
      says: 'manualShipment',
      at: 'shipTicket',
      becomes: 'manualShipment',
      change: (world) => {
        world.carryOut({ do: 'shipTicket', ticket: { guid: 'GUID-1', no: '1' }, items: goods, tracks: ['1ZA'] });
        const second = world.shop.shipments.map((shipment) => ({ ...shipment, id: shipment.id + 1 }));
        world.shop = { ...world.shop, shipments: [...world.shop.shipments, ...second] };
      },
    },
    {
      code: 'shipmentDiffers',
      says: 'manualShipment',
      at: 'shipTicket',
      becomes: 'manualShipment',
      change: (world) => {
        world.carryOut({ do: 'shipTicket', ticket: { guid: 'GUID-1', no: '1' }, items: [[11, '2']], tracks: ['1ZA'] });
      },
    },
  ];

  it.each(cases)('P-20 C5-83 is one attention, told once: $code', async ({ code, says, at, becomes, change }) => {
    const world = new World('000000012', lines, 'authorised');
    const refusals = refusedAs(withCode(code, says), () => {
      change(world);
    });
    await withOrder(world, { [at]: refusals }, async ({ told, handle, until, calls }) => {
      await until((view) => view.waitingFor === 'release');
      world.release(goods, ['1ZA']);
      await handle.signal('changed');
      await until((view) => view.attention !== null && view.waitingFor === 'shop');
      await heard(told, 1);
      const looks = calls.filter((call) => call === 'observe').length;
      await handle.signal('changed');
      const view = await until(
        (each) => each.waitingFor === 'shop' && calls.filter((call) => call === 'observe').length > looks,
      );
      expect(view.attention?.reason).toBe(becomes);
      expect(view.also).toEqual([]);
      expect(view.timeline.filter(({ what }) => what.startsWith('Needs attention'))).toHaveLength(1);
      expect(view.attention?.message).not.toContain('in the words of the refusal');
      expect(kinds(told)).toEqual([`raised ${becomes}`]);
    });
  });
});

it('P-25 an order that was deleted in the shop ends when a person confirms that it is settled', async () => {
  const world = new World('000000012', lines, 'authorised');
  const gone = (): ApplicationFailure => {
    const details = { kind: 'refused', code: 'orderNotFound', message: 'The shop does not know order 000000012.' };
    return ApplicationFailure.create({ type: 'orderNotFound', nonRetryable: true, details: [details] });
  };
  const troubles: Troubles = {};
  await withOrder(world, troubles, async ({ handle, until }) => {
    await until((view) => view.waitingFor === 'release');
    troubles.observe = Array.from({ length: 9 }, gone);
    await handle.signal('changed');
    const { attention } = await until((view) => view.attention !== null);
    expect(attention).toMatchObject({ repairs: ['retry', 'confirmCancelled'] });
    expect(attention?.message).toMatch(/deleted there, cancel order 000000012 in Counterpoint/);
    await handle.executeUpdate('repair', { args: [{ kind: 'retry', by: 'ada' }] });
    await until((view) => view.attention !== null);
    await handle.executeUpdate('repair', { args: [{ kind: 'confirmCancelled', by: 'ada' }] });
    expect(await handle.result()).toEqual({
      state: 'cancelled',
      why: 'It is in the shop no longer, and a person confirmed that it is settled.',
    });
  });
});
