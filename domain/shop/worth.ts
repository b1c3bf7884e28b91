import { decimal, type Money, type Numeric } from '../money';
import type { Spread } from '../order/observation';

const CENT = '0.01';

/** The goods of an invoice, or of one about to be made, without their tax and with it. */
export type Goods = readonly [net: Numeric, withTax: Numeric];

/**
 * Whether a release ticket is worth what the shop invoices for it (P-09). A clerk who changes a price changes the ticket,
 * not the shop's order. The shop puts all the shipping on its first invoice (C5-10) and spreads its tax over the parts;
 * the store may charge both with any ticket, and rounds for itself. So the goods are what is compared: with or without
 * their tax, the order's tax, the shipping and what else was charged, to a cent for each row and each part.
 * @param parts rows and invoices that rounded
 */
export function isWorth(amount: Money, goods: Goods, spread: Spread, parts: number): boolean {
  const slack = decimal(CENT).times(parts + 2);
  return readings(goods, spread).some((reading) => decimal(amount).minus(reading).abs().lessThanOrEqualTo(slack));
}

/** Every sum an unchanged price may come to on the ticket. */
function readings([net, withTax]: Goods, { tax, shipping, shippingTax, charges }: Spread): Numeric[] {
  const goods = [decimal(withTax), decimal(net), decimal(net).plus(tax ?? 0)];
  const moved = decimal(shipping ?? 0);
  const shippings = [decimal(0), moved, moved.plus(shippingTax ?? 0)];
  const extras = [decimal(0), decimal(charges ?? 0)];
  return goods.flatMap((sum) => shippings.flatMap((sent) => extras.map((extra) => sum.plus(sent).plus(extra))));
}
