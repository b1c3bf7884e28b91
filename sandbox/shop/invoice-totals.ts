import { add, CarryRounder, cents, negate, portion, subtract } from './amounts';
import type { DraftInvoiceLine, InvoiceDraft } from './invoice-draft';
import type { ItemRow, OrderRow } from './rows';

/** Every amount exists in the order's currency and, with this prefix, in the base currency. */
export type Currency = '' | 'base_';

export interface LineAmounts {
  readonly rowTotal: number;
  readonly rowTotalInclTax: number;
  readonly discount: number;
  readonly tax: number;
  readonly compensation: number;
}

export interface InvoiceAmounts {
  readonly lines: ReadonlyMap<number, LineAmounts>;
  readonly subtotal: number;
  readonly subtotalInclTax: number;
  /** Positive. */
  readonly discount: number;
  readonly tax: number;
  readonly compensation: number;
  /** Null on every invoice but the one that carries the shipping. */
  readonly shipping: {
    readonly amount: number;
    readonly tax: number;
    readonly inclTax: number;
    readonly compensation: number;
  } | null;
  readonly grandTotal: number;
}

const read = (row: OrderRow | ItemRow, currency: Currency, column: string): number => {
  const value = row[`${currency}${column}`];
  return typeof value === 'number' ? value : 0;
};

/** The base column of the shipping compensation is spelt short in the shop's tables. */
const shippingCompensation = (order: OrderRow, currency: Currency): number =>
  read(
    order,
    currency,
    currency === '' ? 'shipping_discount_tax_compensation_amount' : 'shipping_discount_tax_compensation_amnt',
  );

/** What is left of a row's column, or its share for the invoiced pieces, rounded with the carry of the rows before. */
const partOf = (line: DraftInvoiceLine, left: number, round: (value: number) => number): number => {
  if (left === 0) return 0;
  if (line.last) return cents(left);
  return round(portion(left, line.qty, subtract(line.item.qty_ordered, line.item.qty_invoiced)));
};

const lineAmounts = (lines: readonly DraftInvoiceLine[], currency: Currency): Map<number, LineAmounts> => {
  const rounder = new CarryRounder();
  const including = new CarryRounder();
  const compensations = new CarryRounder();
  const priced = lines.filter((line) => !line.dummy);
  const left = (line: DraftInvoiceLine, column: string, taken: string): number =>
    subtract(read(line.item, currency, column), read(line.item, currency, taken));
  const each = (compute: (line: DraftInvoiceLine) => number): number[] => priced.map(compute);

  const rows = each((line) => partOf(line, left(line, 'row_total', 'row_invoiced'), (value) => rounder.round(value)));
  const inclusive = each((line) =>
    including.round(portion(read(line.item, currency, 'row_total_incl_tax'), line.qty, line.item.qty_ordered)),
  );
  const discounts = each((line) =>
    partOf(line, left(line, 'discount_amount', 'discount_invoiced'), (value) => rounder.round(value, true)),
  );
  const taxes = each((line) => partOf(line, left(line, 'tax_amount', 'tax_invoiced'), (value) => rounder.round(value)));
  const compensated = each((line) =>
    partOf(line, left(line, 'discount_tax_compensation_amount', 'discount_tax_compensation_invoiced'), (value) =>
      compensations.round(value),
    ),
  );
  return new Map(
    priced.map((line, at) => [
      line.item.item_id,
      {
        rowTotal: rows[at] ?? 0,
        rowTotalInclTax: inclusive[at] ?? 0,
        discount: discounts[at] ?? 0,
        tax: taxes[at] ?? 0,
        compensation: compensated[at] ?? 0,
      },
    ]),
  );
};

/**
 * Amounts of one invoice (contract §4.3): shipping with its tax and discount on the first, carried rounding inside
 * a part, and every remainder on the invoice that finishes the order, so that invoices add up to the order to the cent.
 */
export const invoiceAmounts = (
  order: OrderRow,
  draft: InvoiceDraft,
  options: { readonly currency: Currency; readonly carriesShipping: boolean },
): InvoiceAmounts => {
  const { currency, carriesShipping } = options;
  const lines = lineAmounts(draft.lines, currency);
  const all = [...lines.values()];
  const open = (column: string, taken: string): number =>
    subtract(read(order, currency, column), read(order, currency, taken));
  const capped = (value: number, allowed: number): number => (draft.last ? allowed : Math.min(value, allowed));

  const shipping = carriesShipping
    ? {
        amount: read(order, currency, 'shipping_amount'),
        tax: read(order, currency, 'shipping_tax_amount'),
        inclTax: read(order, currency, 'shipping_incl_tax'),
        compensation: shippingCompensation(order, currency),
      }
    : null;
  const subtotal = capped(add(...all.map((line) => line.rowTotal)), open('subtotal', 'subtotal_invoiced'));
  const discount = add(
    ...all.map((line) => line.discount),
    carriesShipping ? read(order, currency, 'shipping_discount_amount') : 0,
  );
  const tax = capped(add(...all.map((line) => line.tax), shipping?.tax), open('tax_amount', 'tax_invoiced'));
  const compensation = add(...all.map((line) => line.compensation), shipping?.compensation);
  return {
    lines,
    subtotal,
    subtotalInclTax: add(...all.map((line) => line.rowTotalInclTax)),
    discount,
    tax,
    compensation,
    shipping,
    grandTotal: cents(add(subtotal, negate(discount), tax, compensation, shipping?.amount)),
  };
};
