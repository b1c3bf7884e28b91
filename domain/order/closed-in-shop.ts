import { liveTickets, openQuantity } from './lifecycle';
import { decimal } from '../money';
import { act, attend, type Situation } from './plan-step';
import type { Step } from './steps';

/**
 * An order that the shop closed (refunded as a whole) is neither invoiced nor shipped there any more: of one that was never
 * released nobody waits for a release.
 * @returns undefined: it goes on to its own end
 */
export function closedInShop(s: Situation): Step | undefined {
  const { shop, store } = s.seen;
  if (shop.state !== 'closed' || liveTickets(store).length > 0) return undefined;
  if (store.document === 'gone') return s.rules.removeUntouched ? ENDED : undefined;
  if (store.document !== 'open' || store.lines.every((line) => decimal(openQuantity(line)).isZero())) return ENDED;
  if (s.rules.removeUntouched && store.untouched === true) {
    const step = act(s, { do: 'removeDocument' });
    if (step.next === 'act' || step.for === 'outage') return step;
  }
  const how = shop.items.some((item) => item.refunded !== undefined) ? 'was refunded and is closed' : 'is closed';
  return attend(s, {
    reason: 'cancelledInShop',
    action: 'closed',
    repairs: ['retry', 'confirmCancelled'],
    message: `Order ${s.order} ${how} in the shop. Cancel it in Counterpoint too; nothing of it has been released.`,
  });
}

const ENDED: Step = {
  next: 'end',
  state: 'cancelled',
  why: 'Refunded and closed in the shop; nothing of it was released in Counterpoint.',
};
