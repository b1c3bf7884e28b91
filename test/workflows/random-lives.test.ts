import '../support/quiet-runtime';
import { parseMarker } from '../../domain/shop/marker';
import { decimal, sum } from '../../domain/money';
import type { OrderView } from '../../domain/people/order-view';
import type { RepairKind } from '../../domain/order/attention';
import { decides, type Repair } from '../../domain/order/repair';
import { readOpenLines, readOrderTickets, type Books } from '../../sandbox/play/books';
import type { Clerk } from '../../sandbox/counterpoint';
import type { OrderKind } from '../../sandbox/shop';
import { Refusal } from '../../sandbox/shop/http/refusals';
import { randomFrom } from '../faults/seeds';
import { realSides, type RealSides, type Scene } from '../support/real-sides';

/**
 * Shoppers, staff of the shop, clerks and the order desk who do whatever their screens let them, in any order, against the
 * sandbox's own rules, with a payment provider that may decline, charge and fail, or close its authorisation; the order
 * lives through it in the real workflow with the real clients. Every repair that is offered is a move. CANTUS_LIVES for
 * more of them, CANTUS_LIFE=17 for one again.
 */
const LIVES = Number(process.env['CANTUS_LIVES'] ?? 6);
const ONE = process.env['CANTUS_LIFE'];
/**
 * Lives that once showed something: a hold that overtook an invoice, an order whose every line was deleted, lines lowered
 * to half and released (121, 157), a decision during a hold (134), a charge that staff lost (164).
 */
const TELLING = [64, 101, 121, 134, 157, 164];
const numbers =
  ONE === undefined ? [...new Set([...Array.from({ length: LIVES }, (_, at) => at + 1), ...TELLING])] : [Number(ONE)];

const KINDS: readonly OrderKind[] = [
  'two-lines-checkmo',
  'many-pieces-checkmo',
  'authorised',
  'authorised-two-lines',
  'configurable-authorised',
  'paypal-paid-at-sale',
  'payment-review',
  'coupon-authorised',
  'simple-and-virtual',
];

let sides: RealSides;
beforeAll(async () => {
  sides = await realSides();
}, 120_000);
afterAll(async () => {
  await sides.close();
});

interface Life extends Scene {
  readonly clerk: Clerk;
  /** 0 to below 1. */
  random(): number;
  readonly did: string[];
  /** Charges without an invoice over which a person charged again or lowered the order, or let Cantus charge again. */
  readonly passedOver: Set<string>;
}

const pick = <T>(from: readonly T[], share: number): T | undefined => from[Math.floor(share * from.length)];

type Move = (life: Life) => Promise<unknown>;

const shopItems = (order: string): { item_id: number; qty_ordered: number; parent_item_id?: number | null }[] =>
  sides.shop.order(order)['items'] as { item_id: number; qty_ordered: number; parent_item_id?: number | null }[];

function anyRow({ order, random }: Life): { readonly item_id: number; readonly qty_ordered: number } {
  const rows = shopItems(order).filter((item) => item.parent_item_id === undefined || item.parent_item_id === null);
  const row = pick(rows, random());
  if (!row) throw new Error('no row');
  return row;
}

/** One piece of one row. */
const onePiece = (life: Life): Record<string, number> => ({ [String(anyRow(life).item_id)]: 1 });

async function anyTicket({ order, random }: Life, state?: 'saved'): Promise<string> {
  const tickets = (await readOrderTickets(sides.bench.database, order)).filter(
    (ticket) => state === undefined || ticket.state === state,
  );
  const ticket = pick(tickets, random());
  if (!ticket) throw new Error('no ticket');
  return ticket.no;
}

async function anyLine({ order, random }: Life): Promise<number> {
  const line = pick(await readOpenLines(sides.bench.database, order), random());
  if (!line) throw new Error('no line');
  return line.line;
}

let parcels = 0;
const parcel = (): string => `1Z${String((parcels += 1)).padStart(10, '0')}`;

/** The charges that no invoice shows: neither the next person nor Cantus finds anything of them in the shop. */
function lostCharges(order: string): string[] {
  const { charges, invoices } = sides.shop.ledger(order);
  return charges
    .filter(
      ({ kind, transaction }) => kind === 'capture' && !invoices.some((each) => each.transaction_id === transaction),
    )
    .map(({ transaction }) => transaction);
}

const passOver = ({ order, passedOver }: Life): void => {
  for (const transaction of lostCharges(order)) passedOver.add(transaction);
};

/** Who invoices by hand may charge over a lost charge, or lose one: staff answer for both. */
async function chargedByStaff(life: Life, invoicing: Promise<unknown>): Promise<void> {
  try {
    await invoicing;
    passOver(life);
  } catch (error) {
    if (error instanceof Refusal && JSON.stringify(error.body).includes('Could not save an invoice')) passOver(life);
    throw error;
  }
}

/** Who says that a charge may be sent has looked at the payment provider. */
async function repaired(life: Life, reason: string | undefined, kind: RepairKind): Promise<void> {
  if (reason?.startsWith('capture') === true && (kind === 'retry' || kind === 'acceptDifference')) passOver(life);
  await life.handle.executeUpdate('repair', { args: [repairOf(life.order, kind)] });
}

const MOVES: Readonly<Record<string, Move>> = {
  pay: ({ order }) => sides.shop.pay(order),
  hold: ({ order }) => sides.shop.hold(order),
  unhold: async ({ order }) => {
    await Promise.resolve();
    sides.shop.unhold(order);
  },
  cancelInShop: ({ order }) => sides.shop.cancel(order),
  edit: ({ order }) => sides.shop.edit(order),
  invoiceByHand: (life) => chargedByStaff(life, sides.shop.invoiceByHand(life.order, onePiece(life))),
  invoiceAllByHand: (life) => chargedByStaff(life, sides.shop.invoiceByHand(life.order)),
  shipByHand: (life) => sides.shop.shipByHand(life.order, onePiece(life), [parcel()]),
  refund: (life) => sides.shop.refund(life.order, onePiece(life)),
  refundAll: ({ order }) => sides.shop.refund(order),
  editDown: async (life) => {
    await Promise.resolve();
    const row = anyRow(life);
    sides.shop.changeQuantity(life.order, String(row.item_id), row.qty_ordered - 1);
    passOver(life);
  },
  removeRow: async (life) => {
    await Promise.resolve();
    sides.shop.removeItem(life.order, String(anyRow(life).item_id));
    passOver(life);
  },
  cancelRow: async (life) => {
    await Promise.resolve();
    sides.shop.cancelItem(life.order, String(anyRow(life).item_id), 1);
  },
  changeAddress: async (life) => {
    await Promise.resolve();
    sides.shop.changeAddress(life.order, 'shipping', { street: [`${String(life.did.length)} Elm Street`] });
  },
  releaseOne: async (life) => life.clerk.release({ order: life.order, lines: [{ line: await anyLine(life), qty: 1 }] }),
  releaseAll: ({ clerk, order }) => clerk.release({ order }),
  releaseAndTrack: async ({ clerk, order }) => clerk.addTracking(await clerk.release({ order }), parcel()),
  voidTicket: async (life) => life.clerk.voidTicket(await anyTicket(life, 'saved')),
  editQuantity: async (life) => life.clerk.editQuantity(life.order, await anyLine(life), 1),
  deleteLine: async (life) => life.clerk.deleteLine(life.order, await anyLine(life)),
  cancelRemainder: ({ clerk, order }) => clerk.cancelRemainder(order),
  cancelInStore: ({ clerk, order }) => clerk.cancelOrder(order),
  post: async (life) => life.clerk.post(await anyTicket(life, 'saved')),
  track: async (life) => life.clerk.addTracking(await anyTicket(life), parcel()),
  removeTrack: async (life) => {
    const no = await anyTicket(life);
    const [header] = await sides.bench.database.rows('PS_DOC_HDR', { TKT_NO: no });
    if (header) await sides.bench.database.remove('PS_DOC_PKG_TRK_NO', { DOC_ID: header['DOC_ID'] ?? null });
  },
  askToCancel: ({ handle }) => handle.signal('cancel', { reason: 'the shopper called', by: 'desk' }),
  decline: async ({ order }) => {
    await Promise.resolve();
    sides.shop.gateway.refuseNext(1, order);
  },
  chargeThenFail: async ({ order }) => {
    await Promise.resolve();
    sides.shop.gateway.chargeThenFailNext(1, order);
  },
  leavePending: async ({ order }) => {
    await Promise.resolve();
    sides.shop.gateway.pendingNext(1, order);
  },
  closeAuthorization: async ({ order }) => {
    await Promise.resolve();
    if (sides.shop.ledger(order).transactions.length === 0) throw new Error('nothing authorised');
    sides.shop.gateway.closeAuthorization(order);
  },
  repair: async (life) => {
    const { attention } = await life.status();
    const kind = pick(attention?.repairs ?? [], life.random());
    if (kind === undefined) throw new Error('nothing to repair');
    await repaired(life, attention?.reason, kind);
    return kind;
  },
};

/** As the desk would fill it in. */
function repairOf(order: string, kind: RepairKind): Repair {
  const [item] = sides.shop.order(order)['items'] as { sku: string }[];
  return { kind, by: 'desk', ...(kind === 'mapSku' && item ? { sku: item.sku, itemNo: item.sku } : {}) };
}
/** What a store does most comes most. */
const OFTEN = ['releaseOne', 'releaseAll', 'releaseAndTrack', 'track', 'post', 'repair'];
const BAG = [...Object.keys(MOVES), ...OFTEN, ...OFTEN];

const hasEnded = async ({ handle }: Scene): Promise<boolean> => (await handle.describe()).status.name !== 'RUNNING';

/** Tells the order to look, and waits until it has done all it can for now. */
async function settled(scene: Scene): Promise<OrderView> {
  const before = (await scene.handle.describe()).historyLength;
  if (!(await hasEnded(scene))) await scene.wake().catch(() => undefined);
  for (let asked = 0; asked < 600; asked += 1) {
    const [view, { status, historyLength, raw }] = [await scene.status(), await scene.handle.describe()];
    if (status.name !== 'RUNNING') return view;
    // An activity of a busy machine may take longer than any pause: the order rests when none is under way.
    const busy = (raw.pendingActivities ?? []).length > 0;
    if (historyLength > before + 4 && view.waitingFor !== null && !busy) {
      await new Promise((resolve) => setTimeout(resolve, 40));
      const later = await scene.handle.describe();
      if (later.historyLength === historyLength && (later.raw.pendingActivities ?? []).length === 0)
        return await scene.status();
    }
    await new Promise((resolve) => setTimeout(resolve, 15));
    // What met somebody else's work in the shop is tried again a moment later, of the engine's time.
    if (asked % 20 === 19) await sides.env.sleep('5 seconds');
  }
  throw new Error(`${scene.order} never comes to rest: ${JSON.stringify(await scene.status())}`);
}

/** Rounds in which an order that people attend to has come to its end. */
const ROUNDS = 30;

/** People do what they are asked for, in any of the ways that are offered, until the order has ended. */
async function attend(life: Life): Promise<OrderView> {
  const { order, clerk, random, did } = life;
  sides.shop.gateway.reset();
  for (let round = 0; round < ROUNDS; round += 1) {
    const view = await settled(life);
    if (await hasEnded(life)) return view;
    if (view.attention) {
      const { reason, repairs, message } = view.attention;
      const kind = pick(
        repairs.filter((each) => decides({ kind: each })),
        random(),
      );
      did.push(`${reason}: ${kind ?? 'as the text says'}`);
      // The attention may end by itself meanwhile; then the repair is refused.
      if (kind !== undefined) await repaired(life, reason, kind).catch(() => undefined);
      else if (!(await obey(life, message))) return view;
    } else {
      const move = { unhold: 'unhold', payment: 'pay', release: 'releaseAndTrack', tracking: 'track' } as const;
      const next = view.waitingFor === null ? undefined : move[view.waitingFor as keyof typeof move];
      await (next === undefined ? Promise.resolve() : MOVES[next]?.(life))
        ?.catch(() => clerk.cancelRemainder(order))
        .catch(() => undefined);
    }
  }
  return await settled(life);
}

/** Does what an attention asks for that no repair decides. */
async function obey({ clerk, order, handle }: Life, message: string): Promise<boolean> {
  if (message.includes('Cancel it in Counterpoint')) await clerk.cancelOrder(order).catch(() => undefined);
  else await handle.executeUpdate('repair', { args: [{ kind: 'retry', by: 'desk' }] }).catch(() => undefined);
  return true;
}

/** A wait for what is there already, or for nobody: the silent end of many an integration (P-25). */
function untrue(view: OrderView, { tickets }: Books): string[] {
  if (view.waitingFor !== 'tracking' || view.attention) return [];
  const waiting = view.tickets.filter(({ shipment }) => shipment === null);
  const numbered = waiting.filter(({ ticketNo }) =>
    tickets.some(({ no, tracks }) => no === ticketNo && tracks.length > 0),
  );
  return waiting.length > 0 && numbered.length === waiting.length
    ? [`waits for tracking numbers that are there: ${numbered.map(({ ticketNo }) => ticketNo).join(', ')}`]
    : [];
}

interface Row {
  readonly sku: string;
  readonly parent_item_id?: number | null;
  readonly qty_ordered: number;
  readonly qty_invoiced: number;
  readonly qty_shipped: number;
}

/** Rules that hold whatever anybody did; from the books of the two systems alone. */
function broken({ shop, ledger, documents, tickets }: Books, { order, passedOver }: Life): string[] {
  const found: string[] = [];
  const claim = (holds: boolean, what: string): void => {
    if (!holds) found.push(what);
  };
  claim(documents.length <= 1, `${String(documents.length)} documents`);
  const live = ledger.invoices.filter((invoice) => invoice.state !== 3);
  for (const { guid, no } of tickets) {
    const markedBy = (records: readonly { comments: readonly { comment: string }[] }[]): number =>
      records.filter((record) => record.comments.some((each) => parseMarker([each.comment])?.guid === guid)).length;
    claim(markedBy(live) <= 1, `ticket ${no} has ${String(markedBy(live))} invoices`);
    claim(markedBy(ledger.shipments) <= 1, `ticket ${no} has ${String(markedBy(ledger.shipments))} shipments`);
  }
  const byPeople = lostCharges(order).filter((transaction) => passedOver.has(transaction));
  const captured = sum(
    ledger.charges
      .filter(({ kind, transaction }) => kind === 'capture' && !byPeople.includes(transaction))
      .map(({ amount }) => amount),
  );
  claim(captured.lessThanOrEqualTo(decimal(String(shop['base_grand_total']))), `charged ${captured.toFixed(2)}`);
  const transactions = live.map((invoice) => invoice.transaction_id).filter((id) => id !== undefined);
  claim(new Set(transactions).size === transactions.length, 'one charge stands behind two invoices');
  for (const row of shop['items'] as readonly Row[]) {
    if (row.parent_item_id !== undefined && row.parent_item_id !== null) continue;
    claim(row.qty_invoiced <= row.qty_ordered, `${row.sku}: more invoiced than ordered`);
    claim(row.qty_shipped <= row.qty_ordered, `${row.sku}: more shipped than ordered`);
  }
  return found;
}

it.each(numbers)(
  'X-09 P-06 P-25 C5-70 C5-83 life %i: whatever people do, nothing doubles, and a desk that answers brings the order to its end',
  async (number) => {
    const random = randomFrom(number);
    const kind = pick(KINDS, random()) ?? 'authorised';
    const did: string[] = [kind];
    await sides.withOrder(kind, async (scene) => {
      const life: Life = { ...scene, clerk: sides.bench.clerk(), random, did, passedOver: new Set() };
      if (random() < 0.9) await settled(life);
      const moves = 3 + Math.floor(random() * 8);
      for (let at = 0; at < moves && !(await hasEnded(life)); at += 1) {
        const name = pick(BAG, random()) ?? 'releaseAll';
        const went = await MOVES[name]?.(life).then(
          (what) => (typeof what === 'string' && name === 'repair' ? ` ${what}` : ''),
          () => ' (refused)',
        );
        did.push(`${name}${went ?? ''}`);
        const now = await life.status();
        if (now.attention === null)
          expect({ did, untrue: untrue(await settled(life), await life.books()) }).toEqual({ did, untrue: [] });
        // Half of what people do meets an order that is still busy with what they did before.
        if (random() < 0.5) await settled(life);
        else await scene.wake().catch(() => undefined);
      }
      const view = await attend(life);
      const story = `${did.join(', ')} → ${view.state}, ${view.attention?.reason ?? view.waitingFor ?? 'ended'}`;
      expect({ story, broken: broken(await life.books(), life) }).toEqual({ story, broken: [] });
      expect({ story, untrue: untrue(view, await life.books()) }).toEqual({ story, untrue: [] });
      const ended = await hasEnded(life);
      if (!ended) await scene.handle.terminate('the life is over');
      expect({ story, ended, asks: view.attention?.message }).toEqual({ story, ended: true, asks: undefined });
    });
  },
  60_000,
);
