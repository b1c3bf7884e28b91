import { z } from 'zod';
import {
  count,
  exact,
  flag,
  helpful,
  id,
  instant,
  list,
  object,
  optionalAmount,
  optionalExact,
  optionalId,
  optionalInstant,
  optionalList,
  optionalPrecise,
  precise,
  requiredCount,
  requiredExact,
  requiredText,
  text,
  amount,
} from './php-json';

/** The shop's order as it stands on the wire; what is not named here passes unread. */
const giftMessage = object({ sender: text, recipient: text, message: text });

/** Lines of text: a list, a list with gaps, or one text with line feeds. */
const lines = z
  .unknown()
  .optional()
  .transform((value) => (typeof value === 'string' ? value.split('\n') : value))
  .pipe(optionalList(text));

const address = object({
  firstname: text,
  lastname: text,
  company: text,
  street: lines,
  city: text,
  region: text,
  region_code: text,
  postcode: text,
  country_id: text,
  telephone: text,
  email: text,
});

const item = z.looseObject({
  item_id: id,
  parent_item_id: optionalId,
  parent_item: object({ item_id: helpful(optionalId) }),
  product_type: text,
  sku: text,
  name: text,
  is_virtual: flag,
  is_qty_decimal: flag,
  qty_ordered: requiredCount,
  qty_invoiced: count,
  qty_shipped: count,
  qty_canceled: count,
  qty_refunded: count,
  base_price: precise,
  base_price_incl_tax: helpful(optionalPrecise),
  base_original_price: helpful(optionalPrecise),
  base_row_total: precise,
  base_row_total_incl_tax: helpful(optionalPrecise),
  base_discount_amount: precise,
  base_tax_amount: precise,
  tax_percent: precise,
  base_discount_tax_compensation_amount: precise,
  base_weee_tax_applied_amount: precise,
  base_weee_tax_applied_row_amnt: precise,
  weee_tax_applied: z.unknown().optional(),
  product_option: object({
    extension_attributes: object({
      custom_options: optionalList(z.looseObject({ option_id: text, option_value: text })),
    }),
  }),
  extension_attributes: object({ gift_message: giftMessage }),
});

const extension = object({
  shipping_assignments: optionalList(z.looseObject({ shipping: object({ address, method: text }) })),
  applied_taxes: optionalList(z.looseObject({ code: text, title: text, percent: precise, base_amount: amount })),
  gift_message: giftMessage,
  coupon_codes: optionalList(requiredText),
  base_gift_cards_amount: optionalExact,
  gift_cards_amount: exact,
  base_customer_balance_amount: optionalExact,
  customer_balance_amount: exact,
  base_reward_currency_amount: optionalExact,
  reward_currency_amount: exact,
  gw_base_price: exact,
  gw_items_base_price: exact,
  gw_card_base_price: exact,
  gw_base_tax_amount: exact,
  gw_items_base_tax_amount: exact,
  gw_card_base_tax_amount: exact,
});

export const orderSchema = z.looseObject({
  entity_id: id,
  increment_id: requiredText,
  state: requiredText,
  status: text,
  store_id: optionalId,
  created_at: instant,
  updated_at: helpful(optionalInstant),
  is_virtual: flag,
  customer_email: text,
  customer_is_guest: flag,
  customer_id: helpful(optionalId),
  customer_firstname: text,
  customer_lastname: text,
  customer_taxvat: text,
  base_currency_code: text,
  order_currency_code: text,
  base_to_order_rate: helpful(optionalPrecise),
  grand_total: helpful(optionalAmount),
  base_subtotal: exact,
  base_discount_amount: exact,
  base_shipping_amount: exact,
  base_shipping_discount_amount: exact,
  base_tax_amount: exact,
  base_shipping_tax_amount: exact,
  base_discount_tax_compensation_amount: exact,
  base_shipping_discount_tax_compensation_amnt: optionalExact,
  base_shipping_discount_tax_compensation_amount: exact,
  base_grand_total: requiredExact,
  base_total_paid: exact,
  base_total_refunded: exact,
  base_total_due: helpful(optionalExact),
  customer_note: text,
  status_histories: optionalList(
    z.looseObject({
      entity_id: optionalId,
      entity_name: text,
      comment: text,
      created_at: text,
      is_visible_on_front: flag,
    }),
  ),
  coupon_code: text,
  discount_description: text,
  shipping_description: text,
  original_increment_id: text,
  relation_parent_id: helpful(optionalId),
  relation_parent_real_id: text,
  relation_child_real_id: text,
  items: list(item).pipe(z.array(z.custom<z.infer<typeof item>>()).min(1)),
  billing_address: address,
  payment: object({
    method: text,
    po_number: text,
    base_amount_authorized: amount,
    base_amount_paid: amount,
    last_trans_id: text,
  }),
  extension_attributes: extension,
});

export type WireOrder = z.infer<typeof orderSchema>;
export type WireItem = z.infer<typeof item>;
export type WireAddress = z.infer<typeof address>;
export type WireGift = z.infer<typeof giftMessage>;
