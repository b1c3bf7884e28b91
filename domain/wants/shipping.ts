import { decimal } from '../money';
import type { ReleaseTicket, ShopSide } from '../observation';
import type { Situation, Want } from '../plan-step';
import { goodsOf, invoiceOf, locationsOf, missingTracks, shipmentOf, ticketRef, unmarkedShipments } from '../tickets';

/** One shipment for each ticket, made with its first tracking number (C5-72, C5-73), and every later number (C5-74). */
export function* shipWants(s: Situation, ticket: ReleaseTicket): Generator<Want> {
  const { shop } = s.seen;
  if (shop.payment.kind !== 'paid' && invoiceOf(ticket, shop) === undefined) return;
  const goods = goodsOf(ticket, shop);
  if (goods.length === 0) return;
  const via = ticket.shipVia === undefined ? {} : { shipVia: ticket.shipVia };
  const shipment = shipmentOf(ticket, shop);
  if (shipment) {
    const tracks = missingTracks(ticket, shipment);
    if (tracks.length > 0)
      yield { do: 'addTracks', ticket: ticketRef(ticket), shipmentId: shipment.id, tracks, ...via };
    return;
  }
  const postedBare = s.rules.shipPostedWithoutNumber && ticket.state === 'posted';
  if (ticket.tracks.length === 0 && !postedBare) return;
  const tooMany = goods.find(([id, qty]) => leftToShip(shop, id).lessThan(qty));
  if (tooMany && unmarkedShipments(shop).length > 0) {
    yield {
      reason: 'manualShipment',
      action: `shipTicket:${ticket.guid}`,
      message: `The goods of ticket ${ticket.no} of order ${s.order} were already shipped by hand in the shop, in another split. Add the tracking numbers there, then adopt it.`,
    };
    return;
  }
  const locations = locationsOf(ticket, goods);
  const from = locations === undefined ? {} : { locations };
  yield { do: 'shipTicket', ticket: ticketRef(ticket), items: goods, tracks: ticket.tracks, ...via, ...from };
}

function leftToShip(shop: ShopSide, id: number): ReturnType<typeof decimal> {
  const item = shop.items.find((each) => each.id === id);
  return item
    ? decimal(item.ordered)
        .minus(item.shipped)
        .minus(item.cancelled ?? 0)
    : decimal(0);
}
