import { documentNumber } from '../books/books';
import { authorizedText, buildOrder } from '../order-factory/build-order';
import type { Cart, CartLine } from '../order-factory/cart';
import { invoiceAtSale } from '../money/invoice';
import type { OrderRecord } from '../books/rows';
import { addHistory, type Shop } from '../shop';
import { moveTo } from './state-handler';
import { recordTransaction } from '../money/transactions';

export interface PlacedOrder {
  readonly entityId: number;
  readonly incrementId: string;
}

export interface PlaceOptions {
  readonly storeId?: number;
  readonly incrementId?: string;
  readonly email?: string;
  /** UTC, "YYYY-MM-DD HH:MM:SS". */
  readonly createdAt?: string;
  /** Other SKUs in the place of the kind's own. */
  readonly skus?: Readonly<Record<string, string>>;
  /** Other quantities, by the kind's own SKU. */
  readonly quantities?: Readonly<Record<string, number>>;
}

const renamed = (line: CartLine, { skus = {}, quantities = {} }: PlaceOptions): CartLine => ({
  ...line,
  sku: skus[line.sku] ?? line.sku,
  qty: quantities[line.sku] ?? line.qty,
  ...(line.children
    ? { children: line.children.map((child) => ({ ...child, sku: skus[child.sku] ?? child.sku })) }
    : {}),
});

/** Next free order number of a store. */
export const nextOrderNumber = (shop: Shop, storeId: number): string => {
  let number: string;
  do number = documentNumber(storeId, shop.books.next(`order_number_${String(storeId)}`));
  while (shop.books.findOrder(number));
  return number;
};

/** Checkout: the order, its authorisation or its payment at sale, and the state that leaves it in (contract §3.1). */
export const placeCart = (shop: Shop, cart: Cart, options: PlaceOptions = {}): OrderRecord => {
  const storeId = options.storeId ?? 1;
  const taken = shop.books.orders.some(
    ({ row }) => row.increment_id === options.incrementId && row['store_id'] === storeId,
  );
  if (taken && options.incrementId !== undefined) {
    throw new Error(`The sandbox shop has an order ${options.incrementId} already.`);
  }
  const lines = cart.lines.map((line) => renamed(line, options));
  const shopper = options.email === undefined ? cart.shopper : { ...cart.shopper, email: options.email };
  const record = buildOrder(
    { ...cart, lines, shopper },
    {
      next: (table) => shop.books.next(table),
      at: options.createdAt ?? shop.books.now(),
      orderId: shop.books.next('order'),
      storeId,
      incrementId: options.incrementId ?? nextOrderNumber(shop, storeId),
      itemizedTaxes: shop.behaviour.itemizedTaxes,
    },
  );
  shop.books.addOrder(record);
  pay(shop, record, cart);
  return record;
};

const pay = (shop: Shop, record: OrderRecord, { payment }: Cart): void => {
  if (payment.held === 'pending_payment') {
    moveTo(record, 'pending_payment', shop.statuses);
    return;
  }
  if (!payment.action || record.row.base_grand_total === 0) return;
  moveTo(record, 'processing', shop.statuses);
  if (payment.action === 'capture') {
    invoiceAtSale(shop, record);
    return;
  }
  authorize(shop, record);
  if (payment.closed === true) shop.gateway.closeAuthorization(record.row.increment_id);
  if (payment.held === 'payment_review') moveTo(record, 'payment_review', shop.statuses);
};

/** The gateway holds the order's total. */
export const authorize = (shop: Shop, record: OrderRecord, transaction?: string): void => {
  const { row } = record;
  const txnId = transaction ?? `AUTH-${String(shop.books.next('gateway')).padStart(8, '0')}`;
  row.payment.amount_authorized = row.grand_total;
  row.payment['base_amount_authorized'] = row.base_grand_total;
  row.payment.last_trans_id = txnId;
  shop.books.authorizations[row.increment_id] = {
    transaction: txnId,
    amount: row.base_grand_total,
    captured: 0,
    open: true,
    expired: false,
    closesOnCapture: false,
  };
  recordTransaction(shop.books, record, { txnId, type: 'authorization', closed: false });
  addHistory(shop, record, { comment: authorizedText(row.base_grand_total, txnId), entity: 'order' });
};
