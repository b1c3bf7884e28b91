import { ATTENTION, type AttentionReason, type RepairKind } from './attention';
import { everythingReleased, liveTickets, openQuantity, stateOf } from './lifecycle';
import { stillAuthorised } from './authorization';
import { decimal, quantity, type Money } from './money';
import type { Observation, ReleaseTicket, ShopItem, ShopSide, StoreSide } from './observation';
import { isOutage } from './outage';
import { flagInShop, invoiceMayRun, isShown } from './shop-flag';
import {
  actionKey,
  type Action,
  type Attention,
  type Memory,
  type Needs,
  type PlanRules,
  type Step,
  type WaitReason,
} from './steps';
import {
  addUp,
  goodsOf,
  invoiceOf,
  missingTracks,
  sameQuantities,
  shipmentOf,
  unmarkedInvoices,
  unmarkedShipments,
} from './tickets';

type WaitStep = Extract<Step, { next: 'wait' }>;
type ActStep = Extract<Step, { next: 'act' }>;

interface Situation {
  readonly order: string;
  readonly seen: Observation;
  readonly rules: PlanRules;
  readonly memory: Memory;
}

/**
 * The next right thing for an order, from what both sides show now. Total and pure: the same picture always gives
 * the same step, so a lost, doubled or late signal changes nothing.
 */
export function plan(order: string, observation: Observation, rules: PlanRules, memory: Memory): Step {
  const situation: Situation = { order, seen: adopt(observation, memory), rules, memory };
  const step = observation.store.document === 'none' ? beforeImport(situation) : afterImport(situation);
  return flagInShop(step, observation, rules, memory);
}

/**
 * Invoices and shipments that somebody made by hand in the shop count as the ticket's when they hold exactly its
 * goods; what matches no ticket stays unmarked and becomes an attention (C5-83).
 */
function adopt(observation: Observation, memory: Memory): Observation {
  const { shop, store } = observation;
  const tickets = liveTickets(store);
  const freeInvoices = memory.paidAtSale === true ? [] : [...unmarkedInvoices(shop)];
  const freeShipments = [...unmarkedShipments(shop)];
  const owner = new Map<number, string>();
  const carrier = new Map<number, string>();
  for (const ticket of tickets) {
    if (invoiceOf(ticket, shop) === undefined) {
      const at = freeInvoices.findIndex((invoice) => sameQuantities(invoice.items, ticket.lines));
      const [invoice] = at < 0 ? [] : freeInvoices.splice(at, 1);
      if (invoice) owner.set(invoice.id, ticket.guid);
    }
    if (shipmentOf(ticket, shop) === undefined) {
      const at = freeShipments.findIndex((shipment) => sameQuantities(shipment.items, goodsOf(ticket, shop)));
      const [shipment] = at < 0 ? [] : freeShipments.splice(at, 1);
      if (shipment) carrier.set(shipment.id, ticket.guid);
    }
  }
  const marked = <T extends { readonly id: number; readonly ticket?: string }>(
    record: T,
    by: Map<number, string>,
  ): T => {
    const ticket = by.get(record.id);
    return ticket === undefined ? record : { ...record, ticket };
  };
  const paid = shop.payment.kind === 'paid' && memory.paidAtSale !== true;
  return {
    store: isOver(store) ? givenUp(store) : store,
    shop: {
      ...shop,
      payment: paid ? { ...shop.payment, kind: 'offline' } : shop.payment,
      invoices: shop.invoices.map((invoice) => marked(invoice, owner)),
      shipments: shop.shipments.map((shipment) => marked(shipment, carrier)),
    },
  };
}

const isOver = ({ document }: StoreSide): boolean => document === 'closed' || document === 'cancelled';

/** Of a document that is closed nothing more can be released, whatever its lines still say. */
const givenUp = (store: StoreSide): StoreSide => ({
  ...store,
  lines: store.lines.map((line) => {
    const open = openQuantity(line);
    return decimal(open).isZero() ? line : { ...line, cancelled: quantity(decimal(line.cancelled ?? 0).plus(open)) };
  }),
});

/* ----- before the order is in Counterpoint ------------------------------------------------------------------- */

function beforeImport(s: Situation): Step {
  const { shop } = s.seen;
  if (s.memory.skip === true)
    return { next: 'end', state: 'skipped', why: 'A person decided not to import this order.' };
  if (shop.state === 'canceled')
    return { next: 'end', state: 'cancelled', why: 'Cancelled in the shop before it was imported.' };
  if (shop.state === 'complete' || shop.state === 'closed') {
    return { next: 'end', state: 'skipped', why: `Already ${shop.state} in the shop, never imported.` };
  }
  if (s.memory.cancel) return act(s, { do: 'cancelShopOrder' });
  if (shop.state === 'holded') return wait(s, 'unhold');
  if (shop.state === 'payment_review' || shop.state === 'pending_payment') return wait(s, 'payment');
  const predecessor = unsettledPredecessor(s);
  if (predecessor) return { ...wait(s, 'shop'), attention: predecessor };
  return act(s, { do: 'createDocument' });
}

/** An edit cancels the order it replaces: while that one is still open in Counterpoint both could be shipped (P-15). */
function unsettledPredecessor(s: Situation): Attention | undefined {
  const before = s.seen.shop.predecessor;
  if (before?.state !== 'canceled' || before.document !== 'open') return undefined;
  return unlessAccepted(s, {
    reason: 'waitingForPredecessor',
    message:
      `Order ${s.order} replaces ${before.order}, which was edited in the shop and is still open in Counterpoint. ` +
      `Cancel order ${before.order} in Counterpoint; ${s.order} is imported as soon as that is done.`,
  });
}

/* ----- while it is in Counterpoint ------------------------------------------------------------------------------ */

function afterImport(s: Situation): Step {
  const { shop, store } = s.seen;
  if (shop.state === 'canceled' || s.memory.confirmedCancelled === true) return cancelledInShop(s);
  if (s.memory.cancel && liveTickets(store).length === 0) return act(s, { do: 'cancelShopOrder' });
  if (store.document === 'gone') return attend(s, documentGone(s));
  if (isOver(store) && liveTickets(store).length === 0) return attend(s, cancelledInCounterpoint(s));
  if (shop.state === 'holded') return wait(s, 'unhold');
  if (shop.state === 'payment_review') return wait(s, 'payment');

  const open: Attention[] = [];
  let held = false;
  for (const want of wanted(s)) {
    if ('reason' in want) {
      const attention = unlessAccepted(s, want);
      if (attention) open.push(attention);
      continue;
    }
    if (want.do === 'setStatus' && mustNotTouchStatus(s, open)) continue;
    const step = act(s, want);
    if (step.next === 'act') return { ...step, ...needs(open) };
    if (step.attention && !isAccepted(s, step.attention)) open.push(step.attention);
    held ||= step.for === 'outage';
  }
  if (open[0]) return { ...wait(s, 'shop'), ...needs(open) };
  if (held) return wait(s, 'outage');
  return settled(s) ? { next: 'end', state: 'complete', why: completeWhy(s) } : wait(s, waitingFor(s));
}

/** While an order shows in the shop that it needs somebody, or may be invoiced this moment, its progress is not shown. */
const mustNotTouchStatus = (s: Situation, open: readonly Attention[]): boolean =>
  invoiceMayRun(s.memory) || open.some((attention) => isShown(attention, s.seen, s.rules));

const needs = ([attention, ...also]: readonly Attention[]): Needs => ({
  ...(attention ? { attention } : {}),
  ...(also.length > 0 ? { also } : {}),
});

type Want = Action | (Omit<Attention, 'repairs'> & { readonly repairs?: readonly RepairKind[] });

/** Everything this order still needs, in the order in which it is to be done. */
function* wanted(s: Situation): Generator<Want> {
  const { shop, store } = s.seen;
  const tickets = liveTickets(store);
  if (s.memory.cancelRemainder === true && shop.items.some((item) => leftToInvoice(item).greaterThan(0))) {
    yield { do: 'cancelShopOrder' };
  }
  yield* voidedAfterInvoice(s);
  if (s.memory.marked !== true && !tickets.some((ticket) => invoiceOf(ticket, shop)) && canTakeStatus(shop)) {
    yield { do: 'setStatus', status: s.rules.statuses.inCounterpoint, because: 'inCounterpoint' };
  }
  for (const ticket of tickets) yield* invoiceWants(s, ticket);
  if (s.rules.tracking) for (const ticket of tickets) yield* shipWants(s, ticket);
  yield* foreignDocuments(s);
  yield* remainderCancelled(s);
  yield* authorizationLapses(s);
  yield* statusWants(s);
}

const canTakeStatus = (shop: ShopSide): boolean => shop.state === 'new' || shop.state === 'processing';

function* invoiceWants(s: Situation, ticket: ReleaseTicket): Generator<Want> {
  const { shop } = s.seen;
  if (shop.payment.kind === 'paid') return;
  const invoice = invoiceOf(ticket, shop);
  const authorised = shop.payment.kind === 'authorised' && !s.memory.offline.includes(ticket.guid);
  if (invoice) {
    if (authorised && invoice.captured !== true && decimal(invoice.total).greaterThan(0))
      yield nothingCaptured(s, ticket);
    return;
  }
  const doubt = invoiceDoubt(s, ticket);
  if (doubt) yield doubt;
  else
    yield {
      do: 'invoiceTicket',
      ticket: ref(ticket),
      items: addUp(ticket.lines),
      capture: authorised,
      ...againOf(s, ticket),
      ...worthOf(s, ticket, authorised),
    };
}

/** The sending of this charge that a person found to have come to nothing. */
/** What a charge is compared with before it is made, unless a person accepted that the two differ. */
const worthOf = ({ memory }: Situation, { guid, amount }: ReleaseTicket, capture: boolean): { amount?: Money } =>
  capture && !memory.accepted.includes(acceptanceKey('amountsDiffer', `invoiceTicket:${guid}`)) ? { amount } : {};

const againOf = ({ memory }: Situation, { guid }: ReleaseTicket): { again?: string } => {
  const again = memory.again?.[guid];
  return again === undefined ? {} : { again };
};

/** Why a ticket must not be invoiced as it stands. */
function invoiceDoubt(s: Situation, ticket: ReleaseTicket): Want | undefined {
  const { shop } = s.seen;
  const action = `invoiceTicket:${ticket.guid}`;
  if (shop.countersDiffer === true) {
    return {
      reason: 'captureUnknown',
      action,
      message:
        `The shop's counters of order ${s.order} disagree with its invoices, so ticket ${ticket.no} is not invoiced. ` +
        `Compare the invoices with the payment provider, then choose a repair.`,
    };
  }
  const strange = ticket.lines.find(([id]) => !shop.items.some((item) => item.id === id));
  if (strange) {
    return {
      reason: 'amountsDiffer',
      action,
      message: `Ticket ${ticket.no} releases a line that is not on shop order ${s.order}, so the shop cannot invoice it. Void the ticket or release it without that line.`,
    };
  }
  for (const [id, qty] of addUp(ticket.lines)) {
    const item = shop.items.find((each) => each.id === id);
    if (!item) continue;
    const left = leftToInvoice(item);
    if (left.greaterThanOrEqualTo(qty)) continue;
    const byHand = unmarkedInvoices(shop).length > 0;
    return {
      reason: byHand ? 'manualInvoice' : 'amountsDiffer',
      action,
      message:
        `Ticket ${ticket.no} releases ${qty} of ${item.sku}, but shop order ${s.order} has only ${left.toString()} left to invoice` +
        (byHand ? ' because an invoice was made by hand in the shop.' : '.'),
    };
  }
  if (shop.payment.kind === 'unknown' && !s.memory.offline.includes(ticket.guid)) {
    return {
      reason: 'captureUnknown',
      action,
      message: `Order ${s.order} (${shop.payment.method}) is neither authorised nor paid in the shop, so ticket ${ticket.no} cannot be charged. Settle the payment in the shop, or invoice it without charging.`,
    };
  }
  return undefined;
}

const leftToInvoice = (item: ShopItem): ReturnType<typeof decimal> =>
  decimal(item.ordered)
    .minus(item.invoiced)
    .minus(item.cancelled ?? 0);

const nothingCaptured = (s: Situation, ticket: ReleaseTicket): Want => ({
  reason: 'authorizationExpired',
  action: `captured:${ticket.guid}`,
  message:
    `The shop invoiced ticket ${ticket.no} of order ${s.order}, but no money was captured: the authorisation was closed. ` +
    `Hold the parcel and collect the money another way, then accept the difference.`,
});

function* shipWants(s: Situation, ticket: ReleaseTicket): Generator<Want> {
  const { shop } = s.seen;
  if (shop.payment.kind !== 'paid' && invoiceOf(ticket, shop) === undefined) return;
  const goods = goodsOf(ticket, shop);
  if (goods.length === 0) return;
  const via = ticket.shipVia === undefined ? {} : { shipVia: ticket.shipVia };
  const shipment = shipmentOf(ticket, shop);
  if (shipment) {
    const tracks = missingTracks(ticket, shipment);
    if (tracks.length > 0) yield { do: 'addTracks', ticket: ref(ticket), shipmentId: shipment.id, tracks, ...via };
    return;
  }
  const postedBare = s.rules.shipPostedWithoutNumber && ticket.state === 'posted';
  if (ticket.tracks.length === 0 && !postedBare) return;
  const tooMany = goods.find(([id, qty]) => leftToShip(shop, id).lessThan(qty));
  if (tooMany && unmarkedShipments(shop).length > 0) {
    yield {
      reason: 'manualShipment',
      action: `shipTicket:${ticket.guid}`,
      message: `The goods of ticket ${ticket.no} of order ${s.order} were already shipped by hand in the shop, in another split. Add the tracking numbers there, then adopt it.`,
    };
    return;
  }
  yield { do: 'shipTicket', ticket: ref(ticket), items: goods, tracks: ticket.tracks, ...via };
}

function leftToShip(shop: ShopSide, id: number): ReturnType<typeof decimal> {
  const item = shop.items.find((each) => each.id === id);
  return item
    ? decimal(item.ordered)
        .minus(item.shipped)
        .minus(item.cancelled ?? 0)
    : decimal(0);
}

function* voidedAfterInvoice(s: Situation): Generator<Want> {
  for (const ticket of s.seen.store.tickets) {
    if (ticket.state === 'voided' && invoiceOf(ticket, s.seen.shop)) {
      yield {
        reason: 'ticketVoided',
        action: `voided:${ticket.guid}`,
        message: `Ticket ${ticket.no} of order ${s.order} was voided in Counterpoint after the shop had invoiced it. Refund it in the shop, or release the goods again there.`,
      };
    }
  }
}

/** Invoices and shipments made by hand that match no ticket (C5-83). */
function* foreignDocuments(s: Situation): Generator<Want> {
  const { shop } = s.seen;
  const invoice = s.memory.paidAtSale === true ? undefined : unmarkedInvoices(shop)[0];
  if (invoice) {
    yield {
      reason: 'manualInvoice',
      action: `manualInvoice:${String(invoice.id)}`,
      message: `Invoice ${String(invoice.id)} of order ${s.order} was made by hand in the shop and matches no release ticket. Release the same goods in Counterpoint, or adopt it.`,
    };
  }
  const shipment = s.rules.tracking ? unmarkedShipments(shop)[0] : undefined;
  if (shipment) {
    yield {
      reason: 'manualShipment',
      action: `manualShipment:${String(shipment.id)}`,
      message: `Shipment ${String(shipment.id)} of order ${s.order} was made by hand in the shop and matches no release ticket. Release the same goods in Counterpoint, or adopt it.`,
    };
  }
}

function* statusWants(s: Situation): Generator<Want> {
  const { shop, store } = s.seen;
  const { statuses, tracking } = s.rules;
  const released = liveTickets(store).some((ticket) => shop.payment.kind === 'paid' || invoiceOf(ticket, shop));
  if (!released || shop.state === 'closed') return;
  const final = tracking ? settled(s) : true;
  const status = final ? statuses.final : everythingReleased(store) ? shop.status : statuses.partiallyReleased;
  if (status !== null && status !== shop.status) {
    yield { do: 'setStatus', status, because: final ? 'final' : 'partiallyReleased' };
  }
}

/** P-08: nothing is wrong yet, but the money is only held for so long. */
function* authorizationLapses(s: Situation): Generator<Want> {
  const { lapses } = s.seen.shop.payment;
  if (lapses === undefined || s.memory.lapsing !== lapses || !stillAuthorised(s.seen.shop)) return;
  yield {
    reason: 'authorizationLapses',
    action: `authorization:${lapses}`,
    message: `The authorisation of order ${s.order} lapses on ${lapses.slice(0, 10)}. Release it before that day, or ask the shopper for another payment.`,
  };
}

/** The store gave up on goods that the shop still owes (C5-83): a person decides what the shopper gets. */
function* remainderCancelled(s: Situation): Generator<Want> {
  const { shop, store } = s.seen;
  if (liveTickets(store).length === 0) return;
  for (const line of store.lines) {
    const item = shop.items.find((each) => each.id === line.id);
    const gaveUp = decimal(line.cancelled ?? 0);
    if (!item || gaveUp.lessThanOrEqualTo(decimal(item.cancelled ?? 0).plus(item.refunded ?? 0))) continue;
    yield {
      reason: 'cancelledInCounterpoint',
      action: 'remainder',
      message: `The store will not release ${gaveUp.toString()} of ${item.sku} of order ${s.order} any more, but the shop still expects it. Cancel the remainder in the shop, or reinstate it in Counterpoint.`,
    };
    return;
  }
}

/* ----- cancelled ------------------------------------------------------------------------------------------------- */

function cancelledInShop(s: Situation): Step {
  const { store } = s.seen;
  const tickets = liveTickets(store);
  const byHand = s.memory.confirmedCancelled === true;
  if (tickets.length > 0 && !byHand) {
    return attend(s, {
      reason: 'cancelledInShop',
      message: `Order ${s.order} was cancelled in the shop, but ticket ${tickets.map((each) => each.no).join(', ')} is released in Counterpoint. Pull the goods back and void the ticket, or confirm that it is settled.`,
    });
  }
  if (store.document === 'cancelled' || byHand) {
    const status = s.rules.statuses.confirmedCancelled;
    if (status !== null && s.seen.shop.status !== status && s.seen.shop.state === 'canceled') {
      const step = act(s, { do: 'setStatus', status, because: 'confirmedCancelled' });
      // A shop that refuses the label leaves the order cancelled all the same.
      if (step.next === 'act') return step;
    }
    return { next: 'end', state: 'cancelled', why: 'Cancelled on both sides.' };
  }
  if (s.rules.removeUntouched && store.untouched === true) {
    const step = act(s, { do: 'removeDocument' });
    if (step.next === 'act') return step;
  }
  if (store.document === 'gone' && s.rules.removeUntouched) {
    return { next: 'end', state: 'cancelled', why: 'Cancelled in the shop; the untouched document was removed.' };
  }
  return attend(s, {
    reason: 'cancelledInShop',
    message:
      `Order ${s.order} was cancelled in the shop. Cancel it in Counterpoint too; nothing of it has been released.` +
      (store.depositsDiffer === true ? ' A deposit was added to it by hand: refund that as well.' : ''),
  });
}

const documentGone = (s: Situation): Want => ({
  reason: 'documentGone',
  message: `The document of order ${s.order} is no longer in Counterpoint, neither open nor in history. Find out who removed it, then cancel the order in the shop or confirm that it is settled.`,
});

const cancelledInCounterpoint = (s: Situation): Want => ({
  reason: 'cancelledInCounterpoint',
  message: `Order ${s.order} was cancelled in Counterpoint, but it is still open in the shop. Cancel it in the shop, or reinstate it in Counterpoint.`,
});

/* ----- the end and the waiting ----------------------------------------------------------------------------------- */

/** Completion is judged by quantities on both sides, never by the shop's state (P-22, C5-75). */
function settled(s: Situation): boolean {
  const { shop, store } = s.seen;
  const tickets = liveTickets(store);
  if (tickets.length === 0 || !store.lines.every((line) => decimal(openQuantity(line)).isZero())) return false;
  return tickets.every((ticket) => {
    if (shop.payment.kind !== 'paid' && invoiceOf(ticket, shop) === undefined) return false;
    if (!s.rules.tracking || goodsOf(ticket, shop).length === 0) return true;
    const shipment = shipmentOf(ticket, shop);
    return shipment !== undefined && missingTracks(ticket, shipment).length === 0;
  });
}

const completeWhy = (s: Situation): string =>
  s.rules.tracking ? 'Everything was released, invoiced and shipped.' : 'Everything was released and invoiced.';

function waitingFor(s: Situation): WaitReason {
  const { shop, store } = s.seen;
  const unshipped = liveTickets(store).some(
    (ticket) => goodsOf(ticket, shop).length > 0 && shipmentOf(ticket, shop) === undefined,
  );
  return everythingReleased(store) && s.rules.tracking && unshipped ? 'tracking' : 'release';
}

/* ----- shapes ------------------------------------------------------------------------------------------------------ */

const ref = (ticket: ReleaseTicket): { no: string; guid: string } => ({ no: ticket.no, guid: ticket.guid });

const wait = (s: Situation, reason: WaitReason): WaitStep => ({
  next: 'wait',
  for: reason,
  state: stateOf(s.seen, s.rules.tracking),
});

/** The action, or the attention it ended in when it was refused before and nobody has said "again" since. */
function act(s: Situation, action: Action): ActStep | WaitStep {
  const key = actionKey(action);
  const problem = s.memory.problems.find((each) => each.action === key);
  if (!problem) return { next: 'act', action, state: stateOf(s.seen, s.rules.tracking) };
  if (isOutage(problem)) return wait(s, 'outage');
  const { reason, message, code } = problem;
  return attend(s, { reason, message, code, action: key });
}

function attend(s: Situation, want: Want): WaitStep {
  if (!('reason' in want)) return wait(s, 'shop');
  return { ...wait(s, 'shop'), attention: offered(s, want) };
}

function unlessAccepted(s: Situation, want: Exclude<Want, Action>): Attention | undefined {
  const attention = offered(s, want);
  return isAccepted(s, attention) ? undefined : attention;
}

const isAccepted = (s: Situation, attention: Attention): boolean =>
  s.memory.accepted.includes(acceptanceKey(attention.reason, attention.action));

/** How an accepted difference is remembered. */
export const acceptanceKey = (reason: AttentionReason, action: string | undefined): string =>
  action === undefined ? reason : `${reason}:${action}`;

const BEFORE_IMPORT_ONLY: readonly RepairKind[] = ['skip', 'mapSku'];

/** Of the repairs a reason knows, those that can still be carried out now. */
function offered(s: Situation, want: Exclude<Want, Action>): Attention {
  const imported = s.seen.store.document !== 'none';
  const released = liveTickets(s.seen.store).length > 0;
  const repairs = (want.repairs ?? ATTENTION[want.reason].repairs).filter(
    (repair) =>
      !(imported && BEFORE_IMPORT_ONLY.includes(repair)) &&
      !(released && repair === 'cancel') &&
      (released || repair !== 'cancelRemainder'),
  );
  return {
    reason: want.reason,
    message: want.message,
    repairs,
    ...(want.action === undefined ? {} : { action: want.action }),
    ...(want.code === undefined ? {} : { code: want.code }),
  };
}
