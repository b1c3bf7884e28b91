import { stillAuthorised } from '../../shop/authorization';
import type { Situation, Want } from '../plan-step';

/** P-08: nothing is wrong yet, but the money is only held for so long. */
export function* authorizationLapses(s: Situation): Generator<Want> {
  const { lapses } = s.seen.shop.payment;
  if (lapses === undefined || s.memory.lapsing !== lapses || !stillAuthorised(s.seen.shop)) return;
  yield {
    reason: 'authorizationLapses',
    action: `authorization:${lapses}`,
    message: `The authorisation of order ${s.order} lapses on ${lapses.slice(0, 10)}. Release it before that day, or ask the shopper for another payment.`,
  };
}
