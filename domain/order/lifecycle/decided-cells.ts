import type { Memory } from '../remembered';
import type { AttentionReason, RepairKind } from '../attention';
import { observationOf, memoryOf, RULES, type Cell } from './cells';
import { remember } from '../memory';
import { plan } from '../plan';
import { DEFAULT_RULES } from '../plan-rules';
import type { Attention, PlanRules, Step } from '../steps';

/** Repairs that decide nothing: the order is looked at again, or something is noted. */
export const UNDECIDED: readonly RepairKind[] = ['retry', 'parcelHeld', 'note'];

/** One decision in a cell, and what the plan does with it. */
export interface Decision {
  readonly cell: Cell;
  /** What was decided before, in this cell. */
  readonly after: readonly RepairKind[];
  readonly reason: AttentionReason;
  readonly repair: RepairKind;
  readonly before: Step;
  readonly then: Step;
}

/** As many decisions in a row as an order of one ticket can need. */
const DEEP = 6;

/** What the shop's order shows of it is no part of a decision. */
const unshown = (rules: PlanRules): PlanRules => ({ ...rules, statuses: { ...rules.statuses, needsAttention: null } });

/** Every decision that may be taken in a cell, and every one that may be taken after it, as long as something is asked. */
export function* decisionsIn(cell: Cell): Generator<Decision> {
  const rules = unshown(RULES[cell.rules] ?? DEFAULT_RULES);
  const seen = observationOf(cell);
  const stepOf = (memory: Memory): Step => plan('1', seen, rules, memory);
  yield* from(memoryOf(cell), []);

  function* from(memory: Memory, after: readonly RepairKind[]): Generator<Decision> {
    const before = stepOf(memory);
    for (const attention of askedFirst(before))
      for (const repair of attention.repairs) {
        const given = { kind: repair, ...(repair === 'mapSku' ? { sku: 'A', itemNo: 'A' } : {}) };
        const decided = remember(memory, { what: 'repaired', repair: given, attention, seen });
        yield { cell, after, reason: attention.reason, repair, before, then: stepOf(decided) };
        if (after.length < DEEP && !UNDECIDED.includes(repair)) yield* from(decided, [...after, repair]);
      }
  }
}

const askedFirst = (step: Step): readonly Attention[] =>
  step.next === 'wait' && step.attention ? [step.attention] : [];
