import { type Decimal } from 'decimal.js';
import { decimal, isPositive, money, sum } from '../money';
import type { CounterpointSettings } from '../settings';
import type { ShopOrder, ShopOrderItem } from '../shop-order';
import { cents, roundedTo } from './cents';
import type { DraftLine, DraftTax } from './draft';
import { stop } from './refusals';

/**
 * Each row's share of the order's tax in cents, without the shipping's. The document's tax is the order's own figure; the
 * shares only say which line it belongs to, so a difference of rounding, at most a cent per row, goes to the last taxed
 * row. A tax on a fixed product tax may be in the row's tax or beside it; whichever adds up is taken.
 * @throws CantusError refused, totalsDiffer, when the rows do not explain the order's tax.
 */
export function lineTaxes(order: ShopOrder, rows: readonly ShopOrderItem[]): readonly Decimal[] {
  const { tax, shippingTax } = order.totals;
  const target = decimal(tax).minus(shippingTax);
  const tolerance = decimal('0.01').times(Math.max(rows.length, 1));
  const plain = rows.map((row) => decimal(row.tax));
  const withFixed = rows.map((row) => decimal(row.tax).plus(row.weeeTax));
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
  throw stop(order.incrementId, {
    reason: 'totalsDiffer',
    field: 'base_tax_amount',
    what: `the taxes of the lines add up to ${cents(sum(plain)).toFixed(2)}, but the order's tax without shipping is ${target.toFixed(2)}`,
    remedy: 'Check the taxes of the order in the shop; nothing is imported until the amounts agree.',
  });
}

/**
 * The document's tax, an override of Counterpoint's own (C5-59): one code for taxable orders, one for the others
 * (C5-60 … C5-62), and one row for the authority and rule that stand for the shop, with the shop's amount and what it was
 * charged on. An order without tax has no row.
 */
export function draftTax(
  order: ShopOrder,
  lines: readonly DraftLine[],
  misc: Decimal,
  settings: CounterpointSettings,
): DraftTax {
  const { tax, shippingTax } = order.totals;
  if (!isPositive(tax)) return { code: settings.noTaxCode, taxable: false, total: money(tax), rows: [] };
  return {
    code: settings.taxCode,
    taxable: true,
    total: money(tax),
    rows: [
      {
        authority: settings.taxAuthority,
        rule: settings.taxRule,
        amount: money(tax),
        taxableLines: money(sum(lines.filter((line) => line.taxable).map((line) => line.net))),
        taxableShipping: isPositive(shippingTax) ? money(misc) : money(0),
      },
    ],
  };
}
