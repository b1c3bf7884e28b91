import { liveTickets, openQuantity } from '../lifecycle';
import { listed } from '../../text/listing';
import { decimal, type Money } from '../../money';
import { acceptanceKey, isAcceptedWant, type AttentionWant, type Situation } from '../plan-step';
import { shortHash } from '../../text/short-hash';
import { goodsOf, shipmentOf } from '../tickets';

/**
 * What was changed in the shop since the document was written, beside its rows (C5-83): named before goods leave, until
 * the change is taken back or a person accepts exactly this one. Rows are compared by `orderChanged`.
 */
export function* alteredWants(s: Situation): Generator<AttentionWant> {
  const worth = worthAltered(s);
  if (worth) yield worth;
  const delivery = deliveryAltered(s);
  if (delivery) yield delivery;
}

/** The order is worth something else than was written, and nobody has said yet that this is so: nothing is invoiced. */
export function worthInDoubt(s: Situation): boolean {
  const worth = worthAltered(s);
  return s.seen.shop.altered?.total !== undefined && worth !== undefined && !isAcceptedWant(s, worth);
}

const worthAction = (total: readonly [Money, Money] | undefined, refunded: Money | undefined): string =>
  `altered:${shortHash(JSON.stringify([total, refunded]))}`;

/** Under this name it is accepted that the order is worth something else than was written. */
export const worthKey = (written: Money, now: Money): string =>
  acceptanceKey('changedInShop', worthAction([written, now], undefined));

function worthAltered(s: Situation): AttentionWant | undefined {
  const { total, refunded } = s.seen.shop.altered ?? {};
  if (total === undefined && refunded === undefined) return undefined;
  const what = [
    ...(total === undefined ? [] : [`its total is now ${total[1]} instead of ${total[0]}`]),
    ...(refunded === undefined ? [] : [`${refunded} were refunded without any goods`]),
  ];
  return {
    reason: 'changedInShop',
    action: worthAction(total, refunded),
    message:
      `Order ${s.order} was changed in the shop after it was written to Counterpoint: ${what.join('; ')}. ` +
      `Change prices and payments of the document in Counterpoint to match before more of it is released, then accept the difference.`,
  };
}

function deliveryAltered(s: Situation): AttentionWant | undefined {
  const { billing, shipTo, shippingMethod, payment } = s.seen.shop.altered ?? {};
  if (nothingIsToLeave(s)) return undefined;
  const what = [
    ...(shipTo === undefined ? [] : ['the delivery address']),
    ...(billing === undefined ? [] : ['the billing address']),
    ...(shippingMethod === undefined
      ? []
      : [`the way of shipping (now ${shippingMethod[1] ?? 'none'} instead of ${shippingMethod[0] ?? 'none'})`]),
    ...(payment === undefined ? [] : [`the payment (now ${payment[1]} instead of ${payment[0]})`]),
  ];
  if (what.length === 0) return undefined;
  return {
    reason: 'changedInShop',
    action: `altered:${shortHash(JSON.stringify([billing, shipTo, shippingMethod, payment]))}`,
    message:
      `Of order ${s.order} this was changed in the shop after it was written to Counterpoint: ${listed(what)}. ` +
      `Correct it on the document in Counterpoint before the goods leave, then accept the difference.`,
  };
}

/** Everything was released and has left: where it goes can no longer be changed. */
const nothingIsToLeave = ({ seen: { shop, store }, rules }: Situation): boolean =>
  store.lines.every((line) => decimal(openQuantity(line)).isZero()) &&
  liveTickets(store).every(
    (ticket) => !rules.tracking || goodsOf(ticket, shop).length === 0 || shipmentOf(ticket, shop) !== undefined,
  );
