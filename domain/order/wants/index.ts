import { liveTickets } from '../lifecycle';
import { canCancelInShop, isAcceptedWant, type Situation, type Want } from '../plan-step';
import { alteredWants } from './altered';
import { authorizationLapses } from './authorization';
import { foreignDocuments, voidedAfterInvoice } from './by-hand';
import { notCounted } from './counted';
import { doubtfulChargeWants } from './doubtful-charges';
import { invoiceWants } from './invoicing';
import { orderChanged } from './remainder';
import { shipWants } from './shipping';
import { importedStatus, statusWants } from './status';

/** Everything this order still needs, in the order in which it is to be done. */
export function* wanted(s: Situation): Generator<Want> {
  const { shop, store } = s.seen;
  const tickets = liveTickets(store);
  if (s.memory.cancelRemainder === true && canCancelInShop(shop)) yield { do: 'cancelShopOrder' };
  yield* voidedAfterInvoice(s);
  yield* alteredWants(s);
  yield* importedStatus(s);
  const unsettled = new Set<string>();
  let moneyInDoubt = false;
  for (const ticket of tickets)
    for (const want of invoiceWants(s, ticket)) {
      if (isOpen(s, want)) unsettled.add(ticket.guid);
      yield want;
    }
  for (const want of notCounted(s)) {
    moneyInDoubt ||= isOpen(s, want);
    yield want;
  }
  yield* doubtfulChargeWants(s);
  // Goods whose money is in doubt stay here (P-07): a shipment would close the order over it.
  if (s.rules.tracking && !moneyInDoubt)
    for (const ticket of tickets) if (!unsettled.has(ticket.guid)) yield* shipWants(s, ticket);
  yield* foreignDocuments(s);
  yield* orderChanged(s);
  yield* authorizationLapses(s);
  yield* statusWants(s);
}

const isOpen = (s: Situation, want: Want): boolean => 'reason' in want && !isAcceptedWant(s, want);
