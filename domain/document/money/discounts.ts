import { type Decimal } from 'decimal.js';
import { decimal, isZero, sum } from '../../money';
import type { CounterpointSettings } from '../../settings';
import type { ShopOrder, ShopOrderItem } from '../../shop/order';
import { roundedTo, shareOut } from './cents';
import { own } from '../own';
import { stop } from '../refusals';
import { realDiscount } from './row-readings';
import { discountOnGoods } from './totals';

/**
 * The discount of each money row in cents, net of tax. Item rules, cart rules and coupons all end up here, as line
 * discounts (C5-24 … C5-27); the discount on shipping lowers the shipping charge instead.
 *
 * Where prices include tax the shop's discount includes it too and "compensation" gives that part back, so a row's real
 * discount is discount − compensation. A discount that the shop keeps on the order alone, with no row carrying any, is
 * shared out over the lines by their amounts.
 * @param gross gross amount of each row in cents
 * @returns each row's discount; one above its gross amount takes the rest from the row's tax
 * @throws CantusError refused, totalsDiffer, when rows and order disagree.
 */
export function lineDiscounts(
  order: ShopOrder,
  rows: readonly ShopOrderItem[],
  gross: readonly Decimal[],
): readonly Decimal[] {
  const target = discountOnGoods(order);
  const exact = rows.map(realDiscount);
  const discounts =
    exact.every((amount) => amount.isZero()) && !target.isNegative()
      ? shareOut(target, gross)
      : roundedTo(exact, {
          target,
          mayCarry: (index, amount) =>
            !isZero(exact[index] ?? 0) && !amount.isNegative() && amount.lessThanOrEqualTo(mostOf(rows, gross, index)),
        });
  if (discounts === null || !sum(discounts).equals(target)) throw discountsDiffer(order, sum(exact), target);
  return discounts;
}

/** A discount may take a row and its tax, and the cent that rounding the row by itself may have taken. */
const mostOf = (rows: readonly ShopOrderItem[], gross: readonly Decimal[], index: number): Decimal =>
  decimal(gross[index] ?? 0)
    .plus(rows[index]?.tax ?? 0)
    .plus('0.01');

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
