import { decimal, money, sum } from '../../../domain/money';
import type { ShopItem } from '../../../domain/order/observation';
import { PAYMENT_KINDS } from '../../../domain/shop/payment-traits';
import { DEFAULT_RULES } from '../../../domain/order/plan-rules';
import type { PlanRules } from '../../../domain/order/steps';
import fc from '../../support/properties';
import type { World } from './world';

/** What shoppers, staff of the shop and clerks may do to an order between two looks of Cantus. */
export type Move =
  | { readonly move: 'release'; readonly shares: readonly number[]; readonly tracked: boolean }
  | { readonly move: 'track' | 'post' | 'void'; readonly pick: number }
  | { readonly move: 'hold' | 'unhold' | 'cancelInShop' | 'cancelInCounterpoint' | 'giveUpRest' | 'wake' }
  | { readonly move: 'invoiceByHand' | 'shipByHand'; readonly shares: readonly number[] }
  | { readonly move: 'pay' | 'review' | 'edit' | 'reorder' | 'closeDocument' | 'loseDocument' | 'closeAuthorization' }
  | { readonly move: 'editDown' | 'removeRow' | 'refundOne' | 'changeAddress'; readonly pick: number }
  | { readonly move: 'refund' | 'lowerQuantity' | 'deleteLine' | 'removeTrack' | 'voidInvoice'; readonly pick: number };

const shares = fc.array(fc.integer({ min: 0, max: 3 }), { minLength: 3, maxLength: 3 });
const pick = fc.nat({ max: 9 });
export const storeMove: fc.Arbitrary<Move> = fc.oneof(
  fc.record({ move: fc.constant('release' as const), shares, tracked: fc.boolean() }),
  fc.record({ move: fc.constantFrom('track' as const, 'post' as const), pick }),
);
const anyMove: fc.Arbitrary<Move> = fc.oneof(
  { weight: 6, arbitrary: storeMove },
  { weight: 1, arbitrary: fc.record({ move: fc.constant('void' as const), pick }) },
  {
    weight: 3,
    arbitrary: fc.record({
      move: fc.constantFrom(
        'hold' as const,
        'unhold' as const,
        'cancelInShop' as const,
        'cancelInCounterpoint' as const,
        'giveUpRest' as const,
        'wake' as const,
      ),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({ move: fc.constantFrom('invoiceByHand' as const, 'shipByHand' as const), shares }),
  },
);
/** What is rarer: money that moves late, edits on either side, things taken back. */
const oddMove: fc.Arbitrary<Move> = fc.oneof(
  fc.record({
    move: fc.constantFrom(
      'pay' as const,
      'review' as const,
      'edit' as const,
      'reorder' as const,
      'closeDocument' as const,
      'loseDocument' as const,
    ),
  }),
  fc.record({
    move: fc.constantFrom(
      'refund' as const,
      'lowerQuantity' as const,
      'deleteLine' as const,
      'removeTrack' as const,
      'voidInvoice' as const,
    ),
    pick,
  }),
  fc.record({
    move: fc.constantFrom('editDown' as const, 'removeRow' as const, 'refundOne' as const, 'changeAddress' as const),
    pick,
  }),
);
export const everyMove: fc.Arbitrary<Move> = fc.oneof(
  { weight: 3, arbitrary: anyMove },
  { weight: 1, arbitrary: oddMove },
);
/** The payment provider gives an authorisation up. */
export const providerMove: fc.Arbitrary<Move> = fc.record({ move: fc.constant('closeAuthorization' as const) });
export const items = fc
  .array(
    fc.record({
      ordered: fc.integer({ min: 1, max: 6 }).map(String),
      virtual: fc.constantFrom(undefined, undefined, undefined, true as const),
    }),
    { minLength: 1, maxLength: 3 },
  )
  .map((lines) => lines.map(({ ordered, virtual }, at) => ({ id: at + 11, ordered, ...(virtual ? { virtual } : {}) })));
export const kind = fc.constantFrom(...PAYMENT_KINDS);
export const rules = fc
  .record({ tracking: fc.boolean(), shipPostedWithoutNumber: fc.boolean(), removeUntouched: fc.boolean() })
  .map((some): PlanRules => ({ ...DEFAULT_RULES, ...some }));

/** Makes the move if the two systems would allow it; otherwise nothing happens, as on a real screen. */
export function make(world: World, move: Move): void {
  const { store, shop } = world;
  switch (move.move) {
    case 'release': {
      if (store.document !== 'open') return;
      const lines = store.lines.flatMap((line, at): [number, string][] => {
        const left = decimal(line.ordered)
          .minus(line.released)
          .minus(line.cancelled ?? 0);
        const qty = Math.min(left.toNumber(), move.shares[at] ?? 0);
        return qty > 0 ? [[line.id, String(qty)]] : [];
      });
      if (lines.length > 0) world.release(lines, move.tracked ? [`1Z${String(store.tickets.length)}`] : []);
      return;
    }
    case 'track':
    case 'post':
    case 'void': {
      const ticket = store.tickets[move.pick % Math.max(1, store.tickets.length)];
      if (!ticket || ticket.state === 'voided') return;
      if (move.move === 'track')
        world.changeTicket(ticket.guid, {
          tracks: [...ticket.tracks, `T${ticket.guid}-${String(ticket.tracks.length)}`],
        });
      else if (move.move === 'post') world.changeTicket(ticket.guid, { state: 'posted' });
      else if (ticket.state === 'saved') world.voidTicket(ticket);
      return;
    }
    case 'hold':
      if (shop.state === 'new' || shop.state === 'processing')
        world.shop = { ...shop, state: 'holded', status: 'holded' };
      return;
    case 'unhold':
      if (shop.state === 'holded') world.shop = { ...shop, state: 'processing', status: 'processing' };
      return;
    case 'cancelInShop':
      if (shop.state === 'new' || shop.state === 'processing') world.cancelInShop();
      return;
    case 'cancelInCounterpoint':
      if (store.document === 'open' && store.tickets.length === 0) world.store = { ...store, document: 'cancelled' };
      return;
    case 'giveUpRest':
      if (store.document !== 'open' || store.tickets.length === 0) return;
      world.store = {
        ...store,
        document: 'closed',
        lines: store.lines.map((line) => ({
          ...line,
          cancelled: decimal(line.ordered).minus(line.released).toString(),
        })),
      };
      return;
    case 'invoiceByHand':
    case 'shipByHand': {
      if (shop.state !== 'new' && shop.state !== 'processing') return;
      const lines = shop.items.flatMap((item, at): [number, string][] => {
        const left = decimal(item.ordered)
          .minus(item.cancelled ?? 0)
          .minus(move.move === 'invoiceByHand' ? item.invoiced : item.shipped);
        const qty = Math.min(left.toNumber(), move.shares[at] ?? 0);
        return qty > 0 ? [[item.id, String(qty)]] : [];
      });
      if (lines.length === 0) return;
      if (move.move === 'invoiceByHand') world.invoiceByHand(lines);
      else world.shipByHand(lines);
      return;
    }
    case 'pay':
      if (shop.payment.kind !== 'unknown') return;
      world.shop = { ...shop, payment: { ...shop.payment, kind: 'authorised', authorised: '100.00' } };
      return;
    case 'closeAuthorization':
      if (shop.payment.kind === 'authorised') world.shop = { ...shop, payment: { ...shop.payment, closed: true } };
      return;
    case 'review':
      if (shop.state === 'new' || shop.state === 'processing')
        world.shop = { ...shop, state: 'payment_review', status: 'payment_review' };
      else if (shop.state === 'payment_review') world.shop = { ...shop, state: 'processing', status: 'processing' };
      return;
    case 'edit':
      if ((shop.state !== 'new' && shop.state !== 'processing') || shop.invoices.length > 0) return;
      world.cancelInShop();
      world.shop = { ...world.shop, successor: { order: `${world.order}-1` } };
      return;
    case 'reorder':
      // The new order names this one; this one shows nothing of it.
      return;
    case 'closeDocument':
      if (store.document === 'open' && store.lines.every((line) => line.released === line.ordered))
        world.store = { ...store, document: 'closed' };
      return;
    case 'loseDocument':
      if (store.document === 'open' && store.tickets.length === 0)
        world.store = { document: 'gone', lines: [], tickets: [] };
      return;
    case 'refund': {
      const item = shop.items[move.pick % shop.items.length];
      if (!item || item.invoiced === '0') return;
      world.shop = {
        ...shop,
        items: shop.items.map((each) => (each.id === item.id ? { ...each, refunded: each.invoiced } : each)),
      };
      if (world.shop.items.every((each) => each.refunded === each.ordered))
        world.shop = { ...world.shop, state: 'closed', status: 'closed' };
      return;
    }
    case 'editDown':
    case 'removeRow':
    case 'refundOne':
    case 'changeAddress':
      changeInShop(world, move.move, move.pick);
      return;
    case 'lowerQuantity':
    case 'deleteLine': {
      if (store.document !== 'open') return;
      const line = store.lines[move.pick % Math.max(1, store.lines.length)];
      if (!line) return;
      const left = decimal(line.ordered)
        .minus(line.released)
        .minus(line.cancelled ?? 0);
      const less = move.move === 'deleteLine' ? left : decimal(Math.min(1, left.toNumber()));
      const cancelled = less.plus(line.cancelled ?? 0).toString();
      world.store = { ...store, lines: store.lines.map((each) => (each === line ? { ...each, cancelled } : each)) };
      return;
    }
    case 'removeTrack': {
      const ticket = store.tickets[move.pick % Math.max(1, store.tickets.length)];
      if (ticket) world.changeTicket(ticket.guid, { tracks: ticket.tracks.slice(1) });
      return;
    }
    case 'voidInvoice': {
      const invoice = shop.invoices[move.pick % Math.max(1, shop.invoices.length)];
      if (!invoice || invoice.captured === true || invoice.state === 'canceled') return;
      world.shop = {
        ...shop,
        payment: { ...shop.payment, paid: money(decimal(shop.payment.paid).minus(invoice.total)) },
        invoices: shop.invoices.map((each) =>
          each.id === invoice.id ? { ...each, state: 'canceled' as const } : each,
        ),
        items: shop.items.map((each) => ({
          ...each,
          invoiced: decimal(each.invoiced)
            .minus(sum(invoice.items.filter(([id]) => id === each.id).map(([, qty]) => qty)))
            .toString(),
        })),
      };
      return;
    }
    case 'wake':
  }
}

/** What staff and modules change in an order that stays the same order. */
function changeInShop(
  world: World,
  what: 'editDown' | 'removeRow' | 'refundOne' | 'changeAddress',
  pick: number,
): void {
  const { shop, store } = world;
  const item = shop.items[pick % Math.max(1, shop.items.length)];
  if (!item) return;
  const become = (change: Partial<ShopItem>): void => {
    world.shop = { ...shop, items: shop.items.map((each) => (each.id === item.id ? { ...each, ...change } : each)) };
  };
  const isOpen = shop.state === 'new' || shop.state === 'processing';
  const gone = decimal(Math.max(Number(item.invoiced), Number(item.shipped))).plus(item.cancelled ?? 0);
  switch (what) {
    case 'editDown':
      if (isOpen && decimal(item.ordered).greaterThan(gone) && decimal(item.ordered).greaterThan(1))
        become({ ordered: decimal(item.ordered).minus(1).toString() });
      return;
    case 'removeRow':
      if (isOpen && gone.isZero() && shop.items.length > 1)
        world.shop = { ...shop, items: shop.items.filter((each) => each !== item) };
      return;
    case 'refundOne':
      if (decimal(item.invoiced).greaterThan(item.refunded ?? 0))
        become({
          refunded: decimal(item.refunded ?? 0)
            .plus(1)
            .toString(),
        });
      return;
    case 'changeAddress':
      if (store.document !== 'none')
        world.shop = { ...shop, altered: { ...shop.altered, shipTo: `at ${String(pick)}` } };
  }
}
