import type { Memory } from './remembered';
import { ATTENTION, type AttentionReason, type RepairKind } from './attention';
import { ABOUT_LENGTH } from './decisions';
import { liveTickets, stateOf } from './lifecycle';
import { decimal } from '../money';
import { shortHash } from '../text/short-hash';
import type { Observation, ShopSide } from './observation';
import { isOutage } from './outage';
import { actionKey, type Action, type Attention, type PlanRules, type Step, type WaitReason } from './steps';
import { unmarkedInvoices } from './tickets';

export type WaitStep = Extract<Step, { next: 'wait' }>;
export type ActStep = Extract<Step, { next: 'act' }>;

/** Everything the next step is planned from. */
export interface Situation {
  readonly order: string;
  readonly seen: Observation;
  readonly rules: PlanRules;
  readonly memory: Memory;
}

/** Something a person has to decide; without repairs of its own it offers those of its reason. */
export type AttentionWant = Omit<Attention, 'repairs'> & { readonly repairs?: readonly RepairKind[] };

/** Something an order still needs: to be done, or to be decided by a person. */
export type Want = Action | AttentionWant;

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

export function unlessAccepted(s: Situation, want: AttentionWant): Attention | undefined {
  const attention = offered(s, want);
  return isAcceptedWant(s, attention) ? undefined : attention;
}

export const isAcceptedWant = ({ memory }: Situation, { reason, action }: AttentionWant): boolean =>
  memory.accepted.includes(acceptanceKey(reason, action));

export const isAcceptedFor = ({ memory }: Situation, reason: AttentionReason, action: string): boolean =>
  memory.accepted.includes(acceptanceKey(reason, action));

/** Room for a 64-bit hash and the sign before it. */
const TAIL = 14;

/**
 * How an accepted difference is remembered. Of a long one the tail is hashed: what our table does not keep whole would be
 * asked again after a restart.
 */
export function acceptanceKey(reason: AttentionReason, action: string | undefined): string {
  const key = action === undefined ? reason : `${reason}:${action}`;
  if (key.length <= ABOUT_LENGTH) return key;
  const head = ABOUT_LENGTH - TAIL;
  return `${key.slice(0, head)}#${shortHash(key.slice(head))}`;
}

const BEFORE_IMPORT_ONLY: readonly RepairKind[] = ['skip', 'mapSku'];
const CANCELS: readonly RepairKind[] = ['cancel', 'cancelRemainder'];

const CANCELLABLE: readonly string[] = ['new', 'pending_payment', 'processing'];

/** A shop cancels what is not invoiced yet, of an order that is neither finished nor held (contract §2.6). */
export const canCancelInShop = ({ state, items }: ShopSide): boolean =>
  CANCELLABLE.includes(state) &&
  items.some((item) =>
    decimal(item.ordered)
      .minus(item.cancelled ?? 0)
      .greaterThan(item.invoiced),
  );

const isHeld = ({ memory }: Situation, { action }: AttentionWant): boolean =>
  memory.parcelsHeld?.includes(action?.split(':')[1] ?? '') === true;

/** A charge is adopted by way of the invoice that somebody made for it; without one there is nothing to adopt. */
const nothingToAdopt = ({ seen }: Situation, { reason }: AttentionWant): boolean =>
  ATTENTION[reason].adopts === 'charge' && unmarkedInvoices(seen.shop).length === 0;

/** Of the repairs a reason knows, those that lead somewhere now (P-25). */
function offered(s: Situation, want: AttentionWant): Attention {
  const imported = s.seen.store.document !== 'none';
  const released = liveTickets(s.seen.store).length > 0;
  const repairs = (want.repairs ?? ATTENTION[want.reason].repairs).filter(
    (repair) =>
      !(imported && BEFORE_IMPORT_ONLY.includes(repair)) &&
      !(released && repair === 'cancel') &&
      (released || repair !== 'cancelRemainder') &&
      !(CANCELS.includes(repair) && !canCancelInShop(s.seen.shop)) &&
      !(repair === 'parcelHeld' && isHeld(s, want)) &&
      !(repair === 'adopt' && nothingToAdopt(s, want)),
  );
  return {
    reason: want.reason,
    message: want.message,
    repairs,
    ...(want.action === undefined ? {} : { action: want.action }),
    ...(want.code === undefined ? {} : { code: want.code }),
    ...(want.settles === undefined || want.settles.length === 0 ? {} : { settles: want.settles }),
  };
}
