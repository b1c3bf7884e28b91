import type { Books } from '../books/books';
import { badRequest } from '../http/refusals';
import type { TrackRow } from '../books/rows';

export interface RequestedTrack {
  readonly track_number: string;
  readonly title?: string;
  readonly carrier_code?: string;
  readonly description?: string;
}

export const trackRow = (books: Books, orderId: number, shipmentId: number, track: RequestedTrack): TrackRow => {
  const at = books.now();
  return {
    order_id: orderId,
    created_at: at,
    entity_id: books.next('track'),
    parent_id: shipmentId,
    updated_at: at,
    weight: null,
    qty: null,
    description: track.description ?? null,
    track_number: track.track_number,
    ...(track.title === undefined ? {} : { title: track.title }),
    carrier_code: track.carrier_code ?? '',
  };
};

/**
 * `POST /V1/shipment/track`: no de-duplication, no e-mail, and neither order nor shipment gets a new date (contract §2.4, §7).
 *
 * @throws Refusal 400 without number, order or a shipment that exists
 */
export const addTrack = (
  books: Books,
  track: RequestedTrack & { readonly order_id?: number; readonly parent_id?: number },
): TrackRow => {
  const shipment = books.shipments.find((other) => other.entity_id === track.parent_id);
  const complete = track.track_number !== '' && track.order_id !== undefined && track.carrier_code !== undefined;
  if (!shipment || !complete || shipment.order_id !== track.order_id)
    throw badRequest('Could not save the shipment tracking.');
  const row = trackRow(books, shipment.order_id, shipment.entity_id, track);
  shipment.tracks.push(row);
  return row;
};

/** `DELETE /V1/shipment/track/:id` answers true for whatever id. */
export const deleteTrack = (books: Books, id: number): true => {
  for (const shipment of books.shipments) shipment.tracks = shipment.tracks.filter((track) => track.entity_id !== id);
  return true;
};
