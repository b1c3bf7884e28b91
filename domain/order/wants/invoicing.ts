import { decimal, quantity } from '../../money';
import { isWorth } from '../../shop/worth';
import { capital, documentsIn, listed, numberOf } from '../../text/listing';
import type { ReleaseTicket, ShopInvoice, ShopSide } from '../observation';
import { isAcceptedFor, type AttentionWant, type Situation, type Want } from '../plan-step';
import { addUp, invoiceOf, invoicesOf, sameQuantities, ticketRef } from '../tickets';
import { worthInDoubt } from './altered';
import { knownOf } from './counters';
import { chargedBefore } from './doubtful-charges';
import { chargeInDoubt, invoiceDoubt, isCharged } from './invoice-doubts';
import { isLeftWithoutInvoice } from './left-without-invoice';
import { paymentTraits } from '../../shop/payment-traits';

/** What a ticket still needs for its money: its invoice, or a person who settles what is wrong with it. */
export function* invoiceWants(s: Situation, ticket: ReleaseTicket): Generator<Want> {
  const { shop } = s.seen;
  if (paymentTraits(shop.payment).invoicedByShop) return;
  const invoice = invoiceOf(ticket, shop);
  if (invoice) {
    const wrong = wrongWith(s, ticket, invoice);
    if (wrong) yield wrong;
    return;
  }
  if (isLeftWithoutInvoice(s, ticket)) return;
  const standing = chargeInDoubt(s, ticket);
  if (standing) {
    yield standing;
    return;
  }
  if (worthInDoubt(s)) return;
  const doubt = (isCharged(s, ticket) ? chargedBefore(s, ticket) : undefined) ?? invoiceDoubt(s, ticket);
  if (doubt) yield doubt;
  else
    yield {
      do: 'invoiceTicket',
      ticket: ticketRef(ticket),
      items: addUp(ticket.lines),
      capture: isCharged(s, ticket),
      ...againOf(s, ticket),
      ...(isAcceptedFor(s, 'amountsDiffer', `invoiceTicket:${ticket.guid}`) ? {} : { amount: ticket.amount }),
      ...knownOf(s),
    };
}

/** The sending of this charge that a person found to have come to nothing. */
const againOf = ({ memory }: Situation, { guid }: ReleaseTicket): { again?: string } => {
  const again = memory.again?.[guid];
  return again === undefined ? {} : { again };
};

/* ----- an invoice that is there: found again by every look, until it is mended or accepted --------------------- */

function wrongWith(s: Situation, ticket: ReleaseTicket, invoice: ShopInvoice): AttentionWant | undefined {
  return (
    invoicedTwice(s, ticket) ??
    notPaidYet(s, ticket, invoice) ??
    otherGoods(s, ticket, invoice) ??
    nothingCaptured(s, ticket, invoice) ??
    otherWorth(s, ticket, invoice)
  );
}

function invoicedTwice(s: Situation, ticket: ReleaseTicket): AttentionWant | undefined {
  const all = invoicesOf(ticket, s.seen.shop);
  if (all.length < 2) return undefined;
  return {
    reason: 'amountsDiffer',
    action: `twice:${ticket.guid}`,
    message:
      `${capital(documentsIn('invoice', all))} of order ${s.order} stand for ticket ${ticket.no}, which was released once. ` +
      'Look at the payment provider how often it was paid, and refund in the shop what is too much; then accept the difference.',
  };
}

/** An open invoice is a promise: made by hand or by a module, and not captured yet. */
function notPaidYet(s: Situation, ticket: ReleaseTicket, invoice: ShopInvoice): AttentionWant | undefined {
  if (invoice.state !== 'open') return undefined;
  return {
    reason: 'manualInvoice',
    action: `open:${ticket.guid}`,
    message: `Invoice ${numberOf(invoice)} of order ${s.order}, for ticket ${ticket.no}, is not paid yet. Capture it in the shop; the parcel waits for it.`,
  };
}

function otherGoods(s: Situation, ticket: ReleaseTicket, invoice: ShopInvoice): AttentionWant | undefined {
  if (sameQuantities(invoice.items, ticket.lines)) return undefined;
  return {
    reason: 'amountsDiffer',
    action: `invoiced:${ticket.guid}`,
    message:
      `Invoice ${numberOf(invoice)} of order ${s.order} is for ${goodsIn(s.seen.shop, invoice.items)}, but ticket ${ticket.no} released ${goodsIn(s.seen.shop, ticket.lines)}. ` +
      'Correct the ticket in Counterpoint, or settle the rest in the shop and accept the difference.',
  };
}

/** On a closed authorisation the shop stores a paid invoice that nobody paid (contract §4.3). */
function nothingCaptured(s: Situation, ticket: ReleaseTicket, invoice: ShopInvoice): AttentionWant | undefined {
  if (!isCharged(s, ticket) || invoice.captured === true || !decimal(invoice.total).greaterThan(0)) return undefined;
  return {
    reason: 'authorizationExpired',
    action: `captured:${ticket.guid}`,
    message:
      `The shop shows invoice ${numberOf(invoice)} for ticket ${ticket.no} of order ${s.order} as paid, but no money was taken for it: the authorisation was closed. ` +
      'Hold the parcel and collect the money another way, then accept the difference.',
  };
}

function otherWorth(s: Situation, ticket: ReleaseTicket, invoice: ShopInvoice): AttentionWant | undefined {
  const { shop } = s.seen;
  if (invoice.goods === undefined || isAcceptedFor(s, 'amountsDiffer', `invoiceTicket:${ticket.guid}`))
    return undefined;
  const parts = addUp(ticket.lines).length + shop.invoices.length;
  if (isWorth(ticket.amount, invoice.goods, shop.spread ?? {}, parts)) return undefined;
  return {
    reason: 'amountsDiffer',
    action: `worth:${ticket.guid}`,
    message:
      `Invoice ${numberOf(invoice)} of order ${s.order} comes to ${invoice.total}, but ticket ${ticket.no} was released for ${ticket.amount}. ` +
      'Settle the difference with the shopper or correct the ticket, then accept it.',
  };
}

/** Quantities as people read them: "2 of MUG and 1 of CAP". */
export function goodsIn(shop: ShopSide, lines: ReleaseTicket['lines']): string {
  const parts = addUp(lines).map(
    ([id, qty]) => `${quantity(qty)} of ${shop.items.find((item) => item.id === id)?.sku ?? 'another item'}`,
  );
  return parts.length === 0 ? 'nothing' : listed(parts);
}
