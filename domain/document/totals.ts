import { type Decimal } from 'decimal.js';
import { decimal, isZero, money, sum } from '../money';
import type { ShopOrder } from '../shop-order';
import type { DraftLine, DraftTotals } from './draft';
import { stop } from './refusals';

/**
 * Misc charge 1: what the shopper pays for shipping, without its tax (C5-18, C5-10): the shop's shipping amount less the
 * discount on it (docs/decisions/shipping-discount.md), the tax inside that discount given back.
 * @throws CantusError refused, totalsDiffer, when it falls below zero.
 */
export function shippingCharge(order: ShopOrder): Decimal {
  const { shipping, shippingDiscount, shippingCompensation } = order.totals;
  const charge = decimal(shipping).minus(shippingDiscount).plus(shippingCompensation);
  if (!charge.isNegative()) return charge;
  throw stop(order.incrementId, {
    reason: 'totalsDiffer',
    field: 'base_shipping_discount_amount',
    what: `the discount on shipping (${shippingDiscount}) is higher than the shipping (${shipping})`,
    remedy: 'Check the shipping discount of the order in the shop.',
  });
}

/** What of the order was settled by the shop's own money: its grand total is already net of it. */
export const settledInShop = ({ totals }: ShopOrder): Decimal =>
  sum([totals.giftCards, totals.storeCredit, totals.rewardPoints]);

/** What the goods must come to before their discounts for the ledger to close. */
export function grossDue(order: ShopOrder): Decimal {
  const { grandTotal, tax, discount, shippingDiscount, compensation } = order.totals;
  const net = decimal(grandTotal).plus(settledInShop(order)).minus(tax).minus(shippingCharge(order));
  return net.plus(discount).minus(shippingDiscount).minus(compensation);
}

/**
 * The ledger of a document. It closes to the cent or the order waits (P-09):
 *
 *     Σ line net + misc charge 1 + tax = base grand total + gift cards + store credit + reward points
 *
 * The right side is the order before the shop's own tenders, which the document carries as payments.
 * @throws CantusError refused, totalsDiffer, when the two sides differ.
 */
export function draftTotals(order: ShopOrder, lines: readonly DraftLine[], misc: Decimal): DraftTotals {
  const gross = sum(lines.map((line) => line.gross));
  const discount = sum(lines.map((line) => line.discount));
  const net = gross.minus(discount);
  const tax = decimal(order.totals.tax);
  const total = net.plus(misc).plus(tax);
  const due = decimal(order.totals.grandTotal).plus(settledInShop(order));
  if (!total.equals(due)) throw doesNotClose(order, { net, misc, tax, total, due });
  if (decimal(order.totals.grandTotal).isNegative() || tax.isNegative()) throw negative(order);
  return {
    gross: money(gross),
    discount: money(discount),
    net: money(net),
    misc: money(misc),
    tax: money(tax),
    total: money(total),
  };
}

/**
 * Money that a document has no place for stops the order by its name (P-10): totals Cantus does not know, and gift wrapping,
 * which is neither goods nor shipping.
 * @throws CantusError refused, unknownTotal.
 */
export function refuseUnknownMoney(order: ShopOrder): void {
  const { giftWrap, giftWrapTax } = order.totals;
  const unknown = [
    ...order.unknownTotals,
    { field: 'gw_base_price', amount: giftWrap },
    { field: 'gw_base_tax_amount', amount: giftWrapTax },
  ].find(({ amount }) => !isZero(amount));
  if (unknown === undefined) return;
  throw stop(order.incrementId, {
    reason: 'unknownTotal',
    field: unknown.field,
    what: `it carries ${money(unknown.amount)} that has no place on a Counterpoint document`,
    remedy: 'Enter this order by hand and skip it here, or have the total mapped by a hook, then retry.',
  });
}

interface Sides {
  readonly net: Decimal;
  readonly misc: Decimal;
  readonly tax: Decimal;
  readonly total: Decimal;
  readonly due: Decimal;
}

function doesNotClose(order: ShopOrder, sides: Sides): Error {
  const [net, misc, tax, total, due] = [sides.net, sides.misc, sides.tax, sides.total, sides.due].map((amount) =>
    amount.toFixed(2),
  );
  return stop(order.incrementId, {
    reason: 'totalsDiffer',
    field: 'base_grand_total',
    what:
      `lines ${net} + shipping ${misc} + tax ${tax} make ${total}, but the order is worth ${due}: ` +
      `${sides.due.minus(sides.total).toFixed(2)} is not explained`,
    remedy:
      'Look in the shop for a fee, a credit or a surcharge on this order; nothing is imported until the amounts agree.',
  });
}

const negative = (order: ShopOrder): Error =>
  stop(order.incrementId, {
    reason: 'totalsDiffer',
    field: 'base_grand_total',
    what: 'its grand total or its tax is below zero',
    remedy: 'Look at the order in the shop; a credit cannot be imported as an order.',
  });
