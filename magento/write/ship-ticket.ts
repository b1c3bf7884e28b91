import type { ItemQuantities } from '../../domain/order/observation';
import type { ShipInput, Track } from '../../domain/ports/shop';
import { bundlesOf, shippable, type BundleShipping } from '../../domain/shop/bundle-sets';
import { carriesMarker, formatMarker } from '../../domain/shop/marker';
import type { ShopOrder, ShopShipmentRecord } from '../../domain/shop/order';
import { assertShipped, shippedTwice } from '../../domain/shop/checks/shipment';
import { hasAnswered, ShopError } from '../http/errors';
import { findAgain } from './find-again';
import { readOrder, readShipments } from '../read/look';
import { assertMovable, stateBehind } from './refuse-unmovable';
import type { Pauses } from './pauses';
import { idIn } from '../parse/scalar';
import * as failure from './ship-failures';
import type { Transport } from '../http/transport';

export interface ShipResult {
  readonly shipmentId: number;
  readonly already: boolean;
}

/** Ships one release ticket, once: looks by its marker, sends explicit ids and quantities, reads back (P-12: the shop cuts quantities silently). */
export async function shipTicket(wire: Transport, pauses: Pauses, input: ShipInput): Promise<ShipResult> {
  const { entityId, order } = input;
  const [read, before] = await Promise.all([readOrder(wire, entityId, order), readShipments(wire, entityId, order)]);
  const there = marked(before, input);
  if (there !== null) {
    assertShipped(input, read, there);
    return { shipmentId: there.id, already: true };
  }
  assertMovable(read, 'shipment');
  const sent = await send(wire, pauses, input, read);
  const after = await readShipments(wire, entityId, order);
  const shipment = marked(after, input) ?? after.find(({ id }) => id === sent) ?? null;
  if (shipment === null) throw failure.notReadBack(input);
  assertShipped(input, read, shipment);
  return { shipmentId: shipment.id, already: false };
}

/**
 * The shipment that carries the ticket's marker.
 * @throws refused shippedTwice: a second one carries it too
 */
function marked(shipments: readonly ShopShipmentRecord[], input: ShipInput): ShopShipmentRecord | null {
  const own = shipments.filter(({ comments }) => carriesMarker(comments, input.ticket));
  if (own.length > 1) throw shippedTwice(input, own);
  return own[0] ?? null;
}

/** How each bundle ships is learnt from the shop's refusal; what the first shipments show is tried first. */
async function send(wire: Transport, pauses: Pauses, input: ShipInput, order: ShopOrder): Promise<number> {
  const shipping = new Map<number, BundleShipping>();
  for (let tries = 0; ; tries += 1) {
    const items = shippable(order, input.items, (bundle) => shipping.get(bundle) ?? firstGuess(order, bundle));
    if (items === null) throw failure.bundleNotWhole(input);
    try {
      return await post(wire, input, items);
    } catch (error) {
      if (!(error instanceof ShopError)) throw error;
      if (error.traits.mayHaveHappened) return lookFor(wire, pauses, input, error);
      if (!hasAnswered(error)) throw error;
      const learnt = tries === 0 && learn(order, input, error.phrase, shipping);
      if (!learnt) return refusedUnlessThere(wire, input, error);
    }
  }
}

/** Parts with a price are tried one by one, a bundle with a price of its own as a whole. */
const firstGuess = (order: ShopOrder, bundle: number): BundleShipping =>
  order.items.some((item) => item.parentId === bundle && Number(item.price) !== 0) ? 'parts' : 'whole';

const MUST =
  /bundle product "(.+?)" has shipment type "[^"]*"\. Bundle product (itself|options) should be shipped instead/g;

/** Notes what the shop says of its bundles (contract §2.3); true when that changes anything. */
function learn(order: ShopOrder, input: ShipInput, phrase: string, shipping: Map<number, BundleShipping>): boolean {
  const bundles = bundlesOf(order, input.items);
  for (const [, sku, what] of phrase.matchAll(MUST)) {
    const named = order.items.filter((item) => bundles.includes(item.id) && item.sku === sku);
    for (const { id } of named) shipping.set(id, what === 'itself' ? 'whole' : 'parts');
  }
  return shipping.size > 0;
}

function post(wire: Transport, input: ShipInput, items: ItemQuantities): Promise<number> {
  const { order, entityId, ticket, source } = input;
  const body = {
    items: items.map(([id, qty]) => ({ order_item_id: id, qty: Number(qty) })),
    notify: false,
    appendComment: false,
    comment: { comment: formatMarker(ticket), is_visible_on_front: 0 },
    tracks: input.tracks.filter(({ number }) => number.trim() !== '').map(trackBody),
    ...(source === undefined ? {} : { arguments: { extension_attributes: { source_code: source } } }),
  };
  return wire
    .post(`/order/${entityId}/ship`, body, {
      doing: `shipping ticket ${ticket.no} of order ${order}`,
      order,
      claim: input.claim,
    })
    .then(idIn);
}

/** A number without a carrier code is refused by the shop with a sentence that does not say so. */
export const trackBody = ({ number, title, carrier }: Track) => ({
  track_number: number.trim(),
  title: title === '' ? 'Carrier' : title,
  carrier_code: carrier === '' ? 'custom' : carrier,
});

const findMarked = async (wire: Transport, input: ShipInput): Promise<ShopShipmentRecord | null> =>
  marked(await readShipments(wire, input.entityId, input.order), input);

/** Sending again later is safe: it looks first, and the shop never ships more than is left. */
async function lookFor(wire: Transport, pauses: Pauses, input: ShipInput, cause: ShopError): Promise<number> {
  wire.log(
    { order: input.order, ticket: input.ticket.no, code: cause.code },
    'a shipment was not answered, looking for it by its marker',
  );
  const found = await findAgain(wire, pauses, input.order, () => findMarked(wire, input));
  if (found !== null) return found.id;
  throw failure.shipmentUnknown(input, cause);
}

async function refusedUnlessThere(wire: Transport, input: ShipInput, error: ShopError): Promise<number> {
  const found = await findMarked(wire, input);
  if (found !== null) return found.id;
  throw failure.shipmentRefused(input, error, await stateBehind(wire, error, input));
}
