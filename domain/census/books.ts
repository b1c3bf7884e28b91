import { sameFingerprint } from '../shop/fingerprint';
import type { Decimal } from 'decimal.js';
import { decimal, isZero, maximum, minimum, money, sum, type Money } from '../money';
import { amountsOf, live, stands } from './amounts';
import type { InvoiceFact, ShopFact, StoreFact, Subject, TicketFact } from './facts';
import type { FindingCode } from './findings';
import type { CensusRules } from './rules';
import { settledOf, type Settled } from './settled';

/**
 * What does not tie out or was left undone. An order in attention has its say already and is not named twice, and what a
 * person has decided is not asked again.
 */
export function booksOf(subject: Subject, rules: CensusRules, now: number): FindingCode[] {
  const { shop, store, run } = subject;
  if (!shop || (run !== undefined && run.attention !== null)) return [];
  const found: FindingCode[] = [];
  const claim = (broken: boolean, code: FindingCode): void => {
    if (broken) found.push(code);
  };
  const running = run?.status === 'running';
  const complete = run?.status === 'completed' && run.state === 'complete';
  const amounts = amountsOf(subject);
  const settled = settledOf(subject);
  const isLeft =
    settled.remainder || (store !== undefined && bareTickets(shop, store).some((ticket) => settled.isLeft(ticket)));
  claim(documentGone(subject), 'documentGone');
  claim(decimal(amounts.invoiced).minus(invoicedAgain(shop, settled)).greaterThan(shop.total), 'overInvoiced');
  claim(complete && !isLeft && !isZero(amounts.open), 'openAtEnd');
  if (!store) return found;
  // The shop's list does not tell tenders that an extension keeps; what was written does.
  const expected = money(decimal(shop.total).plus(maximum(shop.tenders, store.tenders)));
  const asWritten = store.document === 'open' && !store.edited && store.tickets.length === 0;
  const written = asWritten && store.total !== null && store.total !== expected ? store.total : null;
  claim(written !== null && !settled.isWorth(grandTotal(written, shop, store), shop.total), 'documentDiffers');
  claim(isCaptured(shop, rules) && capturesDiffer(shop, store, settled), 'capturesDiffer');
  const { spare, missing } = unmatched(shop, store, settled);
  claim(running && spare > 0, 'manualInvoice');
  claim(run?.status === 'completed' && run.state !== 'skipped' && missing > 0, 'releasedAfterEnd');
  const waits = shop.state === 'holded' || shop.state === 'payment_review';
  const unseen = store.shopSeen !== null && !sameFingerprint(store.shopSeen, shop.fingerprint);
  const late = now - Date.parse(shop.updatedAt) > rules.wakeWithinMs;
  claim(running && !found.includes('manualInvoice') && ((!waits && missing > 0) || (unseen && late)), 'asleep');
  return found;
}

/** What the shop's order came to when the document was written, from what the document comes to. */
const grandTotal = (written: Money, shop: ShopFact, store: StoreFact): Money =>
  money(decimal(written).minus(maximum(shop.tenders, store.tenders)));

/** A second invoice of one ticket, where a person knows of it. */
function invoicedAgain(shop: ShopFact, settled: Settled): Money {
  const known = new Set<string>();
  const again = shop.invoices.filter((invoice) => {
    if (!stands(invoice) || invoice.ticket === null || !settled.isTwice(invoice.ticket)) return false;
    if (known.has(invoice.ticket)) return true;
    known.add(invoice.ticket);
    return false;
  });
  return money(sum(again.map(({ total }) => total)));
}

/** Release tickets without an invoice of their own. */
function bareTickets(shop: ShopFact, store: StoreFact): TicketFact[] {
  const invoiced = new Set(shop.invoices.filter(stands).map(({ ticket }) => ticket));
  return live(store).filter(({ guid }) => !invoiced.has(guid));
}

/** Invoices of voided tickets, each of which passes to one ticket that releases the same goods, unless its money goes back. */
function passedOn(shop: ShopFact, store: StoreFact, settled: Settled): InvoiceFact[] {
  const voided = store.tickets.filter((ticket) => ticket.voided && !settled.isGivenBack(ticket.guid));
  return shop.invoices.filter((invoice) => stands(invoice) && voided.some(({ guid }) => guid === invoice.ticket));
}

function documentGone({ store, run }: Subject): boolean {
  if (run === undefined || run.state === 'cancelled' || run.state === 'skipped') return false;
  if (store) return store.document === 'gone' && (run.status === 'running' || run.status === 'completed');
  return run.state !== 'imported';
}

/** Invoices without a marker that are younger than the document: the shop's own at sale are older. */
const byHand = (shop: ShopFact, store: StoreFact): InvoiceFact[] =>
  shop.invoices.filter(
    (invoice) =>
      stands(invoice) && invoice.ticket === null && Date.parse(invoice.createdAt) >= Date.parse(store.writtenAt),
  );

/** How many tickets have no invoice, and how many invoices no ticket. */
function unmatched(shop: ShopFact, store: StoreFact, settled: Settled): { spare: number; missing: number } {
  if (settled.paid || paidAtSale(shop, store))
    return { spare: settled.paid ? 0 : byHand(shop, store).length, missing: 0 };
  const bare = bareTickets(shop, store);
  const free = byHand(shop, store);
  const adopted = free.filter((invoice) => settled.isAdopted(invoice));
  const open = bare.length - bare.filter((ticket) => settled.isLeft(ticket)).length;
  // What stands for a ticket already does not stand for the next one.
  const used = bare.some((ticket) => settled.isLeftByHand(ticket)) ? adopted.length : 0;
  return {
    spare: free.length - adopted.length - open,
    missing: open - (free.length - used) - passedOn(shop, store, settled).length,
  };
}

/** Everything was invoiced by the shop itself before the document was written. */
function paidAtSale(shop: ShopFact, store: StoreFact): boolean {
  const hand = byHand(shop, store);
  const own = shop.invoices.filter(
    (invoice) => invoice.state === 'paid' && invoice.ticket === null && !hand.includes(invoice),
  );
  return own.length > 0 && sum(own.map(({ total }) => total)).greaterThanOrEqualTo(shop.total);
}

/** Each release ticket is to be charged by itself (C5-38). */
function isCaptured(shop: ShopFact, { payments }: CensusRules): boolean {
  const setting = payments[shop.method] ?? payments['*'];
  if (setting?.kind === 'ar' || setting?.kind === 'none') return false;
  return setting?.capture === undefined ? !isZero(shop.authorised) : setting.capture === 'onRelease';
}

const CENT = decimal('0.01');

/**
 * Charged against released; each row of each ticket may be rounded by a cent, and the shop's own tenders pay first. An
 * invoice whose ticket was voided is compared with the ticket that took it over; without one, its money has to go back,
 * which a credit memo shows.
 */
function capturesDiffer(shop: ShopFact, store: StoreFact, settled: Settled): boolean {
  const isSettled = (guid: string): boolean => settled.isCharge(guid) || settled.isGivenBack(guid);
  const standing = shop.invoices.filter(
    (invoice) => stands(invoice) && invoice.ticket !== null && !isSettled(invoice.ticket),
  );
  const own = live(store).filter(({ guid }) => standing.some(({ ticket }) => ticket === guid));
  const passed = passedOn(shop, store, settled);
  const takers = takersOver(passed, { shop, store, settled });
  const tickets = [...own, ...takers];
  const charged = chargedBy(standing).minus(
    minimum(shop.refunded, maximum(0, chargedBy(passed).minus(worthOf(takers)))),
  );
  const difference = worthOf(tickets).minus(charged);
  const rounding = CENT.times(Math.max(1, store.lines)).times(tickets.length);
  return (
    difference.lessThan(rounding.negated()) ||
    difference.greaterThan(rounding.plus(maximum(shop.tenders, store.tenders)))
  );
}

const chargedBy = (invoices: readonly InvoiceFact[]): Decimal =>
  sum(invoices.filter(({ captured }) => captured).map(({ total }) => total));
const worthOf = (tickets: readonly TicketFact[]): Decimal => sum(tickets.map(({ amount }) => amount));

/** At most as many tickets as there are invoices to take over, those of the same amount first. */
function takersOver(
  passed: readonly InvoiceFact[],
  { shop, store, settled }: { readonly shop: ShopFact; readonly store: StoreFact; readonly settled: Settled },
): TicketFact[] {
  const left = bareTickets(shop, store).filter((ticket) => !settled.isLeft(ticket) && !settled.isCharge(ticket.guid));
  return passed.flatMap(({ total }) => {
    const same = left.findIndex(({ amount }) => amount === total);
    return left.splice(Math.max(0, same), 1);
  });
}
