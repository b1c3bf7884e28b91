import { z } from 'zod';
import { amount, count, flag, id, instant, optionalAmount, optionalId, precise, text } from './wire';

/** The shop's order as it stands on the wire; what is not named here passes unread. */
const giftMessage = z
  .looseObject({ sender: text, recipient: text, message: text })
  .nullish()
  .transform((gift) => gift ?? null);

const address = z
  .looseObject({
    firstname: text,
    lastname: text,
    company: text,
    street: z.union([z.array(z.string().nullable()), z.string()]).nullish(),
    city: text,
    region: text,
    region_code: text,
    postcode: text,
    country_id: text,
    telephone: text,
    email: text,
  })
  .nullish()
  .transform((value) => value ?? null);

const customOptions = z.array(z.looseObject({ option_id: text, option_value: text })).nullish();

const item = z.looseObject({
  item_id: id,
  parent_item_id: optionalId,
  product_type: z.string().nullish(),
  sku: z.string(),
  name: text,
  is_virtual: flag,
  is_qty_decimal: flag,
  qty_ordered: count,
  qty_invoiced: count,
  qty_shipped: count,
  qty_canceled: count,
  qty_refunded: count,
  base_price: precise,
  base_original_price: precise.optional(),
  base_row_total: precise,
  base_discount_amount: precise,
  base_tax_amount: precise,
  tax_percent: precise,
  base_discount_tax_compensation_amount: precise,
  base_weee_tax_applied_row_amnt: precise,
  weee_tax_applied: text,
  product_option: z
    .looseObject({ extension_attributes: z.looseObject({ custom_options: customOptions }).nullish() })
    .nullish(),
  extension_attributes: z.looseObject({ gift_message: giftMessage }).nullish(),
});

const extension = z
  .looseObject({
    shipping_assignments: z
      .array(z.looseObject({ shipping: z.looseObject({ address, method: text }).nullish() }))
      .nullish(),
    applied_taxes: z.array(z.looseObject({ code: text, title: text, percent: precise, base_amount: amount })).nullish(),
    gift_message: giftMessage,
    coupon_codes: z.array(z.string()).nullish(),
    base_gift_cards_amount: optionalAmount,
    gift_cards_amount: amount,
    base_customer_balance_amount: optionalAmount,
    customer_balance_amount: amount,
    base_reward_currency_amount: optionalAmount,
    reward_currency_amount: amount,
    gw_base_price: amount,
    gw_items_base_price: amount,
    gw_card_base_price: amount,
    gw_base_tax_amount: amount,
    gw_items_base_tax_amount: amount,
    gw_card_base_tax_amount: amount,
  })
  .nullish();

export const orderSchema = z.looseObject({
  entity_id: id,
  increment_id: z.union([z.string().min(1), z.number()]).transform(String),
  state: z.string().min(1),
  status: text,
  store_id: optionalId,
  created_at: instant,
  updated_at: instant,
  is_virtual: flag,
  customer_email: text,
  customer_is_guest: flag,
  customer_id: optionalId,
  customer_firstname: text,
  customer_lastname: text,
  customer_taxvat: text,
  base_currency_code: text,
  order_currency_code: text,
  base_to_order_rate: precise.optional(),
  grand_total: amount,
  base_subtotal: amount,
  base_discount_amount: amount,
  base_shipping_amount: amount,
  base_shipping_discount_amount: amount,
  base_tax_amount: amount,
  base_shipping_tax_amount: amount,
  base_discount_tax_compensation_amount: amount,
  base_shipping_discount_tax_compensation_amnt: optionalAmount,
  base_shipping_discount_tax_compensation_amount: amount,
  base_grand_total: amount,
  base_total_paid: amount,
  base_total_refunded: amount,
  base_total_due: optionalAmount,
  coupon_code: text,
  discount_description: text,
  shipping_description: text,
  original_increment_id: text,
  relation_parent_id: optionalId,
  relation_parent_real_id: text,
  relation_child_real_id: text,
  items: z.array(item).min(1),
  billing_address: address,
  payment: z
    .looseObject({
      method: text,
      po_number: text,
      base_amount_authorized: amount,
      base_amount_paid: amount,
      last_trans_id: text,
    })
    .nullish(),
  extension_attributes: extension,
});

export type WireOrder = z.infer<typeof orderSchema>;
export type WireItem = z.infer<typeof item>;
export type WireAddress = z.infer<typeof address>;
export type WireGift = z.infer<typeof giftMessage>;
