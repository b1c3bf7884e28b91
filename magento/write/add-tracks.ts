import type { Track, TracksInput } from '../../domain/ports/shop';
import { refused } from '../../domain/errors';
import type { ShopShipmentRecord } from '../../domain/shop/order';
import { hasAnswered, ShopError } from '../http/errors';
import { readShipments } from '../read/look';
import type { Pauses } from './pauses';
import { trackBody } from './ship-ticket';
import type { Transport } from '../http/transport';
import { unknownWrite } from './unknown-write';

/** Adds the numbers that are not on the shipment yet; the shop itself would store one twice (contract §2.4). */
export async function addTracks(wire: Transport, pauses: Pauses, input: TracksInput): Promise<void> {
  let shipment = await readShipment(wire, input);
  for (const track of distinct(input.tracks)) {
    if (carries(shipment, track)) continue;
    const failed = await post(wire, pauses, input, track);
    shipment = await readShipment(wire, input);
    if (!carries(shipment, track)) throw notStored(input, failed);
  }
}

const keyOf = (carrier: string | null, number: string): string => `${(carrier ?? '').toLowerCase()} ${number.trim()}`;

const trackKey = (track: Track): string => {
  const body = trackBody(track);
  return keyOf(body.carrier_code, body.track_number);
};

const distinct = (tracks: readonly Track[]): readonly Track[] => [
  ...new Map(tracks.filter(({ number }) => number.trim() !== '').map((track) => [trackKey(track), track])).values(),
];

const carries = (shipment: ShopShipmentRecord, track: Track): boolean =>
  shipment.tracks.some(({ carrier, number }) => keyOf(carrier, number) === trackKey(track));

async function readShipment(wire: Transport, input: TracksInput): Promise<ShopShipmentRecord> {
  const { order, entityId, shipmentId } = input;
  const shipment = (await readShipments(wire, entityId, order)).find(({ id }) => id === shipmentId);
  if (shipment === undefined) throw gone(input);
  return shipment;
}

/** @returns what the call met that may have left the number behind all the same, or surely did not; the look tells */
async function post(
  wire: Transport,
  pauses: Pauses,
  { order, entityId, shipmentId }: TracksInput,
  track: Track,
): Promise<ShopError | null> {
  const entity = { order_id: entityId, parent_id: shipmentId, ...trackBody(track) };
  try {
    await wire.post('/shipment/track', { entity }, { doing: `adding a tracking number to order ${order}`, order });
  } catch (error) {
    // The look that follows tells whether an unanswered number was stored.
    if (!(error instanceof ShopError)) throw error;
    if (hasAnswered(error)) return error;
    if (!error.traits.mayHaveHappened) throw error;
    wire.log({ order, code: error.code }, 'a tracking number was not answered, looking whether it is there');
    await wire.rest(pauses.looksMs[0] ?? 0);
    return error;
  }
  return null;
}

const gone = ({ order, shipmentId }: TracksInput): Error =>
  refused({
    code: 'shipmentGone',
    reason: 'manualShipment',
    message: `The shop no longer shows shipment ${shipmentId} of order ${order}, so its tracking numbers have no place. Check the order’s shipments.`,
    order,
  });

/** What was not answered is tried again; what was taken or refused and is not there stays so, and would be there twice. */
const notStored = ({ order }: TracksInput, failed: ShopError | null): Error =>
  failed === null || hasAnswered(failed)
    ? trackRefused(order, failed)
    : unknownWrite(
        { code: 'trackNotStored', order, what: `The shop shows no new tracking number on order ${order}.` },
        failed,
      );

const trackRefused = (order: string, cause: ShopError | null): Error =>
  refused(
    {
      code: 'trackRefused',
      reason: 'manualShipment',
      message: `The shop does not keep a tracking number of order ${order} as it was sent. Compare the numbers on its shipment with those in Counterpoint, and add what is missing in the shop by hand.`,
      order,
      ...(cause === null ? {} : { raw: cause.phrase }),
    },
    cause ?? undefined,
  );
