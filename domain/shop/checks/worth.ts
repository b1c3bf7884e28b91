import type { InvoiceInput } from '../../ports/shop';
import { CantusError, refused } from '../../errors';
import { expectedInvoice, type ExpectedInvoice } from '../../document/money/release';
import { spreadOf } from '../invoice-goods';
import { decimal } from '../../money';
import type { ShopInvoiceRecord, ShopOrder } from '../order';
import { invoicedItems } from '../side';
import { isWorth } from '../worth';

/**
 * Before an invoice is made: what the shop is about to invoice has to be what the store released (P-09).
 * @throws refused amountsDiffer; this call charged nobody
 */
export function assertWorth(
  input: InvoiceInput,
  { order, invoices }: { order: ShopOrder; invoices: readonly ShopInvoiceRecord[] },
): void {
  const { amount } = input;
  if (amount === undefined) return;
  const expected = foresee(input, order, invoices);
  const { goods, expected: whole, shipping, charges, chargesInAll } = expected;
  const withTax = decimal(whole).minus(shipping).minus(charges);
  const parts = input.items.length + invoices.length;
  if (isWorth(amount, [goods, withTax], spreadOf(order, chargesInAll), parts)) return;
  throw differs(
    input,
    `the store released it for ${amount}, but the shop would ${input.capture ? 'charge' : 'invoice'} ${whole}. ` +
      'Correct the price in Counterpoint or in the shop, or accept the difference to invoice what the shop says',
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
      message: `Ticket ${ticket.no} of order ${order} is not invoiced as it stands: ${why}.`,
      order,
      field: 'amount',
    },
    cause,
  );
