import type { Candidate } from '../domain/ports/shop';
import { SIGNAL, WORKFLOW } from '../domain/engine-names';
import { WorkflowExecutionAlreadyStartedError, WorkflowNotFoundError } from '@temporalio/client';
import { defineSearchAttributeKey } from '@temporalio/common';
import { orderWorkflowId, taskQueue } from '../domain/identities';
import { SEARCH_ATTRIBUTES } from '../domain/search-attributes';
import type { OrderInput } from '../workflows/contract';
import type { Deps } from './deps';

type Startable = Pick<Candidate, 'entityId' | 'storeId' | 'total'>;

/**
 * Starts the workflow of one order. A running or a closed workflow of the same id is left alone, so that an order
 * never runs twice (design §3).
 * @param order its key
 * @returns whether this call started it
 */
export async function startOrder({ client, settings }: Deps, order: string, found: Startable): Promise<boolean> {
  const { instance } = settings;
  const input: OrderInput = { instance, order, entityId: found.entityId };
  try {
    await client.workflow.start(WORKFLOW.order, {
      workflowId: orderWorkflowId(instance, order),
      taskQueue: taskQueue(instance),
      args: [input],
      // A running one answers "already started" as a closed one does: the report can tell new from known.
      workflowIdConflictPolicy: 'FAIL',
      workflowIdReusePolicy: 'REJECT_DUPLICATE',
      staticSummary: `Order ${order} · ${found.total}`,
      typedSearchAttributes: [
        { key: defineSearchAttributeKey('CantusInstance', SEARCH_ATTRIBUTES.CantusInstance), value: instance },
        { key: defineSearchAttributeKey('CantusState', SEARCH_ATTRIBUTES.CantusState), value: 'imported' },
        { key: defineSearchAttributeKey('CantusOrder', SEARCH_ATTRIBUTES.CantusOrder), value: order },
        { key: defineSearchAttributeKey('CantusStore', SEARCH_ATTRIBUTES.CantusStore), value: String(found.storeId) },
        { key: defineSearchAttributeKey('CantusTotal', SEARCH_ATTRIBUTES.CantusTotal), value: Number(found.total) },
      ],
    });
    return true;
  } catch (error) {
    if (error instanceof WorkflowExecutionAlreadyStartedError) return false;
    throw error;
  }
}

/**
 * Tells an order to look again.
 * @returns false when no open workflow has this order: it ended, or was never imported
 */
export async function signalOrder({ client, settings }: Deps, order: string): Promise<boolean> {
  try {
    await client.workflow.getHandle(orderWorkflowId(settings.instance, order)).signal(SIGNAL.changed);
    return true;
  } catch (error) {
    if (error instanceof WorkflowNotFoundError) return false;
    throw error;
  }
}
