import { LIMITS } from '../domain/limits';
import { channelsOf, tellIncident } from './tell-incident';
import { SIGNAL } from '../domain/engine-names';
import { ApplicationFailure } from '@temporalio/common';
import {
  ScheduleNotFoundError,
  WorkflowNotFoundError,
  type ScheduleExecutionStartWorkflowActionResult,
  type WorkflowExecutionDescription,
} from '@temporalio/client';
import {
  healthOf,
  IN_A_ROW,
  silentSince,
  type ClockFact,
  type HealthFinding,
  type PassFact,
  type ScheduleFact,
} from '../domain/people/health';
import { incidentWorkflowId, SCHEDULE_KINDS, scheduleId, type ScheduleKind } from '../domain/identities';
import type { Report } from '../domain/people/notification';
import { isOutage } from '../domain/order/outage';
import { storeDay } from '../domain/time';
import type { Deps } from './deps';
import { tellOnce, type News, type Send } from './tell-once';

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

/**
 * Tells people what is wrong with the instance: passes that fail as an incident, which says a last word when they are well
 * again (P-27), everything else once a day. The log gets all of it.
 * @param channels none: nobody is to be told, as when a person runs the census
 */
export async function tellHealth(
  deps: Deps,
  findings: readonly HealthFinding[],
  channels: Readonly<Record<string, Send>>,
): Promise<void> {
  const failing = findings.filter(({ code }) => code === 'passesFail');
  const others = findings.filter(({ code }) => code !== 'passesFail');
  const news = (some: readonly HealthFinding[]): News[] => some.map((finding) => healthNews(deps, finding));
  if (Object.keys(channels).length > 0) await tellPasses(deps, failing);
  await tellOnce(deps, news(failing), {});
  await tellOnce(deps, news(others), channels);
}

/** Schedules that are listed no more are well again: the incident tells that as well. */
async function tellPasses(deps: Deps, failing: readonly HealthFinding[]): Promise<void> {
  const reports = failing.map(({ about, message, remedy }): Report => ({
    kind: 'raised',
    order: about,
    action: 'passes',
    message: `${message} ${remedy}`,
  }));
  const incident = incidentWorkflowId(deps.settings.instance, 'passesFail');
  await tellIncident(deps, incident, 'passesFail', SIGNAL.reportAll, reports);
}

/**
 * Looks at the passes alone: whoever's own work has just failed can still tell of it. What an outage explains is told as an
 * outage, by its circuit.
 */
export async function tellOfPasses(deps: Deps): Promise<void> {
  if (channelsOf(deps.settings).length === 0) return;
  const schedules = await schedulesOf(deps);
  const facts = { now: new Date().toISOString(), ordersCame: null, schedules, clocks: [] };
  await tellPasses(
    deps,
    healthOf(facts, deps.settings).filter(({ code }) => code === 'passesFail'),
  );
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
      ...(await pastPasses(deps, runs)),
    };
  } catch (error) {
    if (!(error instanceof ScheduleNotFoundError)) throw error;
    return { kind, exists: false, paused: false, createdAt: null, lastSuccess: null, passes: [] };
  }
}

/** Newest first; one that is at work counts as a success as well as one that has succeeded. */
async function pastPasses(
  { client }: Deps,
  runs: readonly ScheduleExecutionStartWorkflowActionResult[],
): Promise<Pick<ScheduleFact, 'lastSuccess' | 'passes'>> {
  const passes: PassFact[] = [];
  let lastSuccess: string | null = null;
  for (const { workflow } of runs) {
    const run = await passOf(client, workflow);
    if (run === undefined) continue;
    lastSuccess ??= successOf(run);
    if (passes.length < IN_A_ROW + 1) passes.push(await endOf(client, run));
    else if (lastSuccess !== null) break;
  }
  return { lastSuccess, passes };
}

function successOf(run: WorkflowExecutionDescription): string | null {
  if (run.status.name === 'COMPLETED') return (run.closeTime ?? run.startTime).toISOString();
  const working = run.status.name === 'RUNNING' && run.historyLength > UNTOUCHED_EVENTS;
  return working && Date.now() - run.startTime.getTime() < LIMITS.longestPassMs ? run.startTime.toISOString() : null;
}

async function endOf(client: Deps['client'], run: WorkflowExecutionDescription): Promise<PassFact> {
  const tookMs = (run.closeTime?.getTime() ?? Date.now()) - run.startTime.getTime();
  const { name } = run.status;
  if (name === 'COMPLETED') return { end: 'done', tookMs };
  if (name === 'RUNNING') return { end: 'working', tookMs };
  if (name !== 'FAILED') return { end: 'failed', tookMs };
  const code = await client.workflow
    .getHandle(run.workflowId, run.runId)
    .result()
    .then(() => '', failureCode);
  return { end: isOutage({ code }) ? 'outage' : 'failed', tookMs };
}

/** The code of the activity's failure that the run ended by. */
function failureCode(error: unknown): string {
  for (let each = error; each instanceof Error; each = each.cause)
    if (each instanceof ApplicationFailure) return each.type ?? '';
  return '';
}

async function clocksOf({ shop, target }: Deps): Promise<ClockFact[]> {
  return await Promise.all([compare('shop', () => shop.clock()), compare('counterpoint', () => target.clock())]);
}

/** Against the middle of the time the answer took. */
async function compare(of: ClockFact['of'], ask: () => Promise<string>): Promise<ClockFact> {
  const before = Date.now();
  const told = Date.parse(await ask());
  return { of, aheadMs: Math.round(told - (before + Date.now()) / 2) };
}
