import { add, cents, fixed, negate, portion, subtract } from './amounts';
import { castQty, type RequestedItem } from './invoice-draft';
import { increase, sharedColumns } from './invoice-rows';
import { isInvoiceDummy, qtyToRefund } from '../order/item-rules';
import { badRequest } from '../http/refusals';
import type { CreditmemoRow, ItemRow, OrderRecord } from '../books/rows';
import { changeOrder, promote, type Shop } from '../shop';
import { recordTransaction } from './transactions';

export interface RefundRequest {
  readonly items: readonly RequestedItem[];
  readonly comment?: { readonly comment: string; readonly visible: number };
  /** Shipping without tax; all that is left by default. */
  readonly shipping?: number;
  readonly positive?: number;
  readonly negative?: number;
  /** Through the gateway. */
  readonly online: boolean;
  readonly invoiceId?: number;
}

interface RefundLine {
  readonly item: ItemRow;
  readonly qty: number;
  readonly rowTotal: number;
  readonly tax: number;
  readonly discount: number;
}

const linesOf = (record: OrderRecord, requested: readonly RequestedItem[]): RefundLine[] =>
  record.row.items.flatMap((item) => {
    if (isInvoiceDummy(record, item)) return [];
    const left = qtyToRefund(record, item);
    const asked = requested.find((line) => line.order_item_id === item.item_id)?.qty ?? 0;
    const qty = requested.length === 0 ? left : castQty(item, asked);
    if (qty > left) throw badRequest('We found an invalid quantity to refund item "%1".', [item.name]);
    if (qty <= 0) return [];
    const share = (total: number): number => cents(portion(total, qty, item.qty_ordered));
    return [
      {
        item,
        qty,
        rowTotal: share(item.row_total),
        tax: share(item.tax_amount),
        discount: share(item.discount_amount),
      },
    ];
  });

/**
 * Both refund endpoints (contract §2.7), in the order's currency; the base amounts follow the order's rate.
 *
 * @throws Refusal 400 where more is asked than was paid
 */
export const refundOrder = async (shop: Shop, orderId: number, request: RefundRequest): Promise<CreditmemoRow> => {
  shop.books.order(orderId);
  const work = (): Promise<CreditmemoRow> => Promise.resolve(refundNow(shop, orderId, request));
  const locked = request.invoiceId === undefined || shop.behaviour.refundLocks;
  return locked ? shop.locks.run(orderId, work) : work();
};

const refundNow = (shop: Shop, orderId: number, request: RefundRequest): CreditmemoRow => {
  const record = shop.books.order(orderId);
  const { row } = record;
  const lines = linesOf(record, request.items);
  const open = subtract(row.total_paid, row.total_refunded);
  const shipping = request.shipping ?? subtract(figure(row, 'shipping_invoiced'), figure(row, 'shipping_refunded'));
  const shippingTax =
    row.shipping_amount === 0 ? 0 : cents(portion(row.shipping_tax_amount, shipping, row.shipping_amount));
  const subtotal = add(...lines.map((line) => line.rowTotal));
  const tax = add(...lines.map((line) => line.tax), shippingTax);
  const discount = add(...lines.map((line) => line.discount));
  const wanted = cents(subtract(add(subtotal, tax, shipping, request.positive), discount, request.negative));
  const everything = request.items.length === 0 && request.negative === undefined && request.positive === undefined;
  const total = everything && request.shipping === undefined ? open : wanted;
  if (total > open) {
    throw badRequest(`Creditmemo Document Validation Error(s):\nThe most money available to refund is ${fixed(open)}.`);
  }
  const memo = memoRow(shop, record, { request, lines, total, subtotal, tax, discount, shipping });
  shop.books.creditmemos.push(memo);
  changeOrder(shop, record, () => registerRefund(shop, record, memo, lines));
  if (request.online) giveBack(shop, record, memo);
  return memo;
};

const figure = (row: Record<string, unknown>, column: string): number => {
  const value = row[column];
  return typeof value === 'number' ? value : 0;
};

const memoRow = (
  shop: Shop,
  record: OrderRecord,
  made: {
    readonly request: RefundRequest;
    readonly lines: readonly RefundLine[];
    readonly total: number;
    readonly subtotal: number;
    readonly tax: number;
    readonly discount: number;
    readonly shipping: number;
  },
): CreditmemoRow => {
  const head = shop.books.documentHead('creditmemo', record.row);
  const { entity_id: entityId } = head;
  const { request } = made;
  const inBase = (amount: number): number =>
    cents(portion(amount, record.row.base_grand_total, record.row.grand_total || 1));
  return {
    ...head,
    state: 2,
    ...(request.invoiceId === undefined ? {} : { invoice_id: request.invoiceId }),
    ...sharedColumns(record),
    grand_total: made.total,
    base_grand_total: inBase(made.total),
    subtotal: made.subtotal,
    base_subtotal: inBase(made.subtotal),
    tax_amount: made.tax,
    base_tax_amount: inBase(made.tax),
    discount_amount: negate(made.discount),
    base_discount_amount: negate(inBase(made.discount)),
    shipping_amount: made.shipping,
    base_shipping_amount: inBase(made.shipping),
    adjustment: subtract(request.positive, request.negative),
    items: made.lines.map(({ item, qty, rowTotal, tax }) => ({
      entity_id: shop.books.next('creditmemo_item'),
      parent_id: entityId,
      order_item_id: item.item_id,
      name: item.name,
      sku: item.sku,
      product_id: item['product_id'],
      price: item.price,
      base_price: item.base_price,
      base_cost: 0,
      qty,
      row_total: rowTotal,
      base_row_total: inBase(rowTotal),
      tax_amount: tax,
      base_tax_amount: inBase(tax),
    })),
    comments: request.comment ? [shop.books.documentComment('creditmemo_comment', entityId, request.comment)] : [],
  };
};

const registerRefund = (shop: Shop, record: OrderRecord, memo: CreditmemoRow, lines: readonly RefundLine[]): void => {
  const { row } = record;
  for (const { item, qty, rowTotal } of lines) {
    item.qty_refunded = add(item.qty_refunded, qty);
    item.amount_refunded = add(item.amount_refunded, rowTotal);
    item.base_amount_refunded = add(
      item.base_amount_refunded,
      cents(portion(rowTotal, row.base_grand_total, row.grand_total || 1)),
    );
  }
  increase(row, 'total_refunded', memo.grand_total);
  increase(row, 'base_total_refunded', memo.base_grand_total);
  increase(row, 'shipping_refunded', figure(memo, 'shipping_amount'));
  increase(row, 'base_shipping_refunded', figure(memo, 'base_shipping_amount'));
  increase(row, 'tax_refunded', figure(memo, 'tax_amount'));
  increase(row, 'subtotal_refunded', figure(memo, 'subtotal'));
  increase(row.payment, 'amount_refunded', memo.grand_total);
  increase(row.payment, 'base_amount_refunded', memo.base_grand_total);
  if (row.is_virtual === 1 && row.state === 'complete' && subtract(row.total_paid, row.total_refunded) === 0) {
    row.state = 'closed';
    row.status = 'closed';
  }
  promote(shop, record);
};

const giveBack = (shop: Shop, record: OrderRecord, memo: CreditmemoRow): void => {
  const txnId = shop.gateway.refund(record.row.increment_id, memo.base_grand_total);
  memo['transaction_id'] = txnId;
  const capture = shop.books.transactions.find(
    (row) => row.order_id === record.row.entity_id && row.txn_type === 'capture',
  );
  recordTransaction(shop.books, record, {
    txnId,
    type: 'refund',
    closed: true,
    ...(capture ? { parent: capture.txn_id } : {}),
  });
};
