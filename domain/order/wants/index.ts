import { liveTickets } from '../lifecycle';
import {
  acceptanceKey,
  canCancelInShop,
  isAcceptedWant,
  type AttentionWant,
  type Situation,
  type Want,
} from '../plan-step';
import { alteredWants } from './altered';
import { authorizationLapses } from './authorization';
import { foreignDocuments, voidedAfterInvoice } from './by-hand';
import { notCounted } from './counted';
import { doubtfulChargeWants } from './doubtful-charges';
import { invoiceWants } from './invoicing';
import { orderChanged } from './remainder';
import { shipWants } from './shipping';
import { importedStatus, statusWants } from './status';

/** Everything this order still needs, in the order in which it is to be done; one cause is asked about once (P-25). */
export function* wanted(s: Situation): Generator<Want> {
  const { shop, store } = s.seen;
  const tickets = liveTickets(store);
  const spoken = new Set<string>();
  const money = tickets.map((ticket) => {
    const wants = [...invoiceWants(s, ticket)];
    return { ticket, wants: onceEach(s, wants, spoken), isSettled: !wants.some((want) => isOpen(s, want)) };
  });
  if (s.memory.cancelRemainder === true && canCancelInShop(shop)) yield { do: 'cancelShopOrder' };
  yield* onceEach(s, voidedAfterInvoice(s), spoken);
  yield* alteredWants(s);
  yield* importedStatus(s);
  yield* money.flatMap(({ wants }) => wants);
  const uncounted = [...notCounted(s)];
  yield* uncounted;
  yield* doubtfulChargeWants(s);
  // Goods whose money is in doubt stay here (P-07): a shipment would close the order over it.
  if (s.rules.tracking && !uncounted.some((want) => isOpen(s, want)))
    for (const { ticket, isSettled } of money) if (isSettled) yield* onceEach(s, shipWants(s, ticket), spoken);
  yield* foreignDocuments(s, spoken);
  yield* orderChanged(s);
  yield* authorizationLapses(s);
  yield* statusWants(s);
}

const isOpen = (s: Situation, want: Want): want is AttentionWant => 'reason' in want && !isAcceptedWant(s, want);

/** Without what an open question before speaks of; what these speak of is added to it. */
function onceEach(s: Situation, wants: Iterable<Want>, spoken: Set<string>): Want[] {
  return [...wants].filter((want) => {
    if (!isOpen(s, want)) return true;
    if (spoken.has(acceptanceKey(want.reason, want.action))) return false;
    for (const key of want.settles ?? []) spoken.add(key);
    return true;
  });
}
