import { decimal, quantity } from '../../money';
import type { ReleaseTicket, ShopInvoice, ShopSide } from '../observation';
import { acceptanceKey, type AttentionWant, type Situation, type Want } from '../plan-step';
import type { CountersKnown } from '../steps';
import { addUp, invoiceOf, invoicesOf, leftToInvoice, sameQuantities, ticketRef, unmarkedInvoices } from '../tickets';
import { isWorth } from '../../shop/worth';
import { worthInDoubt } from './altered';
import { isMiscounted, uncounted } from './counted';
import { chargedBefore } from './doubtful-charges';
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
  if (isLeftWithoutInvoice(s, ticket) || worthInDoubt(s)) return;
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

/** The gateway takes the money of this ticket, unless a person decided that nobody is charged for it. */
const isCharged = ({ seen, memory }: Situation, { guid }: ReleaseTicket): boolean =>
  paymentTraits(seen.shop.payment).captures && !memory.offline.includes(guid);

const isAcceptedFor = ({ memory }: Situation, reason: AttentionWant['reason'], action: string): boolean =>
  memory.accepted.includes(acceptanceKey(reason, action));

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
      `Invoices ${all.map(({ id }) => String(id)).join(' and ')} of order ${s.order} both stand for ticket ${ticket.no}, which was released once. ` +
      'Look at the payment provider whether both were paid, and refund one of them in the shop; then accept the difference.',
  };
}

/** An open invoice is a promise: made by hand or by a module, and not captured yet. */
function notPaidYet(s: Situation, ticket: ReleaseTicket, invoice: ShopInvoice): AttentionWant | undefined {
  if (invoice.state !== 'open') return undefined;
  return {
    reason: 'manualInvoice',
    action: `open:${ticket.guid}`,
    message: `Invoice ${String(invoice.id)} of order ${s.order}, for ticket ${ticket.no}, is not paid yet. Capture invoice ${String(invoice.id)} in the shop; the parcel waits for it.`,
  };
}

function otherGoods(s: Situation, ticket: ReleaseTicket, invoice: ShopInvoice): AttentionWant | undefined {
  if (sameQuantities(invoice.items, ticket.lines)) return undefined;
  return {
    reason: 'amountsDiffer',
    action: `invoiced:${ticket.guid}`,
    message:
      `Invoice ${String(invoice.id)} of order ${s.order} is for ${goodsIn(s.seen.shop, invoice.items)}, but ticket ${ticket.no} released ${goodsIn(s.seen.shop, ticket.lines)}. ` +
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
      `The shop shows invoice ${String(invoice.id)} for ticket ${ticket.no} of order ${s.order} as paid, but no money was taken for it: the authorisation was closed. ` +
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
      `Invoice ${String(invoice.id)} of order ${s.order} comes to ${invoice.total}, but ticket ${ticket.no} was released for ${ticket.amount}. ` +
      'Settle the difference with the shopper or correct the ticket, then accept it.',
  };
}

/* ----- an invoice that is not there yet -------------------------------------------------------------------------- */

/** Why a ticket must not be invoiced as it stands. */
function invoiceDoubt(s: Situation, ticket: ReleaseTicket): AttentionWant | undefined {
  return strangeLine(s, ticket) ?? tooLittleLeft(s, ticket) ?? nobodyToCharge(s, ticket) ?? countersDoubt(s, ticket);
}

function strangeLine(s: Situation, ticket: ReleaseTicket): AttentionWant | undefined {
  if (ticket.lines.every(([id]) => s.seen.shop.items.some((item) => item.id === id))) return undefined;
  return {
    reason: 'amountsDiffer',
    action: `quantities:${ticket.guid}`,
    message: `Ticket ${ticket.no} releases a line that is not on shop order ${s.order}, so the shop cannot invoice it. Void the ticket and release it without that line, or invoice it by hand and accept the difference.`,
  };
}

function tooLittleLeft(s: Situation, ticket: ReleaseTicket): AttentionWant | undefined {
  const { shop } = s.seen;
  for (const [id, qty] of addUp(ticket.lines)) {
    const item = shop.items.find((each) => each.id === id);
    if (!item || leftToInvoice(item).greaterThanOrEqualTo(qty)) continue;
    const released = `Ticket ${ticket.no} releases ${qty} of ${item.sku}, but shop order ${s.order} has only ${leftToInvoice(item).toString()} left to invoice`;
    if (decimal(item.ordered).minus(item.invoiced).greaterThanOrEqualTo(qty)) {
      return {
        reason: 'cancelledInShop',
        action: `cancelledGoods:${ticket.guid}`,
        repairs: ['retry', 'acceptDifference'],
        message: `${released}: the rest was cancelled in the shop. Pull the goods back and void the ticket, or settle it with the shopper and accept the difference.`,
      };
    }
    const voided = s.seen.store.tickets.find((each) => each.state === 'voided' && invoiceOf(each, shop));
    if (voided) {
      return {
        reason: 'ticketVoided',
        action: `quantities:${ticket.guid}`,
        message: `${released}, because invoice ${String(invoiceOf(voided, shop)?.id)} still stands for the voided ticket ${voided.no}. Release the same goods on one ticket, so that the invoice passes to it, or accept that it covers this ticket.`,
      };
    }
    if (unmarkedInvoices(shop).length > 0) {
      return {
        reason: 'manualInvoice',
        action: `invoiceTicket:${ticket.guid}`,
        message: `${released} because an invoice was made by hand in the shop. Adopt that one, which leaves the ticket without an invoice of its own: what the one by hand does not cover is then invoiced by nobody. Or void the ticket and release it in the same parts.`,
      };
    }
    return {
      reason: 'amountsDiffer',
      action: `quantities:${ticket.guid}`,
      message: `${released}. Void the ticket or correct its quantity in Counterpoint, or settle it by hand and accept the difference.`,
    };
  }
  return undefined;
}

/** The shop would store an invoice that nobody pays, or one that records no payment at all. */
function nobodyToCharge(s: Situation, ticket: ReleaseTicket): AttentionWant | undefined {
  const { shop } = s.seen;
  if (s.memory.offline.includes(ticket.guid)) return undefined;
  const action = `invoiceTicket:${ticket.guid}`;
  const { captures, payerUnknown } = paymentTraits(shop.payment);
  if (captures && shop.payment.closed === true) {
    return {
      reason: 'authorizationExpired',
      action,
      repairs: ['retry', 'invoiceOffline', 'cancelRemainder', 'parcelHeld'],
      message: `The authorisation of order ${s.order} is closed at the payment provider, so nobody can be charged for ticket ${ticket.no}. Hold the parcel, collect the money another way, then invoice without charging.`,
    };
  }
  if (!payerUnknown) return undefined;
  const open = unmarkedInvoices(shop).find(({ state }) => state === 'open');
  return {
    reason: 'captureUnknown',
    action,
    repairs: ['retry', 'invoiceOffline', 'acceptDifference'],
    message: open
      ? `Invoice ${String(open.id)} of order ${s.order} (${shop.payment.method}) is not paid yet, so ticket ${ticket.no} is paid by nobody. Capture invoice ${String(open.id)} in the shop.`
      : `Order ${s.order} (${shop.payment.method}) is neither authorised nor paid in the shop, so ticket ${ticket.no} cannot be charged. Settle the payment in the shop, or invoice it without charging.`,
  };
}

/* ----- counters that lie (P-21) ---------------------------------------------------------------------------------- */

/** The shop's counters or its paid total disagree with its invoices: the same goods could be charged twice. */
function countersDoubt(s: Situation, ticket: ReleaseTicket): AttentionWant | undefined {
  const { shop } = s.seen;
  if (shop.countersDiffer !== true && !isMiscounted(s)) return undefined;
  if (s.memory.offline.includes(ticket.guid) || isAcceptedFor(s, 'captureUnknown', `counters:${ticket.guid}`))
    return undefined;
  return {
    reason: 'captureUnknown',
    action: `counters:${ticket.guid}`,
    repairs: ['retry', 'invoiceOffline', 'acceptDifference'],
    message:
      `The shop's counters of order ${s.order} disagree with its invoices, so ticket ${ticket.no} is not invoiced: the same goods could be charged twice. ` +
      'Compare the invoices with the payment provider. If the ticket is not paid yet, accept the difference and it is invoiced; if it is, invoice without charging.',
  };
}

/** What the plan knew of the shop's counters when it decided to invoice all the same. */
function knownOf(s: Situation): { counters?: CountersKnown } {
  const { shop } = s.seen;
  const rows = shop.countersDiffer === true;
  const paid = uncounted(shop).isZero();
  return rows || !paid ? { counters: { paid: shop.payment.paid, ...(rows ? { rows: true as const } : {}) } } : {};
}

/* ----- what a person decided -------------------------------------------------------------------------------------- */

/** Reasons by which a person lets a ticket be without an invoice of its own. */
const LEFT_BY: readonly (readonly [AttentionWant['reason'], (guid: string) => string])[] = [
  ['captureUnknown', (guid) => `invoiceTicket:${guid}`],
  ['manualInvoice', (guid) => `invoiceTicket:${guid}`],
  ['cancelledInShop', (guid) => `cancelledGoods:${guid}`],
  ['ticketVoided', (guid) => `quantities:${guid}`],
  ['amountsDiffer', (guid) => `quantities:${guid}`],
];

/** A person decided that this ticket is left without an invoice of its own; its money is settled elsewhere. */
export function isLeftWithoutInvoice(s: Situation, { guid }: ReleaseTicket): boolean {
  if (LEFT_BY.some(([reason, action]) => isAcceptedFor(s, reason, action(guid)))) return true;
  // The difference was accepted, and the shop still does not make the invoice.
  const action = `invoiceTicket:${guid}`;
  return (
    isAcceptedFor(s, 'amountsDiffer', action) &&
    s.memory.problems.some((problem) => problem.action === action && problem.reason === 'amountsDiffer')
  );
}

/** Quantities as people read them: "2 of MUG and 1 of CAP". */
export function goodsIn(shop: ShopSide, lines: ReleaseTicket['lines']): string {
  const parts = addUp(lines).map(
    ([id, qty]) => `${quantity(qty)} of ${shop.items.find((item) => item.id === id)?.sku ?? 'another item'}`,
  );
  return parts.length === 0 ? 'nothing' : parts.join(' and ');
}
