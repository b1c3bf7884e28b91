import { z } from 'zod';
import type { CreditMemoFact, InvoiceFact, ShopFact } from '../../domain/census/facts';
import { money, sum } from '../../domain/money';
import { shopFingerprint } from '../../domain/shop/fingerprint';
import { parseMarker } from '../../domain/shop/marker';
import { countedItems, countersOf, orderRow } from '../parse/order-row';
import { amount, id, instant, object, optionalAmount, optionalId, optionalList, parse, text } from '../parse/php-json';

/* What the census asks of each record, and what it makes of the answer. */

export const ORDER_FIELDS =
  'entity_id,increment_id,state,status,store_id,created_at,updated_at,base_grand_total,base_total_paid,base_total_refunded,base_total_canceled,' +
  'payment[method,base_amount_authorized],items[item_id,qty_invoiced,qty_shipped,qty_refunded,qty_canceled],' +
  'extension_attributes[base_gift_cards_amount,base_customer_balance_amount,base_reward_currency_amount]';
export const INVOICE_FIELDS = 'entity_id,order_id,state,base_grand_total,transaction_id,created_at,comments[comment]';

const censusRow = orderRow.extend({
  base_total_paid: amount,
  base_total_refunded: amount,
  base_total_canceled: amount,
  payment: object({ method: text, base_amount_authorized: amount }),
  items: countedItems,
  extension_attributes: object({
    base_gift_cards_amount: optionalAmount,
    base_customer_balance_amount: optionalAmount,
    base_reward_currency_amount: optionalAmount,
  }).catch(null),
});
const invoiceRow = z.looseObject({
  entity_id: id,
  order_id: id,
  state: optionalId,
  base_grand_total: amount,
  transaction_id: text,
  created_at: instant,
  comments: optionalList(z.looseObject({ comment: text })),
});
const memoRow = z.looseObject({
  entity_id: id,
  increment_id: text,
  order_id: id,
  base_grand_total: amount,
  created_at: instant,
});

export function orderOf(row: unknown): ShopFact {
  const order = parse(censusRow, row, { name: 'An order in the census' });
  const extra = order.extension_attributes;
  const updatedAt = order.updated_at ?? order.created_at;
  const { state, status, base_total_paid: paid, base_total_refunded: refunded, base_grand_total: total } = order;
  const items = countersOf(order.items);
  return {
    order: order.increment_id,
    entityId: order.entity_id,
    state,
    status,
    storeId: order.store_id ?? 0,
    createdAt: order.created_at,
    updatedAt,
    total,
    tenders: money(
      sum([
        extra?.base_gift_cards_amount ?? 0,
        extra?.base_customer_balance_amount ?? 0,
        extra?.base_reward_currency_amount ?? 0,
      ]),
    ),
    cancelled: order.base_total_canceled,
    refunded,
    method: order.payment?.method ?? '',
    authorised: order.payment?.base_amount_authorized ?? money(0),
    fingerprint: shopFingerprint({ state, status, updatedAt, paid, refunded, total, items }),
    invoices: [],
  };
}

/** An invoice, with the id of its order. */
export function invoiceOf(given: unknown): { readonly order: number; readonly invoice: InvoiceFact } {
  const row = parse(invoiceRow, given, { name: 'An invoice of the shop' });
  return {
    order: row.order_id,
    invoice: {
      id: row.entity_id,
      total: row.base_grand_total,
      state: row.state === 2 ? 'paid' : row.state === 3 ? 'canceled' : 'open',
      createdAt: row.created_at,
      ticket: parseMarker(row.comments.flatMap(({ comment }) => (comment === null ? [] : [comment])))?.guid ?? null,
      captured: row.transaction_id !== null,
    },
  };
}

export function memoOf(row: unknown): CreditMemoFact {
  const memo = parse(memoRow, row, { name: 'A credit memo of the shop' });
  return {
    id: memo.entity_id,
    number: memo.increment_id ?? String(memo.entity_id),
    entityId: memo.order_id,
    total: memo.base_grand_total,
    createdAt: memo.created_at,
  };
}
