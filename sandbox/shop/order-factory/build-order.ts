import { add, fixed, multiply, negate } from '../money/amounts';
import type { Fields } from '../json';
import { isGatewayMethod, methodTitle } from '../money/payment-methods';
import type { OrderRecord, OrderRow, PaymentRow } from '../books/rows';
import type { Cart, CartAddress, Shopper } from './cart';
import { cartTotals, type CartTotals } from './cart-totals';
import { buildItems, giftMessageFields, type Numbering } from './item-rows';
import { taxFields } from './tax-rows';

export interface OrderNumbers extends Numbering {
  readonly incrementId: string;
  readonly itemizedTaxes: boolean;
}

interface BothTotals {
  readonly order: CartTotals;
  readonly base: CartTotals;
}

const address = (
  numbers: OrderNumbers,
  shopper: Shopper,
  type: 'billing' | 'shipping',
  at: CartAddress & { firstName?: string; lastName?: string },
): Fields & { entity_id: number } => ({
  address_type: type,
  city: at.city,
  ...(shopper.company === undefined ? {} : { company: shopper.company }),
  country_id: 'US',
  email: shopper.email,
  entity_id: numbers.next('address'),
  firstname: at.firstName ?? shopper.firstName,
  lastname: at.lastName ?? shopper.lastName,
  parent_id: numbers.orderId,
  postcode: at.postcode,
  region: at.region,
  region_code: at.regionCode,
  region_id: at.regionId,
  street: at.street,
  telephone: at.phone,
});

const totalColumns = (prefix: '' | 'base_', totals: CartTotals): Fields => ({
  [`${prefix}grand_total`]: totals.grandTotal,
  [`${prefix}subtotal`]: totals.subtotal,
  [`${prefix}subtotal_incl_tax`]: totals.subtotalInclTax,
  [`${prefix}discount_amount`]: negate(totals.discount),
  [`${prefix}tax_amount`]: totals.tax,
  [`${prefix}discount_tax_compensation_amount`]: totals.compensation,
  [`${prefix}total_due`]: totals.grandTotal,
  ...shippingColumns(prefix, totals),
});

const shippingColumns = (prefix: '' | 'base_', { shipping }: CartTotals): Fields => ({
  [`${prefix}shipping_amount`]: shipping.amount,
  [`${prefix}shipping_incl_tax`]: shipping.inclTax,
  [`${prefix}shipping_tax_amount`]: shipping.tax,
  [`${prefix}shipping_discount_amount`]: shipping.discount,
  [prefix === '' ? 'shipping_discount_tax_compensation_amount' : 'base_shipping_discount_tax_compensation_amnt']: 0,
});

const additionalInformation = (method: string): { key: string; value: string }[] => {
  const title = { key: 'method_title', value: methodTitle(method) };
  return isGatewayMethod(method) ? [title, { key: 'auth_code', value: 'A1B2C3' }, { key: 'avs', value: 'Y' }] : [title];
};

const paymentRow = (cart: Cart, numbers: OrderNumbers, totals: BothTotals): PaymentRow => {
  const { payment } = cart;
  const gateway = isGatewayMethod(payment.method);
  const card = gateway && !payment.method.startsWith('paypal');
  return {
    account_status: null,
    additional_information: additionalInformation(payment.method).map(({ value }) => value),
    amount_ordered: totals.order.grandTotal,
    base_amount_ordered: totals.base.grandTotal,
    shipping_amount: totals.order.shipping.amount,
    base_shipping_amount: totals.base.shipping.amount,
    cc_last4: card ? '1111' : null,
    ...(card ? { cc_type: 'VI', cc_exp_month: '12', cc_exp_year: '2030', cc_avs_status: 'Y' } : {}),
    entity_id: numbers.orderId,
    parent_id: numbers.orderId,
    method: payment.method,
    ...(payment.poNumber === undefined ? {} : { po_number: payment.poNumber }),
  };
};

const promotionColumns = (cart: Cart): Fields => {
  if (cart.promotions.length === 0) return {};
  const codes = cart.promotions.flatMap((promotion) => (promotion.coupon === undefined ? [] : [promotion.coupon]));
  return {
    applied_rule_ids: cart.promotions.map((promotion) => promotion.ruleId).join(','),
    discount_description: cart.promotions.map((promotion) => promotion.label).join(', '),
    ...(codes.length > 0 ? { coupon_code: codes[0] } : {}),
  };
};

const customerColumns = (shopper: Shopper): Fields => ({
  customer_email: shopper.email,
  customer_firstname: shopper.firstName,
  customer_lastname: shopper.lastName,
  customer_group_id: shopper.groupId ?? (shopper.customerId === undefined ? 0 : 1),
  customer_is_guest: shopper.customerId === undefined ? 1 : 0,
  ...(shopper.customerId === undefined ? {} : { customer_id: shopper.customerId }),
  ...(shopper.taxVat === undefined ? {} : { customer_taxvat: shopper.taxVat }),
  customer_note_notify: 1,
});

const currencyColumns = (cart: Cart): Fields => ({
  base_currency_code: 'USD',
  global_currency_code: 'USD',
  store_currency_code: 'USD',
  order_currency_code: cart.currency?.code ?? 'USD',
  base_to_global_rate: 1,
  base_to_order_rate: cart.currency?.rate ?? 1,
  store_to_base_rate: 0,
  store_to_order_rate: 0,
});

/** Adobe Commerce's other tenders and a module's own charge sit in extension attributes (contract §4.1). */
const commerceFields = (cart: Cart): Fields => {
  const rate = cart.currency?.rate ?? 1;
  const pair = (name: string, amount: number | undefined): Fields =>
    amount === undefined ? {} : { [name]: multiply(amount, rate), [`base_${name}`]: amount };
  const codes = cart.promotions.flatMap((promotion) => (promotion.coupon === undefined ? [] : [promotion.coupon]));
  return {
    ...(codes.length > 0 ? { coupon_codes: codes } : {}),
    ...(cart.giftCard === undefined
      ? {}
      : { gift_cards: [{ id: 1, code: 'GC-2040', amount: cart.giftCard, base_amount: cart.giftCard }] }),
    ...pair('gift_cards_amount', cart.giftCard),
    ...pair('customer_balance_amount', cart.storeCredit),
    ...(cart.giftWrap === undefined
      ? {}
      : { gw_id: '1', gw_base_price: cart.giftWrap.toFixed(4), gw_price: multiply(cart.giftWrap, rate).toFixed(4) }),
    ...(cart.surcharge ? pair(cart.surcharge.field, cart.surcharge.amount) : {}),
  };
};

/** A placed order, not yet paid: state new, as every offline order starts. */
export const buildOrder = (cart: Cart, numbers: OrderNumbers): OrderRecord => {
  const totals: BothTotals = { order: cartTotals(cart, cart.currency?.rate ?? 1), base: cartTotals(cart, 1) };
  const { rows: items, natures } = buildItems(cart.lines, totals, numbers);
  const { shopper } = cart;
  const billing = address(numbers, shopper, 'billing', shopper.billing);
  const virtual = items.every((item) => item.is_virtual === 1);
  const shippingTo = virtual ? null : address(numbers, shopper, 'shipping', shopper.shipping ?? shopper.billing);
  const top = items.filter((item) => item.parent_item_id === undefined);
  const gift = cart.giftMessage
    ? {
        gift_message: giftMessageFields(cart.giftMessage, numbers.next('gift_message'), {
          id: numbers.orderId,
          type: 'order',
        }),
      }
    : {};
  const row: OrderRow = {
    ...currencyColumns(cart),
    ...customerColumns(shopper),
    ...promotionColumns(cart),
    ...totalColumns('base_', totals.base),
    ...totalColumns('', totals.order),
    grand_total: totals.order.grandTotal,
    base_grand_total: totals.base.grandTotal,
    subtotal: totals.order.subtotal,
    tax_amount: totals.order.tax,
    shipping_amount: totals.order.shipping.amount,
    shipping_tax_amount: totals.order.shipping.tax,
    discount_amount: negate(totals.order.discount),
    total_due: totals.order.grandTotal,
    base_total_due: totals.base.grandTotal,
    billing_address_id: billing.entity_id,
    created_at: numbers.at,
    updated_at: numbers.at,
    email_sent: 1,
    entity_id: numbers.orderId,
    increment_id: numbers.incrementId,
    is_virtual: virtual ? 1 : 0,
    protect_code: numbers.orderId.toString(16).padStart(32, '0'),
    quote_id: numbers.next('quote'),
    remote_ip: '127.0.0.1',
    ...(virtual || !cart.shipping ? {} : { shipping_description: cart.shipping.description }),
    state: 'new',
    status: 'pending',
    store_id: numbers.storeId,
    store_name: 'Main Website\nMain Website Store\nDefault Store View',
    total_item_count: top.length,
    total_qty_ordered: add(...top.map((item) => item.qty_ordered)),
    weight: add(...top.map((item) => multiply(item['weight'] as number, item.qty_ordered))),
    items,
    billing_address: billing,
    payment: paymentRow(cart, numbers, totals),
    status_histories: [],
    extension_attributes: {
      shipping_assignments: [
        {
          shipping: {
            ...(shippingTo ? { address: shippingTo, method: cart.shipping?.method } : {}),
            total: { ...shippingColumns('base_', totals.base), ...shippingColumns('', totals.order) },
          },
        },
      ],
      payment_additional_info: additionalInformation(cart.payment.method),
      ...taxFields(cart, items, totals, { ...numbers, itemized: numbers.itemizedTaxes }),
      converting_from_quote: false,
      ...gift,
      ...commerceFields(cart),
    },
  };
  return {
    row,
    natures,
    heldFrom: null,
    besidesInvoiced: { order: 0, base: 0 },
    shippingAddressId: shippingTo?.entity_id ?? null,
  };
};

export const authorizedText = (amount: number, transaction: string): string =>
  `Authorized amount of $${fixed(amount)}. Transaction ID: "${transaction}"`;
