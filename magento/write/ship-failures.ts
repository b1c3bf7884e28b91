import type { ShipInput } from '../../domain/ports/shop';
import { misconfigured, refused, transient } from '../../domain/errors';
import type { ShopError } from '../http/errors';
import { isForStatus, movedOn } from './refuse-unmovable';
import { unknownWrite } from './unknown-write';

const about = ({ ticket, order }: ShipInput): string => `ticket ${ticket.no} of order ${order}`;

/** The sentences about quantities (contract §2.3); anything else has another cause. */
const LESS_IS_LEFT =
  /without products|does not allow a shipment|must not be greater than the unshipped quantity|shipment type "/;

export function shipmentRefused(input: ShipInput, error: ShopError, state?: string): Error {
  const { order } = input;
  const moved = movedOn(order, 'shipment', error, state);
  if (moved) return moved;
  if (!LESS_IS_LEFT.test(error.phrase) && !isForStatus(error)) return shipmentNotSaved(input, error);
  return refused(
    {
      order,
      raw: error.phrase,
      code: 'shipmentRefused',
      reason: 'manualShipment',
      message: `The shop does not ship ${about(input)}: less is left to ship than the store released. Compare the order’s shipments in the shop with its release tickets.`,
    },
    error,
  );
}

/**
 * The shop says no more than that it could not save: as a rule its source does not exist or holds less than the store
 * released (contract §2.3). That lasts, so it is told at once; nothing was stored, so it may be tried again.
 */
const shipmentNotSaved = (input: ShipInput, error: ShopError): Error =>
  misconfigured(
    {
      code: 'shipmentNotSaved',
      reason: 'misconfigured',
      order: input.order,
      field: 'magento.source',
      message: `The shop does not save the shipment for ${about(input)}. As a rule ${sourceIn(input)} does not exist in the shop or holds less than was released; an extension may refuse too.`,
      remedy:
        'Correct the stock of that source in the shop, or magento.source in the configuration; it is tried again every ten minutes.',
      raw: error.phrase,
    },
    error,
  );

const sourceIn = ({ source }: ShipInput): string =>
  source === undefined ? 'the inventory source the shop takes by itself' : `inventory source ${source}`;

export const shipmentUnknown = (input: ShipInput, cause: ShopError): Error =>
  unknownWrite(
    { code: 'shipmentUnknown', order: input.order, what: `The shop shows no shipment for ${about(input)}.` },
    cause,
  );

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
