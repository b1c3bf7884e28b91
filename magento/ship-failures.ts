import { refused, transient } from '../domain/errors';
import { formatMarker } from '../domain/marker';
import type { ShopShipmentRecord } from '../domain/shop-order';
import type { ShopError } from './errors';
import { movedOn } from './movable';
import type { ShipInput } from './shop';

const about = ({ ticket, order }: ShipInput): string => `ticket ${ticket.no} of order ${order}`;

const NOT_SAVED = 'Could not save a shipment';

export function shipmentRefused(input: ShipInput, error: ShopError): Error {
  const { order } = input;
  const common = { order, raw: error.phrase };
  if (error.phrase.startsWith(NOT_SAVED)) {
    return transient(
      {
        ...common,
        code: 'shipmentNotSaved',
        reason: 'systemDown',
        message: `The shop could not save the shipment for ${about(input)}; its stock source may hold too little. It is tried again.`,
      },
      error,
    );
  }
  const moved = movedOn(order, 'shipment', error);
  if (moved) return moved;
  return refused(
    {
      ...common,
      code: 'shipmentRefused',
      reason: 'manualShipment',
      message: `The shop does not ship ${about(input)}: less is left to ship than the store released. Compare the order’s shipments in the shop with its release tickets.`,
    },
    error,
  );
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
      `The shop made shipment ${shipment.incrementId} for ${about(input)} but did not keep its comment, by which Cantus finds it again. ` +
      `Add the comment “${formatMarker(input.ticket)}” to the shipment in the shop.`,
    order: input.order,
    field: 'comments',
  });

export const notReadBack = (input: ShipInput): Error =>
  transient({
    code: 'shipmentNotReadBack',
    reason: 'systemDown',
    message: `The shop made the shipment for ${about(input)}, but it could not be read back yet. It is looked at again.`,
    order: input.order,
  });

export const bundleNotWhole = (input: ShipInput): Error =>
  refused({
    code: 'bundleNotWhole',
    reason: 'manualShipment',
    message: `The shop ships a bundle of order ${input.order} only as a whole, but ticket ${input.ticket.no} released some of its parts. Release the missing parts, or ship it in the shop by hand.`,
    order: input.order,
    field: 'shipment_type',
  });
