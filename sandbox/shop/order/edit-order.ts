import { cancelOrder } from './cancel';
import { asNumber, asText, without } from '../json';
import { authorize, nextOrderNumber, type PlacedOrder } from './place-order';
import { isGatewayMethod } from '../money/payment-methods';
import { renumberItems } from './renumber-items';
import type { OrderRecord, PaymentRow } from '../books/rows';
import { changeOrder, type Shop } from '../shop';
import { moveTo } from './state-handler';

const INVOICED =
  /_invoiced$|_canceled$|_refunded$|^(base_)?total_(paid|invoiced|canceled|refunded)$|^(base_)?amount_refunded$|cost$/;

const EDIT_FIELDS = ['original_increment_id', 'edit_increment'];

/** Columns that tell what became of the old order. */
const isAboutTheOld = (column: string): boolean =>
  INVOICED.test(column) || column.startsWith('relation_') || column === 'email_sent' || EDIT_FIELDS.includes(column);

/** A fresh copy of an order's rows: new ids, nothing invoiced, shipped or paid. */
const copyOf = (shop: Shop, old: OrderRecord, incrementId: string): OrderRecord => {
  const { books } = shop;
  const copy = structuredClone({ ...old, row: without(old.row, isAboutTheOld) });
  const entityId = books.next('order');
  const ids = new Map(copy.row.items.map((item) => [item.item_id, books.next('order_item')]));
  const at = books.now();
  const row = copy.row;
  row.entity_id = entityId;
  row.increment_id = incrementId;
  row.created_at = at;
  row.updated_at = at;
  row.total_due = row.grand_total;
  row.base_total_due = row.base_grand_total;
  row['quote_id'] = books.next('quote');
  row.status_histories = [];
  for (const item of row.items) {
    for (const column of Object.keys(item)) if (INVOICED.test(column)) item[column] = 0;
    item.order_id = entityId;
    item.qty_shipped = 0;
    item['created_at'] = at;
    item.updated_at = at;
  }
  renumberItems(copy, ids);
  copy.heldFrom = null;
  copy.besidesInvoiced = { order: 0, base: 0 };
  row.payment = freshPayment(row.payment, entityId);
  row.billing_address = { ...row.billing_address, parent_id: entityId };
  return copy;
};

const PAID = /^(base_)?(amount_(paid|paid_online|authorized|canceled|refunded)|shipping_captured)$|^last_trans_id$/;

const freshPayment = (payment: PaymentRow, entityId: number): PaymentRow => ({
  ...without(payment, (column) => PAID.test(column)),
  entity_id: entityId,
  parent_id: entityId,
});

const enter = (shop: Shop, copy: OrderRecord): PlacedOrder => {
  shop.books.addOrder(copy);
  moveTo(copy, 'new', shop.statuses);
  if (isGatewayMethod(copy.row.payment.method) && copy.row.base_grand_total > 0) {
    moveTo(copy, 'processing', shop.statuses);
    authorize(shop, copy);
  }
  return { entityId: copy.row.entity_id, incrementId: copy.row.increment_id };
};

/** Relation fields on both orders (contract §3.5); ids are strings there. */
const link = (shop: Shop, old: OrderRecord, fresh: OrderRecord): void => {
  const increment = (asNumber(old.row['edit_increment']) ?? 0) + 1;
  const original = asText(old.row['original_increment_id']) ?? old.row.increment_id;
  Object.assign(fresh.row, {
    original_increment_id: original,
    edit_increment: increment,
    relation_parent_id: String(old.row.entity_id),
    relation_parent_real_id: old.row.increment_id,
  });
  changeOrder(shop, old, () => {
    old.row['relation_child_id'] = String(fresh.row.entity_id);
    old.row['relation_child_real_id'] = fresh.row.increment_id;
  });
};

const editedNumber = (shop: Shop, old: OrderRecord): string => {
  const original = asText(old.row['original_increment_id']) ?? old.row.increment_id;
  const number = `${original}-${String((asNumber(old.row['edit_increment']) ?? 0) + 1)}`;
  return shop.books.findOrder(number) ? nextOrderNumber(shop, old.row.store_id) : number;
};

/**
 * Admin "Edit": a new order takes the old one's place, its authorisation being taken before the old one is voided.
 *
 * @throws Error where the shop offers no Edit: invoiced, held, in review or ended orders
 */
export const editOrder = async (shop: Shop, old: OrderRecord): Promise<PlacedOrder> => {
  const ended = ['holded', 'payment_review', 'complete', 'closed', 'canceled'].includes(old.row.state);
  if (ended || old.row.items.some((item) => item.qty_invoiced > 0)) {
    throw new Error(`Order ${old.row.increment_id} cannot be edited: it is ${old.row.state} or already invoiced.`);
  }
  const copy = copyOf(shop, old, editedNumber(shop, old));
  const placed = enter(shop, copy);
  link(shop, old, copy);
  await cancelOrder(shop, old.row.entity_id);
  return placed;
};

/** Admin "Reorder": from 2.4.7 on it writes the same relation fields, but the old order lives on. */
export const reorder = (shop: Shop, old: OrderRecord): PlacedOrder => {
  const linked = shop.behaviour.reorderLinks;
  const copy = copyOf(shop, old, linked ? editedNumber(shop, old) : nextOrderNumber(shop, old.row.store_id));
  const placed = enter(shop, copy);
  if (linked) link(shop, old, copy);
  return placed;
};
