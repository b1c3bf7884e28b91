import { type Decimal } from 'decimal.js';
import { decimal, isZero, sum } from '../money';
import type { CounterpointSettings } from '../settings';
import type { ShopOrder, ShopOrderItem } from '../shop-order';
import { roundedTo, shareOut } from './cents';
import { own } from './own';
import { stop } from './refusals';

/**
 * The discount of each money row in cents, net of tax. Item rules, cart rules and coupons all end up here, as line
 * discounts (C5-24 … C5-27); the discount on shipping lowers the shipping charge instead.
 *
 * Where prices include tax the shop's discount includes it too and "compensation" gives that part back, so a row's real
 * discount is discount − compensation. A discount that the shop keeps on the order alone, with no row carrying any, is
 * shared out over the lines by their amounts.
 * @param gross gross amount of each row in cents
 * @throws CantusError refused, totalsDiffer, when rows and order disagree or a line would fall below zero.
 */
export function lineDiscounts(
  order: ShopOrder,
  rows: readonly ShopOrderItem[],
  gross: readonly Decimal[],
): readonly Decimal[] {
  const { totals } = order;
  const target = decimal(totals.discount).minus(totals.shippingDiscount).minus(totals.compensation);
  const exact = rows.map((row) => decimal(row.discount).minus(row.compensation));
  const fitsLine = (index: number, amount: Decimal): boolean =>
    !amount.isNegative() && amount.lessThanOrEqualTo(gross[index] ?? 0);
  const discounts =
    exact.every((amount) => amount.isZero()) && !target.isNegative()
      ? shareOut(target, gross)
      : roundedTo(exact, {
          target,
          mayCarry: (index, amount) => !isZero(exact[index] ?? 0) && fitsLine(index, amount),
        });
  if (discounts === null || !sum(discounts).equals(target)) throw discountsDiffer(order, sum(exact), target);
  const bad = discounts.findIndex((amount, index) => !fitsLine(index, amount));
  if (bad >= 0) throw belowZero(order, rows[bad]);
  return discounts;
}

/**
 * DISC_COD of the order's line discounts: a coupon's own code where one is set up, else the general one. Several coupons
 * are one sum under the general code (C5-30), and so are rules without a coupon.
 */
export function discountCode(order: ShopOrder, counterpoint: CounterpointSettings): string {
  const [coupon, ...more] = order.coupons;
  if (coupon === undefined || more.length > 0) return counterpoint.discountCode;
  // The shop takes coupons in any case and stores them as typed.
  const typed = coupon.trim().toUpperCase();
  const known = Object.keys(counterpoint.coupons).find((code) => code.trim().toUpperCase() === typed);
  return (known === undefined ? undefined : own(counterpoint.coupons, known)) ?? counterpoint.discountCode;
}

const discountsDiffer = (order: ShopOrder, lines: Decimal, target: Decimal): Error =>
  stop(order.incrementId, {
    reason: 'totalsDiffer',
    field: 'base_discount_amount',
    what: `the discounts of the lines add up to ${lines.toFixed(2)}, but the order's discount on goods is ${target.toFixed(2)}`,
    remedy:
      'Check the order in the shop for discounts made by an extension; nothing is imported until the amounts agree.',
  });

const belowZero = (order: ShopOrder, row: ShopOrderItem | undefined): Error =>
  stop(order.incrementId, {
    reason: 'totalsDiffer',
    field: 'items.base_discount_amount',
    what: `the discount of item ${row?.sku ?? '?'} is negative or higher than its price`,
    remedy: 'Check the discount of this item in the shop; Counterpoint takes no line below zero.',
  });
