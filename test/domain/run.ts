import { plan } from '../../domain/plan';
import { DEFAULT_RULES } from '../../domain/plan-rules';
import { remember } from '../../domain/shop-flag';
import { EMPTY_MEMORY, type Memory, type PlanRules, type Step } from '../../domain/steps';
import type { World } from './world';

/** Acts until nothing is left to do, as the workflow does; more steps than this means it would run for ever. */
const STEPS_AT_MOST = 200;

export interface Run {
  readonly last: Exclude<Step, { next: 'act' }>;
  readonly did: readonly string[];
  readonly memory: Memory;
}

export function runUntilIdle(world: World, rules: PlanRules = DEFAULT_RULES, start: Memory = EMPTY_MEMORY): Run {
  const did: string[] = [];
  let memory = start;
  if (memory.paidAtSale === undefined && world.shop.payment.kind === 'paid' && world.store.document === 'none')
    memory = { ...memory, paidAtSale: true };
  for (let steps = 0; steps < STEPS_AT_MOST; steps += 1) {
    const step = plan(world.order, world.seen, rules, memory);
    if (step.next !== 'act') return { last: step, did, memory };
    const before = world.seen;
    world.carryOut(step.action);
    did.push(step.action.do === 'setStatus' ? `setStatus ${step.action.status}` : step.action.do);
    memory = remember(memory, step, before);
  }
  throw new Error(`no end after ${String(STEPS_AT_MOST)} steps: ${did.slice(-6).join(', ')}`);
}

export const attentionOf = (run: Run): string | undefined =>
  run.last.next === 'wait' ? run.last.attention?.reason : undefined;
