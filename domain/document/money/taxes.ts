import { type Decimal } from 'decimal.js';
import { decimal, isPositive, sum } from '../../money';
import type { ShopOrder, ShopOrderItem } from '../../shop/order';
import { cents, roundedTo } from './cents';
import { placedCharges, type Placed } from '../placed';
import { stop } from '../refusals';

export interface TaxShares {
  /** Of each money row. */
  readonly rows: readonly Decimal[];
  /** Of what was placed beside goods and shipping. */
  readonly placed: Decimal;
}

/**
 * Each row's share of the order's tax in cents, without the shipping's. The document's tax is the order's own figure; the
 * shares only say which line it belongs to, so a difference of rounding, at most a cent per row, goes to the last taxed
 * row. A tax on a fixed product tax may be in the row's tax or beside it; whichever adds up is taken. Charges beside goods
 * and shipping have the tax the shop names for them, or else what rows and shipping leave.
 * @throws CantusError refused, totalsDiffer, when the rows do not explain the order's tax.
 */
export function lineTaxes(order: ShopOrder, rows: readonly ShopOrderItem[], placed: Placed): TaxShares {
  const { tax, shippingTax } = order.totals;
  const onGoods = decimal(tax).minus(shippingTax);
  const named = decimal(placed.tax ?? 0);
  const target = placed.taxBeside ? onGoods : onGoods.minus(named);
  const shares = rowShares(rows, target);
  if (shares !== null) return { rows: shares, placed: named };
  const rest = restOfTax(rows, onGoods, placed);
  if (rest !== null) return rest;
  throw stop(order.incrementId, {
    reason: 'totalsDiffer',
    field: 'base_tax_amount',
    what: `the taxes of the lines add up to ${cents(sum(rows.map((row) => row.tax))).toFixed(2)}, but the order's tax without shipping is ${target.toFixed(2)}`,
    remedy: 'Check the taxes of the order in the shop; nothing is imported until the amounts agree.',
  });
}

function rowShares(rows: readonly ShopOrderItem[], target: Decimal): readonly Decimal[] | null {
  const plain = rows.map((row) => decimal(row.tax));
  const withFixed = rows.map((row) => decimal(row.tax).plus(row.weeeTax));
  // Half a cent more, where the shop's own tax keeps parts of a cent.
  const tolerance = decimal('0.01').times(Math.max(rows.length, 1)).plus('0.005');
  for (const allowed of [undefined, tolerance]) {
    for (const exact of [plain, withFixed]) {
      const shares = roundedTo(exact, {
        target,
        ...(allowed === undefined ? {} : { tolerance: allowed }),
        mayCarry: (index, amount) => isPositive(exact[index] ?? 0) && !amount.isNegative(),
      });
      if (shares?.every((share) => !share.isNegative())) return shares;
    }
  }
  return null;
}

/** The shop does not say what tax a charge bears; it cannot be more than the charge. */
function restOfTax(rows: readonly ShopOrderItem[], onGoods: Decimal, placed: Placed): TaxShares | null {
  const taxes = rows.map((row) => cents(row.tax));
  const rest = onGoods.minus(sum(taxes));
  const possible = placed.tax === null && isPositive(rest) && rest.lessThanOrEqualTo(placedCharges(placed));
  return possible ? { rows: taxes, placed: rest } : null;
}
