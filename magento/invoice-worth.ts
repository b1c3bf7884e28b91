import { CantusError, refused } from '../domain/errors';
import { expectedInvoice, type ExpectedInvoice } from '../domain/document/release';
import { shippingCharge } from '../domain/document/totals';
import { decimal, type Numeric } from '../domain/money';
import type { ShopInvoiceRecord, ShopOrder } from '../domain/shop-order';
import { invoicedItems } from '../domain/shop-side';
import type { InvoiceInput } from './shop';

const CENT = '0.01';

/**
 * Before somebody is charged: what the shop is about to invoice has to be what the store released (P-09). A clerk who
 * changes a price changes the ticket, not the shop's order. The shop puts all the shipping on its first invoice (C5-10)
 * and spreads its tax over the parts; the store may charge both with any ticket, and rounds for itself. So the goods are
 * what is compared: with or without their tax, the order's tax and the shipping, to a cent for each row and each part.
 * @throws refused amountsDiffer; this call charged nobody
 */
export function assertWorth(
  input: InvoiceInput,
  { order, invoices }: { order: ShopOrder; invoices: readonly ShopInvoiceRecord[] },
): void {
  const { amount } = input;
  if (amount === undefined) return;
  const expected = foresee(input, order, invoices);
  const slack = decimal(CENT).times(input.items.length + invoices.length + 2);
  if (readings(order, expected).some((reading) => decimal(amount).minus(reading).abs().lessThanOrEqualTo(slack)))
    return;
  throw differs(
    input,
    `the store released it for ${amount}, but the shop would charge ${expected.expected}. ` +
      'Correct the price in Counterpoint or in the shop, or accept the difference to charge what the shop says',
  );
}

/** Every sum an unchanged price may come to on the ticket, by where the store puts tax and shipping. */
function readings(order: ShopOrder, expected: ExpectedInvoice): Numeric[] {
  const { goods, shipping, charges, chargesInAll } = expected;
  const untaxed = shippingCharge(order);
  const withTax = decimal(expected.expected).minus(shipping).minus(charges);
  const goodsSums = [withTax, decimal(goods), decimal(goods).plus(order.totals.tax)];
  const shippingSums = [decimal(0), untaxed, untaxed.plus(order.totals.shippingTax)];
  const chargeSums = [decimal(0), decimal(chargesInAll)];
  return goodsSums.flatMap((sum) =>
    shippingSums.flatMap((moved) => chargeSums.map((charged) => sum.plus(moved).plus(charged))),
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
      message: `Ticket ${ticket.no} of order ${order} is not charged as it stands: ${why}.`,
      order,
      field: 'amount',
    },
    cause,
  );
