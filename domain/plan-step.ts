import { ATTENTION, type AttentionReason, type RepairKind } from './attention';
import { liveTickets, stateOf } from './lifecycle';
import type { Observation } from './observation';
import { isOutage } from './outage';
import type { Memory } from './memory';
import { actionKey, type Action, type Attention, type PlanRules, type Step, type WaitReason } from './steps';

export type WaitStep = Extract<Step, { next: 'wait' }>;
export type ActStep = Extract<Step, { next: 'act' }>;

/** Everything the next step is planned from. */
export interface Situation {
  readonly order: string;
  readonly seen: Observation;
  readonly rules: PlanRules;
  readonly memory: Memory;
}

/** Something an order still needs: to be done, or to be decided by a person. */
export type Want = Action | (Omit<Attention, 'repairs'> & { readonly repairs?: readonly RepairKind[] });

export const wait = (s: Situation, reason: WaitReason): WaitStep => ({
  next: 'wait',
  for: reason,
  state: stateOf(s.seen, s.rules.tracking),
});

/** The action, or the attention it ended in when it was refused before and nobody has said "again" since. */
export function act(s: Situation, action: Action): ActStep | WaitStep {
  const key = actionKey(action);
  const problem = s.memory.problems.find((each) => each.action === key);
  if (!problem) return { next: 'act', action, state: stateOf(s.seen, s.rules.tracking) };
  if (isOutage(problem)) return wait(s, 'outage');
  const { reason, message, code } = problem;
  return attend(s, { reason, message, code, action: key });
}

export function attend(s: Situation, want: Want): WaitStep {
  if (!('reason' in want)) return wait(s, 'shop');
  return { ...wait(s, 'shop'), attention: offered(s, want) };
}

export function unlessAccepted(s: Situation, want: Exclude<Want, Action>): Attention | undefined {
  const attention = offered(s, want);
  return isAccepted(s, attention) ? undefined : attention;
}

export const isAccepted = (s: Situation, attention: Attention): boolean =>
  s.memory.accepted.includes(acceptanceKey(attention.reason, attention.action));

/** How an accepted difference is remembered. */
export const acceptanceKey = (reason: AttentionReason, action: string | undefined): string =>
  action === undefined ? reason : `${reason}:${action}`;

const BEFORE_IMPORT_ONLY: readonly RepairKind[] = ['skip', 'mapSku'];

/** Of the repairs a reason knows, those that can still be carried out now. */
function offered(s: Situation, want: Exclude<Want, Action>): Attention {
  const imported = s.seen.store.document !== 'none';
  const released = liveTickets(s.seen.store).length > 0;
  const repairs = (want.repairs ?? ATTENTION[want.reason].repairs).filter(
    (repair) =>
      !(imported && BEFORE_IMPORT_ONLY.includes(repair)) &&
      !(released && repair === 'cancel') &&
      (released || repair !== 'cancelRemainder'),
  );
  return {
    reason: want.reason,
    message: want.message,
    repairs,
    ...(want.action === undefined ? {} : { action: want.action }),
    ...(want.code === undefined ? {} : { code: want.code }),
  };
}
