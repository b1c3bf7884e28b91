import { Decimal } from 'decimal.js';
import { decimal, isZero, money, sum, type Numeric } from '../../money';
import type { ShopOrder, ShopTotals } from '../../shop/order';
import { moneyRows } from '../../shop/rows';
import { cents } from './cents';
import { placedCharges, type Placed } from '../placed';
import { discountOnGoods, dueOf, grossDue, shippingStated } from './totals';

const HALF_A_CENT = '0.005';

/**
 * The order with its totals in cents. Some shops keep parts of a cent to the end (a price of 11.512, a tax of 1.0935): there
 * the ledger is closed in the shop's four places first, and only then its parts are rounded so that they make the rounded
 * total, the cents that are over going to the parts that lose most. An order in cents comes back as it is; so does, rounded,
 * one that does not close, which the ledger of the document then says.
 */
export function inCents(order: ShopOrder, placed: Placed): ShopOrder {
  const { totals } = order;
  const exact = totals.exactGrandTotal !== undefined || LEDGER.some((key) => hasPartsOfCents(totals[key]));
  if (!exact) return order;
  const weee = sum(moneyRows(order).map(({ row }) => row.weee));
  const inside = grossDue(order, placed).minus(totals.subtotal).abs().lessThan(HALF_A_CENT);
  const goods = decimal(totals.subtotal)
    .plus(inside ? 0 : weee)
    .minus(discountOnGoods(order));
  const parts = [goods, shippingStated(order), decimal(totals.tax)];
  const rounded = roundedTotals(totals);
  const rest = { ...order, totals: rounded };
  const due = dueOf(rest, placed).minus(placedCharges(placed));
  const closes = sum(parts).minus(dueOf(order, placed)).plus(placedCharges(placed)).abs().lessThan(HALF_A_CENT);
  const [goodsInCents, shipping, tax] = closes ? apportioned(due, parts) : parts.map(cents);
  const gross = (goodsInCents ?? decimal(0)).plus(discountOnGoods(rest));
  return {
    ...order,
    totals: {
      ...rounded,
      subtotal: money(inside ? gross : gross.minus(cents(weee))),
      shipping: money(
        decimal(shipping ?? 0)
          .plus(rounded.shippingDiscount)
          .minus(rounded.shippingCompensation),
      ),
      tax: money(tax ?? 0),
      shippingTax: money(
        shippingTax(totals, {
          tax: tax ?? decimal(0),
          shipping: shipping ?? decimal(0),
          goods: goodsInCents ?? decimal(0),
        }),
      ),
    },
  };
}

/**
 * The shipping's part of the rounded tax: what the rounded tax on goods leaves of it. A discount that takes tax too finds
 * on either side what it pays there: never less than shipping below zero, never so much that goods below zero lack theirs.
 */
function shippingTax(
  totals: ShopTotals,
  { tax, shipping, goods }: { readonly tax: Decimal; readonly shipping: Decimal; readonly goods: Decimal },
): Decimal {
  if (isZero(totals.shippingTax)) return decimal(0);
  const rest = tax.minus(cents(decimal(totals.tax).minus(totals.shippingTax)));
  const most = tax.plus(Decimal.min(goods, 0));
  return Decimal.min(Decimal.max(rest, shipping.negated(), 0), most);
}

const LEDGER = [
  'subtotal',
  'discount',
  'shipping',
  'shippingDiscount',
  'tax',
  'shippingTax',
  'compensation',
  'shippingCompensation',
  'giftCards',
  'storeCredit',
  'rewardPoints',
] as const satisfies readonly (keyof ShopTotals)[];

const hasPartsOfCents = (amount: Numeric): boolean => decimal(amount).decimalPlaces() > 2;

/** Each by itself; the discount as the sum of its parts, so that what is left of it on the goods stays in cents. */
function roundedTotals(totals: ShopTotals): ShopTotals {
  const { exactGrandTotal: _sent, ...kept } = totals;
  const each = { ...kept };
  for (const key of LEDGER) each[key] = money(totals[key]);
  const onGoods = decimal(totals.discount).minus(totals.shippingDiscount).minus(totals.compensation);
  return { ...each, discount: money(cents(onGoods).plus(each.shippingDiscount).plus(each.compensation)) };
}

/** Exact parts as cents that make the total: all rounded down, then a cent more to those that lost most. */
function apportioned(total: Decimal, parts: readonly Decimal[]): readonly Decimal[] {
  const floors = parts.map((part) => part.toDecimalPlaces(2, Decimal.ROUND_FLOOR));
  const over = total.minus(sum(floors)).times(100).round().toNumber();
  const byLoss = parts
    .map((part, index) => ({ index, lost: part.minus(floors[index] ?? 0) }))
    .sort((a, b) => b.lost.comparedTo(a.lost) || a.index - b.index);
  const raised = new Set(byLoss.slice(0, Math.max(over, 0)).map(({ index }) => index));
  return floors.map((floor, index) => (raised.has(index) ? floor.plus('0.01') : floor));
}
