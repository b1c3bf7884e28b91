import { EMPTY_MEMORY, type Memory } from '../../../domain/order/remembered';
import { plan } from '../../../domain/order/plan';
import { DEFAULT_RULES } from '../../../domain/order/plan-rules';
import { remember } from '../../../domain/order/memory';
import type { Observation } from '../../../domain/order/observation';
import type { Repair } from '../../../domain/order/repair';
import {
  actionKey,
  type Action,
  type Attention,
  type PlanRules,
  type Problem,
  type Step,
} from '../../../domain/order/steps';
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
  let memory = remember(start, { what: 'looked', seen: world.seen, now: 0 });
  for (let steps = 0; steps < STEPS_AT_MOST; steps += 1) {
    const step = plan(world.order, world.seen, rules, memory);
    if (step.next !== 'act') return { last: step, did, memory };
    const before = world.seen;
    const refused = world.refusals.findIndex((each) => each.do === step.action.do);
    const [refusal] = refused < 0 ? [] : world.refusals.splice(refused, 1);
    if (refusal) {
      memory = { ...memory, problems: [...memory.problems, problemOf(step.action, refusal)] };
      continue;
    }
    world.carryOut(step.action);
    did.push(step.action.do === 'setStatus' ? `setStatus ${step.action.status}` : step.action.do);
    memory = remember(memory, { what: 'done', step, seen: before });
  }
  throw new Error(`no end after ${String(STEPS_AT_MOST)} steps: ${did.slice(-6).join(', ')}`);
}

const problemOf = (action: Action, { reason, code }: World['refusals'][number]): Problem => ({
  action: actionKey(action),
  reason,
  code,
  message: `${reason}.`,
  attempts: 1,
  retryAt: null,
  ...(action.do === 'invoiceTicket' && action.capture ? { sentAt: '2026-11-22T10:00:00.000Z' } : {}),
});

export const attentionsOf = ({ last }: Run): readonly Attention[] =>
  last.next === 'wait' && last.attention ? [last.attention, ...(last.also ?? [])] : [];

export const attentionOf = (run: Run): string | undefined =>
  run.last.next === 'wait' ? run.last.attention?.reason : undefined;

export const applyRepair = (
  memory: Memory,
  repair: Repair,
  attention: Attention,
  seen: Observation | undefined,
): Memory => remember(memory, { what: 'repaired', repair, attention, seen });
