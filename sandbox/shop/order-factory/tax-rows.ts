import type { Fields } from '../json';
import type { ItemRow } from '../books/rows';
import type { Cart } from './cart';
import type { CartTotals } from './cart-totals';
import type { Numbering } from './item-rows';

const applied = (cart: Cart, amount: number, baseAmount: number): Fields[] =>
  cart.tax && amount !== 0
    ? [
        {
          code: cart.tax.code,
          title: cart.tax.code,
          percent: cart.tax.percent,
          amount,
          base_amount: baseAmount,
        },
      ]
    : [];

/** Rows that carry tax themselves; a dynamic bundle's parent only repeats its children's. */
const taxed = (items: readonly ItemRow[]): ItemRow[] =>
  items.filter((item) => item.tax_amount !== 0 && item['tax_percent'] !== undefined);

const itemizedTax = (
  cart: Cart,
  taxId: number,
  numbering: Numbering,
  amounts: { type: string; amount: number; base: number; item?: number },
): Fields => ({
  tax_item_id: numbering.next('tax_item'),
  tax_id: taxId,
  ...(amounts.item === undefined ? {} : { item_id: amounts.item }),
  tax_code: cart.tax?.code ?? '',
  tax_percent: cart.tax?.percent ?? 0,
  amount: amounts.amount,
  base_amount: amounts.base,
  real_amount: amounts.amount,
  real_base_amount: amounts.base,
  taxable_item_type: amounts.type,
});

/** Tax detail of the order's extension attributes (contract §4.1); itemised lists exist from 2.4.7 on. */
export const taxFields = (
  cart: Cart,
  items: readonly ItemRow[],
  totals: { readonly order: CartTotals; readonly base: CartTotals },
  numbering: Numbering & { readonly itemized: boolean },
): Fields => {
  const shipping = { order: totals.order.shipping.tax, base: totals.base.shipping.tax };
  const fields: Fields = {
    applied_taxes: applied(cart, totals.order.tax, totals.base.tax),
    item_applied_taxes: [
      ...(shipping.order === 0
        ? []
        : [{ type: 'shipping', applied_taxes: applied(cart, shipping.order, shipping.base) }]),
      ...taxed(items).map((item) => ({
        type: 'product',
        item_id: item.item_id,
        applied_taxes: applied(cart, item.tax_amount, item.base_tax_amount),
      })),
    ],
  };
  if (!numbering.itemized || !cart.tax || totals.order.tax === 0) return fields;
  const taxId = numbering.next('tax');
  for (const item of items) {
    const present = (item['extension_attributes'] as Fields | undefined) ?? {};
    const own = taxed([item]).map(() =>
      itemizedTax(cart, taxId, numbering, {
        type: 'product',
        amount: item.tax_amount,
        base: item.base_tax_amount,
        item: item.item_id,
      }),
    );
    item['extension_attributes'] = { ...present, itemized_taxes: own };
  }
  const { code, percent } = cart.tax;
  return {
    ...fields,
    taxes: [
      {
        tax_id: taxId,
        order_id: numbering.orderId,
        code,
        title: code,
        percent,
        amount: totals.order.tax,
        base_amount: totals.base.tax,
        base_real_amount: totals.base.tax,
        priority: 0,
        position: 0,
        process: 0,
      },
    ],
    additional_itemized_taxes:
      shipping.order === 0
        ? []
        : [itemizedTax(cart, taxId, numbering, { type: 'shipping', amount: shipping.order, base: shipping.base })],
  };
};
