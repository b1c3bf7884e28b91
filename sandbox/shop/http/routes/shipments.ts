import { readArguments } from '../body-shape';
import { SHIPMENT_COLUMNS } from '../../books/columns';
import { asNumber, asText, isFields, type Fields } from '../../json';
import { saveRawShipment } from '../raw-documents';
import { missingArgument, notFound } from '../refusals';
import type { ShipmentRow } from '../../books/rows';
import type { Call, Route } from '../route';
import { search } from '../search-criteria';
import { shipOrder } from '../../shipping/ship';
import { addTrack, deleteTrack } from '../../shipping/tracks';
import { commentOf, DOCUMENT_SHAPES, itemsOf, TRACK_FIELDS, trackOf } from './document-arguments';

const resource = 'Magento_Sales::shipment';

const shipmentOf = ({ shop, id }: Call): ShipmentRow => {
  const found = shop.books.shipments.find((shipment) => shipment.entity_id === id);
  if (!found) throw notFound();
  return found;
};

const sourceOf = (value: unknown): string | undefined => {
  const extension = isFields(value) ? (value['extension_attributes'] ?? value['extensionAttributes']) : undefined;
  return isFields(extension) ? asText(extension['source_code'] ?? extension['sourceCode']) : undefined;
};

const create = async ({ shop, id, body }: Call): Promise<string> => {
  const sent = readArguments(body, {
    ...DOCUMENT_SHAPES,
    tracks: { list: { fields: TRACK_FIELDS } },
    packages: 'free',
    arguments: 'free',
  });
  const source = sourceOf(sent['arguments']);
  const tracks = Array.isArray(sent['tracks']) ? sent['tracks'] : [];
  const shipment = await shipOrder(shop, id, {
    items: itemsOf(sent['items']),
    tracks: tracks.map(trackOf),
    ...commentOf(sent['comment']),
    ...(source === undefined ? {} : { sourceCode: source }),
  });
  return String(shipment.entity_id);
};

const track = ({ shop, body }: Call): Fields => {
  const { entity } = readArguments(body, { entity: { fields: TRACK_FIELDS } });
  if (!isFields(entity)) throw missingArgument('entity');
  const order = asNumber(entity['order_id']);
  const parent = asNumber(entity['parent_id']);
  const row = addTrack(shop.books, {
    ...trackOf(entity),
    ...(order === undefined ? {} : { order_id: order }),
    ...(parent === undefined ? {} : { parent_id: parent }),
  });
  return { ...row };
};

const comments = (call: Call): Fields => {
  const items = shipmentOf(call).comments;
  return { items, search_criteria: { filter_groups: [] }, total_count: items.length };
};

const addComment = (call: Call): Fields => {
  const entity = isFields(call.body) ? call.body['entity'] : undefined;
  if (!isFields(entity)) throw missingArgument('entity');
  const shipment = shipmentOf(call);
  const row = call.shop.books.documentComment('shipment_comment', shipment.entity_id, {
    comment: asText(entity['comment']) ?? '',
    visible: asNumber(entity['is_visible_on_front']) ?? 0,
  });
  shipment.comments.push(row);
  return { ...row };
};

export const shipmentRoutes: readonly Route[] = [
  { method: 'POST', path: '/V1/order/:id/ship', resource: 'Magento_Sales::ship', answer: create },
  {
    method: 'GET',
    path: '/V1/shipments',
    resource,
    answer: ({ shop, query }) => search(shop.books.shipments, { query, columns: SHIPMENT_COLUMNS, show: (row) => row }),
  },
  { method: 'GET', path: '/V1/shipment/:id', resource, answer: shipmentOf },
  { method: 'POST', path: '/V1/shipment', resource, answer: ({ shop, body }) => saveRawShipment(shop, body) },
  { method: 'POST', path: '/V1/shipment/track', resource, answer: track },
  { method: 'DELETE', path: '/V1/shipment/track/:id', resource, answer: ({ shop, id }) => deleteTrack(shop.books, id) },
  { method: 'GET', path: '/V1/shipment/:id/comments', resource, answer: comments },
  { method: 'POST', path: '/V1/shipment/:id/comments', resource, answer: addComment },
  { method: 'POST', path: '/V1/shipment/:id/emails', resource, answer: (call) => shipmentOf(call).entity_id > 0 },
];
