import type { Decimal } from 'decimal.js';
import { decimal, isPositive, isZero, maximum, minimum, sum } from '../../money';
import type { ShopOrder, ShopOrderItem } from '../../shop/order';
import { moneyRows } from '../../shop/rows';
import { shareOut } from './cents';
import { lineDiscounts } from './discounts';
import { grossAmounts, type GrossTarget } from './gross';
import { inCents } from './in-cents';
import { NOTHING_PLACED, type Placed } from '../placed';
import { stop } from '../refusals';
import { lineTaxes } from './taxes';
import { grossDue, shippingCharge, shippingTaxCovered } from './totals';

/** One money row in cents. Net = gross − discount, and it is never below zero. */
export interface RowAmounts {
  readonly item: ShopOrderItem;
  /** Before discount and without tax, fixed product tax included. */
  readonly gross: Decimal;
  readonly discount: Decimal;
  readonly net: Decimal;
  readonly tax: Decimal;
}

/** What an order comes to, in cents: rows + shipping + tax + what was placed beside them. */
export interface OrderAmounts {
  readonly rows: readonly RowAmounts[];
  /** Shipping as the shopper pays it, without its tax. */
  readonly shipping: Decimal;
  readonly shippingTax: Decimal;
  /** Tax of what was placed beside goods and shipping. */
  readonly placedTax: Decimal;
  /** All tax of the document. */
  readonly tax: Decimal;
  /** Tax the shop states that the discount paid (docs/decisions/013-tax-before-discount.md). */
  readonly taxCovered: Decimal;
  /** The order's totals in cents. */
  readonly totals: ShopOrder['totals'];
}

/**
 * The ledger of an order, row by row. Amounts keep the shop's four places until they are proven; only then they are cents.
 * @throws CantusError refused, totalsDiffer, when rows, discounts, taxes or subtotal do not agree.
 */
export function orderAmounts(given: ShopOrder, placed: Placed = NOTHING_PLACED): OrderAmounts {
  const order = inCents(given, placed);
  const rows = moneyRows(order).map(({ row }) => row);
  if (rows.length === 0) throw noLines(order);
  const gross = grossAmounts(order, rows, targets(given, order, rows, placed));
  const discounts = lineDiscounts(order, rows, gross);
  const taxes = lineTaxes(order, rows, placed);
  const stated = rows.map((item, index) =>
    rowAmounts(order, item, {
      gross: gross[index] ?? decimal(0),
      discount: discounts[index] ?? decimal(0),
      tax: taxes.rows[index] ?? decimal(0),
    }),
  );
  const coveredOnShipping = shippingTaxCovered(order);
  const { rows: amounts, shipping } = spread(order, stated, shippingCharge(order));
  const shippingTax = decimal(order.totals.shippingTax).minus(coveredOnShipping);
  return {
    rows: amounts,
    shipping,
    shippingTax,
    placedTax: taxes.placed,
    tax: sum([...amounts.map(({ tax }) => tax), shippingTax, taxes.placed]),
    taxCovered: sum(stated.map(({ taxCovered }) => taxCovered)).plus(coveredOnShipping),
    totals: order.totals,
  };
}

interface Stated {
  readonly gross: Decimal;
  readonly discount: Decimal;
  readonly tax: Decimal;
}

/**
 * A discount that is more than its row takes the rest from the row's tax: the shopper pays neither. One below zero by what
 * roundings make of the tax in it (of each piece, or carried from row to row) is part of the price.
 */
function rowAmounts(order: ShopOrder, item: ShopOrderItem, stated: Stated) {
  const { tax } = stated;
  const slack = decimal(item.ordered).times('0.01').plus('0.01');
  const rounding = stated.discount.isNegative() && stated.discount.plus(slack).greaterThanOrEqualTo(0);
  const discount = rounding ? decimal(0) : stated.discount;
  const gross = rounding ? stated.gross.minus(stated.discount) : stated.gross;
  const over = decimal(maximum(0, discount.minus(gross)));
  if (discount.isNegative()) throw belowZero(order, item, stated);
  const taxCovered = minimum(over, tax);
  const taken = discount.minus(over);
  return {
    item,
    gross,
    discount: taken,
    net: gross.minus(taken),
    tax: tax.minus(taxCovered),
    taxCovered,
    beyond: over.minus(taxCovered),
    stated,
  };
}

type StatedRow = ReturnType<typeof rowAmounts>;

/**
 * A discount taken on prices with tax, where the prices are kept without, can be more than its row and the tax that is left
 * on it. The shop's total is lower by the rest, so it comes off the shipping, then off the other lines by their amounts.
 */
function spread(
  order: ShopOrder,
  rows: readonly StatedRow[],
  shipping: Decimal,
): { readonly rows: readonly RowAmounts[]; readonly shipping: Decimal } {
  const beyond = sum(rows.map((row) => row.beyond));
  if (beyond.isZero()) return { rows, shipping };
  const offShipping = minimum(beyond, shipping);
  const offRows = beyond.minus(offShipping);
  const nets = rows.map(({ net }) => net);
  const first = rows.find((row) => isPositive(row.beyond));
  if (first !== undefined && offRows.greaterThan(sum(nets))) throw belowZero(order, first.item, first.stated);
  const shares = shareOut(offRows, nets);
  return {
    rows: rows.map((row, index) => {
      const share = shares[index] ?? decimal(0);
      return { ...row, discount: row.discount.plus(share), net: row.net.minus(share) };
    }),
    shipping: shipping.minus(offShipping),
  };
}

/**
 * The subtotal without fixed product taxes. A setting of the shop counts them into the subtotal or beside it, and the order
 * does not say which; the one that leads to its grand total is tried first.
 */
function targets(
  given: ShopOrder,
  order: ShopOrder,
  rows: readonly ShopOrderItem[],
  placed: Placed,
): readonly GrossTarget[] {
  // Of the money rows alone: a bundle's parent may repeat what its parts carry.
  const exactFixed = sum(rows.map((row) => row.weee));
  const fixed = sum(rows.map((row) => decimal(row.weee).toDecimalPlaces(2)));
  const exact = decimal(given.totals.subtotal);
  const stated = decimal(order.totals.subtotal);
  const beside: GrossTarget = { exact, cents: stated };
  if (isZero(exactFixed)) return [beside];
  const inside: GrossTarget = { exact: exact.minus(exactFixed), cents: stated.minus(fixed) };
  return grossDue(order, placed).equals(stated) ? [inside, beside] : [beside, inside];
}

const noLines = (order: ShopOrder): Error =>
  stop(order.incrementId, {
    reason: 'totalsDiffer',
    code: 'noLines',
    field: 'items',
    what: 'the shop sent no items',
    remedy: 'Look at the order in the shop; one without items cannot be imported.',
  });

function belowZero(order: ShopOrder, row: ShopOrderItem, { gross, discount, tax }: Stated): Error {
  const what = discount.isNegative()
    ? `the discount of item ${row.sku} is negative (${discount.toFixed(2)})`
    : `the discount of item ${row.sku} (${discount.toFixed(2)}) is more than its price (${gross.toFixed(2)}) and its tax (${tax.toFixed(2)})`;
  return stop(order.incrementId, {
    reason: 'totalsDiffer',
    field: 'items.base_discount_amount',
    what,
    remedy: 'Check the discount of this item in the shop; Counterpoint takes no line below zero.',
  });
}
