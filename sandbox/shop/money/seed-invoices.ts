import { documentNumber } from '../books/books';
import { isFields } from '../json';
import { isInvoiceDummy } from '../order/item-rules';
import { sharedColumns } from './invoice-rows';
import type { DocumentItemRow, InvoiceRow, ItemRow, OrderRecord } from '../books/rows';
import type { Shop } from '../shop';
import { recordTransaction } from './transactions';

const number = (row: Record<string, unknown>, column: string): number => {
  const value = row[column];
  return typeof value === 'number' ? value : 0;
};

const itemRow = (shop: Shop, record: OrderRecord, parentId: number, item: ItemRow): DocumentItemRow => ({
  entity_id: shop.books.next('invoice_item'),
  parent_id: parentId,
  order_item_id: item.item_id,
  name: item.name,
  sku: item.sku,
  product_id: item['product_id'],
  qty: item.qty_invoiced,
  ...(isInvoiceDummy(record, item)
    ? {}
    : {
        price: item.price,
        base_price: item.base_price,
        row_total: item.row_invoiced,
        base_row_total: item.base_row_invoiced,
        tax_amount: item.tax_invoiced,
        base_tax_amount: item.base_tax_invoiced,
      }),
});

/**
 * An order's JSON tells what was invoiced but not by which invoices: one invoice stands for them all, so that counters
 * and invoices agree, and each capture its history names is a transaction and a charge.
 */
export const takeOverInvoices = (shop: Shop, record: OrderRecord): void => {
  const { row } = record;
  const invoiced = row.items.filter((item) => item.qty_invoiced > 0);
  if (invoiced.length === 0) return;
  const entityId = shop.books.next('invoice');
  const captures = capturesOf(record);
  const last = captures.at(-1)?.transaction;
  const invoice: InvoiceRow = {
    entity_id: entityId,
    increment_id: documentNumber(row.store_id, entityId),
    order_id: row.entity_id,
    store_id: row.store_id,
    state: 2,
    ...sharedColumns(record),
    grand_total: row.total_invoiced ?? 0,
    base_grand_total: number(row, 'base_total_invoiced'),
    subtotal: number(row, 'subtotal_invoiced'),
    base_subtotal: number(row, 'base_subtotal_invoiced'),
    tax_amount: number(row, 'tax_invoiced'),
    base_tax_amount: number(row, 'base_tax_invoiced'),
    discount_amount: number(row, 'discount_invoiced'),
    base_discount_amount: number(row, 'base_discount_invoiced'),
    ...(number(row, 'shipping_invoiced') === 0
      ? {}
      : {
          shipping_amount: number(row, 'shipping_invoiced'),
          base_shipping_amount: number(row, 'base_shipping_invoiced'),
          shipping_tax_amount: row.shipping_tax_amount,
        }),
    total_qty: invoiced.reduce((total, item) => total + item.qty_invoiced, 0),
    ...(last === undefined ? { can_void_flag: 0 } : { transaction_id: last }),
    created_at: row.updated_at,
    updated_at: row.updated_at,
    items: invoiced.map((item) => itemRow(shop, record, entityId, item)),
    comments: [],
  };
  shop.books.invoices.push(invoice);
  const parent = shop.books.authorizations[row.increment_id]?.transaction;
  for (const { transaction, amount, at } of captures) {
    recordTransaction(shop.books, record, {
      txnId: transaction,
      type: 'capture',
      closed: false,
      ...(parent === undefined ? {} : { parent }),
    });
    shop.books.charges.push({ order: row.increment_id, amount, transaction, kind: 'capture', at });
  }
};

/** Captures as the history tells them, oldest first. */
const capturesOf = (record: OrderRecord): { transaction: string; amount: number; at: string }[] =>
  record.row.status_histories
    .filter(isFields)
    .flatMap((line) => {
      const match = /^Captured amount of \$([\d.]+) online\. Transaction ID: "([^"]+)"/.exec(String(line.comment));
      return match ? [{ amount: Number(match[1]), transaction: match[2] ?? '', at: line.created_at }] : [];
    })
    .reverse();
