import type { Shape } from '../body-shape';
import type { RequestedItem } from '../../money/invoice-draft';
import { asNumber, asText, isFields } from '../../json';
import type { RequestedTrack } from '../../shipping/tracks';

const COMMENT: Shape = { fields: { comment: 'string', is_visible_on_front: 'int', extension_attributes: 'free' } };
const ITEMS: Shape = { list: { fields: { order_item_id: 'int', qty: 'number', extension_attributes: 'free' } } };

/** Arguments that invoice, ship and refund share. */
export const DOCUMENT_SHAPES = {
  items: ITEMS,
  notify: 'bool',
  appendComment: 'bool',
  comment: COMMENT,
} as const satisfies Record<string, Shape>;

export const TRACK_FIELDS = {
  track_number: 'string',
  title: 'string',
  carrier_code: 'string',
  description: 'string',
  order_id: 'int',
  parent_id: 'int',
  entity_id: 'int',
  weight: 'number',
  qty: 'number',
  created_at: 'string',
  updated_at: 'string',
  extension_attributes: 'free',
} as const satisfies Record<string, Shape>;

export const itemsOf = (value: unknown): RequestedItem[] =>
  Array.isArray(value)
    ? value.filter(isFields).map((item) => ({
        order_item_id: asNumber(item['order_item_id']) ?? 0,
        qty: asNumber(item['qty']) ?? 0,
      }))
    : [];

export const commentOf = (value: unknown): { comment?: { comment: string; visible: number } } => {
  if (!isFields(value)) return {};
  const comment = asText(value['comment']);
  if (comment === undefined || comment === '') return {};
  return { comment: { comment, visible: asNumber(value['is_visible_on_front']) ?? 0 } };
};

export const trackOf = (value: unknown): RequestedTrack => {
  const track = isFields(value) ? value : {};
  const title = asText(track['title']);
  const carrier = asText(track['carrier_code']);
  const description = asText(track['description']);
  return {
    track_number: asText(track['track_number']) ?? '',
    ...(title === undefined ? {} : { title }),
    ...(carrier === undefined ? {} : { carrier_code: carrier }),
    ...(description === undefined ? {} : { description }),
  };
};
