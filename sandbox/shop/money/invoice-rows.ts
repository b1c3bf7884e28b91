import { add, negate } from './amounts';
import type { Books } from '../books/books';
import type { InvoiceDraft } from './invoice-draft';
import type { Currency, InvoiceAmounts, LineAmounts } from './invoice-totals';
import type { DocumentItemRow, InvoiceRow, OrderRecord } from '../books/rows';

export interface BothCurrencies {
  readonly order: InvoiceAmounts;
  readonly base: InvoiceAmounts;
}

const lineColumns = (amounts: LineAmounts | undefined, currency: Currency): Record<string, number> => {
  if (!amounts) return {};
  return {
    [`${currency}row_total`]: amounts.rowTotal,
    [`${currency}row_total_incl_tax`]: amounts.rowTotalInclTax,
    [`${currency}tax_amount`]: amounts.tax,
    [`${currency}discount_tax_compensation_amount`]: amounts.compensation,
    ...(amounts.discount === 0 ? {} : { [`${currency}discount_amount`]: amounts.discount }),
  };
};

const documentColumns = (amounts: InvoiceAmounts, currency: Currency): Record<string, number> => {
  const compensation =
    currency === '' ? 'shipping_discount_tax_compensation_amount' : 'base_shipping_discount_tax_compensation_amnt';
  const { shipping } = amounts;
  return {
    [`${currency}grand_total`]: amounts.grandTotal,
    [`${currency}subtotal`]: amounts.subtotal,
    [`${currency}subtotal_incl_tax`]: amounts.subtotalInclTax,
    [`${currency}tax_amount`]: amounts.tax,
    [`${currency}discount_amount`]: negate(amounts.discount),
    [`${currency}discount_tax_compensation_amount`]: amounts.compensation,
    // Later invoices do not even have the keys (contract §2.9).
    ...(shipping
      ? {
          [`${currency}shipping_amount`]: shipping.amount,
          [`${currency}shipping_tax_amount`]: shipping.tax,
          [`${currency}shipping_incl_tax`]: shipping.inclTax,
          [compensation]: shipping.compensation,
        }
      : {}),
  };
};

/** Order columns a document repeats. */
const SHARED = [
  'base_currency_code',
  'global_currency_code',
  'order_currency_code',
  'store_currency_code',
  'base_to_global_rate',
  'base_to_order_rate',
  'store_to_base_rate',
  'store_to_order_rate',
] as const;

export const sharedColumns = (record: OrderRecord): Record<string, unknown> =>
  Object.fromEntries(
    SHARED.filter((column) => record.row[column] !== undefined).map((column) => [column, record.row[column]]),
  );

const itemRow = (
  books: Books,
  parentId: number,
  line: InvoiceDraft['lines'][number],
  amounts: BothCurrencies,
): DocumentItemRow => {
  const { item } = line;
  const prices = line.dummy
    ? {}
    : {
        price: item.price,
        base_price: item.base_price,
        price_incl_tax: item.price_incl_tax,
        base_price_incl_tax: item.base_price_incl_tax,
      };
  return {
    entity_id: books.next('invoice_item'),
    parent_id: parentId,
    order_item_id: item.item_id,
    name: item.name,
    sku: item.sku,
    product_id: item['product_id'],
    qty: line.qty,
    ...prices,
    ...lineColumns(amounts.order.lines.get(item.item_id), ''),
    ...lineColumns(amounts.base.lines.get(item.item_id), 'base_'),
  };
};

/** The invoice as it is stored and shown; not yet in the books. */
export const invoiceRow = (
  books: Books,
  record: OrderRecord,
  made: {
    readonly draft: InvoiceDraft;
    readonly amounts: BothCurrencies;
    readonly offline: boolean;
    readonly transaction?: string;
  },
): InvoiceRow => {
  const head = books.documentHead('invoice', record.row);
  return {
    ...head,
    state: 2,
    ...sharedColumns(record),
    billing_address_id: record.row.billing_address_id,
    ...(record.shippingAddressId === null ? {} : { shipping_address_id: record.shippingAddressId }),
    ...documentColumns(made.amounts.base, 'base_'),
    ...documentColumns(made.amounts.order, ''),
    grand_total: made.amounts.order.grandTotal,
    base_grand_total: made.amounts.base.grandTotal,
    total_qty: made.draft.totalQty,
    ...(made.offline ? { can_void_flag: 0 } : {}),
    ...(made.transaction === undefined ? {} : { transaction_id: made.transaction }),
    items: made.draft.lines.map((line) => itemRow(books, head.entity_id, line, made.amounts)),
    comments: [],
  };
};

/** Raises the order's and its items' invoiced columns. */
export const registerInvoice = (record: OrderRecord, draft: InvoiceDraft, amounts: BothCurrencies): void => {
  for (const line of draft.lines) {
    const { item } = line;
    item.qty_invoiced = add(item.qty_invoiced, line.qty);
    raise(item, '', amounts.order.lines.get(item.item_id));
    raise(item, 'base_', amounts.base.lines.get(item.item_id));
    item['weee_tax_applied'] ??= '[]';
  }
  for (const [currency, totals] of [
    ['', amounts.order],
    ['base_', amounts.base],
  ] as const) {
    increase(record.row, `${currency}total_invoiced`, totals.grandTotal);
    increase(record.row, `${currency}subtotal_invoiced`, totals.subtotal);
    increase(record.row, `${currency}tax_invoiced`, totals.tax);
    increase(record.row, `${currency}discount_invoiced`, negate(totals.discount));
    increase(record.row, `${currency}discount_tax_compensation_invoiced`, totals.compensation);
    if (totals.shipping) increase(record.row, `${currency}shipping_invoiced`, totals.shipping.amount);
  }
  record.besidesInvoiced = {
    order: add(record.besidesInvoiced.order, amounts.order.besides),
    base: add(record.besidesInvoiced.base, amounts.base.besides),
  };
  record.row['base_total_invoiced_cost'] ??= 0;
};

const raise = (item: Record<string, unknown>, currency: Currency, amounts: LineAmounts | undefined): void => {
  if (!amounts) return;
  increase(item, `${currency}row_invoiced`, amounts.rowTotal);
  increase(item, `${currency}tax_invoiced`, amounts.tax);
  increase(item, `${currency}discount_invoiced`, amounts.discount);
  increase(item, `${currency}discount_tax_compensation_invoiced`, amounts.compensation);
};

/** Adds to a column that may not be there yet. */
export const increase = (row: Record<string, unknown>, column: string, by: number): void => {
  const present = row[column];
  row[column] = add(typeof present === 'number' ? present : 0, by);
};
