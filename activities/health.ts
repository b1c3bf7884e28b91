import {
  ScheduleNotFoundError,
  WorkflowNotFoundError,
  type ScheduleExecutionStartWorkflowActionResult,
  type WorkflowExecutionDescription,
} from '@temporalio/client';
import { healthOf, silentSince, type ClockFact, type HealthFinding, type ScheduleFact } from '../domain/health';
import { SCHEDULE_KINDS, scheduleId, type ScheduleKind } from '../domain/identities';
import { storeDay } from '../domain/time';
import type { Deps } from './deps';
import type { News } from './tell-once';

/** A long pass over a backlog is at work, not dead. */
const LONGEST_PASS_MS = 3_600_000;
/** Events of a run that no worker has taken up. */
const UNTOUCHED_EVENTS = 3;

/**
 * Looks at the instance itself: do orders come, do the passes run, do the clocks agree (P-04, P-20). Reads only.
 * @param since where the watch of the shop goes on from, when this is part of its pass
 */
export async function checkHealth(deps: Deps, pass?: { readonly since: string | null }): Promise<HealthFinding[]> {
  const now = new Date().toISOString();
  const [schedules, clocks, ordersCame] = await Promise.all([
    schedulesOf(deps),
    clocksOf(deps),
    didOrdersCome(deps, now),
  ]);
  const watermark = pass && {
    since: pass.since,
    firstPass: pass.since === null && !(await hasFinished(deps, 'watch-magento')),
  };
  return healthOf({ now, ordersCame, schedules, clocks, ...(watermark ? { watermark } : {}) }, deps.settings);
}

/** The same trouble is told once a day at most, by the store's calendar. */
export const healthNews = ({ settings }: Deps, finding: HealthFinding): News => ({
  key: `Y:${finding.code}:${finding.about}:${storeDay(new Date().toISOString(), settings.timezone)}`,
  code: finding.code,
  subject: `Instance ${settings.instance}: ${finding.message}`,
  text: `${finding.message} ${finding.remedy}`,
  owner: finding.owner,
});

async function didOrdersCome({ settings, shop }: Deps, now: string): Promise<boolean | null> {
  const since = settings.silence && silentSince(now, settings.silence, settings.timezone);
  if (since === null) return null;
  const { storeViews } = settings.magento.import;
  const page = await shop.candidates({ statuses: [], from: since, storeViews, pageSize: 1 });
  return page.orders.length + page.parked.length > 0;
}

const schedulesOf = (deps: Deps): Promise<ScheduleFact[]> =>
  Promise.all(SCHEDULE_KINDS.map((kind) => scheduleOf(deps, kind)));

/** Has any recent pass come to its end? The one that asks is still at work. */
async function hasFinished({ client, settings }: Deps, kind: ScheduleKind): Promise<boolean> {
  const schedule = await client.schedule
    .getHandle(scheduleId(settings.instance, kind))
    .describe()
    .catch((error: unknown) => {
      if (!(error instanceof ScheduleNotFoundError)) throw error;
    });
  const runs = await Promise.all(
    (schedule?.info.recentActions ?? []).map(({ action: { workflow } }) => passOf(client, workflow)),
  );
  return runs.some((run) => run?.status.name === 'COMPLETED');
}

/** One pass as the engine knows it; undefined: it has forgotten it. */
async function passOf(
  client: Deps['client'],
  { workflowId, firstExecutionRunId }: ScheduleExecutionStartWorkflowActionResult['workflow'],
): Promise<WorkflowExecutionDescription | undefined> {
  try {
    return await client.workflow.getHandle(workflowId, firstExecutionRunId).describe();
  } catch (error) {
    if (error instanceof WorkflowNotFoundError) return undefined;
    throw error;
  }
}

async function scheduleOf(deps: Deps, kind: ScheduleKind): Promise<ScheduleFact> {
  try {
    const { state, info } = await deps.client.schedule.getHandle(scheduleId(deps.settings.instance, kind)).describe();
    const runs = info.recentActions.map(({ action }) => action).reverse();
    return {
      kind,
      exists: true,
      paused: state.paused,
      createdAt: info.createdAt.toISOString(),
      lastSuccess: await lastSuccess(deps, runs),
    };
  } catch (error) {
    if (!(error instanceof ScheduleNotFoundError)) throw error;
    return { kind, exists: false, paused: false, createdAt: null, lastSuccess: null };
  }
}

/** Newest first; one that is at work counts as well as one that has succeeded. */
async function lastSuccess(
  { client }: Deps,
  runs: readonly ScheduleExecutionStartWorkflowActionResult[],
): Promise<string | null> {
  for (const { workflow } of runs) {
    const run = await passOf(client, workflow);
    if (run?.status.name === 'COMPLETED') return (run.closeTime ?? run.startTime).toISOString();
    const working = run?.status.name === 'RUNNING' && run.historyLength > UNTOUCHED_EVENTS;
    if (working && Date.now() - run.startTime.getTime() < LONGEST_PASS_MS) return run.startTime.toISOString();
  }
  return null;
}

async function clocksOf({ shop, store }: Deps): Promise<ClockFact[]> {
  return await Promise.all([compare('shop', () => shop.clock()), compare('counterpoint', () => store.clock())]);
}

/** Against the middle of the time the answer took. */
async function compare(of: ClockFact['of'], ask: () => Promise<string>): Promise<ClockFact> {
  const before = Date.now();
  const told = Date.parse(await ask());
  return { of, aheadMs: Math.round(told - (before + Date.now()) / 2) };
}
