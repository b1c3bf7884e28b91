import { everythingReleased, liveTickets } from '../lifecycle';
import { decimal } from '../../money';
import { listed } from '../../text/listing';
import type { ShopSide } from '../observation';
import type { Situation, Want } from '../plan-step';
import { invoiceOf } from '../tickets';
import { settled } from './settled';
import { paymentTraits } from '../../shop/payment-traits';

export const canTakeStatus = (shop: ShopSide): boolean => shop.state === 'new' || shop.state === 'processing';

/** The shop is told once that the order is in Counterpoint (C5-04). */
export function* importedStatus(s: Situation): Generator<Want> {
  const { shop, store } = s.seen;
  if (s.memory.marked === true || liveTickets(store).some((ticket) => invoiceOf(ticket, shop))) return;
  if (canTakeStatus(shop))
    yield { do: 'setStatus', status: s.rules.statuses.inCounterpoint, because: 'inCounterpoint' };
}

/**
 * What the shop shows of the order's progress. A status of progress saved onto an order that the shop has completed or
 * closed would spoil it (contract §5); only the merchant's own final one is given to a completed order.
 */
export function* statusWants(s: Situation): Generator<Want> {
  const { shop, store } = s.seen;
  const { invoicedByShop } = paymentTraits(shop.payment);
  const released = liveTickets(store).some((ticket) => invoicedByShop || invoiceOf(ticket, shop));
  if (!released || shop.state === 'closed') return;
  const done = settled(s);
  const final = s.rules.tracking ? done : true;
  if (!final && !canTakeStatus(shop)) return;
  const { statuses } = s.rules;
  const status = final ? statuses.final : everythingReleased(store) ? null : statuses.partiallyReleased;
  // An invoice lets the shop itself show processing, which may be the very status of a part: it is said all the same.
  if (status === null || (status === shop.status && (final || s.memory.partTold === true))) return;
  yield {
    do: 'setStatus',
    status,
    because: final ? 'final' : 'partiallyReleased',
    ...(final ? { comment: done ? completeWhy(s) : uploadedSoFar(s) } : {}),
  };
}

/** With tracking off each uploaded ticket sets the final status; the words say how far the order is. */
const uploadedSoFar = (s: Situation): string =>
  `Released in Counterpoint so far: ticket ${listed(liveTickets(s.seen.store).map(({ no }) => no))}.`;

/** What is true of an order that has come to its end. */
export function completeWhy(s: Situation): string {
  const { store } = s.seen;
  const what = store.lines.some(({ cancelled }) => decimal(cancelled ?? 0).greaterThan(0))
    ? 'What was not cancelled was'
    : 'Everything was';
  return s.rules.tracking ? `${what} released, invoiced and shipped.` : `${what} released and invoiced.`;
}
