import { LIMITS } from '../../domain/limits';
import { WorkflowUpdateFailedError, WorkflowUpdateStage } from '@temporalio/client';
import { QUERY, UPDATE } from '../../domain/engine-names';
import type { OrderView } from '../../domain/people/order-view';
import type { Repair } from '../../domain/order/repair';
import type { Settings } from '../../domain/settings';
import { CannotRun } from '../output';
import type { Engine } from '../session';
import { askOrder, isNoAnswer } from './handle';

/** Where a repair goes, and how long somebody waits for what comes of it. */
export interface Desk {
  readonly engine: Engine;
  readonly settings: Settings;
  readonly waitMs: number;
}

/** The order itself answers within this, done or not. */
export const WAIT_SECONDS = LIMITS.repairAnswerMs / 1_000;

/**
 * Sends the repair and waits for what comes of it.
 * @returns the order; `stillAtIt` where shop or database are slower than the person is patient
 * @throws CannotRun with the sentence of a refusal, or when no worker answers
 */
export async function sendRepair(
  { engine, settings, waitMs }: Desk,
  order: string,
  repair: Repair,
): Promise<OrderView> {
  const update = await askOrder(engine, settings, order, (handle) =>
    handle.startUpdate<OrderView, [Repair]>(UPDATE.repair, {
      args: [repair],
      waitForStage: WorkflowUpdateStage.ACCEPTED,
    }),
  ).catch((error: unknown) => refusal(isUnanswered(error) ? perhapsLater(error) : error));
  try {
    return await engine.connection.withDeadline(Date.now() + waitMs, () => update.result());
  } catch (error) {
    if (!isNoAnswer(error)) return refusal(error);
    return { ...(await viewOf(engine, settings, order).catch(taken)), stillAtIt: true };
  }
}

const isUnanswered = (error: unknown): error is CannotRun =>
  error instanceof CannotRun && error.cause !== undefined && isNoAnswer(error.cause);

/** The engine may hand it to the next worker that comes. */
const perhapsLater = (error: CannotRun): CannotRun =>
  new CannotRun(`${error.message} The repair may be taken when one runs: look at the order before you send it again.`, {
    cause: error,
  });

const taken = (error: unknown): never => {
  throw isUnanswered(error)
    ? new CannotRun(`${error.message} The repair was taken and is done once one runs: do not send it again.`, {
        cause: error,
      })
    : error;
};

export const viewOf = (engine: Engine, settings: Settings, order: string): Promise<OrderView> =>
  askOrder(engine, settings, order, (handle) => handle.query<OrderView>(QUERY.status));

/** Said of a repair that nobody need send again. */
export const stillAtIt = (order: string): string =>
  `Order ${order} has taken the repair and is still at it: nothing has to be sent again. \`cantus orders show ${order}\` tells how it went.`;

/** 0: nobody is needed; 1: somebody is, or it is not known yet whether. */
export const repairExit = ({ attention, stillAtIt }: OrderView): 0 | 1 => (attention || stillAtIt ? 1 : 0);

const refusal = (error: unknown): never => {
  if (error instanceof WorkflowUpdateFailedError) throw new CannotRun(error.cause?.message ?? error.message);
  throw error;
};
