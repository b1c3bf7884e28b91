import { orderWorkflowId } from '../../domain/identities';
import type { AttentionReason } from '../../domain/order/attention';
import type { EndState } from '../../domain/order/lifecycle';
import type { Repair } from '../../domain/order/repair';
import type { OrderView } from '../../domain/people/order-view';
import type { Stage } from '../../sandbox/play/stage';
import { until } from '../../sandbox/play/until';
import type { OrderKind } from '../../sandbox/shop/order-factory/kinds';

/** One order of which people decide something, up to where the engine may forget it. */
export interface Scene {
  readonly kind: OrderKind;
  readonly skus?: Readonly<Record<string, string>>;
  readonly play: (desk: Desk, order: string) => Promise<unknown>;
  /** How it ended by what was decided; absent: it is still open. */
  readonly ends?: EndState;
  /** What was not decided, and is asked again. */
  readonly asks?: AttentionReason;
}

/** What the people at shop and store do to one order after the other. */
export interface Desk {
  readonly stage: Stage;
  wake(order: string): Promise<unknown>;
  asks(order: string, reason: AttentionReason): Promise<unknown>;
  decide(order: string, reason: AttentionReason, repair: Omit<Repair, 'by'>): Promise<OrderView>;
  rests(order: string, waitingFor: string): Promise<unknown>;
  /** Releases so many of S1; everything that is open without a number. */
  release(order: string, qty?: number): Promise<string>;
}

export function deskAt(stage: Stage): Desk {
  const run = (order: string) => stage.client.workflow.getHandle(orderWorkflowId(stage.instance, order));
  const shows = (order: string, what: string, look: (view: OrderView) => boolean): Promise<unknown> =>
    until(`${order} to ${what}`, async () => {
      const view = await stage.view(order);
      return view !== undefined && look(view);
    });
  const asks: Desk['asks'] = (order, reason) =>
    shows(order, `ask for ${reason}`, ({ attention }) => attention?.reason === reason);
  return {
    stage,
    wake: (order) => run(order).signal('changed'),
    asks,
    async decide(order, reason, repair) {
      await asks(order, reason);
      return await run(order).executeUpdate<OrderView, [Repair]>('repair', { args: [{ by: 'ada', ...repair }] });
    },
    rests: (order, waitingFor) =>
      shows(order, `wait for ${waitingFor}`, (view) => view.attention === null && view.waitingFor === waitingFor),
    release: (order, qty) =>
      stage.clerk.release({ order, ...(qty === undefined ? {} : { lines: [{ sku: 'S1', qty }] }) }),
  };
}

const accept = { kind: 'acceptDifference' } as const;
const adopt = { kind: 'adopt' } as const;
const TRACK = '1Z999AA10123450001';

/** In Counterpoint, something is done to it, and one question is answered. */
const asked =
  (act: (desk: Desk, order: string) => unknown, reason: AttentionReason, repair: Omit<Repair, 'by'>): Scene['play'] =>
  async (desk, order) => {
    await desk.rests(order, 'release');
    await act(desk, order);
    await desk.wake(order);
    await desk.decide(order, reason, repair);
  };

const refused =
  (kind: Repair['kind']): Scene['play'] =>
  async (desk, order) => {
    await desk.rests(order, 'release');
    desk.stage.shop.gateway.refuseNext(1, order);
    await desk.release(order, 1);
    await desk.decide(order, 'captureRefused', { kind });
    if (kind !== 'parcelHeld') await desk.rests(order, 'release');
  };

/** The provider took the money, the shop lost its invoice, and the ticket was voided: what to do about it is a person's. */
const unclear: Scene['play'] = async (desk, order) => {
  await desk.rests(order, 'release');
  desk.stage.shop.gateway.chargeThenFailNext(1, order);
  const ticket = await desk.release(order, 1);
  await desk.asks(order, 'captureRefused');
  await desk.stage.clerk.voidTicket(ticket);
  await desk.wake(order);
  await desk.decide(order, 'captureUnknown', accept);
  await desk.rests(order, 'release');
};

const givenUp: (desk: Desk, order: string) => Promise<void> = async (desk, order) => {
  const ticket = await desk.release(order, 1);
  await desk.stage.clerk.addTracking(ticket, TRACK);
  await desk.stage.clerk.cancelRemainder(order);
};

/** Somebody takes it out of Counterpoint without a trace. */
const lost: (desk: Desk, order: string) => Promise<void> = async ({ stage: { clerk, database } }, order) => {
  await clerk.cancelOrder(order);
  const [document] = await database.rows('PS_ORD_HIST', { TKT_NO: order });
  const key = { DOC_ID: String(document?.['DOC_ID']) };
  for (const table of ['PS_ORD_HIST_AUDIT_LOG', 'PS_ORD_HIST_LIN', 'PS_ORD_HIST']) await database.remove(table, key);
};

/** Every kind of decision, and the differences that are accepted or adopted. */
export const SCENES = {
  skip: {
    kind: 'simple-purchaseorder',
    ends: 'skipped',
    play: (desk, order) => desk.decide(order, 'customerMissing', { kind: 'skip' }),
  },
  cancelBefore: {
    kind: 'simple-purchaseorder',
    ends: 'cancelled',
    play: (desk, order) => desk.decide(order, 'customerMissing', { kind: 'cancel' }),
  },
  mapSku: {
    kind: 'simple-checkmo',
    skus: { S1: 'NO-SUCH' },
    play: async (desk, order) => {
      await desk.decide(order, 'unknownSku', { kind: 'mapSku', sku: 'NO-SUCH', itemNo: 'S1' });
      await desk.rests(order, 'release');
    },
  },
  cancelInStore: {
    kind: 'simple-checkmo',
    ends: 'cancelled',
    play: asked(({ stage }, order) => stage.clerk.cancelOrder(order), 'cancelledInCounterpoint', { kind: 'cancel' }),
  },
  accepted: {
    kind: 'simple-checkmo',
    ends: 'cancelled',
    play: asked(({ stage }, order) => stage.clerk.cancelOrder(order), 'cancelledInCounterpoint', accept),
  },
  confirmed: {
    kind: 'simple-checkmo',
    ends: 'cancelled',
    play: asked(({ stage }, order) => stage.shop.cancel(order), 'cancelledInShop', { kind: 'confirmCancelled' }),
  },
  gone: {
    kind: 'simple-checkmo',
    ends: 'cancelled',
    play: asked(lost, 'documentGone', { kind: 'confirmCancelled' }),
  },
  cancelRemainder: {
    kind: 'two-lines-checkmo',
    ends: 'complete',
    play: asked(givenUp, 'cancelledInCounterpoint', { kind: 'cancelRemainder' }),
  },
  remainderAccepted: {
    kind: 'two-lines-checkmo',
    ends: 'complete',
    play: asked(givenUp, 'cancelledInCounterpoint', accept),
  },
  offline: { kind: 'authorised-two-lines', play: refused('invoiceOffline') },
  again: { kind: 'authorised-two-lines', play: refused('retry') },
  parcelHeld: { kind: 'authorised-two-lines', play: refused('parcelHeld'), asks: 'captureRefused' },
  unclear: { kind: 'authorised-two-lines', play: unclear },
  adoptedInvoice: {
    kind: 'two-lines-checkmo',
    play: asked(({ stage }, order) => stage.shop.invoiceByHand(order, { S1: 1 }), 'manualInvoice', adopt),
  },
  adoptedWhole: {
    kind: 'two-lines-checkmo',
    play: asked(({ stage }, order) => stage.shop.invoiceByHand(order), 'manualInvoice', adopt),
  },
  adoptedShipment: {
    kind: 'two-lines-checkmo',
    play: asked(({ stage }, order) => stage.shop.shipByHand(order, { S1: 1 }), 'manualShipment', adopt),
  },
  worth: {
    kind: 'two-lines-checkmo',
    play: asked(
      async (desk, order) => {
        await desk.stage.clerk.changePrice(order, 1, '4.00');
        await desk.release(order, 1);
      },
      'amountsDiffer',
      accept,
    ),
  },
  added: {
    kind: 'two-lines-checkmo',
    play: asked(
      ({ stage }, order) => {
        stage.shop.addItem(order, { sku: 'S3', price: 5, qty: 1 });
      },
      'amountsDiffer',
      accept,
    ),
  },
  address: {
    kind: 'two-lines-checkmo',
    play: asked(
      ({ stage }, order) => {
        stage.shop.changeAddress(order, 'shipping', { city: 'Newark' });
      },
      'changedInShop',
      accept,
    ),
  },
  notOwed: {
    kind: 'two-lines-checkmo',
    play: asked(
      ({ stage }, order) => {
        stage.shop.cancelItem(order, 'S1', 1);
      },
      'cancelledInShop',
      accept,
    ),
  },
  voided: {
    kind: 'two-lines-checkmo',
    play: asked(
      async (desk, order) => {
        const ticket = await desk.release(order, 1);
        await until('its invoice', () => desk.stage.shop.ledger(order).invoices.length === 1);
        await desk.stage.clerk.voidTicket(ticket);
      },
      'ticketVoided',
      accept,
    ),
  },
  takenBack: {
    kind: 'two-lines-checkmo',
    play: async (desk, order) => {
      await desk.rests(order, 'release');
      const ticket = await desk.release(order, 2);
      await until('its invoice', () => desk.stage.shop.ledger(order).invoices.length === 1);
      await desk.stage.shop.refund(order, { S1: 1 });
      await desk.wake(order);
      await desk.decide(order, 'cancelledInShop', accept);
      await desk.stage.clerk.addTracking(ticket, TRACK);
      await until('its shipment', () => desk.stage.shop.ledger(order).shipments.length === 1);
      await desk.rests(order, 'release');
    },
  },
  paid: { kind: 'paid-at-sale', play: (desk, order) => desk.rests(order, 'release') },
} as const satisfies Record<string, Scene>;
