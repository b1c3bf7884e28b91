import { readArguments, type Shape } from '../body-shape';
import { cancelOrder } from '../../order/cancel';
import { ITEM_COLUMNS, ORDER_COLUMNS } from '../../books/columns';
import { commentOrder } from '../../order/comments';
import { holdOrder, unholdOrder } from '../../order/hold';
import { asNumber, asText, isFields, type Fields } from '../../json';
import { shownItems, shownOrder } from '../present';
import { missingArgument, notFound } from '../refusals';
import type { Call, Route } from '../route';
import { saveOrder } from '../../order/save-order';
import { search } from '../search-criteria';

const sales = (resource: string): string => `Magento_Sales::${resource}`;

const STATUS_HISTORY: Shape = {
  fields: {
    comment: 'string',
    status: 'string',
    is_customer_notified: 'int',
    is_visible_on_front: 'int',
    parent_id: 'int',
    entity_name: 'string',
    entity_id: 'int',
    created_at: 'string',
    extension_attributes: 'free',
  },
};

const listOrders = ({ shop, query }: Call): Fields =>
  search(
    shop.books.orders.map(({ row }) => row),
    { query, columns: ORDER_COLUMNS, show: (row) => shownOrder(shop.books.order(row.entity_id), shop.behaviour) },
  );

const allItems = ({ shop }: Call): Fields[] =>
  shop.books.orders.flatMap((record) => shownItems(record, shop.behaviour));

const addComment = ({ shop, id, body }: Call): Promise<true> => {
  const { statusHistory: line } = readArguments(body, { statusHistory: STATUS_HISTORY });
  if (!isFields(line)) throw missingArgument('statusHistory');
  const entity = asText(line['entity_name']);
  const notified = asNumber(line['is_customer_notified']);
  const visible = asNumber(line['is_visible_on_front']);
  return commentOrder(shop, id, {
    comment: asText(line['comment']) ?? null,
    status: asText(line['status']) ?? null,
    ...(entity === undefined ? {} : { entity }),
    ...(notified === undefined ? {} : { notified }),
    ...(visible === undefined ? {} : { visible }),
  });
};

const save = ({ shop, body }: Call): Promise<Fields> => {
  const entity = isFields(body) ? body['entity'] : undefined;
  if (!isFields(entity)) throw missingArgument('entity');
  return saveOrder(shop, entity);
};

const histories = ({ shop, id }: Call): Fields => {
  const items = shop.books.order(id).row.status_histories;
  return { items, search_criteria: { filter_groups: [] }, total_count: items.length };
};

const view = sales('actions_view');

export const orderRoutes: readonly Route[] = [
  { method: 'GET', path: '/V1/orders', resource: view, answer: listOrders },
  {
    method: 'GET',
    path: '/V1/orders/:id',
    resource: view,
    answer: ({ shop, id }) => shownOrder(shop.books.order(id), shop.behaviour),
  },
  { method: 'POST', path: '/V1/orders', resource: sales('create'), answer: save },
  { method: 'PUT', path: '/V1/orders/create', resource: sales('create'), answer: save },
  {
    method: 'GET',
    path: '/V1/orders/items',
    resource: view,
    answer: (call) => search(allItems(call), { query: call.query, columns: ITEM_COLUMNS, show: (item) => item }),
  },
  {
    method: 'GET',
    path: '/V1/orders/items/:id',
    resource: view,
    answer: (call) => {
      const found = allItems(call).find((item) => item['item_id'] === call.id);
      if (!found) throw notFound();
      return found;
    },
  },
  {
    method: 'GET',
    path: '/V1/orders/:id/statuses',
    resource: view,
    answer: ({ shop, id }) => shop.books.order(id).row.status,
  },
  { method: 'GET', path: '/V1/orders/:id/comments', resource: view, answer: histories },
  { method: 'POST', path: '/V1/orders/:id/comments', resource: sales('comment'), answer: addComment },
  {
    method: 'POST',
    path: '/V1/orders/:id/hold',
    resource: sales('hold'),
    answer: ({ shop, id }) => holdOrder(shop, id),
  },
  {
    method: 'POST',
    path: '/V1/orders/:id/unhold',
    resource: sales('unhold'),
    answer: ({ shop, id }) => unholdOrder(shop, id),
  },
  {
    method: 'POST',
    path: '/V1/orders/:id/cancel',
    resource: sales('cancel'),
    answer: ({ shop, id }) => cancelOrder(shop, id),
  },
  {
    method: 'POST',
    path: '/V1/orders/:id/emails',
    resource: sales('emails'),
    answer: ({ shop, id }) => {
      shop.books.order(id);
      return true;
    },
  },
];
