import { type Decimal } from 'decimal.js';
import { decimal, maximum, sum } from '../../money';
import type { ShopOrder } from '../../shop/order';
import { placedCharges, placedTenders, type Placed } from '../placed';
import { stop } from '../refusals';

/** Shipping less its discount as the shop states it; below zero where the discount pays its tax too. */
export function shippingStated({ totals }: Pick<ShopOrder, 'totals'>): Decimal {
  return decimal(totals.shipping).minus(totals.shippingDiscount).plus(totals.shippingCompensation);
}

/**
 * Misc charge 1: what the shopper pays for shipping, without its tax (C5-18, C5-10): the shop's shipping amount less the
 * discount on it (docs/decisions/010-shipping-discount.md), the tax inside that discount given back.
 * @throws CantusError refused, totalsDiffer, when it falls further below zero than its tax.
 */
export const shippingCharge = (order: ShopOrder): Decimal => decimal(maximum(0, checkedShipping(order)));

/** What the discount on shipping pays of the shipping's tax, where the shop takes tax on the full price. */
export const shippingTaxCovered = (order: ShopOrder): Decimal => decimal(maximum(0, checkedShipping(order).negated()));

function checkedShipping(order: ShopOrder): Decimal {
  const { shipping, shippingDiscount, shippingTax } = order.totals;
  const stated = shippingStated(order);
  if (stated.plus(shippingTax).greaterThanOrEqualTo(0)) return stated;
  throw stop(order.incrementId, {
    reason: 'totalsDiffer',
    field: 'base_shipping_discount_amount',
    what: `the discount on shipping (${shippingDiscount}) is higher than the shipping (${shipping})`,
    remedy: 'Check the shipping discount of the order in the shop.',
  });
}

/** What of the order was settled by the shop's own money: its grand total is already net of it. */
export const settledInShop = ({ totals }: Pick<ShopOrder, 'totals'>): Decimal =>
  sum([totals.giftCards, totals.storeCredit, totals.rewardPoints]);

/** The discount on goods, without the tax in it. */
export const discountOnGoods = ({ totals }: Pick<ShopOrder, 'totals'>): Decimal =>
  decimal(totals.discount).minus(totals.shippingDiscount).minus(totals.compensation);

/** What the document comes to: the grand total before everything that paid for it. */
export const dueOf = (order: Pick<ShopOrder, 'totals'>, placed: Placed): Decimal =>
  decimal(order.totals.exactGrandTotal ?? order.totals.grandTotal)
    .plus(settledInShop(order))
    .plus(placedTenders(placed));

const taxOf = ({ totals }: Pick<ShopOrder, 'totals'>, placed: Placed): Decimal =>
  decimal(totals.tax).plus(placed.taxBeside ? (placed.tax ?? 0) : 0);

/** What the goods must come to before their discounts for the ledger to close. */
export const grossDue = (order: Pick<ShopOrder, 'totals'>, placed: Placed): Decimal =>
  dueOf(order, placed)
    .minus(taxOf(order, placed))
    .minus(shippingStated(order))
    .minus(placedCharges(placed))
    .plus(discountOnGoods(order));

/** What the subtotal leaves open of the order's worth: with its fixed product taxes in it, and with them beside it. */
export function residuals(
  order: Pick<ShopOrder, 'totals'>,
  placed: Placed,
): readonly [inside: Decimal, beside: Decimal] {
  const inside = grossDue(order, placed).minus(order.totals.subtotal);
  return [inside, inside.minus(order.totals.weee)];
}
