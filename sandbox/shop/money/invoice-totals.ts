import { add, CarryRounder, cents, negate, portion, subtract } from './amounts';
import type { DraftInvoiceLine, InvoiceDraft } from './invoice-draft';
import type { ItemRow, OrderRow } from '../books/rows';

/** Every amount exists in the order's currency and, with this prefix, in the base currency. */
export type Currency = '' | 'base_';

export interface LineAmounts {
  readonly rowTotal: number;
  readonly rowTotalInclTax: number;
  readonly discount: number;
  readonly tax: number;
  readonly compensation: number;
  /** Fixed product tax on top of the row, e.g. a recycling fee. */
  readonly weee: number;
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
  /** Tenders taken off (negative) or charges put on beside goods, shipping and tax. */
  readonly besides: number;
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

/** The base column of a fixed product tax is spelt short in the shop's tables. */
const feeColumn = (currency: Currency): string =>
  currency === '' ? 'weee_tax_applied_row_amount' : 'base_weee_tax_applied_row_amnt';

/** A fixed product tax goes by pieces: up to these pieces, less up to the ones before. */
const feeOf = (line: DraftInvoiceLine, currency: Currency): number => {
  const fee = line.item[feeColumn(currency)];
  if (typeof fee !== 'number' || fee === 0) return 0;
  const upTo = (pieces: number): number => cents(portion(fee, pieces, line.item.qty_ordered));
  return subtract(upTo(add(line.item.qty_invoiced, line.qty)), upTo(line.item.qty_invoiced));
};

/** What an order's total holds beside goods, shipping and tax: tenders taken off it, or charges put on it. */
const besidesOf = (order: OrderRow, currency: Currency): number =>
  subtract(
    read(order, currency, 'grand_total'),
    read(order, currency, 'subtotal'),
    read(order, currency, 'discount_amount'),
    read(order, currency, 'shipping_amount'),
    read(order, currency, 'tax_amount'),
    read(order, currency, 'discount_tax_compensation_amount'),
    shippingCompensation(order, currency),
    ...order.items.map((item) => {
      const fee = item[feeColumn(currency)];
      return typeof fee === 'number' ? fee : 0;
    }),
  );

/**
 * Gift cards and credit are used up invoice by invoice, each falling to zero at most; further charges stand on the first.
 */
const besides = (order: OrderRow, currency: Currency, own: number, taken: number): number => {
  const left = subtract(besidesOf(order, currency), taken);
  return left < 0 ? Math.max(left, negate(own)) : left;
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
  const fees = each((line) => feeOf(line, currency));
  return new Map(
    priced.map((line, at) => [
      line.item.item_id,
      {
        rowTotal: rows[at] ?? 0,
        rowTotalInclTax: inclusive[at] ?? 0,
        discount: discounts[at] ?? 0,
        tax: taxes[at] ?? 0,
        compensation: compensated[at] ?? 0,
        weee: fees[at] ?? 0,
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
  options: { readonly currency: Currency; readonly carriesShipping: boolean; readonly besidesTaken: number },
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
  const fees = add(...all.map((line) => line.weee));
  const own = cents(add(subtotal, negate(discount), tax, compensation, shipping?.amount, fees));
  const beside = besides(order, currency, own, options.besidesTaken);
  return {
    lines,
    subtotal,
    subtotalInclTax: add(...all.map((line) => line.rowTotalInclTax)),
    discount,
    tax,
    compensation,
    shipping,
    besides: beside,
    grandTotal: add(own, beside),
  };
};
