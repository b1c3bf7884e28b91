import type { Memory } from './remembered';
import type { OrderState } from './lifecycle';
import { isOutage } from './outage';
import type { Problem, Step } from './steps';

/** The shop answered, and has no such order: deleted there, or the connection goes to another shop. */
const GONE = 'orderNotFound';

/** A person said that an order which is in the shop no longer is settled: nothing is left to look for. */
export const isSettledAndGone = (problem: Problem, memory: Memory): boolean =>
  problem.code === GONE && memory.confirmedCancelled === true;

/** What an order does that cannot be looked at: it waits, or ends where a person said so (P-25). */
export function unseen(order: string, problem: Problem, state: OrderState, memory: Memory): Step {
  if (isOutage(problem)) return { next: 'wait', for: 'outage', state };
  if (isSettledAndGone(problem, memory)) {
    return {
      next: 'end',
      state: 'cancelled',
      why: 'It is in the shop no longer, and a person confirmed that it is settled.',
    };
  }
  const { reason, message, code, action } = problem;
  const waits = { next: 'wait', for: 'shop', state } as const;
  if (code !== GONE) return { ...waits, attention: { reason, message, code, repairs: ['retry'], action } };
  const whenDeleted = `If it was deleted there, cancel order ${order} in Counterpoint, pull back what was released, then confirm that it is settled: the order ends as cancelled.`;
  return {
    ...waits,
    attention: { reason, message: `${message} ${whenDeleted}`, code, repairs: ['retry', 'confirmCancelled'], action },
  };
}
