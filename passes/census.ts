import {
  accounts,
  censusRules,
  ruleOf,
  statementOf,
  type Accounted,
  type CensusFacts,
  type Healing,
  type ShopFact,
  type Statement,
} from '../domain/census';
import { LIMITS } from '../domain/limits';
import { orderNumber } from '../domain/identities';
import { afterTheEnd } from './after-end';
import type { Deps } from './deps';
import { checkHealth, tellHealth } from './health';
import { shopCensus } from './census-shop';
import { lateNews } from './late-news';
import { inParallel } from './in-parallel';
import { giveOrderKeys } from './order-keys';
import { describeRun, listRuns } from './order-runs';
import { signalOrder, startOrder } from './orders';
import type { Send } from './tell-once';

const DAY_MS = 24 * 3_600_000;
const DAYS = 30;

export interface CensusOptions {
  /** Orders placed within so many days are counted, and every open one whatever its age. */
  readonly days?: number;
  /** False: gaps are only named. */
  readonly heal?: boolean;
  /** Whom to tell beside the log. */
  readonly channels?: Readonly<Record<string, Send>>;
}

/**
 * Compares shop, Counterpoint and the engine set by set, heals what can be healed and accounts for every order once
 * (P-02, X-02). Idempotent: an order is started once whoever asks, and a wake-up only makes it look.
 */
export async function takeCensus(deps: Deps, options: CensusOptions, alive: () => void): Promise<Statement> {
  const { instance, environment, timezone } = deps.settings;
  const now = Date.now();
  const from = new Date(now - (options.days ?? DAYS) * DAY_MS).toISOString();
  const rules = censusRules(deps.settings);
  const seen = await readFacts(deps, from, alive);
  const doubtful = accounts(seen, rules, now).filter(({ account }) => account.findings.length > 0);
  const facts = await lookAgain(deps, seen, doubtful);
  alive();
  const accounted = accounts(facts, rules, now);
  const healings = options.heal === false ? [] : await heal(deps, accounted);
  alive();
  const channels = options.channels ?? {};
  const refunds = await afterTheEnd(deps, { since: from, all: true, channels });
  const at = new Date(now).toISOString();
  const changedAfterEnd = await lateNews(deps, at, refunds);
  const health = await checkHealth(deps);
  await tellHealth(deps, health, channels);
  return statementOf({
    instance,
    environment,
    timezone,
    from,
    at,
    accounted,
    healings,
    afterTheEnd: refunds.map(({ key: _key, ...refund }) => refund),
    changedAfterEnd,
    health: health.map(({ code, message, owner, remedy }) => ({ code, message: `${message} ${remedy}`, owner })),
  });
}

/** The shop first: whatever happens while the census runs is then known to the other two rather than missing there. */
async function readFacts(deps: Deps, from: string, alive: () => void): Promise<CensusFacts> {
  const listed = await shopCensus(deps, { from });
  alive();
  const runs = await listRuns(deps, from);
  const rows = await deps.target.census({ since: from });
  alive();
  const known = new Set(listed.orders.map(({ order }) => order));
  const older = [...new Set([...runs, ...rows].map(({ order }) => order))].filter((order) => !known.has(order));
  const more = await shopCensus(deps, { keys: older });
  alive();
  const shop = [...listed.orders, ...more.orders];
  const written = new Set(rows.map(({ order }) => order));
  const rest = [...new Set([...shop, ...runs].map(({ order }) => order))].filter((order) => !written.has(order));
  const parked = new Map(
    [...(await deps.notebook.parked()), ...listed.parked, ...more.parked].map((record) => [record.key, record]),
  );
  const decided = await deps.notebook.decisionsOf([...new Set([...shop, ...rows].map(({ order }) => order))]);
  return {
    shop,
    runs,
    decided,
    store: [...rows, ...(await deps.target.census({ orders: rest }))],
    parked: [...parked.values()].map(({ key, order, reason }) => ({ key, order, reason })),
  };
}

/** Whatever would be named is looked at a second time, each place anew and the engine itself instead of its index. */
async function lookAgain(deps: Deps, seen: CensusFacts, doubtful: readonly Accounted[]): Promise<CensusFacts> {
  const orders = doubtful
    .filter(({ subject }) => subject.shop ?? subject.store ?? subject.run)
    .map(({ subject }) => subject.order);
  if (orders.length === 0) return seen;
  const runs = await inParallel(orders, LIMITS.ordersAtOnce, (order) => describeRun(deps, order));
  const { orders: shop } = await shopCensus(deps, { keys: orders });
  const store = await deps.target.census({ orders });
  const others = <T extends { readonly order: string }>(facts: readonly T[]): T[] =>
    facts.filter(({ order }) => !orders.includes(order));
  return {
    shop: [...others(seen.shop), ...shop],
    store: [...others(seen.store), ...store],
    runs: [...others(seen.runs), ...runs.filter((run) => run !== undefined)],
    parked: seen.parked,
    ...(seen.decided === undefined ? {} : { decided: seen.decided }),
  };
}

/** A closed workflow never runs twice: only an order that has none is started. */
async function heal(deps: Deps, accounted: readonly Accounted[]): Promise<Healing[]> {
  const wanted = accounted.flatMap(({ subject, account }) =>
    account.findings.flatMap((code) => {
      const { heals } = ruleOf(code);
      return heals === null ? [] : [{ code, heals, order: account.order, shop: subject.shop }];
    }),
  );
  const healings = await inParallel(
    wanted,
    LIMITS.ordersAtOnce,
    async ({ code, heals, order, shop }): Promise<Healing[]> => {
      if (heals === 'wake') return (await signalOrder(deps, order)) ? [{ order, code, did: 'woken' }] : [];
      return shop && (await startOrder(deps, await keyFor(deps, shop), shop)) ? [{ order, code, did: 'started' }] : [];
    },
  );
  for (const { order, code, did } of healings.flat()) {
    deps.log({ instance: deps.settings.instance, order, code, did, warning: true }, 'a gap was found by the census');
  }
  return healings.flat();
}

/** One that was never imported gets its key now, as by the import. */
const keyFor = async (deps: Deps, { entityId, order }: ShopFact): Promise<string> =>
  (await giveOrderKeys(deps, [{ entityId, incrementId: orderNumber(order) }])).get(entityId) ?? order;
