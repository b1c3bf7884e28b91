import { CantusError, refused } from '../domain/errors';
import { expectedInvoice, type ExpectedInvoice } from '../domain/document/release';
import { shippingCharge } from '../domain/document/totals';
import { decimal, type Numeric } from '../domain/money';
import type { ShopInvoiceRecord, ShopOrder } from '../domain/shop-order';
import { invoicedItems } from '../domain/shop-side';
import type { InvoiceInput } from './shop';

/**
 * Before somebody is charged: what the shop is about to invoice has to be what the store released (P-09). A clerk who
 * changes a price changes the ticket, not the shop's order. The shop puts all the shipping on its first invoice (C5-10),
 * while the store may charge it with any ticket, so the shipping may be missing from the ticket or be on a later one.
 * @throws refused amountsDiffer; nothing was charged
 */
export function assertWorth(
  input: InvoiceInput,
  { order, invoices }: { order: ShopOrder; invoices: readonly ShopInvoiceRecord[] },
): void {
  const { amount } = input;
  if (amount === undefined) return;
  const expected = foresee(input, order, invoices);
  const shipping = shippingCharge(order).plus(order.totals.shippingTax);
  const fits = (moved: Numeric): boolean =>
    decimal(amount).greaterThanOrEqualTo(decimal(expected.low).plus(moved)) &&
    decimal(amount).lessThanOrEqualTo(decimal(expected.high).plus(moved));
  if (fits(0) || fits(decimal(expected.shipping).negated()) || (decimal(expected.shipping).isZero() && fits(shipping)))
    return;
  throw differs(
    input,
    `the store released it for ${amount}, but the shop would charge ${expected.expected}. ` +
      'Correct the price in Counterpoint or in the shop, or accept the difference to charge what the shop says',
  );
}

function foresee(input: InvoiceInput, order: ShopOrder, invoices: readonly ShopInvoiceRecord[]): ExpectedInvoice {
  const earlier = invoices
    .filter(({ state }) => state !== 3)
    .map((invoice) => ({ items: invoicedItems(order, invoice), total: invoice.grandTotal }));
  try {
    return expectedInvoice(order, input.items, earlier);
  } catch (error) {
    if (!(error instanceof CantusError)) throw error;
    throw differs(input, 'the shop’s order no longer adds up, so it is not known what the shop would charge', error);
  }
}

const differs = ({ order, ticket }: InvoiceInput, why: string, cause?: unknown): Error =>
  refused(
    {
      code: 'amountsDiffer',
      reason: 'amountsDiffer',
      message: `Nothing was charged for ticket ${ticket.no} of order ${order}: ${why}.`,
      order,
      field: 'amount',
    },
    cause,
  );
