import { add, cents, multiply, portion, subtract } from '../money/amounts';
import { childrenOf, isInvoiceDummy, natureOf, qtyToCancel } from '../order/item-rules';
import { isFields, type Fields } from '../json';
import type { ItemRow, OrderRecord } from '../books/rows';
import { addHistory, changeOrder, promote, type Shop } from '../shop';

const CURRENCIES = ['', 'base_'] as const;
/** Columns of a row that are worth so much a piece. */
const BY_PIECE = [
  'row_total',
  'row_total_incl_tax',
  'tax_amount',
  'discount_amount',
  'discount_tax_compensation_amount',
] as const;
const ENDED = ['complete', 'closed', 'canceled'];

const figure = (row: Record<string, unknown>, column: string): number => {
  const value = row[column];
  return typeof value === 'number' ? value : 0;
};

const refuseEnded = ({ row }: OrderRecord): void => {
  if (ENDED.includes(row.state)) throw new Error(`Order ${row.increment_id} cannot be changed: it is ${row.state}.`);
};

/** What one row holds beside its pieces changes by; a row that is only counted changes no total. */
function resize(item: ItemRow, qty: number): void {
  for (const currency of CURRENCIES)
    for (const column of BY_PIECE) {
      const name = `${currency}${column}`;
      if (typeof item[name] === 'number') item[name] = cents(portion(item[name], qty, item.qty_ordered));
    }
  item.qty_ordered = qty;
}

/** Totals of the order from its rows, as an order editor writes them; shipping and its tax stay as they are. */
function retotal(record: OrderRecord): void {
  const { row } = record;
  const priced = row.items.filter((item) => !isInvoiceDummy(record, item));
  for (const currency of CURRENCIES) {
    const total = (column: string): number => add(...priced.map((item) => figure(item, `${currency}${column}`)));
    row[`${currency}subtotal`] = total('row_total');
    row[`${currency}tax_amount`] = add(total('tax_amount'), figure(row, `${currency}shipping_tax_amount`));
    row[`${currency}discount_amount`] = subtract(
      0,
      total('discount_amount'),
      figure(row, `${currency}shipping_discount_amount`),
    );
    row[`${currency}grand_total`] = add(
      figure(row, `${currency}subtotal`),
      figure(row, `${currency}discount_amount`),
      figure(row, `${currency}shipping_amount`),
      figure(row, `${currency}tax_amount`),
      total('discount_tax_compensation_amount'),
    );
    row[`${currency}total_due`] = subtract(figure(row, `${currency}grand_total`), figure(row, `${currency}total_paid`));
  }
  row.total_qty_ordered = add(
    ...row.items.filter(({ parent_item_id: parent }) => parent === undefined).map((item) => item.qty_ordered),
  );
  row['total_item_count'] = row.items.filter(({ parent_item_id: parent }) => parent === undefined).length;
}

const named = (record: OrderRecord, sku: string): ItemRow => {
  const item =
    record.row.items.find((row) => row.sku === sku && row.parent_item_id === undefined) ??
    record.row.items.find((row) => row.sku === sku || String(row.item_id) === sku);
  if (!item) throw new Error(`Order ${record.row.increment_id} has no item ${sku}.`);
  return item;
};

const busy = (item: ItemRow): number => Math.max(item.qty_invoiced, item.qty_shipped);

/**
 * An order editor changes a quantity in the same order, as third-party modules do (Magento's own Edit replaces the order).
 *
 * @throws Error below what was invoiced or shipped, and for an order that has ended
 */
export const changeQuantity = (shop: Shop, record: OrderRecord, sku: string, qty: number): void => {
  refuseEnded(record);
  const item = named(record, sku);
  const rows = [item, ...childrenOf(record, item)];
  if (qty <= 0 || rows.some((row) => busy(row) > portion(row.qty_ordered, qty, item.qty_ordered)))
    throw new Error(`${sku} cannot become ${String(qty)}: more of it was invoiced or shipped.`);
  changeOrder(shop, record, () => {
    const before = item.qty_ordered;
    for (const row of rows) resize(row, portion(row.qty_ordered, qty, before));
    retotal(record);
    promote(shop, record);
  });
};

/** An order editor gives a row another price; its discount and tax follow in proportion. */
export const changePrice = (shop: Shop, record: OrderRecord, sku: string, price: number): void => {
  refuseEnded(record);
  const item = named(record, sku);
  if (item.qty_invoiced > 0) throw new Error(`${sku} was invoiced: its price stays.`);
  changeOrder(shop, record, () => {
    const before = item.price;
    for (const currency of CURRENCIES) {
      item[`${currency}price`] = price;
      for (const column of BY_PIECE) {
        const name = `${currency}${column}`;
        if (typeof item[name] === 'number') item[name] = cents(portion(item[name], price, before));
      }
    }
    retotal(record);
  });
};

/** An order editor takes a product off the order. */
export const removeItem = (shop: Shop, record: OrderRecord, sku: string): void => {
  refuseEnded(record);
  const item = named(record, sku);
  const rows = [item, ...childrenOf(record, item)];
  if (rows.some((row) => busy(row) > 0)) throw new Error(`${sku} cannot be removed: it was invoiced or shipped.`);
  if (rows.length === record.row.items.length) throw new Error('An order keeps at least one item.');
  changeOrder(shop, record, () => {
    record.row.items = record.row.items.filter((row) => !rows.includes(row));
    retotal(record);
    promote(shop, record);
  });
};

/** An order editor puts a product on the order, without tax or discount. */
export const addItem = (
  shop: Shop,
  record: OrderRecord,
  { sku, price, qty }: { readonly sku: string; readonly price: number; readonly qty: number },
): void => {
  refuseEnded(record);
  const [like] = record.row.items;
  if (!like) throw new Error('An order has at least one item.');
  changeOrder(shop, record, () => {
    const row = structuredClone(like);
    delete row.parent_item_id;
    for (const column of Object.keys(row))
      if (/^(base_)?(qty|row|tax|discount|amount|weee)|_invoiced$|_refunded$|_canceled$/.test(column)) row[column] = 0;
    Object.assign(row, {
      item_id: shop.books.next('order_item'),
      sku,
      name: sku,
      product_type: 'simple',
      is_virtual: 0,
      qty_ordered: qty,
      price,
      base_price: price,
      original_price: price,
      base_original_price: price,
      price_incl_tax: price,
      base_price_incl_tax: price,
      row_total: multiply(price, qty),
      base_row_total: multiply(price, qty),
      row_total_incl_tax: multiply(price, qty),
      base_row_total_incl_tax: multiply(price, qty),
    });
    record.row.items.push(row);
    record.natures[String(row.item_id)] = { shipSeparately: false, childrenPriced: false, selectionQty: 1 };
    retotal(record);
  });
};

/** Modules cancel single lines: counters and cancelled totals grow, the grand total stays (as with the shop's own cancel). */
export const cancelItem = (shop: Shop, record: OrderRecord, sku: string, qty: number): void => {
  refuseEnded(record);
  const item = named(record, sku);
  if (qty > qtyToCancel(record, item)) throw new Error(`Of ${sku} only ${String(qtyToCancel(record, item))} are open.`);
  changeOrder(shop, record, () => {
    item.qty_canceled = add(item.qty_canceled, qty);
    for (const child of childrenOf(record, item))
      child.qty_canceled = add(child.qty_canceled, multiply(qty, natureOf(record, child).selectionQty));
    const priced = [item, ...childrenOf(record, item)].filter((row) => !isInvoiceDummy(record, row));
    for (const currency of CURRENCIES) {
      const share = (column: string): number =>
        cents(
          add(
            ...priced.map((row) =>
              portion(figure(row, `${currency}${column}`), row === item ? qty : row.qty_canceled, row.qty_ordered),
            ),
          ),
        );
      const grow = (column: string, by: number): void => {
        record.row[`${currency}${column}`] = add(figure(record.row, `${currency}${column}`), by);
      };
      grow('subtotal_canceled', share('row_total'));
      grow('tax_canceled', share('tax_amount'));
      grow('discount_canceled', share('discount_amount'));
      grow('total_canceled', subtract(add(share('row_total'), share('tax_amount')), share('discount_amount')));
    }
    promote(shop, record);
  });
};

/** The form behind "Edit address": a row of another table is saved, so the order's own date stays (contract §7). */
export const changeAddress = (record: OrderRecord, which: 'billing' | 'shipping', change: Fields): void => {
  const address = which === 'billing' ? record.row.billing_address : shippingOf(record)['address'];
  if (!isFields(address)) throw new Error(`Order ${record.row.increment_id} has no ${which} address.`);
  Object.assign(address, change);
};

export const changeShippingMethod = (shop: Shop, record: OrderRecord, method: string): void => {
  changeOrder(shop, record, () => {
    shippingOf(record)['method'] = method;
    record.row['shipping_method'] = method;
    record.row['shipping_description'] = method;
  });
};

/** Modules let staff take another payment method for an order that is not paid yet. */
export const changePayment = (shop: Shop, record: OrderRecord, method: string): void => {
  changeOrder(shop, record, () => {
    record.row.payment.method = method;
  });
};

/** A module, or a save over REST, writes a status; with a state where it moves that as well. Nothing is checked. */
export const saveStatus = (shop: Shop, record: OrderRecord, status: string, state?: string): void => {
  changeOrder(shop, record, () => {
    record.row.status = status;
    if (state !== undefined) record.row.state = state;
    addHistory(shop, record, { comment: null, entity: 'order', status });
  });
};

const shippingOf = (record: OrderRecord): Fields => {
  const assignments = record.row.extension_attributes['shipping_assignments'];
  const [assignment] = Array.isArray(assignments) ? (assignments as unknown[]) : [];
  const shipping = isFields(assignment) ? assignment['shipping'] : undefined;
  return isFields(shipping) ? shipping : {};
};
