import { decimal } from '../../money';
import type { Observation, ReleaseTicket, StoreLine, StoreSide } from '../observation';
import { goodsOf, invoiceOf, shipmentOf } from '../tickets';
import { paymentTraits } from '../../shop/payment-traits';

/** What people see of an order. Attention is a flag beside any of the open ones. */
export type OrderState =
  'imported' | 'in_counterpoint' | 'partially_released' | 'invoiced' | 'shipped' | 'complete' | 'cancelled' | 'skipped';

/** Tickets that released goods and still stand; a voided or deposit-only one never becomes an invoice. */
export const liveTickets = (store: StoreSide): readonly ReleaseTicket[] =>
  store.tickets.filter((ticket) => ticket.state !== 'voided' && ticket.depositOnly !== true && ticket.lines.length > 0);

/** What the store will still release of a line: ordered + added − cancelled − released, never below zero. */
export function openQuantity(line: StoreLine): string {
  const open = decimal(line.ordered)
    .plus(line.added ?? 0)
    .minus(line.cancelled ?? 0)
    .minus(line.released);
  return open.isNegative() ? '0' : open.toString();
}

export const everythingReleased = (store: StoreSide): boolean =>
  store.document !== 'none' && store.lines.every((line) => decimal(openQuantity(line)).isZero());

/** How the workflow of an order ends. */
export type EndState = Extract<OrderState, 'complete' | 'cancelled' | 'skipped'>;

/** The state an open order is in, from what both sides show; ends are the plan's to declare. */
export function stateOf(observation: Observation, tracking: boolean): OrderState {
  const { shop, store } = observation;
  if (store.document === 'none') return 'imported';
  const tickets = liveTickets(store);
  if (tickets.length === 0) return 'in_counterpoint';
  const { invoicedByShop } = paymentTraits(shop.payment);
  const invoiced = tickets.filter((ticket) => invoicedByShop || invoiceOf(ticket, shop) !== undefined);
  if (invoiced.length === 0) return 'in_counterpoint';
  if (!everythingReleased(store) || invoiced.length < tickets.length) return 'partially_released';
  const shipped = tickets.every(
    (ticket) => !tracking || shipmentOf(ticket, shop) !== undefined || nothingToShip(ticket, observation),
  );
  return shipped ? 'shipped' : 'invoiced';
}

/** Every line of the ticket is virtual or downloadable, or no row of the shop's order. */
export const nothingToShip = (ticket: ReleaseTicket, { shop }: Observation): boolean =>
  goodsOf(ticket, shop).length === 0;
