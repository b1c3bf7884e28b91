import { WorkflowNotFoundError, type WorkflowExecutionInfo } from '@temporalio/client';
import { NEWEST_RUN, ordersOf, RUNNING } from '../domain/engine-names';
import { defineSearchAttributeKey } from '@temporalio/common';
import type { RunFact, RunStatus } from '../domain/census';
import { orderWorkflowId, parseOrderWorkflowId } from '../domain/identities';
import type { SearchAttributeName } from '../domain/search-attributes';
import type { Deps } from './deps';

/**
 * Every open order and those begun since an instant, from the engine's index. The index lags behind by moments: what it
 * says or leaves out is confirmed by `describeRun` before anything rests on it.
 */
export async function listRuns({ client, settings }: Deps, since: string): Promise<RunFact[]> {
  const query = [ordersOf(settings.instance), NEWEST_RUN, `(${RUNNING} OR StartTime >= '${since}')`].join(' AND ');
  const newest = new Map<string, WorkflowExecutionInfo>();
  for await (const run of client.workflow.list({ query })) {
    const before = newest.get(run.workflowId);
    if (!before || before.startTime < run.startTime) newest.set(run.workflowId, run);
  }
  return [...newest.values()].map(factOf);
}

/** The newest run of one order, from the engine itself; undefined: it knows none. */
export async function describeRun({ client, settings }: Deps, order: string): Promise<RunFact | undefined> {
  try {
    return factOf(await client.workflow.getHandle(orderWorkflowId(settings.instance, order)).describe());
  } catch (error) {
    if (error instanceof WorkflowNotFoundError) return undefined;
    throw error;
  }
}

type Page = Awaited<ReturnType<Deps['client']['workflowService']['getWorkflowExecutionHistoryReverse']>>;

/** Whoever asked the engine to cancel this run, in the engine's words (a login, or a process and its host); null: nobody named. */
export async function cancelRequestedBy({ client }: Deps, workflowId: string, runId: string): Promise<string | null> {
  let nextPageToken = new Uint8Array();
  do {
    const page: Page = await client.workflowService.getWorkflowExecutionHistoryReverse({
      namespace: client.options.namespace,
      execution: { workflowId, runId },
      nextPageToken,
    });
    for (const { workflowExecutionCancelRequestedEventAttributes: request } of page.history?.events ?? [])
      if (request) return request.identity === '' ? null : (request.identity ?? null);
    nextPageToken = Uint8Array.from(page.nextPageToken);
  } while (nextPageToken.length > 0);
  return null;
}

const STATUS: Readonly<Record<string, RunStatus>> = {
  COMPLETED: 'completed',
  TERMINATED: 'terminated',
  FAILED: 'failed',
  TIMED_OUT: 'timedOut',
  CANCELLED: 'cancelled',
};

type Shown = Pick<
  WorkflowExecutionInfo,
  'workflowId' | 'status' | 'startTime' | 'closeTime' | 'memo' | 'typedSearchAttributes'
>;

/** Since when an order's run has stood where it stands, as an ISO instant. */
export function sinceOf({ memo, startTime, closeTime }: Pick<Shown, 'memo' | 'startTime' | 'closeTime'>): string {
  if (closeTime) return closeTime.toISOString();
  const since = memo?.['since'];
  return typeof since === 'string' ? since : startTime.toISOString();
}

function factOf(run: Shown): RunFact {
  const keyword = (name: SearchAttributeName): string | null =>
    run.typedSearchAttributes.get(defineSearchAttributeKey(name, 'KEYWORD')) ?? null;
  return {
    order: parseOrderWorkflowId(run.workflowId)?.order ?? keyword('CantusOrder') ?? run.workflowId,
    status: STATUS[run.status.name] ?? 'running',
    state: keyword('CantusState') ?? 'imported',
    attention: keyword('CantusAttention'),
    since: sinceOf(run),
  };
}
