import type { EndState } from '../order/lifecycle';
import { booksOf } from './books';
import type { RunFact, ShopFact, Subject } from './facts';
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
  const { shop, run, store, parked, decided } = subject;
  if (!shop) {
    if (parked) return { category: 'parked', reason: 'cannot be read', finding: 'parked' };
    // Whoever decides something about its goods or money has not said yet that it may be gone.
    const isGivenUp = decided?.skip === true || decided?.confirmedCancelled === true;
    if (isGivenUp && decided.ended !== undefined && run?.status !== 'running') return endedBy(decided.ended);
    return { category: 'lost', reason: 'not in the shop', finding: 'notInShop' };
  }
  if (run?.status === 'running') return open(run);
  if (run?.status === 'completed') {
    return run.state === 'skipped'
      ? { category: 'skipped', reason: 'skipped' }
      : { category: 'ended', reason: run.state };
  }
  if (decided?.ended !== undefined && !run) return endedBy(decided.ended);
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

const endedBy = (end: EndState): Place => ({
  category: end === 'skipped' ? 'skipped' : 'ended',
  reason: `${end} by a decision`,
});

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
