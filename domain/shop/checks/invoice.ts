import type { InvoiceInput } from '../../ports/shop';
import { refused } from '../../errors';
import { carriesMarker, formatMarker } from '../marker';
import { listed } from '../../text/listing';
import { decimal, isZero, type Money } from '../../money';
import type { ShopInvoiceRecord, ShopOrder } from '../order';
import { moneyRows } from '../rows';
import { invoicedByRow, invoicedItems, openToInvoice } from '../side';
import { sameQuantities } from '../../order/tickets';

const about = ({ ticket, order }: InvoiceInput): string => `ticket ${ticket.no} of order ${order}`;

/** What the shop would drop, cut or refuse, found before it is asked: unknown ids and fractions vanish without a word (contract §2.2). */
export function assertInvoiceable(
  input: InvoiceInput,
  { order, invoices }: { order: ShopOrder; invoices: readonly ShopInvoiceRecord[] },
): void {
  const invoiced = invoicedByRow(order, invoices);
  if (input.items.length === 0) throw cannot(input, 'nothingToInvoice', 'it names no item');
  for (const [id, qty] of input.items) {
    const own = moneyRows(order).find(({ row }) => row.id === id);
    if (own === undefined) throw cannot(input, 'itemNotOnOrder', `item ${id} is not one of the order’s priced rows`);
    if (!own.row.decimalQty && !decimal(qty).isInteger())
      throw cannot(input, 'fractionNotSold', `${own.row.sku} is sold in whole pieces only, not ${qty}`);
    const open = openToInvoice(own, invoiced);
    if (decimal(qty).greaterThan(open)) throw tooMany(input, own.row.sku, qty, open);
  }
}

const cannot = (input: InvoiceInput, code: string, why: string): Error =>
  refused({
    code,
    reason: 'amountsDiffer',
    message: `Ticket ${input.ticket.no} of order ${input.order} cannot be invoiced in the shop: ${why}. Correct the ticket or invoice by hand and adopt it.`,
    order: input.order,
    field: 'items',
  });

const tooMany = (input: InvoiceInput, sku: string, qty: string, open: string): Error =>
  refused({
    code: 'invoicedByHand',
    reason: 'manualInvoice',
    message:
      `Ticket ${input.ticket.no} of order ${input.order} released ${qty} of ${sku}, but the shop has only ${open} left to invoice. ` +
      'Compare the order’s invoices in the shop with its release tickets.',
    order: input.order,
    field: 'qty_invoiced',
  });

interface ReadBack {
  readonly order: ShopOrder;
  readonly invoice: ShopInvoiceRecord;
  /** total_paid before the call; null when the invoice was already there. */
  readonly paidBefore: Money | null;
}

/**
 * A 200 is no proof of money (contract §0.2): exactly these items, paid, with a transaction where one was to be made,
 * and counted in what the order has paid.
 */
export function assertInvoiced(input: InvoiceInput, { order, invoice, paidBefore }: ReadBack): void {
  if (!carriesMarker(invoice.comments, input.ticket)) throw markerMissing(input, invoice);
  if (!sameQuantities(invoicedItems(order, invoice), input.items))
    throw differs(input, invoice, 'names other quantities than');
  if (invoice.state !== 2) throw differs(input, invoice, 'is not paid, unlike what');
  if (isZero(invoice.grandTotal)) return;
  if (input.capture && invoice.transactionId === null) throw capturedNothing(input, invoice);
  const grew =
    paidBefore === null || decimal(order.totals.paid).minus(paidBefore).greaterThanOrEqualTo(invoice.grandTotal);
  if (!grew) throw notCounted(input, invoice);
}

const differs = (input: InvoiceInput, invoice: ShopInvoiceRecord, how: string): Error =>
  refused({
    code: 'invoiceDiffers',
    reason: 'amountsDiffer',
    message: `Invoice ${invoice.incrementId} of order ${input.order} ${how} ticket ${input.ticket.no} asks for. Compare the two in the shop.`,
    order: input.order,
    field: 'items',
  });

/** On a closed authorisation the shop stores a paid invoice that nobody paid (contract §4.3). */
const capturedNothing = (input: InvoiceInput, invoice: ShopInvoiceRecord): Error =>
  refused({
    code: 'capturedNothing',
    reason: 'authorizationExpired',
    message:
      `The shop stored invoice ${invoice.incrementId} for ticket ${input.ticket.no} of order ${input.order}, but no money was taken: ` +
      'the authorisation is closed or has lapsed.',
    order: input.order,
    field: 'transaction_id',
    remedy: 'Hold the parcel back and collect the money another way.',
  });

/** Two invoices stand for the same goods: a person, a proxy or a second program repeated the call. */
export const invoicedTwice = (input: InvoiceInput, invoices: readonly ShopInvoiceRecord[]): Error =>
  refused({
    code: 'invoicedTwice',
    reason: 'amountsDiffer',
    message:
      `The shop shows invoices ${listed(invoices.map(({ incrementId }) => incrementId))} for ${about(input)}, ` +
      'which was released once. Look at the payment provider how often it was paid, and refund in the shop what is too much.',
    order: input.order,
    field: 'comments',
  });

export const countersUnclear = (input: InvoiceInput): Error =>
  refused({
    code: 'countersDiffer',
    reason: 'captureUnknown',
    message:
      `The shop’s counters of order ${input.order} do not agree with its invoices, so ${about(input)} is not charged: ` +
      'the same goods could be charged twice.',
    order: input.order,
    field: 'qty_invoiced',
    remedy: 'Compare the invoices in the shop with the payment provider.',
  });

/** A capture the gateway leaves pending or flags is stored without being counted (contract §3.2). */
export const notCounted = (input: InvoiceInput, invoice: ShopInvoiceRecord): Error =>
  refused({
    code: 'captureNotCounted',
    reason: 'captureUnknown',
    message: `The shop made invoice ${invoice.incrementId} for ${about(input)}, but does not count it as paid: the payment may be pending or under review.`,
    order: input.order,
    field: 'total_paid',
    remedy: 'Before the parcel leaves, look at the payment provider whether the amount was taken.',
  });

/** Without its marker the invoice would not be found again, and a repetition would charge a second time. */
export const markerMissing = (input: InvoiceInput, invoice: ShopInvoiceRecord): Error =>
  refused({
    code: 'markerMissing',
    reason: 'captureUnknown',
    message:
      `The shop made invoice ${invoice.incrementId} for ${about(input)} but did not keep its comment, by which Cantus finds it again. ` +
      `Add the comment “${formatMarker(input.ticket)}” to the invoice in the shop.`,
    order: input.order,
    field: 'comments',
  });
