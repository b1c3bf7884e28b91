import { Decimal } from 'decimal.js';
import { decimal, isPositive, isZero, sum } from '../money';
import type { ShopOrder, ShopOrderItem } from '../shop-order';
import { cents, roundedTo } from './cents';
import { stop } from './refusals';
import { grossDue } from './totals';

interface Reading {
  readonly amounts: readonly Decimal[];
  /** How far each amount may be wrong, in both directions; zero where the shop says it. */
  readonly bounds: readonly { readonly low: Decimal; readonly high: Decimal }[];
  /** What the row's discount takes of it: no row is worth less. */
  readonly floors: readonly Decimal[];
}

const floorsOf = (rows: readonly ShopOrderItem[]): readonly Decimal[] =>
  rows.map((row) => decimal(row.discount).minus(row.compensation));

/**
 * The gross amount of each money row in cents, before discount and without tax, fixed product tax included.
 *
 * The shop's order rows arrive after discount since 2.3.1 and before it up to 2.3.0, and nothing in the answer says which
 * (contract §4.1). So both readings are tried, and the one that adds up to the order's subtotal is taken.
 * @throws CantusError refused, totalsDiffer, when no reading adds up.
 */
export function grossAmounts(order: ShopOrder, rows: readonly ShopOrderItem[]): readonly Decimal[] {
  // Of the money rows alone: a bundle's parent may repeat what its parts carry.
  const fixedTax = rows.map((row) => cents(row.weee));
  const target = subtotalOfRows(order, sum(fixedTax));
  for (const reading of [afterDiscount(rows), asSent(rows)]) {
    const amounts = settle(reading, target);
    if (amounts !== null) return amounts.map((amount, index) => amount.plus(fixedTax[index] ?? 0));
  }
  throw stop(order.incrementId, {
    reason: 'totalsDiffer',
    field: 'base_subtotal',
    what: `the lines add up to ${cents(sum(afterDiscount(rows).amounts)).toFixed(2)}, but the subtotal is ${target.toFixed(2)}`,
    remedy:
      'Check the order in the shop for rows changed by an extension; nothing is imported until the amounts agree.',
  });
}

/**
 * The subtotal without fixed product taxes. A setting of the shop counts them into the subtotal or beside it, and the order
 * does not say which; but only one of the two leads to its grand total.
 */
function subtotalOfRows(order: ShopOrder, fixedTax: Decimal): Decimal {
  const subtotal = decimal(order.totals.subtotal);
  return grossDue(order).equals(subtotal) ? subtotal.minus(fixedTax) : subtotal;
}

/**
 * Where the discount takes all of a row, or more because it includes tax, the shop answers a row total of 0 (2.4.5 and
 * later). Without tax inside the discount the row was worth just its discount; else only price × quantity tells it, which a
 * price of four places may miss by a little.
 */
function afterDiscount(rows: readonly ShopOrderItem[]): Reading {
  const known = rows.map((row) => decimal(row.rowTotal).plus(row.discount));
  const amounts = rows.map((row, index) => (isCutOff(row) ? rebuilt(row) : (known[index] ?? decimal(0))));
  const bounds = rows.map((row, index) => {
    const amount = amounts[index] ?? decimal(0);
    if (!isCutOff(row)) return { low: amount, high: amount };
    const slack = decimal(row.ordered).times('0.00005').plus('0.01');
    return {
      low: Decimal.max(amount.minus(slack), decimal(row.discount).minus(row.compensation)),
      high: Decimal.min(amount.plus(slack), row.discount),
    };
  });
  return { amounts, bounds, floors: floorsOf(rows) };
}

const isCutOff = (row: ShopOrderItem): boolean =>
  isZero(row.rowTotal) && isPositive(row.discount) && isPositive(row.compensation);

/** Price × quantity, which lies between the discount without its tax and the discount as the shop states it. */
const rebuilt = (row: ShopOrderItem): Decimal =>
  Decimal.min(
    Decimal.max(cents(decimal(row.price).times(row.ordered)), decimal(row.discount).minus(row.compensation)),
    row.discount,
  );

function asSent(rows: readonly ShopOrderItem[]): Reading {
  const amounts = rows.map((row) => decimal(row.rowTotal));
  return { amounts, bounds: amounts.map((amount) => ({ low: amount, high: amount })), floors: floorsOf(rows) };
}

function settle({ amounts, bounds, floors }: Reading, target: Decimal): readonly Decimal[] | null {
  if (amounts.some((amount) => amount.isNegative())) return null;
  const exactly = roundedTo(amounts, {
    target,
    mayCarry: (index, amount) => amount.greaterThan(0) && amount.greaterThanOrEqualTo(floors[index] ?? 0),
  });
  if (exactly !== null) return exactly;
  let missing = target.minus(sum(amounts.map(cents)));
  const settled = amounts.map(cents);
  for (let index = settled.length - 1; index >= 0; index -= 1) {
    const amount = settled[index] ?? decimal(0);
    const { low, high } = bounds[index] ?? { low: amount, high: amount };
    const given = Decimal.min(Decimal.max(missing, low.minus(amount)), high.minus(amount)).toDecimalPlaces(
      2,
      Decimal.ROUND_DOWN,
    );
    settled[index] = amount.plus(given);
    missing = missing.minus(given);
  }
  return missing.isZero() ? settled : null;
}
