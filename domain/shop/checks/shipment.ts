import { refused } from '../../errors';
import { sameQuantities } from '../../order/tickets';
import type { ShipInput } from '../../ports/shop';
import { carriesMarker, formatMarker } from '../marker';
import type { ShopOrder, ShopShipmentRecord } from '../order';
import { shippedItems } from '../shipped';
import { listed } from '../../text/listing';

/**
 * A 200 is no proof of a shipment: the shop cuts quantities silently (P-12).
 * @throws CantusError refused, manualShipment.
 */
export function assertShipped(input: ShipInput, order: ShopOrder, shipment: ShopShipmentRecord): void {
  if (!carriesMarker(shipment.comments, input.ticket)) throw markerMissing(input, shipment);
  if (!sameQuantities(shippedItems(order, shipment), input.items)) throw shipmentDiffers(input, shipment);
}

export const shipmentDiffers = (input: ShipInput, shipment: ShopShipmentRecord): Error =>
  refused({
    code: 'shipmentDiffers',
    reason: 'manualShipment',
    message:
      `Shipment ${shipment.incrementId} of order ${input.order} holds other quantities than ticket ${input.ticket.no} released: ` +
      'part of the goods had already been shipped in the shop. Compare the order’s shipments with its release tickets.',
    order: input.order,
    field: 'items',
  });

export const markerMissing = (input: ShipInput, shipment: ShopShipmentRecord): Error =>
  refused({
    code: 'markerMissing',
    reason: 'manualShipment',
    message:
      `The shop made shipment ${shipment.incrementId} for ticket ${input.ticket.no} of order ${input.order} but did not keep its comment, by which Cantus finds it again. ` +
      `Add the comment “${formatMarker(input.ticket)}” to the shipment in the shop.`,
    order: input.order,
    field: 'comments',
  });

/** Two shipments stand for the same goods: a person, a proxy or a second program repeated the call. */
export const shippedTwice = (input: ShipInput, shipments: readonly ShopShipmentRecord[]): Error =>
  refused({
    code: 'shippedTwice',
    reason: 'manualShipment',
    message: `The shop shows shipments ${listed(shipments.map(({ incrementId }) => incrementId))} for ticket ${input.ticket.no} of order ${input.order}, which was released once.`,
    order: input.order,
    field: 'comments',
    remedy: 'The shop takes no shipment back: tell the shopper which parcel comes, then adopt what is there.',
  });
