import { expectedInvoice, type EarlierInvoice } from '../document/money/release';
import { settledInShop, shippingCharge } from '../document/money/totals';
import { CantusError } from '../errors';
import { decimal, isZero, money, type Money } from '../money';
import type { Spread, ItemQuantities } from '../order/observation';
import type { ShopInvoiceRecord, ShopOrder } from './order';

export interface InvoicedGoods {
  /** By invoice id: its goods without tax and with it. */
  readonly goods: ReadonlyMap<number, readonly [net: Money, withTax: Money]>;
  readonly spread: Spread;
}

/** An invoice with its quantities by the rows that carry the money. */
export type CountedInvoice = ShopInvoiceRecord & { readonly rows: ItemQuantities };

/**
 * What the goods of each invoice come to, without and with their tax, from what the order says and what the invoice was
 * made for: a difference between the two is the invoice's own. An order whose amounts do not add up tells nothing.
 */
export function invoicedGoods(order: ShopOrder, invoices: readonly CountedInvoice[]): InvoicedGoods | null {
  const standing = [...invoices].filter(({ state }) => state !== 3).sort((a, b) => a.id - b.id);
  const earlier: EarlierInvoice[] = [];
  const goods = new Map<number, readonly [Money, Money]>();
  let chargesInAll: Money = '0.00';
  try {
    for (const invoice of standing) {
      const expected = expectedInvoice(order, invoice.rows, earlier);
      // The shop's own tenders pay a part that no invoice shows, so what differs then says nothing.
      const own = settledInShop(order).isZero() ? decimal(invoice.grandTotal).minus(expected.charged) : decimal(0);
      const withTax = decimal(expected.expected).minus(expected.shipping).minus(expected.charges);
      goods.set(invoice.id, [money(own.plus(expected.goods)), money(own.plus(withTax))]);
      chargesInAll = expected.chargesInAll;
      earlier.push({ items: invoice.rows, total: invoice.grandTotal });
    }
    return { goods, spread: spreadOf(order, chargesInAll) };
  } catch (error) {
    if (error instanceof CantusError) return null;
    throw error;
  }
}

/** What the store may put on any ticket. */
export function spreadOf(order: ShopOrder, charges: Money): Spread {
  const shipping = money(shippingCharge(order));
  const { tax, shippingTax } = order.totals;
  return {
    ...(isZero(tax) ? {} : { tax }),
    ...(isZero(shipping) ? {} : { shipping }),
    ...(isZero(shippingTax) ? {} : { shippingTax }),
    ...(isZero(charges) ? {} : { charges }),
  };
}
