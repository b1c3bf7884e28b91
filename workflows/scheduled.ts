import { LIMITS } from '../domain/limits';
import type { ImportReport, WatchReport } from '../passes/reports';
import { workflowInfo } from '@temporalio/workflow';
import { pass } from './policies';

interface Passed {
  /** Instant up to which the shop was seen, by the shop's own clock. */
  readonly until: string;
  readonly passes: number;
}

const lastPass = (): Passed | undefined => workflowInfo().lastResult as Passed | undefined;

/** One scheduled pass over the shop's new orders; the next pass goes on from what this one returns. */
export async function importOrders(): Promise<ImportReport & Passed> {
  const last = lastPass();
  const full = !last || last.passes >= LIMITS.fullImportEvery;
  const report = await pass.importOrders({ since: full ? null : last.until });
  return { ...report, passes: full ? 1 : last.passes + 1 };
}

/** One scheduled pass over what the store's staff did in Counterpoint. */
export async function watchCounterpoint(): Promise<WatchReport> {
  return await pass.watchCounterpoint();
}

/** One scheduled pass over what changed in the shop, and over the orders where nothing does. */
export async function watchMagento(): Promise<WatchReport & Passed> {
  const last = lastPass();
  await pass.watchAges();
  const report = await pass.watchMagento({ since: last?.until ?? null });
  return { ...report, passes: (last?.passes ?? 0) + 1 };
}
