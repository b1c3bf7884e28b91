import { ATTENTION, type AttentionReason, type Owner } from '../order/attention';
import { decimal, money, sum, type Money } from '../money';
import { accountFor, CATEGORIES, type Account, type Category } from './account';
import { amountsOf, type Amounts } from './amounts';
import type { CensusFacts, Subject } from './facts';
import { ruleOf, type FindingCode } from './findings';
import { codesByOrder, type LateNews } from './late-news';
import type { CensusRules } from './rules';
import { storeDay } from '../time';

/** One order of the statement; no personal data. */
export interface Entry extends Amounts {
  readonly order: string;
  readonly category: Category;
  readonly reason: string;
  readonly shopState: string | null;
  readonly shopStatus: string | null;
  readonly counterpoint: 'open' | 'history' | 'gone' | null;
  /** Whose move it is; null: nobody's. */
  readonly owner: Owner | null;
  /** ISO instants: placed in the shop, and in its present state since. */
  readonly placed: string | null;
  readonly since: string | null;
  /** What people were told of it after its end; null: nothing lately. */
  readonly afterEnd: string | null;
}

export interface Finding {
  readonly code: FindingCode | AttentionReason;
  readonly order: string;
  readonly message: string;
  readonly owner: Owner;
  readonly remedy: string;
  /** What the census did about it; null: somebody has to. */
  readonly healed: 'started' | 'woken' | null;
}

export interface CategorySum {
  readonly category: Category;
  readonly orders: number;
  readonly total: Money;
}

/** A refund or a return that came after the end of its order (P-16). */
export interface LateRefund {
  readonly order: string;
  readonly side: 'shop' | 'counterpoint';
  readonly number: string;
  readonly amount: Money;
  /** Told to the other side's people by this run. */
  readonly news: boolean;
}

export interface HealthNote {
  readonly code: string;
  readonly message: string;
  readonly owner: Owner;
}

export interface Statement {
  readonly instance: string;
  readonly environment: 'test' | 'live';
  readonly timezone: string;
  /** ISO instants: orders placed from … on, as they stood at … */
  readonly from: string;
  readonly at: string;
  readonly orders: readonly Entry[];
  readonly categories: readonly CategorySum[];
  readonly money: Amounts;
  /** Every order once, and the categories' sums make the shop's. */
  readonly tiesOut: boolean;
  readonly findings: readonly Finding[];
  readonly afterTheEnd: readonly LateRefund[];
  /** Since the store's day before began. */
  readonly changedAfterEnd: readonly LateNews[];
  readonly health: readonly HealthNote[];
  /** Findings that the census could not heal, and what is wrong with the instance itself. */
  readonly attention: number;
}

/** `<instance>-<day>`, by the store's calendar: what its files are called. */
export const statementName = ({ instance, at, timezone }: Statement): string => `${instance}-${storeDay(at, timezone)}`;

/** Everything known, order by order; what is only parked stands under its number, or its key. */
export function subjectsOf(facts: CensusFacts): Subject[] {
  const shop = new Map(facts.shop.map((fact) => [fact.order, fact]));
  const store = new Map(facts.store.map((fact) => [fact.order, fact]));
  const runs = new Map(facts.runs.map((fact) => [fact.order, fact]));
  const byEntity = new Map([...facts.store, ...facts.shop].map((fact) => [String(fact.entityId), fact.order]));
  const parked = new Map(
    facts.parked.map((fact) => [byEntity.get(fact.key) ?? fact.order ?? `record ${fact.key}`, fact]),
  );
  const orders = new Set([...shop.keys(), ...store.keys(), ...runs.keys(), ...parked.keys()]);
  return [...orders].sort(byNumber).map((order) => ({
    order,
    shop: shop.get(order),
    store: store.get(order),
    run: runs.get(order),
    parked: parked.get(order),
    decided: facts.decided?.get(order),
  }));
}

const byNumber = (a: string, b: string): number => a.localeCompare(b, 'en', { numeric: true });

export interface Accounted {
  readonly subject: Subject;
  readonly account: Account;
}

export const accounts = (facts: CensusFacts, rules: CensusRules, now: number): Accounted[] =>
  subjectsOf(facts).map((subject) => ({ subject, account: accountFor(subject, rules, now) }));

/** What a healed order became. */
export interface Healing {
  readonly order: string;
  readonly code: FindingCode;
  readonly did: 'started' | 'woken';
}

export interface StatementInput {
  readonly instance: string;
  readonly environment: 'test' | 'live';
  readonly timezone: string;
  readonly from: string;
  readonly at: string;
  readonly accounted: readonly Accounted[];
  readonly healings: readonly Healing[];
  readonly afterTheEnd: readonly LateRefund[];
  readonly changedAfterEnd: readonly LateNews[];
  readonly health: readonly HealthNote[];
}

/** The statement of one instance: every order exactly once, with counts and sums. */
export function statementOf(input: StatementInput): Statement {
  const { accounted, healings, afterTheEnd, changedAfterEnd, health, ...head } = input;
  const told = codesByOrder(changedAfterEnd);
  const orders = accounted.map(({ subject, account }) => entryOf(subject, account, told.get(subject.order)));
  const categories = CATEGORIES.map((category) => sumOf(category, orders));
  const findings = accounted.flatMap(({ subject, account }) => findingsOf(subject, account, healings));
  const numbers = new Set(orders.map(({ order }) => order));
  const ordered = sum(orders.map((entry) => entry.ordered));
  return {
    ...head,
    orders,
    categories,
    money: totals(orders),
    tiesOut:
      numbers.size === orders.length &&
      sum(categories.map((each) => each.total)).equals(ordered) &&
      orders.every((each) => decimal(each.invoiced).plus(each.open).plus(each.cancelled).equals(each.ordered)),
    findings,
    afterTheEnd,
    changedAfterEnd,
    health,
    attention: findings.filter(({ healed }) => healed === null).length + health.length,
  };
}

function entryOf(subject: Subject, account: Account, told: ReadonlySet<string> | undefined): Entry {
  const { shop, store, run } = subject;
  return {
    order: subject.order,
    category: account.category,
    reason: account.reason,
    shopState: shop?.state ?? null,
    shopStatus: shop?.status ?? null,
    counterpoint: store?.document ?? null,
    ...amountsOf(subject),
    owner: ownerOf(account),
    placed: shop?.createdAt ?? null,
    since: run?.since ?? null,
    afterEnd: told === undefined ? null : [...told].join(' '),
  };
}

/** An open order waits for the store's staff unless something says otherwise. */
function ownerOf({ category, reason, findings }: Account): Owner | null {
  if (category === 'attention') return attentionRule(reason)?.owner ?? 'agency';
  const [first] = findings;
  if (first !== undefined) return ruleOf(first).owner;
  if (category === 'open') return 'merchant';
  return category === 'due' ? 'agency' : null;
}

const attentionRule = (reason: string): (typeof ATTENTION)[AttentionReason] | undefined =>
  (ATTENTION as Readonly<Record<string, (typeof ATTENTION)[AttentionReason] | undefined>>)[reason];

function findingsOf(subject: Subject, account: Account, healings: readonly Healing[]): Finding[] {
  const { order } = account;
  const found = account.findings.map((code): Finding => {
    const rule = ruleOf(code);
    const healing = healings.find((each) => each.order === order && each.code === code);
    // Waking an order whose document is gone makes it ask; somebody still has to answer.
    const solved = healing !== undefined && SOLVED_BY_HEALING.includes(code);
    return {
      code,
      order,
      message: code === 'parked' && subject.parked ? subject.parked.reason : `Order ${order} ${rule.what}.`,
      owner: rule.owner,
      remedy: rule.remedy,
      healed: solved ? healing.did : null,
    };
  });
  if (account.category !== 'attention') return found;
  return [...found, attentionOf(order, account.reason)];
}

const SOLVED_BY_HEALING: readonly FindingCode[] = ['notImported', 'workflowMissing', 'asleep'];

const attentionOf = (order: string, reason: string): Finding => ({
  code: reason as AttentionReason,
  order,
  message: `Order ${order} waits for a person (${reason}).`,
  owner: attentionRule(reason)?.owner ?? 'agency',
  remedy: `\`cantus orders show ${order}\` says what differs and which repairs are possible.`,
  healed: null,
});

const sumOf = (category: Category, orders: readonly Entry[]): CategorySum => {
  const own = orders.filter((entry) => entry.category === category);
  return { category, orders: own.length, total: money(sum(own.map(({ ordered }) => ordered))) };
};

const totals = (orders: readonly Entry[]): Amounts => {
  const of = (amount: (entry: Entry) => Money | null): Money => money(sum(orders.map((entry) => amount(entry) ?? 0)));
  return {
    ordered: of((entry) => entry.ordered),
    invoiced: of((entry) => entry.invoiced),
    cancelled: of((entry) => entry.cancelled),
    open: of((entry) => entry.open),
    document: of((entry) => entry.document),
    tickets: of((entry) => entry.tickets),
    captured: of((entry) => entry.captured),
  };
};
