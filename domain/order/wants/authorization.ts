import { stillAuthorised } from '../../shop/authorization';
import { everythingReleased } from '../lifecycle';
import type { Situation, Want } from '../plan-step';

/** P-08: nothing is wrong yet, but the money is only held for so long. */
export function* authorizationLapses(s: Situation): Generator<Want> {
  const { lapses, lapsesOn } = s.seen.shop.payment;
  if (lapses === undefined || s.memory.lapsing !== lapses || !stillAuthorised(s.seen.shop)) return;
  yield {
    reason: 'authorizationLapses',
    action: `authorization:${lapses}`,
    message:
      `The payment of order ${s.order} is authorised at the payment provider until ${lapsesOn ?? lapses.slice(0, 10)}; after that it cannot be charged. ` +
      (everythingReleased(s.seen.store)
        ? 'Settle before that day what keeps it from being charged, or ask the shopper for another payment.'
        : 'Release the order in Counterpoint before that day, or ask the shopper for another payment.'),
  };
}
