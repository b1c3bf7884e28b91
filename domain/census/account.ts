import { sameFingerprint } from '../shop/fingerprint';
import type { EndState } from '../order/lifecycle';
import { decimal, isZero, maximum, money, sum, type Money } from '../money';
import type { InvoiceFact, ParkedFact, RunFact, ShopFact, StoreFact } from './facts';
import type { FindingCode } from './findings';
import type { CensusRules } from './rules';

/** Where an order belongs; every order is in exactly one. */
export const CATEGORIES = [
  'excluded',
  'due',
  'open',
  'attention',
  'ended',
  'skipped',
  'completing',
  'parked',
  'missing',
  'lost',
] as const;
export type Category = (typeof CATEGORIES)[number];

/** Everything known of one order. */
export interface Subject {
  readonly order: string;
  readonly shop: ShopFact | undefined;
  readonly store: StoreFact | undefined;
  readonly run: RunFact | undefined;
  readonly parked: ParkedFact | undefined;
  /** How it ended by a person's decision, which outlives the engine's memory. */
  readonly decided?: EndState | undefined;
}

export interface Account {
  readonly order: string;
  readonly category: Category;
  /** In a word or two: why it is excluded, what it waits for, how it ended. */
  readonly reason: string;
  readonly findings: readonly FindingCode[];
}

/** Accounts for one order, from what the three places show. Pure: the same facts always give the same account. */
export function accountFor(subject: Subject, rules: CensusRules, now: number): Account {
  const place = placeOf(subject, rules, now);
  const own = place.finding === undefined ? [] : [place.finding];
  const findings = [...own, ...booksOf(subject, rules, now).filter((code) => !own.includes(code))];
  return { order: subject.order, category: place.category, reason: place.reason, findings };
}

interface Place {
  readonly category: Category;
  readonly reason: string;
  readonly finding?: FindingCode;
}

function placeOf(subject: Subject, rules: CensusRules, now: number): Place {
  const { shop, run, store, parked } = subject;
  if (!shop) {
    if (parked) return { category: 'parked', reason: 'cannot be read', finding: 'parked' };
    return { category: 'lost', reason: 'not in the shop', finding: 'notInShop' };
  }
  if (run?.status === 'running') return open(run);
  if (run?.status === 'completed') {
    return run.state === 'skipped'
      ? { category: 'skipped', reason: 'skipped' }
      : { category: 'ended', reason: run.state };
  }
  if (subject.decided !== undefined && !run) {
    return subject.decided === 'skipped'
      ? { category: 'skipped', reason: 'skipped by a decision' }
      : { category: 'ended', reason: `${subject.decided} by a decision` };
  }
  const finished = finishedInShop(shop);
  if (run) {
    return finished && store?.document !== 'open'
      ? { category: 'ended', reason: `${shop.state} on both sides` }
      : { category: 'lost', reason: run.status, finding: 'workflowEnded' };
  }
  if (parked) return { category: 'parked', reason: 'cannot be read', finding: 'parked' };
  if (store) {
    // The engine forgets ended workflows after its retention; the books still tell that the order is over.
    return finished
      ? { category: 'ended', reason: `${shop.state} in the shop` }
      : { category: 'missing', reason: 'no workflow', finding: 'workflowMissing' };
  }
  return neverImported(shop, rules, now);
}

const open = ({ attention, state }: RunFact): Place =>
  attention === null ? { category: 'open', reason: state } : { category: 'attention', reason: attention };

function neverImported(shop: ShopFact, rules: CensusRules, now: number): Place {
  if (Date.parse(shop.createdAt) < Date.parse(rules.from)) return excluded('before the cut-off');
  if (rules.storeViews.length > 0 && !rules.storeViews.includes(shop.storeId)) {
    return excluded(`store view ${String(shop.storeId)}`);
  }
  if (shop.state === 'canceled') return excluded('cancelled before the import');
  if (finishedInShop(shop)) return { category: 'completing', reason: shop.state, finding: 'completing' };
  const { status } = shop;
  if (status !== null && rules.ownStatuses.includes(status)) {
    return { category: 'lost', reason: `status ${status}`, finding: 'markedOnly' };
  }
  if (rules.statuses.length > 0 && (status === null || !rules.statuses.includes(status))) {
    return excluded(`status ${status ?? '(none)'}`);
  }
  const seenAt = Math.max(Date.parse(shop.createdAt), Date.parse(shop.updatedAt));
  if (now - seenAt < rules.importWithinMs) return { category: 'due', reason: 'next import' };
  return { category: 'missing', reason: 'never imported', finding: 'notImported' };
}

const excluded = (reason: string): Place => ({ category: 'excluded', reason });

export const finishedInShop = ({ state }: Pick<ShopFact, 'state'>): boolean =>
  state === 'complete' || state === 'closed' || state === 'canceled';

/* ----- what the books say beside it ------------------------------------------------------------------------------ */

/** What does not tie out or was left undone. An order in attention has its say already and is not named twice. */
function booksOf(subject: Subject, rules: CensusRules, now: number): FindingCode[] {
  const { shop, store, run } = subject;
  if (!shop || (run !== undefined && run.attention !== null)) return [];
  const found: FindingCode[] = [];
  const claim = (broken: boolean, code: FindingCode): void => {
    if (broken) found.push(code);
  };
  const running = run?.status === 'running';
  const complete = run?.status === 'completed' && run.state === 'complete';
  const amounts = amountsOf(subject);
  claim(documentGone(subject), 'documentGone');
  claim(decimal(amounts.invoiced).greaterThan(shop.total), 'overInvoiced');
  claim(complete && !isZero(amounts.open), 'openAtEnd');
  if (!store) return found;
  // The shop's list does not tell tenders that an extension keeps; what was written does.
  const expected = money(decimal(shop.total).plus(maximum(shop.tenders, store.tenders)));
  const asWritten = store.document === 'open' && !store.edited && store.tickets.length === 0;
  claim(asWritten && store.total !== null && store.total !== expected, 'documentDiffers');
  claim(isCaptured(shop, rules) && capturesDiffer(shop, store), 'capturesDiffer');
  const spare = byHand(shop, store).length - uninvoiced(shop, store).length;
  claim(running && spare > 0, 'manualInvoice');
  const missing = paidAtSale(shop, store) ? 0 : -spare;
  claim(run?.status === 'completed' && run.state !== 'skipped' && missing > 0, 'releasedAfterEnd');
  const waits = shop.state === 'holded' || shop.state === 'payment_review';
  const unseen = store.shopSeen !== null && !sameFingerprint(store.shopSeen, shop.fingerprint);
  const late = now - Date.parse(shop.updatedAt) > rules.wakeWithinMs;
  claim(running && !found.includes('manualInvoice') && ((!waits && missing > 0) || (unseen && late)), 'asleep');
  return found;
}

function documentGone({ store, run }: Subject): boolean {
  if (run === undefined || run.state === 'cancelled' || run.state === 'skipped') return false;
  if (store) return store.document === 'gone' && (run.status === 'running' || run.status === 'completed');
  return run.state !== 'imported';
}

const stands = (invoice: InvoiceFact): boolean => invoice.state !== 'canceled';
const live = (store: StoreFact): StoreFact['tickets'] => store.tickets.filter((ticket) => !ticket.voided);

/** Invoices without a marker that are younger than the document: the shop's own at sale are older. */
const byHand = (shop: ShopFact, store: StoreFact): InvoiceFact[] =>
  shop.invoices.filter(
    (invoice) =>
      stands(invoice) && invoice.ticket === null && Date.parse(invoice.createdAt) >= Date.parse(store.writtenAt),
  );

const uninvoiced = (shop: ShopFact, store: StoreFact): StoreFact['tickets'] =>
  live(store).filter(
    (ticket) =>
      !paidAtSale(shop, store) && !shop.invoices.some((invoice) => stands(invoice) && invoice.ticket === ticket.guid),
  );

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

/** Charged against released; each row of each ticket may be rounded by a cent, and the shop's own tenders pay first. */
function capturesDiffer(shop: ShopFact, store: StoreFact): boolean {
  const tickets = live(store).filter((ticket) =>
    shop.invoices.some((each) => stands(each) && each.ticket === ticket.guid),
  );
  const charged = sum(
    shop.invoices.filter((each) => stands(each) && each.captured && each.ticket !== null).map(({ total }) => total),
  );
  const difference = sum(tickets.map(({ amount }) => amount)).minus(charged);
  const rounding = CENT.times(Math.max(1, store.lines)).times(tickets.length);
  return (
    difference.lessThan(rounding.negated()) ||
    difference.greaterThan(rounding.plus(maximum(shop.tenders, store.tenders)))
  );
}

/* ----- money ------------------------------------------------------------------------------------------------------- */

export interface Amounts {
  readonly ordered: Money;
  readonly invoiced: Money;
  readonly cancelled: Money;
  /** ordered − invoiced − cancelled, never below zero. */
  readonly open: Money;
  readonly document: Money | null;
  readonly tickets: Money;
  readonly captured: Money;
}

/** One order's money as the shop and the store book it. */
export function amountsOf({ shop, store }: Subject): Amounts {
  const standing = (shop?.invoices ?? []).filter(stands);
  const ordered = decimal(shop?.total ?? 0);
  const invoiced = sum(standing.map(({ total }) => total));
  const rest = ordered.minus(invoiced);
  // The shop counts what was not paid as cancelled, an invoice that is still unpaid included.
  const cancelled = rest.isNegative()
    ? decimal(0)
    : rest.lessThan(shop?.cancelled ?? 0)
      ? rest
      : decimal(shop?.cancelled ?? 0);
  const open = rest.minus(cancelled);
  return {
    ordered: money(ordered),
    invoiced: money(invoiced),
    cancelled: money(cancelled),
    open: money(open.isNegative() ? 0 : open),
    document: store?.total ?? null,
    tickets: money(sum((store ? live(store) : []).map(({ amount }) => amount))),
    captured: money(sum(standing.filter(({ captured }) => captured).map(({ total }) => total))),
  };
}
