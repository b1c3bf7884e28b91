import { LIMITS } from '../../domain/limits';
import { WorkflowNotFoundError, type WorkflowHandle } from '@temporalio/client';
import { orderWorkflowId } from '../../domain/identities';
import type { Settings } from '../../domain/settings';
import { CannotRun } from '../output';
import type { Engine } from '../session';

/**
 * Asks one order something and turns the engine's errors into sentences.
 * @throws CannotRun when the order is unknown, has ended, or no worker answers
 */
export async function askOrder<T>(
  engine: Engine,
  settings: Settings,
  order: string,
  ask: (handle: WorkflowHandle) => Promise<T>,
): Promise<T> {
  const handle = engine.client.workflow.getHandle(orderWorkflowId(settings.instance, order));
  try {
    return await engine.connection.withDeadline(Date.now() + LIMITS.answerMs, () => ask(handle));
  } catch (error) {
    if (error instanceof WorkflowNotFoundError) {
      throw new CannotRun(
        `Order ${order} is not known to instance ${settings.instance}, or has already ended. \`cantus orders list\` shows what is.`,
      );
    }
    if (isNoAnswer(error)) {
      throw new CannotRun(
        `No worker of instance ${settings.instance} answers for order ${order}. Start one with \`cantus worker\`.`,
        { cause: error },
      );
    }
    throw error;
  }
}

/** Nobody answered in time. */
export const isNoAnswer = (error: unknown): boolean => {
  const text = error instanceof Error ? `${error.name} ${error.message} ${String(error.cause)}` : '';
  return /DEADLINE_EXCEEDED|deadline|no poller|CANCELLED/i.test(text);
};
