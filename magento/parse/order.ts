import { decimal, exactMoney, money, sum } from '../../domain/money';
import type { GiftMessage, ShopAddress, ShopOrder, ShopOrderItem, ShopTotals } from '../../domain/shop/order';
import { orderSchema, type WireAddress, type WireGift, type WireItem, type WireOrder } from './order-schema';
import { shopperNotes } from './shopper-notes';
import { unknownTotals } from './unknown-totals';
import { asList, isNumeric, parse } from './php-json';

/**
 * Reads an order as `GET /orders/:id` or a list row gives it: base currency, decimals as strings, UTC instants.
 * @throws refused `shopRecordUnreadable`, naming the field
 */
export function parseOrder(json: unknown): ShopOrder {
  const order = numberOf(json);
  const wire = parse(orderSchema, json, { name: order === null ? 'An order' : `Order ${order}`, order });
  const shipping = wire.extension_attributes?.shipping_assignments[0]?.shipping;
  return {
    entityId: wire.entity_id,
    incrementId: wire.increment_id,
    state: wire.state,
    status: wire.status,
    storeId: wire.store_id ?? 0,
    createdAt: wire.created_at,
    updatedAt: wire.updated_at ?? wire.created_at,
    virtual: wire.is_virtual,
    customer: customerOf(wire),
    currency: currencyOf(wire),
    totals: totalsOf(wire),
    coupons: couponsOf(wire),
    discountDescription: wire.discount_description,
    items: wire.items.map(itemOf),
    billing: addressOf(wire.billing_address),
    shipping: addressOf(shipping?.address ?? null),
    shippingMethod: shipping?.method ?? null,
    shippingDescription: wire.shipping_description,
    payment: paymentOf(wire),
    taxes: taxesOf(wire),
    giftMessage: giftOf(wire.extension_attributes?.gift_message ?? null),
    shopperNotes: shopperNotes(wire),
    relations: {
      parent: wire.relation_parent_real_id,
      parentEntityId: wire.relation_parent_id,
      child: wire.relation_child_real_id,
      originalIncrementId: wire.original_increment_id,
    },
    unknownTotals: unknownTotals(wire),
  };
}

/** The order's number of something that may not be an order. */
export function numberOf(json: unknown): string | null {
  if (typeof json !== 'object' || json === null || !('increment_id' in json)) return null;
  const number = json.increment_id;
  return (typeof number === 'string' && number !== '') || typeof number === 'number' ? String(number) : null;
}

const customerOf = (wire: WireOrder): ShopOrder['customer'] => ({
  email: wire.customer_email,
  guest: wire.customer_is_guest || wire.customer_id === null,
  id: wire.customer_id,
  firstName: wire.customer_firstname,
  lastName: wire.customer_lastname,
  taxVat: wire.customer_taxvat,
});

const currencyOf = (wire: WireOrder): ShopOrder['currency'] => ({
  base: wire.base_currency_code ?? '',
  order: wire.order_currency_code ?? wire.base_currency_code ?? '',
  orderGrandTotal: wire.grand_total ?? money(0),
  baseToOrderRate: wire.base_to_order_rate ?? '1',
});

function totalsOf(wire: WireOrder): ShopTotals {
  const extra = wire.extension_attributes;
  return {
    subtotal: wire.base_subtotal,
    discount: exactMoney(decimal(wire.base_discount_amount).negated().plus(0)),
    shipping: wire.base_shipping_amount,
    shippingDiscount: wire.base_shipping_discount_amount,
    tax: wire.base_tax_amount,
    shippingTax: wire.base_shipping_tax_amount,
    compensation: wire.base_discount_tax_compensation_amount,
    shippingCompensation:
      wire.base_shipping_discount_tax_compensation_amnt ?? wire.base_shipping_discount_tax_compensation_amount,
    weee: exactMoney(sum(wire.items.map((item) => item.base_weee_tax_applied_row_amnt))),
    giftCards: extra?.base_gift_cards_amount ?? extra?.gift_cards_amount ?? money(0),
    storeCredit: extra?.base_customer_balance_amount ?? extra?.customer_balance_amount ?? money(0),
    rewardPoints: extra?.base_reward_currency_amount ?? extra?.reward_currency_amount ?? money(0),
    giftWrap: exactMoney(
      sum([extra?.gw_base_price ?? 0, extra?.gw_items_base_price ?? 0, extra?.gw_card_base_price ?? 0]),
    ),
    giftWrapTax: exactMoney(
      sum([extra?.gw_base_tax_amount ?? 0, extra?.gw_items_base_tax_amount ?? 0, extra?.gw_card_base_tax_amount ?? 0]),
    ),
    grandTotal: money(wire.base_grand_total),
    ...(wire.base_grand_total === money(wire.base_grand_total) ? {} : { exactGrandTotal: wire.base_grand_total }),
    paid: money(wire.base_total_paid),
    refunded: money(wire.base_total_refunded),
    due: money(wire.base_total_due ?? decimal(wire.base_grand_total).minus(wire.base_total_paid)),
  };
}

function couponsOf(wire: WireOrder): string[] {
  const several = wire.extension_attributes?.coupon_codes ?? [];
  if (several.length > 0) return several;
  return wire.coupon_code === null ? [] : [wire.coupon_code];
}

function itemOf(item: WireItem): ShopOrderItem {
  const options = item.product_option?.extension_attributes?.custom_options ?? [];
  return {
    id: item.item_id,
    // Some answers name the parent only by embedding it.
    parentId: item.parent_item_id ?? item.parent_item?.item_id ?? null,
    type: item.product_type ?? 'simple',
    sku: item.sku ?? '',
    name: item.name ?? item.sku ?? '',
    virtual: item.is_virtual,
    decimalQty: item.is_qty_decimal,
    ordered: item.qty_ordered,
    invoiced: item.qty_invoiced,
    shipped: item.qty_shipped,
    cancelled: item.qty_canceled,
    refunded: item.qty_refunded,
    price: item.base_price,
    priceInclTax: item.base_price_incl_tax,
    originalPrice: item.base_original_price ?? item.base_price,
    rowTotal: item.base_row_total,
    rowTotalInclTax: item.base_row_total_incl_tax,
    discount: item.base_discount_amount,
    tax: item.base_tax_amount,
    taxPercent: item.tax_percent,
    compensation: item.base_discount_tax_compensation_amount,
    weee: item.base_weee_tax_applied_row_amnt,
    weeeUnit: item.base_weee_tax_applied_amount,
    weeeTax: weeeTaxOf(item.weee_tax_applied),
    giftMessage: giftOf(item.extension_attributes?.gift_message ?? null),
    customOptions: options.map(({ option_id, option_value }) => ({ id: option_id ?? '', value: option_value ?? '' })),
  };
}

/** Tax on fixed product taxes stands only in a JSON text of the row, or in the list that it holds. */
function weeeTaxOf(applied: unknown): string {
  try {
    const rows = asList(typeof applied === 'string' ? JSON.parse(applied) : applied);
    return Array.isArray(rows) ? sum(rows.map(taxOfOne)).toString() : '0';
  } catch {
    // Older rows hold PHP's own serialisation; the ledger equation catches an amount that is missed here.
    return '0';
  }
}

function taxOfOne(row: unknown): string {
  if (typeof row !== 'object' || row === null) return '0';
  const { base_row_amount: net, base_row_amount_incl_tax: gross } = row as Record<string, unknown>;
  return isNumeric(net) && isNumeric(gross) ? decimal(gross).minus(net).toString() : '0';
}

function addressOf(wire: WireAddress): ShopAddress | null {
  if (wire === null) return null;
  return {
    firstName: wire.firstname,
    lastName: wire.lastname,
    company: wire.company,
    street: wire.street.filter((line): line is string => line !== null && line.trim() !== ''),
    city: wire.city,
    region: wire.region,
    regionCode: wire.region_code,
    postcode: wire.postcode,
    country: wire.country_id,
    phone: wire.telephone,
    email: wire.email,
  };
}

const paymentOf = ({ payment }: WireOrder): ShopOrder['payment'] => ({
  method: payment?.method ?? '',
  poNumber: payment?.po_number ?? null,
  authorised: payment?.base_amount_authorized ?? money(0),
  paid: payment?.base_amount_paid ?? money(0),
  lastTransactionId: payment?.last_trans_id ?? null,
});

const taxesOf = (wire: WireOrder): ShopOrder['taxes'] =>
  (wire.extension_attributes?.applied_taxes ?? []).map(({ code, title, percent, base_amount }) => ({
    code: code ?? '',
    title: title ?? code ?? '',
    percent,
    amount: base_amount,
  }));

function giftOf(gift: WireGift): GiftMessage | null {
  if (gift === null || (gift.sender === null && gift.recipient === null && gift.message === null)) return null;
  return { from: gift.sender, to: gift.recipient, message: gift.message };
}
