import type { AttentionReason } from './attention';
import { liveTickets } from './lifecycle';
import type { Observation } from './observation';
import { isOutage } from './outage';
import type { Memory } from './memory';
import type { Action, Attention, PlanRules, Step } from './steps';

type StatusAction = Extract<Action, { do: 'setStatus' }>;

/**
 * Reasons the shop's order says nothing of: what concerns Cantus or its surroundings, warnings, and an unknown charge,
 * because a status may be written by a save, and a save that meets a running capture wipes the shop's counters (P-21).
 */
const UNTOLD: readonly AttentionReason[] = [
  'systemDown',
  'misconfigured',
  'statusRefused',
  'captureUnknown',
  'authorizationLapses',
  'waitingForPredecessor',
];
/** States in which a status of one's own means something; held and reviewed orders are left alone (C5-82). */
const SPOKEN_TO: readonly string[] = ['new', 'processing', 'complete', 'canceled'];

/** An invoice of ours may still be under way in the shop: until that is known its order is not saved. */
export const invoiceMayRun = ({ problems }: Memory): boolean =>
  problems.some(
    ({ action, reason }) =>
      action.startsWith('invoiceTicket:') && (reason === 'captureUnknown' || reason === 'systemDown'),
  );

/** Whether this attention is shown in the shop by `magento.statuses.needsAttention` and a comment (C5-83, C5-84). */
export function isShown({ reason }: Attention, { shop, store }: Observation, { statuses }: PlanRules): boolean {
  if (statuses.needsAttention === null || UNTOLD.includes(reason) || !SPOKEN_TO.includes(shop.state)) return false;
  // A cancelled order of which nothing left the store says all by itself until both sides have cancelled (C5-81).
  return reason !== 'cancelledInShop' || liveTickets(store).length > 0 || store.depositsDiffer === true;
}

/**
 * Says in the shop that an order waits for a person, once for each attention, and takes it back when that ended by
 * itself. What staff do to the status meanwhile is left as they wanted it.
 */
export function flagInShop(step: Step, seen: Observation, rules: PlanRules, memory: Memory): Step {
  if (step.next === 'act' || invoiceMayRun(memory)) return step;
  const attention = step.next === 'wait' ? step.attention : undefined;
  const action = attention ? raise(attention, seen, rules, memory) : takeBack(seen, rules, memory);
  if (!action) return step;
  const blocked = memory.problems.find((problem) => problem.action === `setStatus:${action.because}`);
  // An order does not end while the shop could not be told that nobody is needed any more.
  if (blocked && isOutage(blocked) && step.next === 'end') return { next: 'wait', for: 'outage', state: step.state };
  if (blocked) return step;
  if (step.next === 'end') return { next: 'act', action, state: step.state };
  return {
    next: 'act',
    action,
    state: step.state,
    ...(step.attention ? { attention: step.attention } : {}),
    ...(step.also ? { also: step.also } : {}),
  };
}

function raise(attention: Attention, seen: Observation, rules: PlanRules, memory: Memory): StatusAction | undefined {
  const status = rules.statuses.needsAttention;
  if (status === null || !isShown(attention, seen, rules) || memory.flagged?.key === flagKey(attention))
    return undefined;
  return {
    do: 'setStatus',
    status,
    because: 'needsAttention',
    comment: `Needs attention (${attention.reason}): ${attention.message}`,
  };
}

function takeBack({ shop }: Observation, rules: PlanRules, memory: Memory): StatusAction | undefined {
  const before = memory.flagged?.from;
  const shown = shop.status !== null && shop.status === rules.statuses.needsAttention;
  if (!shown || before === undefined || !SPOKEN_TO.includes(shop.state)) return undefined;
  return { do: 'setStatus', status: before, because: 'attentionOver' };
}

/** The attention a flag in the shop stands for. */
export const flagKey = ({ reason, action }: Attention): string => `${reason}:${action ?? ''}`;
