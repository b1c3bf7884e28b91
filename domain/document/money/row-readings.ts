import { Decimal } from 'decimal.js';
import { decimal, isPositive, isZero } from '../../money';
import type { ShopOrderItem } from '../../shop/order';
import { cents } from './cents';

/** One way of taking the gross amounts of all rows from what the shop sent. */
export interface Reading {
  readonly amounts: readonly Decimal[];
  /** How far the sum may lie from the subtotal and still be the same money, rounded. */
  readonly tolerance: Decimal;
  /** How far each amount may be wrong, where the shop does not say it to the cent. */
  readonly bounds?: readonly Bounds[];
}

export interface Bounds {
  readonly low: Decimal;
  readonly high: Decimal;
}

type RowReading = (row: ShopOrderItem) => Decimal | null;

const HALF_A_CENT = decimal('0.005');

/** A row's discount without the tax in it: where prices include tax the discount does too, and compensation is that part. */
export const realDiscount = (row: ShopOrderItem): Decimal => decimal(row.discount).minus(row.compensation);

/** What rounding the price to cents, or the row, may take from a row. */
export const priceSlack = (row: ShopOrderItem): Decimal => decimal(row.ordered).times(HALF_A_CENT).plus('0.02');

export function priceBounds(row: ShopOrderItem): Bounds {
  const amount = decimal(row.price).times(row.ordered);
  return { low: amount.minus(priceSlack(row)), high: amount.plus(priceSlack(row)) };
}

/**
 * Every way the shop's releases and settings let a row be read, the likeliest first: those that say each row to the cent,
 * and only where none of them proves true, those that leave some of it to the subtotal.
 */
export function* readings(rows: readonly ShopOrderItem[]): Generator<Iterable<Reading>> {
  yield toTheCent(rows);
  yield leftToTheSubtotal(rows);
}

function* toTheCent(rows: readonly ShopOrderItem[]): Generator<Reading> {
  for (const read of TO_THE_CENT) yield* readingOf(rows, read, HALF_A_CENT);
}

function* leftToTheSubtotal(rows: readonly ShopOrderItem[]): Generator<Reading> {
  const oneCentEachRate = decimal('0.01').times(new Set(rows.map((row) => decimal(row.taxPercent).toString())).size);
  for (const read of ROUNDED_IN_SUM) yield* readingOf(rows, read, oneCentEachRate);
  yield* bounded(rows);
}

function readingOf(rows: readonly ShopOrderItem[], read: RowReading, tolerance: Decimal): readonly Reading[] {
  const amounts = rows.map(read);
  return amounts.every((amount) => amount !== null) ? [{ amounts, tolerance }] : [];
}

/** 2.3.1 and later: after discount. Cut off at 0 from 2.4.5 on, where the discount takes all of it or, with tax in it, more. */
const afterDiscount: RowReading = (row) => (isCutOff(row) ? null : decimal(row.rowTotal).plus(row.discount));

const isCutOff = (row: ShopOrderItem): boolean => isZero(row.rowTotal) && isPositive(row.discount);

/** 2.3.0: before discount. */
const asSent: RowReading = (row) => decimal(row.rowTotal);

/** The total with tax is the whole row's in every release from 2.3.1 on: row − discount + tax + compensation. */
const fromTotalWithTax =
  (fixedTax: (row: ShopOrderItem) => Decimal.Value): RowReading =>
  (row) =>
    row.rowTotalInclTax === null
      ? null
      : decimal(row.rowTotalInclTax).plus(realDiscount(row)).minus(row.tax).minus(fixedTax(row));

/** 2.4.8 shows some rows without their quantity; then only the unit price leads to the row. */
const byPrice: RowReading = (row) => decimal(row.price).times(row.ordered);
const byRoundedUnitPrice: RowReading = (row) => cents(row.price).times(row.ordered);

const factor = (row: ShopOrderItem): Decimal => decimal(row.taxPercent).dividedBy(100).plus(1);

/** Where prices include tax the unit price without it is rounded; the price with it is the shop's own. */
const byPriceWithTax: RowReading = (row) =>
  row.priceInclTax === null ? null : decimal(row.priceInclTax).times(row.ordered).dividedBy(factor(row));
const byUnitPriceWithTax: RowReading = (row) =>
  row.priceInclTax === null ? null : cents(decimal(row.priceInclTax).dividedBy(factor(row))).times(row.ordered);

/** A later 2.4.8 that displays prices with tax shows the row with its tax, less discount and tax. */
const displayedWithTax: RowReading = (row) =>
  isCutOff(row)
    ? null
    : isZero(row.compensation)
      ? decimal(row.rowTotal).plus(row.discount).plus(row.tax).dividedBy(factor(row))
      : decimal(row.rowTotal).plus(realDiscount(row));

const takenWhole: RowReading = (row) => (isPositive(row.discount) ? realDiscount(row) : null);

/** Rows that were cut off are read the second way, all others the first. */
const elseBy =
  (first: RowReading, second: RowReading): RowReading =>
  (row) =>
    first(row) ?? second(row);

const rounded =
  (read: RowReading): RowReading =>
  (row) => {
    const amount = read(row);
    return amount === null ? null : cents(amount);
  };

const NO_FIXED_TAX = fromTotalWithTax(() => 0);

const TO_THE_CENT: readonly RowReading[] = [
  afterDiscount,
  NO_FIXED_TAX,
  fromTotalWithTax((row) => row.weee),
  fromTotalWithTax((row) => row.weeeUnit),
  elseBy(afterDiscount, NO_FIXED_TAX),
  elseBy(afterDiscount, rounded(byPriceWithTax)),
  elseBy(afterDiscount, takenWhole),
  elseBy(afterDiscount, rounded(byPrice)),
  // Without tax in it, a discount that takes all of a row is the row.
  elseBy(afterDiscount, (row) => decimal(row.discount)),
  asSent,
  rounded(byPriceWithTax),
  byUnitPriceWithTax,
  byPrice,
  rounded(byPrice),
  byRoundedUnitPrice,
  rounded(displayedWithTax),
];

/** A setting rounds the sum of each rate, not its rows. */
const ROUNDED_IN_SUM: readonly RowReading[] = [byPriceWithTax, byPrice];

/**
 * Nothing but a rounded price tells what a row was that the discount cut off: it lies between the discount without its tax
 * and the discount as the shop states it, and the subtotal says where.
 */
function bounded(rows: readonly ShopOrderItem[]): readonly Reading[] {
  if (!rows.some(isCutOff)) return [];
  const within = (row: ShopOrderItem): Bounds => {
    const known = afterDiscount(row);
    if (known !== null) return { low: known, high: known };
    const { low, high } = priceBounds(row);
    return { low: Decimal.max(low, realDiscount(row).minus(row.tax)), high: Decimal.min(high, row.discount) };
  };
  const bounds = rows.map(within);
  const amounts = rows.map((row, index) => {
    const { low, high } = bounds[index] ?? priceBounds(row);
    return afterDiscount(row) ?? Decimal.min(Decimal.max(cents(byPrice(row) ?? 0), low), high);
  });
  return [{ amounts, bounds, tolerance: HALF_A_CENT }];
}
