import { patched } from '@temporalio/workflow';
import type { Observation } from '../../domain/order/observation';
import { plan } from '../../domain/order/plan';
import { isShownUnreleased } from '../../domain/order/shop-flag';
import type { PlanRules, Problem, Step } from '../../domain/order/steps';
import { isSettledAndGone, unseen } from '../../domain/order/unseen';
import { look, store } from '../policies';
import type { OrderLife } from './life';
import { attempt } from './perform';

/*
 * Histories go on as they were written from before
 * - a part was told where the shop shows its status already,
 * - decisions had a table of their own,
 * - an order could end that was deleted in the shop,
 * - a row that the shop no longer owes was shown there while nothing was released.
 */
const PART_TOLD = 'part-told';
const DECISIONS_KEPT = 'decisions-kept';
const GONE_ORDERS_END = 'gone-orders-end';
const SHOWN_UNRELEASED = 'shown-unreleased';

/** What the order does next, from what both sides show now; what people decided is written down before it takes effect. */
export async function nextStep(life: OrderLife): Promise<Step> {
  return await keptFirst(life, await planned(life));
}

async function planned(life: OrderLife): Promise<Step> {
  if (!life.seen) {
    const unseen = await observe(life);
    if (unseen) return cannotSee(unseen, life);
  }
  if (!life.seen) return { next: 'wait', for: 'shop', state: life.board.state };
  const step = plan(life.input.order, life.seen, life.rules, life.memory);
  if (isShownUnreleased(step, life.seen) && !patched(SHOWN_UNRELEASED))
    return plan(life.input.order, life.seen, untold(life.rules), life.memory);
  if (!isCommentOnPart(step, life.seen) || patched(PART_TOLD)) return step;
  life.memory = { ...life.memory, partTold: true };
  return plan(life.input.order, life.seen, life.rules, life.memory);
}

const untold = (rules: PlanRules): PlanRules => ({ ...rules, statuses: { ...rules.statuses, needsAttention: null } });

const isCommentOnPart = (step: Step, { shop }: Observation): boolean =>
  step.next === 'act' &&
  step.action.do === 'setStatus' &&
  step.action.because === 'partiallyReleased' &&
  step.action.status === shop.status;

/** What people decided is written down before it takes effect (P-26): the engine's memory of it is a copy. */
async function keptFirst(life: OrderLife, step: Step): Promise<Step> {
  const decided = life.toKeep(step);
  if (!decided || !patched(DECISIONS_KEPT)) return step;
  const { order, entityId } = life.input;
  const problem = await attempt(life, 'keepDecisions', () => store.keepDecisions({ order, entityId, decided }));
  return problem ? cannotSee(problem, life) : step;
}

async function observe(life: OrderLife): Promise<Problem | undefined> {
  const { order, entityId } = life.input;
  return await attempt(life, 'observe', () => look.observe({ order, entityId }));
}

function cannotSee(problem: Problem, life: OrderLife): Step {
  const { state } = life.board;
  const asBefore = isSettledAndGone(problem, life.memory) && !patched(GONE_ORDERS_END);
  const memory = asBefore ? { ...life.memory, confirmedCancelled: false } : life.memory;
  return unseen(life.input.order, problem, state, memory);
}
