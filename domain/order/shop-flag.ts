import type { Memory } from './remembered';
import { ATTENTION } from './attention';
import { liveTickets } from './lifecycle';
import type { Observation, ShopSide, StoreSide } from './observation';
import { isOutage } from './outage';
import type { Action, Attention, PlanRules, Step } from './steps';

type StatusAction = Extract<Action, { do: 'setStatus' }>;

/** States in which a status of one's own means something; held and reviewed orders are left alone (C5-82). */
const SPOKEN_TO: readonly string[] = ['new', 'processing', 'complete', 'closed', 'canceled'];
/** Of these the order may be saved; a status saved onto a finished one spoils it (contract §5). */
const SAVED: readonly string[] = ['new', 'processing'];

/**
 * A status goes by comment alone where a save would meet a running capture and wipe the shop's counters (P-21), or spoil
 * a finished order; a shop that takes none by comment is given the words without the label.
 */
const commentOnly = ({ state }: ShopSide, memory: Memory): { commentOnly?: true } =>
  invoiceMayRun(memory) || !SAVED.includes(state) ? { commentOnly: true } : {};

/** An invoice of ours may still be under way in the shop: until that is known its order is not saved. */
export const invoiceMayRun = ({ problems }: Memory): boolean =>
  problems.some(({ action, reason }) => action.startsWith('invoiceTicket:') && ATTENTION[reason].mayRun);

/** Whether this attention is shown in the shop by `magento.statuses.needsAttention` and a comment (C5-83, C5-84). */
export function isShown({ reason }: Attention, { shop, store }: Observation, { statuses }: PlanRules): boolean {
  if (statuses.needsAttention === null || !SPOKEN_TO.includes(shop.state)) return false;
  switch (ATTENTION[reason].inShop) {
    case 'always':
      return true;
    case 'never':
      return false;
    case 'unlessComplete':
      return shop.state !== 'complete';
    case 'unlessCancelled':
      return !((shop.state === 'canceled' || shop.state === 'closed') && isUntouchedByStore(store));
  }
}

const isUntouchedByStore = (store: StoreSide): boolean =>
  liveTickets(store).length === 0 && store.depositsDiffer !== true;

/** A row of an open order that the shop no longer owes is shown before anything was released. */
export const isShownUnreleased = (step: Step, { store }: Observation): boolean =>
  step.next === 'act' &&
  step.action.do === 'setStatus' &&
  step.action.because === 'needsAttention' &&
  step.attention !== undefined &&
  ATTENTION[step.attention.reason].inShop === 'unlessCancelled' &&
  isUntouchedByStore(store);

/**
 * Says in the shop that an order waits for a person, once for each attention, and takes it back when that ended by
 * itself. What staff do to the status meanwhile is left as they wanted it.
 */
export function flagInShop(step: Step, seen: Observation, rules: PlanRules, memory: Memory): Step {
  if (step.next === 'act') return step;
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
    ...commentOnly(seen.shop, memory),
  };
}

function takeBack({ shop }: Observation, rules: PlanRules, memory: Memory): StatusAction | undefined {
  const before = memory.flagged?.from;
  const shown = shop.status !== null && shop.status === rules.statuses.needsAttention;
  if (!shown || before === undefined || !SPOKEN_TO.includes(shop.state) || invoiceMayRun(memory)) return undefined;
  return { do: 'setStatus', status: before, because: 'attentionOver', ...commentOnly(shop, memory) };
}

/** The attention that is shown. */
export const flagKey = ({ reason, action }: Attention): string => `${reason}:${action ?? ''}`;

/** Why people find nothing of this attention on the shop's order, in a sentence; null: it shows there, or need not. */
export function notShownInShop(attention: Attention, seen: Observation, rules: PlanRules): string | null {
  const { state, status } = seen.shop;
  if (rules.statuses.needsAttention === null || ATTENTION[attention.reason].inShop === 'never') return null;
  if (!SPOKEN_TO.includes(state)) return `The shop does not show this while its order is ${state}.`;
  if (status === rules.statuses.needsAttention || !isShown(attention, seen, rules)) return null;
  return SAVED.includes(state)
    ? null
    : `The shop cannot give an order that is ${state} a status: only a comment says this there.`;
}
