import { ATTENTION } from '../attention';
import { isAboutCharge } from '../charge-again';
import { liveTickets } from '../lifecycle';
import { paymentTraits } from '../../shop/payment-traits';
import { documentsIn, listed, numberOf } from '../../text/listing';
import { decimal, type Quantity } from '../../money';
import type { ReleaseTicket, ShopInvoice, ShopItem } from '../observation';
import { acceptanceKey, type AttentionWant, type Situation } from '../plan-step';
import { addUp, invoiceOf, invoicesOf, leftToInvoice, unmarkedInvoices } from '../tickets';
import { foreignKey, voidedKey } from './by-hand';
import { countersDoubt } from './counters';
import { isLeftWithoutInvoice } from './left-without-invoice';

/** The gateway takes the money of this ticket, unless a person decided that nobody is charged for it. */
export const isCharged = ({ seen, memory }: Situation, { guid }: ReleaseTicket): boolean =>
  paymentTraits(seen.shop.payment).captures && !memory.offline.includes(guid);

/**
 * A charge that was refused, or of which nobody knows, stays in question under that name whatever else comes to stand in
 * its way: another name would be a second question about one cause, and an all-clear for the first (P-24).
 */
export function chargeInDoubt(s: Situation, ticket: ReleaseTicket): AttentionWant | undefined {
  const action = `invoiceTicket:${ticket.guid}`;
  const problem = s.memory.problems.find(
    // Counters that disagree stop a charge before it is sent.
    (each) => each.action === action && isAboutCharge(each) && each.code !== 'countersDiffer',
  );
  if (problem === undefined || !isCharged(s, ticket)) return undefined;
  const { reason, code, message } = problem;
  const settles = unmarkedInvoices(s.seen.shop)
    .filter(({ items }) => items.some(([id]) => ticket.lines.some(([own]) => own === id)))
    .map(({ id }) => foreignKey('manualInvoice', id));
  if (s.seen.shop.payment.closed !== true) return { reason, code, action, message, settles };
  return {
    reason,
    code,
    action,
    message:
      `The payment for ticket ${ticket.no} of order ${s.order} was refused or not recorded, and its authorisation has been closed at the payment provider since. ` +
      'Hold the parcel back and look there: if the amount was taken, invoice without charging; if it was not, collect it another way first.',
    repairs: ATTENTION[reason].repairs.filter((repair) => repair !== 'retry'),
    settles,
  };
}

/** Invoices made by hand that hold this row. */
const heldByHand = ({ seen }: Situation, { item }: Pick<Shortage, 'item'>): readonly ShopInvoice[] =>
  unmarkedInvoices(seen.shop).filter(({ items }) => items.some(([id]) => id === item.id));

/** Why a ticket must not be invoiced as it stands. */
export function invoiceDoubt(s: Situation, ticket: ReleaseTicket): AttentionWant | undefined {
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

interface Shortage {
  readonly item: ShopItem;
  readonly qty: Quantity;
}

/** The first row of which the shop has less left to invoice than the ticket releases. */
function shortage({ seen: { shop } }: Situation, ticket: ReleaseTicket): Shortage | undefined {
  for (const [id, qty] of addUp(ticket.lines)) {
    const item = shop.items.find((each) => each.id === id);
    if (item && leftToInvoice(item).lessThan(qty)) return { item, qty };
  }
  return undefined;
}

function tooLittleLeft(s: Situation, ticket: ReleaseTicket): AttentionWant | undefined {
  const short = shortage(s, ticket);
  if (!short) return undefined;
  const { item, qty } = short;
  const released = `Ticket ${ticket.no} releases ${qty} of ${item.sku}, but shop order ${s.order} has only ${leftToInvoice(item).toString()} left to invoice`;
  if (isCancelledThere(short)) {
    return {
      reason: 'cancelledInShop',
      action: `cancelledGoods:${ticket.guid}`,
      repairs: ['retry', 'acceptDifference'],
      message: `${released}: the rest was cancelled in the shop. Pull the goods back and void the ticket, or settle it with the shopper and accept the difference.`,
    };
  }
  return (
    heldInTheWay(s, ticket, short, released) ?? {
      reason: 'amountsDiffer',
      action: `quantities:${ticket.guid}`,
      message: `${released}. Void the ticket or correct its quantity in Counterpoint, or settle it by hand and accept the difference.`,
    }
  );
}

const isCancelledThere = ({ item, qty }: Shortage): boolean =>
  decimal(item.ordered).minus(item.invoiced).greaterThanOrEqualTo(qty);

/** Voided tickets whose invoice holds what this one lacks. */
const heldByVoided = ({ seen }: Situation, { item }: Shortage): readonly ReleaseTicket[] =>
  seen.store.tickets.filter(
    (each) => each.state === 'voided' && invoiceOf(each, seen.shop)?.items.some(([id]) => id === item.id),
  );

/** An invoice that stands for a voided ticket, or that was made by hand, holds the goods; one question for all it meets. */
function heldInTheWay(
  s: Situation,
  ticket: ReleaseTicket,
  short: Shortage,
  released: string,
): AttentionWant | undefined {
  const [voided] = heldByVoided(s, short);
  const others = inTheSameWay(s, ticket, short);
  const also = others.length === 0 ? '' : `; the same goes for ticket ${listed(others.map(({ no }) => no))}`;
  if (voided) {
    const action = (guid: string): string => `quantities:${guid}`;
    return {
      reason: 'ticketVoided',
      action: action(ticket.guid),
      message: `${released}, because ${heldFor(s, voided)} still stands for the voided ticket ${voided.no}${also}. Release the same goods on one ticket, so that the invoice passes to it, or accept that it covers what was released.`,
      settles: [
        ...heldByVoided(s, short).map(({ guid }) => voidedKey(guid)),
        ...others.map(({ guid }) => acceptanceKey('ticketVoided', action(guid))),
      ],
    };
  }
  const byHand = heldByHand(s, short);
  if (byHand.length === 0) return undefined;
  const action = (guid: string): string => `invoiceTicket:${guid}`;
  return {
    reason: 'manualInvoice',
    action: action(ticket.guid),
    message: `${released}, because ${documentsIn('invoice', byHand)} ${byHand.length === 1 ? 'was' : 'were'} made by hand in the shop${also}. Adopt what was made there, which leaves ${others.length === 0 ? 'the ticket' : 'each of these tickets'} without an invoice of its own: what the one by hand does not cover is then invoiced by nobody. Or void what was released and release it in the same parts.`,
    settles: [
      ...byHand.map(({ id }) => foreignKey('manualInvoice', id)),
      ...others.map(({ guid }) => acceptanceKey('manualInvoice', action(guid))),
    ],
  };
}

const heldFor = ({ seen }: Situation, voided: ReleaseTicket): string =>
  documentsIn('invoice', invoicesOf(voided, seen.shop));

/** The keys of what holds the goods that this ticket lacks. */
const holders = (s: Situation, short: Shortage): readonly string[] => {
  const voided = heldByVoided(s, short).map(({ guid }) => voidedKey(guid));
  return voided.length > 0 ? voided : heldByHand(s, short).map(({ id }) => foreignKey('manualInvoice', id));
};

/** Other tickets that lack goods for the same invoice. */
function inTheSameWay(s: Situation, ticket: ReleaseTicket, short: Shortage): readonly ReleaseTicket[] {
  const keys = holders(s, short);
  return liveTickets(s.seen.store).filter((other) => {
    if (other.guid === ticket.guid || invoiceOf(other, s.seen.shop) || isLeftWithoutInvoice(s, other)) return false;
    const lacks = chargeInDoubt(s, other) ? undefined : shortage(s, other);
    return lacks !== undefined && !isCancelledThere(lacks) && holders(s, lacks).some((key) => keys.includes(key));
  });
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
      ? `Invoice ${numberOf(open)} of order ${s.order} (${shop.payment.method}) is not paid yet, so ticket ${ticket.no} is paid by nobody. Capture that invoice in the shop.`
      : `Order ${s.order} (${shop.payment.method}) is neither authorised nor paid in the shop, so ticket ${ticket.no} cannot be charged. Settle the payment in the shop, or invoice it without charging.`,
  };
}
