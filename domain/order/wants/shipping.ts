import { decimal, quantity, type Quantity } from '../../money';
import { capital, documentsIn, listed, numberOf } from '../../text/listing';
import type { ItemQuantities, ReleaseTicket, ShopItem, ShopShipment } from '../observation';
import { acceptanceKey, isAcceptedWant, type AttentionWant, type Situation, type Want } from '../plan-step';
import {
  goodsOf,
  invoiceOf,
  locationsOf,
  missingTracks,
  sameQuantities,
  shipmentOf,
  shipmentsOf,
  ticketRef,
  unmarkedShipments,
} from '../tickets';
import { foreignKey } from './by-hand';
import { goodsIn } from './invoicing';
import { isLeftWithoutInvoice } from './left-without-invoice';
import { paymentTraits } from '../../shop/payment-traits';

/** The money of this ticket is settled in the shop, or a person said that it is elsewhere. */
export const isBilled = (s: Situation, ticket: ReleaseTicket): boolean =>
  paymentTraits(s.seen.shop.payment).invoicedByShop ||
  invoiceOf(ticket, s.seen.shop) !== undefined ||
  isLeftWithoutInvoice(s, ticket);

/** What a ticket whose money is in no doubt still needs for its parcel. */
export function* shipWants(s: Situation, ticket: ReleaseTicket): Generator<Want> {
  const { shop } = s.seen;
  const goods = goodsOf(ticket, shop);
  if (!isBilled(s, ticket) || goods.length === 0) return;
  const via = ticket.shipVia === undefined ? {} : { shipVia: ticket.shipVia };
  const shipment = shipmentOf(ticket, shop);
  if (shipment) {
    const tracks = missingTracks(ticket, shipment);
    if (tracks.length > 0 && !isTrackedByHand(s, ticket))
      yield { do: 'addTracks', ticket: ticketRef(ticket), shipmentId: shipment.id, tracks, ...via };
    const wrong = shippedTwice(s, ticket) ?? otherGoods(s, ticket, goods, shipment);
    if (wrong) yield wrong;
    return;
  }
  if (isLeftUnshipped(s, ticket)) return;
  const back = takenBack(s, ticket, goods);
  if (back) {
    yield back;
    return;
  }
  const postedBare = s.rules.shipPostedWithoutNumber && ticket.state === 'posted';
  if (ticket.tracks.length === 0 && !postedBare) return;
  const doubt = shippedByHand(s, ticket, goods);
  if (doubt) {
    yield doubt;
    return;
  }
  const items = toShip(s, goods);
  if (items.length === 0) return;
  const locations = locationsOf(ticket, items);
  yield {
    do: 'shipTicket',
    ticket: ticketRef(ticket),
    items,
    tracks: ticket.tracks,
    ...via,
    ...(locations === undefined ? {} : { locations }),
  };
}

/** What the shop lets leave of a row: what was refunded counts for goods that have left first (contract §2.3, §5). */
export function leftToShip(item: ShopItem): ReturnType<typeof decimal> {
  const refunded = decimal(item.refunded ?? 0);
  const gone = decimal(item.shipped).greaterThan(refunded) ? decimal(item.shipped) : refunded;
  return decimal(item.ordered)
    .minus(item.cancelled ?? 0)
    .minus(gone);
}

interface Shortfall {
  readonly item: ShopItem;
  readonly qty: Quantity;
  readonly left: ReturnType<typeof decimal>;
}

const shortfalls = ({ seen }: Situation, goods: ItemQuantities): Shortfall[] =>
  goods.flatMap(([id, qty]) => {
    const item = seen.shop.items.find((each) => each.id === id);
    if (!item) return [];
    const left = leftToShip(item).isNegative() ? decimal(0) : leftToShip(item);
    return left.lessThan(qty) ? [{ item, qty, left }] : [];
  });

/** The part of these goods that the shop still expects to leave. */
const toShip = (s: Situation, goods: ItemQuantities): ItemQuantities => {
  const short = new Map(shortfalls(s, goods).map(({ item, left }) => [item.id, left]));
  return goods
    .map(([id, qty]): [number, Quantity] => [id, quantity(short.get(id) ?? qty)])
    .filter(([, qty]) => !decimal(qty).isZero());
};

/**
 * Goods of the ticket that a credit memo or a cancellation took off the order before they left: told at once, for the
 * shop would cut them out of the shipment without a word (P-12).
 */
function takenBack(s: Situation, ticket: ReleaseTicket, goods: ItemQuantities): AttentionWant | undefined {
  const short = shortfalls(s, goods);
  const gone = short.filter(({ item, qty }) => decimal(item.ordered).minus(item.shipped).greaterThanOrEqualTo(qty));
  if (gone.length === 0 || gone.length < short.length || isKnownBack(s, ticket)) return undefined;
  const back = listed(gone.map(({ item, qty, left }) => `${decimal(qty).minus(left).toString()} of ${item.sku}`));
  const refunded = gone.some(({ item }) => decimal(item.refunded ?? 0).greaterThan(0));
  return {
    reason: 'cancelledInShop',
    action: `takenBack:${ticket.guid}`,
    repairs: ['retry', 'acceptDifference'],
    message:
      `${back} on ticket ${ticket.no} of order ${s.order} was ${refunded ? 'refunded by a credit memo' : 'cancelled'} in the shop before it was shipped. ` +
      `Take ${back} out of the parcel and back into stock, then accept the difference; the rest is shipped.`,
  };
}

/** A person knows what of this ticket is not to leave. */
const isKnownBack = (s: Situation, { guid }: ReleaseTicket): boolean =>
  ['takenBack', 'cancelledGoods'].some((what) =>
    isAcceptedWant(s, { reason: 'cancelledInShop', action: `${what}:${guid}`, message: '' }),
  );

/** Shipments that are there already leave too little for this ticket's. */
function shippedByHand(s: Situation, ticket: ReleaseTicket, goods: ItemQuantities): AttentionWant | undefined {
  const short = isKnownBack(s, ticket) ? [] : shortfalls(s, goods);
  if (short.length === 0) return undefined;
  const byHand = unmarkedShipments(s.seen.shop).filter(({ items }) =>
    items.some(([id]) => short.some(({ item }) => item.id === id)),
  );
  return {
    reason: 'manualShipment',
    action: `shipTicket:${ticket.guid}`,
    settles: byHand.map(({ id }) => foreignKey('manualShipment', id)),
    message:
      byHand.length > 0
        ? `The goods of ticket ${ticket.no} of order ${s.order} were already shipped by hand in the shop, in another split. Add the tracking numbers there, then adopt it.`
        : `The shop has only ${listed(short.map(({ item, left }) => `${left.toString()} of ${item.sku}`))} left to ship for ticket ${ticket.no} of order ${s.order}. Compare the order’s shipments in the shop with its release tickets, then adopt what is there.`,
  };
}

/** One parcel, told to the shop more than once: a person, a proxy or a second program repeated the call. */
function shippedTwice(s: Situation, ticket: ReleaseTicket): AttentionWant | undefined {
  const all = shipmentsOf(ticket, s.seen.shop);
  const want: AttentionWant = {
    reason: 'manualShipment',
    action: `shippedTwice:${ticket.guid}`,
    message:
      `${capital(documentsIn('shipment', all))} of order ${s.order} stand for ticket ${ticket.no}, which was released once. ` +
      'The shop takes no shipment back: tell the shopper which parcel comes, then adopt what is there.',
  };
  return all.length < 2 || isAcceptedWant(s, want) ? undefined : want;
}

/** The shipment that stands for the ticket holds other goods; what was taken back meanwhile is no part of it. */
function otherGoods(
  s: Situation,
  ticket: ReleaseTicket,
  goods: ItemQuantities,
  shipment: ShopShipment,
): AttentionWant | undefined {
  if (sameQuantities(shipment.items, goods) || isKnownBack(s, ticket)) return undefined;
  return {
    reason: 'manualShipment',
    action: `shipped:${ticket.guid}`,
    message:
      `Shipment ${numberOf(shipment)} of order ${s.order} holds ${goodsIn(s.seen.shop, shipment.items)}, but ticket ${ticket.no} released ${goodsIn(s.seen.shop, goods)}. ` +
      'Compare the parcel with the order’s shipments in the shop, ship there what is missing, then adopt it.',
  };
}

/** Under this name a person adopts the numbers of a ticket's shipment as they are in the shop. */
export const tracksKey = (guid: string): string => acceptanceKey('manualShipment', `tracks:${guid}`);

/** The shop keeps the numbers otherwise than they were sent: sent again, they would be there twice. */
const isTrackedByHand = ({ memory }: Situation, { guid }: ReleaseTicket): boolean =>
  memory.accepted.includes(tracksKey(guid));

/** A person decided that this ticket is left without a shipment of its own. */
export const isLeftUnshipped = ({ memory }: Situation, { guid }: ReleaseTicket): boolean =>
  memory.accepted.some((key) => key.endsWith(`:shipTicket:${guid}`));

/** The parcel is told to the shop, as far as the shop still expects one. */
export function isShipped(s: Situation, ticket: ReleaseTicket): boolean {
  const { shop } = s.seen;
  const goods = goodsOf(ticket, shop);
  if (!s.rules.tracking || goods.length === 0) return true;
  const shipment = shipmentOf(ticket, shop);
  if (shipment) return missingTracks(ticket, shipment).length === 0 || isTrackedByHand(s, ticket);
  if (isLeftUnshipped(s, ticket)) return true;
  // Nothing of it is expected any more: all was refunded or cancelled, and a person knows.
  return isKnownBack(s, ticket) && toShip(s, goods).length === 0;
}
