import type { ImportReport } from './reports';
import { LIMITS } from '../domain/limits';
import type { Candidate, CandidatePage } from '../domain/ports/shop';
import { startOfStoreDay } from '../domain/time';
import type { Alive, Deps } from './deps';
import { inParallel } from './in-parallel';
import { giveOrderKeys } from './order-keys';
import { startOrder } from './orders';

/** Lists in a report are for people; the rest of a long one is counted, not listed. */
const LISTED = 100;

/**
 * How far the passes have come, opaque to everybody else: new orders are found by their entity_id, whatever the shop's
 * clock says, and older ones that became ready since by the time of their last change.
 */
interface Cursor {
  readonly lastId: number;
  readonly until: string;
}

const writeCursor = ({ lastId, until }: Cursor): string => `${until}#${String(lastId)}`;

function readCursor(text: string | null): Cursor | null {
  const [, until, lastId] = /^(.+)#(\d+)$/.exec(text ?? '') ?? [];
  return until === undefined || lastId === undefined ? null : { until, lastId: Number(lastId) };
}

interface Findings {
  found: number;
  started: number;
  already: number;
  lastId: number;
  readonly skipped: { order: string; reason: string }[];
  readonly parked: { order: string | null; reason: string }[];
  /** Entity ids met in this pass, so that nothing is counted twice. */
  readonly met: Set<number>;
}

/**
 * One pass over the shop's new orders: every candidate has a workflow afterwards, or is named as parked (P-18).
 * @param since what the last pass returned as `until`; null: all candidates, from the first
 */
export async function importPass(
  deps: Deps,
  since: string | null,
  alive: Alive,
): Promise<ImportReport & { until: string }> {
  const cursor = readCursor(since);
  const until = new Date(Date.now() - LIMITS.importOverlapMs).toISOString();
  const findings: Findings = {
    found: 0,
    started: 0,
    already: 0,
    lastId: cursor?.lastId ?? 0,
    skipped: [],
    parked: [],
    met: new Set(),
  };
  await takeAll(deps, findings, alive, { after: cursor?.lastId ?? 0 });
  if (cursor) {
    await takeAll(deps, findings, alive, { after: 0, updatedSince: cursor.until });
    await tryParkedAgain(deps, findings);
  }
  const { found, started, already, lastId } = findings;
  return {
    found,
    started,
    already,
    skipped: findings.skipped.slice(0, LISTED),
    parked: findings.parked.slice(0, LISTED),
    until: writeCursor({ lastId, until }),
  };
}

async function takeAll(
  deps: Deps,
  findings: Findings,
  alive: Alive,
  from: { readonly after: number; readonly updatedSince?: string },
): Promise<void> {
  let after: number | null = from.after;
  while (after !== null) {
    const page: CandidatePage = await listPage(deps, { ...from, after });
    alive();
    await takePage(deps, findings, page);
    after = page.next;
  }
}

const listPage = (
  { shop, settings }: Deps,
  query: { readonly after: number; readonly updatedSince?: string; readonly pageSize?: number },
): Promise<CandidatePage> => {
  const { import: filter } = settings.magento;
  return shop.candidates({
    statuses: filter.statuses,
    from: startOfStoreDay(filter.from, settings.timezone),
    storeViews: filter.storeViews,
    pageSize: filter.pageSize,
    ...query,
  });
};

async function takePage(deps: Deps, findings: Findings, page: CandidatePage): Promise<void> {
  for (const record of page.parked) {
    await deps.notebook.park(record);
    deps.log({ instance: deps.settings.instance, order: record.order, reason: record.reason }, 'order parked');
    findings.parked.push({ order: record.order, reason: record.reason });
    findings.found += 1;
    findings.lastId = Math.max(findings.lastId, Number(record.key) || 0);
  }
  const fresh = page.orders.filter((order) => !findings.met.has(order.entityId));
  for (const order of fresh) {
    findings.met.add(order.entityId);
    findings.lastId = Math.max(findings.lastId, order.entityId);
  }
  const wanted = fresh.filter((order) => isNewBusiness(order, findings));
  const keys = await giveOrderKeys(deps, wanted);
  const keyOf = ({ entityId, incrementId }: Candidate): string => keys.get(entityId) ?? incrementId;
  const ended = await deps.notebook.endedByDecision(wanted.map(keyOf));
  // Ended by a person's word, whether or not the engine still knows of it (P-26).
  const started = await inParallel(wanted, LIMITS.ordersAtOnce, async (order) =>
    ended.has(keyOf(order)) ? false : await startOrder(deps, keyOf(order), order),
  );
  findings.found += fresh.length;
  findings.started += started.filter(Boolean).length;
  findings.already += started.filter((each) => !each).length;
  await unparkAll(deps, fresh);
}

/** An order whose status lags behind its end is not new business (C5-15). */
function isNewBusiness(order: Candidate, findings: Findings): boolean {
  if (order.state !== 'complete' && order.state !== 'closed' && order.state !== 'canceled') return true;
  findings.skipped.push({ order: order.incrementId, reason: `already ${order.state} in the shop` });
  return false;
}

/** A parked record was left behind by the cursor; it is asked for by itself until it can be read. */
async function tryParkedAgain(deps: Deps, findings: Findings): Promise<void> {
  for (const { key } of await deps.notebook.parked()) {
    const id = Number(key);
    if (!Number.isInteger(id) || findings.met.has(id)) continue;
    const page = await listPage(deps, { after: id - 1, pageSize: 1 });
    await takePage(deps, findings, { ...page, orders: page.orders.filter((order) => order.entityId === id) });
  }
}

async function unparkAll(deps: Deps, orders: readonly Candidate[]): Promise<void> {
  const ids = new Set(orders.map((order) => String(order.entityId)));
  if (ids.size === 0) return;
  for (const { key } of await deps.notebook.parked()) if (ids.has(key)) await deps.notebook.unpark(key);
}
