import type { Memory } from './remembered';
import { closedInShop } from './closed-in-shop';
import { everythingReleased, liveTickets, openQuantity } from './lifecycle';
import { decimal, quantity } from '../money';
import { listed } from '../text/listing';
import type { Observation, StoreSide } from './observation';
import {
  act,
  attend,
  canCancelInShop,
  isAcceptedWant,
  unlessAccepted,
  wait,
  type Situation,
  type Want,
} from './plan-step';
import { wanted } from './wants';
import { flagInShop, invoiceMayRun, isShown } from './shop-flag';
import type { Attention, Needs, PlanRules, Step, WaitReason } from './steps';
import { goodsOf, invoiceOf, sameQuantities, shipmentOf, unmarkedInvoices, unmarkedShipments } from './tickets';
import { owesNothing } from './wants/remainder';
import { settled } from './wants/settled';
import { isShipped } from './wants/shipping';
import { completeWhy } from './wants/status';
import { PAYMENT } from '../shop/payment-traits';

/**
 * The next right thing for an order, from what both sides show now. Total and pure: the same picture always gives
 * the same step, so a lost, doubled or late signal changes nothing.
 */
export function plan(order: string, observation: Observation, rules: PlanRules, memory: Memory): Step {
  const seen = adopt(observation, memory);
  const situation: Situation = { order, seen, rules, memory: withoutSettledCharges(memory, seen) };
  const step = observation.store.document === 'none' ? beforeImport(situation) : afterImport(situation);
  return flagInShop(step, observation, rules, situation.memory);
}

/** A charge that failed, or of which nobody knew, is settled once the shop shows the invoice of its ticket. */
function withoutSettledCharges(memory: Memory, { shop, store }: Observation): Memory {
  const settled = liveTickets(store)
    .filter((ticket) => invoiceOf(ticket, shop) !== undefined)
    .map(({ guid }) => `invoiceTicket:${guid}`);
  const problems = memory.problems.filter(({ action }) => !settled.includes(action));
  return problems.length === memory.problems.length ? memory : { ...memory, problems };
}

/**
 * Invoices and shipments that somebody made by hand in the shop, or that a voided ticket left behind, count as the
 * ticket's when they hold exactly its goods; what matches no ticket stays as it is and becomes an attention (C5-83).
 */
export function adopt(observation: Observation, memory: Pick<Memory, 'paidAtSale'>): Observation {
  const { shop, store } = observation;
  const tickets = liveTickets(store);
  const voided = store.tickets.filter(({ state }) => state === 'voided').map(({ guid }) => guid);
  const left = <T extends { readonly ticket?: string }>(records: readonly T[]): T[] =>
    records.filter(({ ticket }) => ticket !== undefined && voided.includes(ticket));
  const standing = shop.invoices.filter(({ state }) => state !== 'canceled');
  const freeInvoices = memory.paidAtSale === true ? [] : [...left(standing), ...unmarkedInvoices(shop)];
  const freeShipments = [...left(shop.shipments), ...unmarkedShipments(shop)];
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
    if (ticket === undefined) return record;
    return { ...record, ticket, ...(record.ticket === undefined ? {} : { takenOverFrom: record.ticket }) };
  };
  const { kind } = shop.payment;
  return {
    store: isOver(store) ? givenUp(store) : store,
    shop: {
      ...shop,
      payment: { ...shop.payment, kind: memory.paidAtSale === true ? kind : PAYMENT[kind].whenLate },
      invoices: shop.invoices.map((invoice) => marked(invoice, owner)),
      shipments: shop.shipments.map((shipment) => marked(shipment, carrier)),
    },
  };
}

const isOver = ({ document }: StoreSide): boolean => document === 'closed' || document === 'cancelled';

/** Nothing was released, and nothing is left that could be: cancelled as a whole, or line by line. */
const nothingWillCome = (store: StoreSide): boolean =>
  liveTickets(store).length === 0 &&
  (isOver(store) || (store.lines.length > 0 && store.lines.every((line) => decimal(openQuantity(line)).isZero())));

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
  if (s.memory.cancel && canCancelInShop(shop)) return act(s, { do: 'cancelShopOrder' });
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
  const closed = closedInShop(s);
  if (closed) return closed;
  if (s.memory.cancel && liveTickets(store).length === 0 && canCancelInShop(shop))
    return act(s, { do: 'cancelShopOrder' });
  if (store.document === 'gone') return attend(s, documentGone(s));
  if (nothingWillCome(store)) return cancelledInStore(s);
  if (shop.state === 'holded') return wait(s, 'unhold');
  if (shop.state === 'payment_review' || shop.state === 'pending_payment') return wait(s, 'payment');

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
    if (step.attention && !isAcceptedWant(s, step.attention)) open.push(step.attention);
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

/* ----- cancelled ------------------------------------------------------------------------------------------------- */

function cancelledInShop(s: Situation): Step {
  const { store } = s.seen;
  const tickets = liveTickets(store);
  const byHand = s.memory.confirmedCancelled === true;
  if (tickets.length > 0 && !byHand) {
    return attend(s, {
      reason: 'cancelledInShop',
      repairs: ['retry', 'confirmCancelled'],
      message: `Order ${s.order} was cancelled in the shop, but ticket ${listed(tickets.map((each) => each.no))} ${tickets.length === 1 ? 'is' : 'are'} released in Counterpoint. Pull the goods back and void what was released in Counterpoint, or confirm that it is settled.`,
    });
  }
  if (store.document === 'cancelled' || byHand) {
    const status = s.rules.statuses.confirmedCancelled;
    if (status !== null && s.seen.shop.status !== status && s.seen.shop.state === 'canceled') {
      const step = act(s, { do: 'setStatus', status, because: 'confirmedCancelled' });
      // A shop that refuses the label leaves the order cancelled all the same.
      if (step.next === 'act' || step.for === 'outage') return step;
    }
    return { next: 'end', state: 'cancelled', why: 'Cancelled on both sides.' };
  }
  if (s.rules.removeUntouched && store.untouched === true) {
    const step = act(s, { do: 'removeDocument' });
    if (step.next === 'act' || step.for === 'outage') return step;
  }
  if (store.document === 'gone' && s.rules.removeUntouched) {
    return { next: 'end', state: 'cancelled', why: 'Cancelled in the shop; the untouched document was removed.' };
  }
  return attend(s, {
    reason: 'cancelledInShop',
    repairs: ['retry', 'confirmCancelled'],
    message:
      `Order ${s.order} was cancelled in the shop. Cancel it in Counterpoint too; nothing of it has been released.` +
      (store.depositsDiffer === true ? ' A deposit was added to it by hand: refund that as well.' : ''),
  });
}

const documentGone = (s: Situation): Want => ({
  reason: 'documentGone',
  message: `The document of order ${s.order} is no longer in Counterpoint, neither open nor in history. Find out who removed it, then cancel the order in the shop or confirm that it is settled.`,
});

function cancelledInStore(s: Situation): Step {
  if (owesNothing(s.seen.shop)) {
    return {
      next: 'end',
      state: 'cancelled',
      why: 'Nothing of it is owed in the shop any more, and Counterpoint has cancelled it.',
    };
  }
  const attention = unlessAccepted(s, {
    reason: 'cancelledInCounterpoint',
    message: `Order ${s.order} was cancelled in Counterpoint, but it is still open in the shop. Cancel it in the shop, or reinstate it in Counterpoint.`,
  });
  if (attention) return { ...wait(s, 'shop'), attention };
  return {
    next: 'end',
    state: 'cancelled',
    why: 'Cancelled in Counterpoint; in the shop it stays as somebody left it.',
  };
}

/* ----- the end and the waiting ----------------------------------------------------------------------------------- */

function waitingFor(s: Situation): WaitReason {
  const { store } = s.seen;
  const unshipped = liveTickets(store).some((ticket) => !isShipped(s, ticket));
  return everythingReleased(store) && unshipped ? 'tracking' : 'release';
}
