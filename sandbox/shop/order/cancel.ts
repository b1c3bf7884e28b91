import { fixed, multiply, portion, subtract, cents } from '../money/amounts';
import { qtyToCancel, qtyToRefund, simpleQtyToShip, somethingToInvoice } from './item-rules';
import { isGatewayMethod } from '../money/payment-methods';
import type { OrderRecord } from '../books/rows';
import { addHistory, changeOrder, promote, type Shop } from '../shop';
import { moveTo } from './state-handler';
import { recordTransaction } from '../money/transactions';

const NOT_CANCELABLE = ['holded', 'payment_review', 'canceled', 'complete', 'closed'];

/**
 * `POST /V1/orders/:id/cancel`: true, or false with 200 where nothing may be cancelled. The payment's rest is voided;
 * a partly invoiced order cancels only what is left (contract §2.6). Under the order's lock from 2.4.7 on.
 */
export const cancelOrder = async (shop: Shop, entityId: number): Promise<boolean> => {
  const record = shop.books.order(entityId);
  if (!shop.behaviour.cancelLocks) return cancelNow(shop, record);
  return shop.locks.run(entityId, () => Promise.resolve(cancelNow(shop, record)));
};

const cancelNow = (shop: Shop, record: OrderRecord): boolean => {
  if (NOT_CANCELABLE.includes(record.row.state) || !somethingToInvoice(record)) return false;
  changeOrder(shop, record, () => {
    voidAuthorization(shop, record);
    const state = stateAfterCancel(record);
    cancelItems(record);
    cancelTotals(record);
    moveTo(record, state, shop.statuses);
    promote(shop, record);
  });
  return true;
};

/** Invoiced goods keep the order alive: processing while some of them are still to ship, complete otherwise. */
const stateAfterCancel = (record: OrderRecord): string => {
  const invoiced = record.row.items.filter((item) => qtyToRefund(record, item) > 0);
  if (invoiced.length === 0) return 'canceled';
  return invoiced.some((item) => simpleQtyToShip(item) > qtyToCancel(record, item)) ? 'processing' : 'complete';
};

const cancelItems = (record: OrderRecord): void => {
  const quantities = record.row.items.map((item) => qtyToCancel(record, item));
  record.row.items.forEach((item, at) => {
    const qty = quantities[at] ?? 0;
    item.qty_canceled = qty;
    if (qty === 0) return;
    item['tax_canceled'] = cents(portion(item.tax_amount, qty, item.qty_ordered));
    item['discount_tax_compensation_canceled'] = cents(
      portion(item.discount_tax_compensation_amount, qty, item.qty_ordered),
    );
  });
};

const cancelTotals = (record: OrderRecord): void => {
  const { row } = record;
  const figure = (column: string): number => (typeof row[column] === 'number' ? row[column] : 0);
  for (const currency of ['', 'base_'] as const) {
    for (const column of ['subtotal', 'tax', 'shipping'] as const) {
      const total = figure(column === 'subtotal' ? `${currency}subtotal` : `${currency}${column}_amount`);
      row[`${currency}${column}_canceled`] = subtract(total, figure(`${currency}${column}_invoiced`));
    }
    row[`${currency}discount_canceled`] = subtract(
      Math.abs(figure(`${currency}discount_amount`)),
      Math.abs(figure(`${currency}discount_invoiced`)),
    );
    row[`${currency}total_canceled`] = subtract(figure(`${currency}grand_total`), figure(`${currency}total_paid`));
  }
};

const voidAuthorization = (shop: Shop, record: OrderRecord): void => {
  const { row } = record;
  const authorization = shop.books.authorizations[row.increment_id];
  if (!isGatewayMethod(row.payment.method) || !authorization?.open) return;
  const left = subtract(authorization.amount, authorization.captured);
  shop.gateway.closeAuthorization(row.increment_id);
  const txnId = `${authorization.transaction}-void`;
  recordTransaction(shop.books, record, { txnId, type: 'void', parent: authorization.transaction, closed: true });
  row.payment['amount_canceled'] = left;
  row.payment['base_amount_canceled'] = multiply(left, 1);
  addHistory(shop, record, {
    comment: `Canceled order online. Amount: $${fixed(left)}. Transaction ID: "${txnId}"`,
    entity: 'order',
    status: 'canceled',
  });
};
