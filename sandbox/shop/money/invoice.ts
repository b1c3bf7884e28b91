import { add, fixed, subtract } from './amounts';
import { draftInvoice, invoiceObjections, type InvoiceDraft, type RequestedItem } from './invoice-draft';
import { increase, invoiceRow, registerInvoice, type BothCurrencies } from './invoice-rows';
import { invoiceAmounts } from './invoice-totals';
import { isGatewayMethod } from './payment-methods';
import type { CaptureOutcome } from './gateway';
import { badRequest } from '../http/refusals';
import type { InvoiceRow, OrderRecord } from '../books/rows';
import { addHistory, changeOrder, promote, stateDefault, type Shop } from '../shop';
import { moveTo, stateAfterInvoice } from '../order/state-handler';
import { recordTransaction } from './transactions';

export interface InvoiceRequest {
  readonly capture: boolean;
  readonly items: readonly RequestedItem[];
  readonly comment?: { readonly comment: string; readonly visible: number };
}

const NOT_SAVED = 'Could not save an invoice, see error log for details';

/** How an invoice gets its money: booked as paid, taken from the gateway, or (closed authorisation) neither. */
type Money = 'offline' | 'online' | 'nowhere';

const moneyOf = (shop: Shop, record: OrderRecord, capture: boolean): Money => {
  if (!capture || !isGatewayMethod(record.row.payment.method)) return 'offline';
  return shop.books.authorizations[record.row.increment_id]?.open ? 'online' : 'nowhere';
};

/** Shipping goes on the first invoice that is not cancelled. */
const carriesShipping = (shop: Shop, record: OrderRecord): boolean =>
  record.row.shipping_amount > 0 &&
  !shop.books.invoices.some(
    (invoice) =>
      invoice.order_id === record.row.entity_id && invoice.state !== 3 && invoice['shipping_amount'] !== undefined,
  );

const amountsOf = (shop: Shop, record: OrderRecord, draft: InvoiceDraft): BothCurrencies => {
  const shipping = carriesShipping(shop, record);
  return {
    order: invoiceAmounts(record.row, draft, {
      currency: '',
      carriesShipping: shipping,
      besidesTaken: record.besidesInvoiced.order,
    }),
    base: invoiceAmounts(record.row, draft, {
      currency: 'base_',
      carriesShipping: shipping,
      besidesTaken: record.besidesInvoiced.base,
    }),
  };
};

/**
 * `POST /V1/order/:id/invoice` (contract §2.2, §4.3): draft, validate, take the money, store, reset the status.
 * Runs under the order's lock; a gateway that takes its time keeps it.
 *
 * @throws Refusal with the shop's exact sentences; nothing is stored then
 */
export const invoiceOrder = (shop: Shop, entityId: number, request: InvoiceRequest): Promise<InvoiceRow> => {
  shop.books.order(entityId);
  return shop.locks.invoicing(entityId, async () => {
    const record = shop.books.order(entityId);
    const draft = draftInvoice(record, request.items);
    const objections = invoiceObjections(record, draft);
    if (objections.length > 0) throw badRequest(`Invoice Document Validation Error(s):\n${objections.join('\n')}`);
    const amounts = amountsOf(shop, record, draft);
    const money = moneyOf(shop, record, request.capture);
    const outcome =
      money === 'online' ? await shop.gateway.capture(record.row.increment_id, amounts.base.grandTotal) : undefined;
    if (outcome?.answer === 'refuse' || outcome?.answer === 'chargeThenFail') throw badRequest(NOT_SAVED);
    return store(shop, record, { draft, amounts, money, request, ...(outcome ? { outcome } : {}) });
  });
};

/** Authorise-and-capture: the shop invoices everything itself while the order is placed. */
export const invoiceAtSale = (shop: Shop, record: OrderRecord): InvoiceRow => {
  const draft = draftInvoice(record, []);
  const amounts = amountsOf(shop, record, draft);
  const outcome = shop.gateway.sale(record.row.increment_id, amounts.base.grandTotal);
  return store(shop, record, { draft, amounts, money: 'online', request: { capture: true, items: [] }, outcome });
};

interface Made {
  readonly draft: InvoiceDraft;
  readonly amounts: BothCurrencies;
  readonly money: Money;
  readonly request: InvoiceRequest;
  readonly outcome?: CaptureOutcome;
}

const store = (shop: Shop, record: OrderRecord, made: Made): InvoiceRow => {
  const { outcome } = made;
  const transaction = outcome?.transaction;
  const invoice = invoiceRow(shop.books, record, {
    draft: made.draft,
    amounts: made.amounts,
    offline: made.money === 'offline',
    ...(transaction === undefined ? {} : { transaction }),
  });
  if (made.request.comment) {
    invoice.comments.push(shop.books.documentComment('invoice_comment', invoice.entity_id, made.request.comment));
  }
  shop.books.invoices.push(invoice);
  changeOrder(shop, record, () => {
    registerInvoice(record, made.draft, made.amounts);
    const state = outcome?.answer === 'pending' || outcome?.answer === 'fraud' ? 'new' : stateAfterInvoice(record);
    bookMoney(shop, record, made);
    if (outcome) noteCapture(shop, record, made.amounts, outcome);
    moveTo(record, state, shop.statuses);
    promote(shop, record);
  });
  return invoice;
};

const bookMoney = (shop: Shop, record: OrderRecord, { money, amounts, outcome }: Made): void => {
  const { row } = record;
  if (outcome?.answer === 'pending') return;
  // A capture on a closed authorisation raises the payment's figure, but nobody paid the order.
  increase(row.payment, 'amount_paid', amounts.order.grandTotal);
  increase(row.payment, 'base_amount_paid', amounts.base.grandTotal);
  if (money === 'nowhere') return;
  increase(row, 'total_paid', amounts.order.grandTotal);
  increase(row, 'base_total_paid', amounts.base.grandTotal);
  row.total_due = subtract(row.grand_total, row.total_paid);
  row.base_total_due = subtract(row.base_total_due, amounts.base.grandTotal);
  if (amounts.order.shipping) increase(row.payment, 'shipping_captured', amounts.order.shipping.amount);
  if (amounts.base.shipping) increase(row.payment, 'base_shipping_captured', amounts.base.shipping.amount);
  if (money === 'online') increase(row.payment, 'base_amount_paid_online', amounts.base.grandTotal);
  closeSpentAuthorization(shop, record, money === 'online' ? amounts.base.grandTotal : 0);
};

/** An authorisation closes itself once the captured sum reaches the order, or where the gateway says so. */
const closeSpentAuthorization = (shop: Shop, record: OrderRecord, captured: number): void => {
  const authorization = shop.books.authorizations[record.row.increment_id];
  if (!authorization || captured === 0) return;
  authorization.captured = add(authorization.captured, captured);
  if (authorization.closesOnCapture || authorization.captured >= authorization.amount) {
    shop.gateway.closeAuthorization(record.row.increment_id);
  }
};

const noteCapture = (shop: Shop, record: OrderRecord, amounts: BothCurrencies, outcome: CaptureOutcome): void => {
  const { row } = record;
  const authorization = shop.books.authorizations[row.increment_id];
  recordTransaction(shop.books, record, {
    txnId: outcome.transaction,
    type: 'capture',
    ...(authorization ? { parent: authorization.transaction } : {}),
    closed: false,
  });
  row.payment.last_trans_id = outcome.transaction;
  const pending = outcome.answer === 'pending';
  const verb = pending ? 'Capturing amount of' : 'Captured amount of';
  addHistory(shop, record, {
    comment: `${verb} $${fixed(amounts.base.grandTotal)} ${pending ? 'is pending approval on gateway' : 'online'}. Transaction ID: "${outcome.transaction}"`,
    entity: 'invoice',
    status: outcome.answer === 'fraud' ? 'fraud' : stateDefault(shop, 'processing'),
  });
};
