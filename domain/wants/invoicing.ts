import { decimal, type Money } from '../money';
import type { ReleaseTicket } from '../observation';
import { acceptanceKey, type Situation, type Want } from '../plan-step';
import { chargedBefore } from './doubtful-charges';
import { addUp, invoiceOf, leftToInvoice, ticketRef, unmarkedInvoices } from '../tickets';

/** One invoice for each ticket, as its money is to be taken (C5-06, C5-38), or why not. */
export function* invoiceWants(s: Situation, ticket: ReleaseTicket): Generator<Want> {
  const { shop } = s.seen;
  if (shop.payment.kind === 'paid') return;
  const invoice = invoiceOf(ticket, shop);
  const authorised = shop.payment.kind === 'authorised' && !s.memory.offline.includes(ticket.guid);
  if (invoice) {
    if (authorised && invoice.captured !== true && decimal(invoice.total).greaterThan(0))
      yield nothingCaptured(s, ticket);
    return;
  }
  const doubt = (authorised ? chargedBefore(s, ticket) : undefined) ?? invoiceDoubt(s, ticket);
  if (doubt) yield doubt;
  else
    yield {
      do: 'invoiceTicket',
      ticket: ticketRef(ticket),
      items: addUp(ticket.lines),
      capture: authorised,
      ...againOf(s, ticket),
      ...worthOf(s, ticket, authorised),
    };
}

/** What a charge is compared with before it is made, unless a person accepted that the two differ. */
const worthOf = ({ memory }: Situation, { guid, amount }: ReleaseTicket, capture: boolean): { amount?: Money } =>
  capture && !memory.accepted.includes(acceptanceKey('amountsDiffer', `invoiceTicket:${guid}`)) ? { amount } : {};

/** The sending of this charge that a person found to have come to nothing. */
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

const nothingCaptured = (s: Situation, ticket: ReleaseTicket): Want => ({
  reason: 'authorizationExpired',
  action: `captured:${ticket.guid}`,
  message:
    `The shop invoiced ticket ${ticket.no} of order ${s.order}, but no money was captured: the authorisation was closed. ` +
    `Hold the parcel and collect the money another way, then accept the difference.`,
});
