import { startOfStoreDay } from '../domain/time';
import type { Candidate } from '../magento';
import type { ImportReport, WatchReport } from './contract';
import type { Deps } from './deps';
import { inParallel } from './in-parallel';
import { addLateTracks } from './late-tracks';
import { signalOrder, startOrder } from './orders';

/** Signals and starts under way at once: fast enough for 500 in seconds, gentle to a shared engine. */
const AT_ONCE = 16;
const CHANGES_AT_ONCE = 500;
/** Lists in a report are for people; the rest of a long one is counted, not listed. */
const LISTED = 100;

export type Alive = () => void;

/** One pass over the shop's new orders: every candidate has a workflow afterwards, or is named as parked (P-18). */
export async function importPass(
  deps: Deps,
  since: string | null,
  alive: Alive,
): Promise<ImportReport & { until: string }> {
  const { import: filter } = deps.settings.magento;
  const until = new Date().toISOString();
  const known = new Set((await deps.store.parked()).map((record) => record.key));
  const report = {
    found: 0,
    started: 0,
    already: 0,
    skipped: [] as { order: string; reason: string }[],
    parked: [] as { order: string | null; reason: string }[],
  };
  let after: number | null = 0;
  while (after !== null) {
    const page: Awaited<ReturnType<typeof deps.shop.candidates>> = await deps.shop.candidates({
      statuses: filter.statuses,
      from: startOfStoreDay(filter.from, deps.settings.timezone),
      storeViews: filter.storeViews,
      pageSize: filter.pageSize,
      after,
      ...(since === null ? {} : { updatedSince: since }),
    });
    alive();
    for (const record of page.parked) {
      await deps.store.park(record);
      deps.log({ instance: deps.settings.instance, order: record.order, reason: record.reason }, 'order parked');
      report.parked.push({ order: record.order, reason: record.reason });
    }
    const wanted = page.orders.filter((order) => keep(order, report.skipped));
    const started = await inParallel(wanted, AT_ONCE, (order) => startOrder(deps, order));
    for (const order of page.orders)
      if (known.has(String(order.entityId))) await deps.store.unpark(String(order.entityId));
    report.found += page.orders.length + page.parked.length;
    report.started += started.filter(Boolean).length;
    report.already += started.filter((each) => !each).length;
    after = page.next;
  }
  return { ...report, skipped: report.skipped.slice(0, LISTED), parked: report.parked.slice(0, LISTED), until };
}

/** An order whose status lags behind its end is not new business (C5-15). */
function keep(order: Candidate, skipped: { order: string; reason: string }[]): boolean {
  if (order.state !== 'complete' && order.state !== 'closed' && order.state !== 'canceled') return true;
  skipped.push({ order: order.incrementId, reason: `already ${order.state} in the shop` });
  return false;
}

/** One pass over what is new in Counterpoint: signal first, remember after, so that a crash between only signals twice. */
export async function watchCounterpointPass(deps: Deps, alive: Alive): Promise<WatchReport> {
  let changed = 0;
  let signalled = 0;
  for (;;) {
    const changes = await deps.store.changes(CHANGES_AT_ONCE);
    if (changes.length === 0) return { changed, signalled };
    const orders = [...new Set(changes.map((change) => change.order))];
    const answers = await inParallel(orders, AT_ONCE, (order) => signalOrder(deps, order));
    const unheard = changes.filter(({ order }) => answers[orders.indexOf(order)] === false);
    const pending = await addLateTracks(deps, unheard);
    await deps.store.markSeen(changes.filter((change) => !pending.includes(change)));
    changed += orders.length;
    signalled += answers.filter(Boolean).length;
    alive();
    // What stays unseen would be listed again at once; the next pass takes it up.
    if (pending.length > 0) return { changed, signalled };
  }
}

/** One pass over what changed in the shop: only orders whose state differs from what their workflow last saw. */
export async function watchMagentoPass(
  deps: Deps,
  since: string | null,
  alive: Alive,
): Promise<WatchReport & { until: string }> {
  const { changes, serverTime } = await deps.shop.changes(since ?? firstLook());
  alive();
  const known = await deps.store.shopFingerprints(changes.map((change) => change.incrementId));
  const differing = changes.filter(
    (change) => known.has(change.incrementId) && known.get(change.incrementId) !== change.fingerprint,
  );
  const answers = await inParallel(differing, AT_ONCE, (change) => signalOrder(deps, change.incrementId));
  for (const [at, change] of differing.entries()) {
    // Nobody is listening any more: remembered here, so that it is not found again with every pass.
    if (answers[at] === false) await deps.store.rememberShop(change.incrementId, change.fingerprint);
  }
  return { changed: differing.length, signalled: answers.filter(Boolean).length, until: serverTime };
}

/** Without a last pass to go on from, the last day is looked at. */
const firstLook = (): string => new Date(Date.now() - 24 * 3_600_000).toISOString();
