import type { Observation } from '../order/observation';
import type { OrderState } from '../order/lifecycle';
import type { Attention, WaitReason } from '../order/steps';

/**
 * What came of the last request to cancel.
 * - asked: the order is still at it
 * - cancelled: on both sides
 * - cancelledInShop: Counterpoint's staff have to cancel it too
 * - waits: asked for and kept, but the shop cannot do it yet
 * - refused: the order goes on
 */
export type CancelOutcome = 'asked' | 'cancelled' | 'cancelledInShop' | 'waits' | 'refused';

export interface CancelAnswer {
  /** Which request, as who sent it named it. */
  readonly id?: string;
  readonly by: string;
  readonly outcome: CancelOutcome;
  /** A sentence for people; null: nothing is left to say. */
  readonly why: string | null;
}

/** A request as the order took it in. */
export interface CancelTaken {
  readonly id?: string;
  readonly by: string;
  /** Why it cannot be met. */
  readonly refused?: string;
}

export interface CancelFacts {
  readonly state: OrderState;
  readonly waitingFor: WaitReason | null;
  readonly attention: Attention | null;
  readonly seen: Observation | undefined;
  /** The order has done all it can since the request came. */
  readonly rests: boolean;
}

export function cancelAnswer(taken: CancelTaken, facts: CancelFacts): CancelAnswer {
  const { refused, ...request } = taken;
  const answer = (outcome: CancelOutcome, why: string | null): CancelAnswer => ({ ...request, outcome, why });
  if (facts.state === 'cancelled') return answer('cancelled', null);
  if (refused !== undefined) return answer('refused', refused);
  if (facts.state === 'complete' || facts.state === 'skipped')
    return answer('refused', `The order had already ended as ${facts.state}.`);
  if (!facts.rests) return answer('asked', null);
  if (facts.seen?.shop.state === 'canceled') return answer('cancelledInShop', facts.attention?.message ?? null);
  return answer('waits', whyItWaits(facts));
}

const UNTIL: Readonly<Partial<Record<WaitReason, string>>> = {
  unhold:
    'It is on hold in the shop, which cancels no held order: it is cancelled as soon as the hold is taken off there.',
  payment:
    'Its payment is not settled in the shop, which cannot cancel it meanwhile: it is cancelled as soon as it can.',
  outage: 'One of the two systems does not answer: it is cancelled as soon as it does.',
};

const whyItWaits = ({ waitingFor, attention }: CancelFacts): string =>
  (waitingFor === null ? undefined : UNTIL[waitingFor]) ??
  attention?.message ??
  'The shop cannot cancel it as it stands; it goes on.';
