import { channelsOf, tellIncident } from './tell-incident';
import { ordersOf, RUNNING, SIGNAL } from '../domain/engine-names';
import { DateTime } from 'luxon';
import type { Client } from '@temporalio/client';
import { incidentWorkflowId, parseOrderWorkflowId } from '../domain/identities';
import type { Report } from '../domain/people/notification';
import type { Settings } from '../domain/settings';
import type { AgeReport } from './reports';
import type { Deps } from './deps';

type AgedState = keyof Settings['ageLimits'];

export interface Overdue {
  readonly order: string;
  readonly state: AgedState;
  /** ISO instant since when it is in that state. */
  readonly since: string;
}

/** More than this are one and the same fault: the count of an incident need not be exact beyond it. */
const AT_MOST = 1_000;

/**
 * Orders that stay in a state longer than its age limit and are not in attention, oldest first. Read from the engine's
 * index, so that a healthy order needs no timer and is never woken for its age (P-04, P-20).
 */
export async function overdueOrders(client: Client, settings: Settings, now = Date.now()): Promise<Overdue[]> {
  const found: Overdue[] = [];
  for (const [state, seconds] of Object.entries(settings.ageLimits) as [AgedState, number][]) {
    const before = new Date(now - seconds * 1_000);
    const query = [
      ordersOf(settings.instance),
      RUNNING,
      `CantusState = '${state}'`,
      `CantusAttention IS NULL`,
      `StartTime < '${before.toISOString()}'`,
    ].join(' AND ');
    for await (const run of client.workflow.list({ query })) {
      const since = inStateSince(run.memo, run.startTime);
      const order = parseOrderWorkflowId(run.workflowId)?.order;
      if (order !== undefined && since < before.toISOString()) found.push({ order, state, since });
      if (found.length >= AT_MOST) break;
    }
  }
  return found.sort((a, b) => a.since.localeCompare(b.since));
}

const inStateSince = (memo: Record<string, unknown> | undefined, start: Date): string => {
  const since = memo?.['stateSince'];
  return typeof since === 'string' ? since : start.toISOString();
};

/** Tells people of them. The same list twice is told once. */
export async function tellOverdue({ client, settings }: Pick<Deps, 'client' | 'settings'>): Promise<AgeReport> {
  if (channelsOf(settings).length === 0) return { overdue: 0 };
  const overdue = await overdueOrders(client, settings);
  const reports = overdue.map(({ order, state, since }): Report => {
    const local = DateTime.fromISO(since, { zone: settings.timezone }).toFormat('yyyy-MM-dd HH:mm');
    return { kind: 'raised', order, action: state, message: `${state.replaceAll('_', ' ')} since ${local}.` };
  });
  const incident = incidentWorkflowId(settings.instance, 'overdue');
  await tellIncident({ client, settings }, incident, 'overdue', SIGNAL.reportAll, reports);
  return { overdue: overdue.length };
}
