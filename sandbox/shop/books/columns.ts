const words = (text: string): string[] => text.trim().split(/\s+/);
const inBothCurrencies = (text: string): string[] => words(text).flatMap((column) => [column, `base_${column}`]);

/** Columns of sales_order: what a filter or a sort may name, and what a save may overwrite. */
export const ORDER_COLUMNS: ReadonlySet<string> = new Set([
  ...words(`entity_id state status coupon_code protect_code shipping_description is_virtual store_id customer_id customer_email
    customer_firstname customer_lastname customer_middlename customer_prefix customer_suffix customer_taxvat customer_dob
    customer_gender customer_group_id customer_is_guest customer_note customer_note_notify increment_id applied_rule_ids
    base_currency_code global_currency_code order_currency_code store_currency_code base_to_global_rate base_to_order_rate
    store_to_base_rate store_to_order_rate billing_address_id shipping_address_id quote_id quote_address_id email_sent
    send_email edit_increment ext_customer_id ext_order_id hold_before_state hold_before_status original_increment_id
    relation_child_id relation_child_real_id relation_parent_id relation_parent_real_id remote_ip x_forwarded_for
    shipping_method store_name created_at updated_at total_item_count total_qty_ordered weight discount_description
    can_ship_partially can_ship_partially_item forced_shipment_with_invoice payment_auth_expiration
    payment_authorization_amount coupon_rule_name gift_message_id paypal_ipn_customer_notified dispute_status
    base_shipping_discount_tax_compensation_amnt shipping_discount_tax_compensation_amount base_total_invoiced_cost`),
  ...inBothCurrencies(`grand_total subtotal subtotal_incl_tax subtotal_invoiced subtotal_canceled subtotal_refunded tax_amount
    tax_invoiced tax_canceled tax_refunded shipping_amount shipping_incl_tax shipping_invoiced shipping_canceled
    shipping_refunded shipping_tax_amount shipping_tax_refunded shipping_discount_amount discount_amount discount_invoiced
    discount_canceled discount_refunded discount_tax_compensation_amount discount_tax_compensation_invoiced
    discount_tax_compensation_refunded total_paid total_due total_invoiced total_canceled total_refunded
    total_offline_refunded total_online_refunded adjustment_negative adjustment_positive`),
]);

export const ITEM_COLUMNS: ReadonlySet<string> = new Set([
  ...words(`item_id order_id parent_item_id quote_item_id store_id created_at updated_at product_id product_type weight
    is_virtual sku name description applied_rule_ids additional_data is_qty_decimal no_discount qty_backordered qty_canceled
    qty_invoiced qty_ordered qty_refunded qty_shipped tax_percent discount_percent row_weight free_shipping weee_tax_applied
    ext_order_item_id locked_do_invoice locked_do_ship gift_message_id gift_message_available`),
  ...inBothCurrencies(`price original_price price_incl_tax row_total row_total_incl_tax row_invoiced tax_amount tax_invoiced
    discount_amount discount_invoiced amount_refunded cost discount_tax_compensation_amount`),
]);

const documents = `entity_id store_id order_id increment_id state created_at updated_at billing_address_id shipping_address_id
  email_sent send_email customer_note total_qty`;

export const INVOICE_COLUMNS: ReadonlySet<string> = new Set([
  ...words(documents),
  ...words(`transaction_id is_used_for_refund can_void_flag base_currency_code order_currency_code store_currency_code
    global_currency_code discount_description`),
  ...inBothCurrencies(
    'grand_total subtotal subtotal_incl_tax tax_amount shipping_amount shipping_tax_amount discount_amount',
  ),
]);

export const SHIPMENT_COLUMNS: ReadonlySet<string> = new Set([
  ...words(documents),
  ...words('total_weight customer_id shipment_status packages shipping_label'),
]);

export const CREDITMEMO_COLUMNS: ReadonlySet<string> = new Set([
  ...words(documents),
  ...words('invoice_id creditmemo_status transaction_id'),
  ...inBothCurrencies(
    'grand_total subtotal tax_amount shipping_amount discount_amount adjustment adjustment_positive adjustment_negative',
  ),
]);

export const TRANSACTION_COLUMNS: ReadonlySet<string> = new Set(
  words(
    'transaction_id parent_id order_id payment_id txn_id parent_txn_id txn_type is_closed additional_information created_at',
  ),
);
