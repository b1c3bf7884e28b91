import { Decimal } from 'decimal.js';
import { decimal, isPositive, isZero, sum } from '../../money';
import type { ShopOrder, ShopOrderItem } from '../../shop/order';
import { cents, roundedTo } from './cents';
import { priceBounds, priceSlack, readings, realDiscount, type Reading } from './row-readings';
import { stop } from '../refusals';

/** What the goods have to come to before discount and without tax, fixed product taxes left out. */
export interface GrossTarget {
  /** As the shop states it, to four places: a reading of the rows is proven against it. */
  readonly exact: Decimal;
  /** What the document's lines add up to. */
  readonly cents: Decimal;
}

/**
 * The gross amount of each money row in cents, before discount and without tax, fixed product tax included.
 *
 * Releases and tax settings show a row's total in different ways, and nothing in the answer says which (contract §4.1,
 * docs/decisions/012-reading-a-row.md). So every way of reading is tried on all rows together, and only one that adds up to
 * the order's subtotal counts. Where several do and say different things, the row's own price decides, or nobody does.
 * @param targets what the rows may have to add up to, likeliest first
 * @throws CantusError refused, totalsDiffer, when no reading adds up, or several do with different lines.
 */
export function grossAmounts(
  order: ShopOrder,
  rows: readonly ShopOrderItem[],
  targets: readonly GrossTarget[],
): readonly Decimal[] {
  for (const target of targets) {
    for (const ways of readings(rows)) {
      const amounts = theOne(order, rows, provenOf(ways, rows, target));
      if (amounts !== null) return withFixedTax(rows, amounts);
    }
  }
  throw doesNotAddUp(order, rows, targets);
}

const withFixedTax = (rows: readonly ShopOrderItem[], amounts: readonly Decimal[]): readonly Decimal[] =>
  amounts.map((amount, index) => amount.plus(cents(rows[index]?.weee ?? 0)));

/** The reading in cents, if it proves to be the subtotal and leaves no row below what discount and tax say of it. */
function settled(
  reading: Reading,
  rows: readonly ShopOrderItem[],
  target: GrossTarget,
): readonly (readonly Decimal[])[] {
  const { amounts } = reading;
  if (amounts.some((amount) => amount.isNegative())) return [];
  const off = sum(amounts).minus(target.exact).abs();
  if (off.greaterThan(reading.tolerance)) return reading.bounds === undefined ? [] : withinBounds(reading, target);
  const rounded = roundedTo(amounts, {
    target: target.cents,
    tolerance: reading.tolerance.plus('0.01'),
    mayCarry: (index, amount) =>
      (amount.greaterThan(0) || isHalfACent(amount, amounts[index])) &&
      amount.greaterThanOrEqualTo(floorOf(rows[index])),
  });
  if (rounded === null) return [];
  return rounded.every((amount, index) => amount.greaterThanOrEqualTo(floorOf(rows[index]))) ? [rounded] : [];
}

/** What is worth half a cent may come to nothing; anything else does not become free by rounding. */
const isHalfACent = (amount: Decimal, exact = decimal(0)): boolean => amount.isZero() && exact.equals('0.005');

/**
 * No row is worth less than its discount takes, beyond what the discount takes of its tax; unless the discount is more than
 * its price can be, where the shop takes it on a price with tax and no tax is left.
 */
function floorOf(row: ShopOrderItem | undefined): Decimal {
  if (row === undefined) return decimal(0);
  const floor = Decimal.max(0, realDiscount(row).minus(row.tax).toDecimalPlaces(2, Decimal.ROUND_FLOOR));
  return isPositive(row.price) && floor.greaterThan(priceBounds(row).high) ? decimal(0) : floor;
}

/** What is missing goes to the rows that are only known within bounds. */
function withinBounds({ amounts, bounds = [] }: Reading, target: GrossTarget): readonly (readonly Decimal[])[] {
  let missing = target.cents.minus(sum(amounts.map(cents)));
  const settledTo = amounts.map(cents);
  for (let index = settledTo.length - 1; index >= 0; index -= 1) {
    const amount = settledTo[index] ?? decimal(0);
    const { low, high } = bounds[index] ?? { low: amount, high: amount };
    const given = Decimal.min(Decimal.max(missing, low.minus(amount)), high.minus(amount)).toDecimalPlaces(
      2,
      Decimal.ROUND_DOWN,
    );
    settledTo[index] = amount.plus(given);
    missing = missing.minus(given);
  }
  return missing.isZero() ? [settledTo] : [];
}

type Amounts = readonly Decimal[];

/** Lazily: the first that agrees with the rows' prices is the one, and the rest need not be worked out. */
function* provenOf(ways: Iterable<Reading>, rows: readonly ShopOrderItem[], target: GrossTarget): Generator<Amounts> {
  for (const reading of ways) yield* settled(reading, rows, target);
}

/**
 * Of the readings that add up: the first that agrees with the rows' own prices, for price × quantity is the row in every
 * release. Where none does, readings that differ by no more than rounding a price takes are one; others leave nobody knowing.
 * @returns null when there is none
 */
function theOne(order: ShopOrder, rows: readonly ShopOrderItem[], proven: Iterable<Amounts>): Amounts | null {
  const kept: Amounts[] = [];
  for (const amounts of proven) {
    if (agreesWithPrices(rows, amounts)) return amounts;
    kept.push(amounts);
  }
  const [first, ...others] = apart(rows, kept);
  if (others.length > 0) throw ambiguous(order);
  return first ?? null;
}

const apart = (rows: readonly ShopOrderItem[], proven: readonly Amounts[]): readonly Amounts[] =>
  proven.reduce<readonly Amounts[]>(
    (kept, amounts) => (kept.some((other) => areNear(rows, amounts, other)) ? kept : [...kept, amounts]),
    [],
  );

const areNear = (rows: readonly ShopOrderItem[], a: Amounts, b: Amounts): boolean =>
  rows.every((row, index) =>
    decimal(a[index] ?? 0)
      .minus(b[index] ?? 0)
      .abs()
      .lessThanOrEqualTo(priceSlack(row)),
  );

const agreesWithPrices = (rows: readonly ShopOrderItem[], amounts: Amounts): boolean =>
  rows.every((row, index) => {
    if (isZero(row.price)) return true;
    const { low, high } = priceBounds(row);
    const amount = amounts[index] ?? decimal(0);
    return amount.greaterThanOrEqualTo(low) && amount.lessThanOrEqualTo(high);
  });

const REMEDY =
  'Check the rows of the order in the shop for prices changed by hand or by an extension; nothing is imported until the amounts agree.';

function doesNotAddUp(order: ShopOrder, rows: readonly ShopOrderItem[], [target]: readonly GrossTarget[]): Error {
  const shown = cents(sum(rows.map((row) => decimal(row.rowTotal).plus(row.discount))));
  const priced = cents(sum(rows.map((row) => decimal(row.price).times(row.ordered))));
  const discounted = rows.some((row) => isPositive(row.discount)) ? ' before their discounts' : '';
  return stop(order.incrementId, {
    reason: 'totalsDiffer',
    field: 'base_subtotal',
    what:
      `the lines add up to ${shown.toFixed(2)}, but the subtotal is ${(target?.cents ?? decimal(0)).toFixed(2)}; ` +
      `by price and quantity they come to ${priced.toFixed(2)}${discounted}`,
    remedy: REMEDY,
  });
}

const ambiguous = (order: ShopOrder): Error =>
  stop(order.incrementId, {
    reason: 'totalsDiffer',
    code: 'rowsAmbiguous',
    field: 'items.base_row_total',
    what: 'its rows can be read in more than one way that adds up to the subtotal, each with other lines',
    remedy: REMEDY,
  });
