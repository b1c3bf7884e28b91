import { Decimal } from 'decimal.js';
import { decimal, isPositive, isZero, sum } from '../money';
import type { ShopOrder, ShopOrderItem } from '../shop-order';
import { cents, roundedTo } from './cents';
import { stop } from './refusals';

interface Reading {
  readonly amounts: readonly Decimal[];
  /** Rows whose amount had to be taken from price × quantity: the shop cut them off at zero. */
  readonly clamped: readonly boolean[];
}

/**
 * The gross amount of each money row in cents, before discount and without tax, fixed product tax included.
 *
 * The shop's order rows arrive after discount since 2.3.1 and before it up to 2.3.0, and nothing in the answer says which
 * (contract §4.1). So both readings are tried, and the one that adds up to the order's subtotal is taken. A fixed product
 * tax may be part of that subtotal or stand beside it, as the shop is set.
 * @throws CantusError refused, totalsDiffer, when no reading adds up.
 */
export function grossAmounts(order: ShopOrder, rows: readonly ShopOrderItem[]): readonly Decimal[] {
  const { subtotal, weee } = order.totals;
  const fixedTax = fixedTaxAmounts(order, rows);
  const targets = isZero(weee) ? [decimal(subtotal)] : [decimal(subtotal), decimal(subtotal).minus(weee)];
  for (const reading of [afterDiscount(rows), asSent(rows)]) {
    for (const target of targets) {
      const amounts = settle(reading, target);
      if (amounts !== null) return amounts.map((amount, index) => amount.plus(fixedTax[index] ?? 0));
    }
  }
  throw stop(order.incrementId, {
    reason: 'totalsDiffer',
    field: 'base_subtotal',
    what: `the lines add up to ${cents(sum(afterDiscount(rows).amounts)).toFixed(2)}, but the subtotal is ${subtotal}`,
    remedy: 'Check the order in the shop for rows changed by an extension; nothing is imported until the amounts agree.',
  });
}

function afterDiscount(rows: readonly ShopOrderItem[]): Reading {
  // Below zero the shop answers 0 (2.4.5 and later): then only price × quantity still tells the row's amount.
  const clamped = rows.map((row) => isZero(row.rowTotal) && isPositive(row.discount));
  const amounts = rows.map((row, index) =>
    clamped[index] === true ? cents(decimal(row.price).times(row.ordered)) : decimal(row.rowTotal).plus(row.discount),
  );
  return { amounts, clamped };
}

const asSent = (rows: readonly ShopOrderItem[]): Reading => ({
  amounts: rows.map((row) => decimal(row.rowTotal)),
  clamped: rows.map(() => false),
});

function settle(reading: Reading, target: Decimal): readonly Decimal[] | null {
  const { amounts, clamped } = reading;
  if (amounts.some((amount) => amount.isNegative())) return null;
  const rebuilt = clamped.filter(Boolean).length;
  const exactly = roundedTo(amounts, { target, mayCarry: (_, amount) => amount.greaterThan(0) });
  if (exactly !== null || rebuilt === 0) return exactly;
  // A price of four places times the quantity may miss the shop's own row by a cent; only such a row takes it.
  return roundedTo(amounts, {
    target,
    tolerance: decimal('0.01').times(rebuilt),
    mayCarry: (index, amount) => clamped[index] === true && amount.greaterThan(0),
  });
}

function fixedTaxAmounts(order: ShopOrder, rows: readonly ShopOrderItem[]): readonly Decimal[] {
  const { weee } = order.totals;
  const amounts = roundedTo(rows.map((row) => row.weee), {
    target: weee,
    mayCarry: (index, amount) => !isZero(rows[index]?.weee ?? 0) && amount.greaterThan(0),
  });
  if (amounts !== null) return amounts;
  throw stop(order.incrementId, {
    reason: 'totalsDiffer',
    field: 'weee_tax_applied_row_amount',
    what: `the fixed product taxes of the lines add up to ${cents(sum(rows.map((row) => row.weee))).toFixed(2)}, but those of the order are ${weee}`,
    remedy: 'Check the fixed product taxes of the order in the shop; nothing is imported until the amounts agree.',
  });
}
