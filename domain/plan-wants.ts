import { liveTickets } from './lifecycle';
import type { Situation, Want } from './plan-step';
import { authorizationLapses } from './wants/authorization';
import { foreignDocuments, voidedAfterInvoice } from './wants/by-hand';
import { doubtfulChargeWants } from './wants/doubtful-charges';
import { invoiceWants } from './wants/invoicing';
import { remainderCancelled, remainderGivenUp } from './wants/remainder';
import { shipWants } from './wants/shipping';
import { importedStatus, statusWants } from './wants/status';

/** Everything an order in Counterpoint still needs, in the order in which it is to be done; a file for each family. */
export function* wanted(s: Situation): Generator<Want> {
  const tickets = liveTickets(s.seen.store);
  yield* remainderGivenUp(s);
  yield* voidedAfterInvoice(s);
  yield* importedStatus(s);
  for (const ticket of tickets) yield* invoiceWants(s, ticket);
  yield* doubtfulChargeWants(s);
  if (s.rules.tracking) for (const ticket of tickets) yield* shipWants(s, ticket);
  yield* foreignDocuments(s);
  yield* remainderCancelled(s);
  yield* authorizationLapses(s);
  yield* statusWants(s);
}
