import { add, multiply, subtract } from '../money/amounts';
import type { ItemRow, OrderRecord } from '../books/rows';

const UNINVOICEABLE = ['payment_review', 'holded', 'canceled', 'complete', 'closed'];

export const childrenOf = (record: OrderRecord, item: ItemRow): ItemRow[] =>
  record.row.items.filter((other) => other.parent_item_id === item.item_id);

export const parentOf = (record: OrderRecord, item: ItemRow): ItemRow | undefined =>
  item.parent_item_id === undefined
    ? undefined
    : record.row.items.find((other) => other.item_id === item.parent_item_id);

export const natureOf = (record: OrderRecord, item: ItemRow) =>
  record.natures[String(item.item_id)] ?? { shipSeparately: false, childrenPriced: false, selectionQty: 1 };

/** A row that carries no money of its own (contract §3.2). */
export const isInvoiceDummy = (record: OrderRecord, item: ItemRow): boolean => {
  const { childrenPriced } = natureOf(record, item);
  if (childrenOf(record, item).length > 0) return childrenPriced;
  return item.parent_item_id !== undefined && !childrenPriced;
};

/** A row that is not what gets shipped. */
export const isShipDummy = (record: OrderRecord, item: ItemRow): boolean => {
  const { shipSeparately } = natureOf(record, item);
  if (childrenOf(record, item).length > 0) return shipSeparately;
  return item.parent_item_id !== undefined && !shipSeparately;
};

export const qtyToInvoice = (record: OrderRecord, item: ItemRow): number =>
  isInvoiceDummy(record, item) ? 0 : Math.max(0, subtract(item.qty_ordered, item.qty_invoiced, item.qty_canceled));

export const qtyToShip = (record: OrderRecord, item: ItemRow): number =>
  isShipDummy(record, item)
    ? 0
    : Math.max(0, subtract(item.qty_ordered, item.qty_shipped, item.qty_refunded, item.qty_canceled));

/** What of a bundle's part may still leave, though the bundle is what gets shipped. */
export const simpleQtyToShip = (item: ItemRow): number =>
  Math.max(0, subtract(item.qty_ordered, item.qty_shipped, item.qty_refunded, item.qty_canceled));

export const qtyToRefund = (record: OrderRecord, item: ItemRow): number =>
  isInvoiceDummy(record, item) ? 0 : Math.max(0, subtract(item.qty_invoiced, item.qty_refunded));

export const somethingToInvoice = (record: OrderRecord): boolean =>
  record.row.items.some((item) => qtyToInvoice(record, item) > 0);

export const canInvoice = (record: OrderRecord): boolean =>
  !UNINVOICEABLE.includes(record.row.state) && somethingToInvoice(record);

export const refusesInvoices = (state: string): boolean => UNINVOICEABLE.includes(state);

export const canShip = (record: OrderRecord): boolean =>
  !['holded', 'payment_review', 'canceled'].includes(record.row.state) &&
  record.row.is_virtual === 0 &&
  record.row.items.some((item) => item.is_virtual === 0 && qtyToShip(record, item) > 0);

/** Zero-total orders count as refundable until a credit memo exists, which is how they reach complete. */
export const canCreditmemo = (record: OrderRecord): boolean => {
  const { row } = record;
  if (['holded', 'payment_review', 'canceled', 'closed'].includes(row.state)) return false;
  if (row.grand_total === 0) return row.total_refunded === undefined;
  return Math.abs(subtract(row.total_paid, row.total_refunded)) > 0.0001;
};

/** Cancelling takes what is neither invoiced nor shipped; rows without money or parcel of their own follow their relatives. */
export const qtyToCancel = (record: OrderRecord, item: ItemRow): number => {
  const parent = parentOf(record, item);
  if (parent && isInvoiceDummy(record, item)) {
    return multiply(qtyToCancel(record, parent), natureOf(record, item).selectionQty);
  }
  if (isInvoiceDummy(record, item)) {
    const sets = childrenOf(record, item).map(
      (child) => qtyToCancel(record, child) / natureOf(record, child).selectionQty,
    );
    return Math.floor(Math.min(...sets));
  }
  return Math.min(qtyToInvoice(record, item), simpleQtyToShip(item));
};

export const shippedOverAllRows = (record: OrderRecord): number =>
  add(...record.row.items.map((item) => item.qty_shipped));
