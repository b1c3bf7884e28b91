/**
 * What the sandbox shop keeps, named as the shop's tables and its REST answers name it. Row totals are stored before
 * discount, as in the database; `present.ts` turns them into what REST shows. Amounts are JSON numbers, worked on
 * only through `amounts.ts`.
 */
export interface ItemRow {
  item_id: number;
  order_id: number;
  parent_item_id?: number;
  product_type: string;
  sku: string;
  name: string;
  is_virtual: number;
  is_qty_decimal: number;
  qty_ordered: number;
  qty_invoiced: number;
  qty_shipped: number;
  qty_canceled: number;
  qty_refunded: number;
  price: number;
  base_price: number;
  price_incl_tax?: number;
  base_price_incl_tax?: number;
  row_total: number;
  base_row_total: number;
  row_total_incl_tax?: number;
  base_row_total_incl_tax?: number;
  tax_amount: number;
  base_tax_amount: number;
  discount_amount: number;
  base_discount_amount: number;
  discount_tax_compensation_amount?: number;
  base_discount_tax_compensation_amount?: number;
  row_invoiced: number;
  base_row_invoiced: number;
  tax_invoiced: number;
  base_tax_invoiced: number;
  discount_invoiced: number;
  base_discount_invoiced: number;
  amount_refunded: number;
  base_amount_refunded: number;
  updated_at: string;
  [column: string]: unknown;
}

/** What the shop knows of an item but its REST answers do not show. */
export interface ItemNature {
  readonly shipSeparately: boolean;
  /** Priced by its children (a dynamic bundle), or, on a child, priced itself. */
  readonly childrenPriced: boolean;
  /** Pieces of this child in one bundle. */
  readonly selectionQty: number;
}

export interface PaymentRow {
  method: string;
  entity_id: number;
  amount_ordered: number;
  amount_authorized?: number;
  amount_paid?: number | undefined;
  base_amount_paid?: number | undefined;
  last_trans_id?: string;
  [column: string]: unknown;
}

export interface HistoryRow {
  entity_id: number;
  parent_id: number;
  entity_name?: string;
  comment: string | null;
  status: string | null;
  is_customer_notified: number | null;
  is_visible_on_front: number;
  created_at: string;
}

export interface OrderRow {
  entity_id: number;
  increment_id: string;
  state: string;
  /** Null where a comment without status met a release before 2.4.7 (contract §3.3). */
  status: string | null;
  store_id: number;
  is_virtual: number;
  created_at: string;
  updated_at: string;
  grand_total: number;
  base_grand_total: number;
  subtotal: number;
  tax_amount: number;
  shipping_amount: number;
  shipping_tax_amount: number;
  discount_amount: number;
  total_paid?: number;
  total_invoiced?: number;
  total_refunded?: number;
  total_qty_ordered: number;
  total_due: number;
  base_total_due: number;
  billing_address_id: number;
  items: ItemRow[];
  payment: PaymentRow;
  status_histories: HistoryRow[];
  billing_address: Record<string, unknown>;
  extension_attributes: Record<string, unknown>;
  [column: string]: unknown;
}

/** An order with everything the shop remembers about it. */
export interface OrderRecord {
  row: OrderRow;
  natures: Record<string, ItemNature>;
  /** State and status before a hold. */
  heldFrom: { state: string; status: string | null } | null;
  shippingAddressId: number | null;
  /** What invoices so far carried beside goods, shipping and tax: gift cards, credit, further charges. */
  besidesInvoiced: { order: number; base: number };
}

export interface CommentRow {
  entity_id: number;
  parent_id: number;
  comment: string;
  is_customer_notified: number;
  is_visible_on_front: number;
  created_at: string;
}

export interface DocumentItemRow {
  entity_id: number;
  parent_id: number;
  order_item_id: number;
  qty: number;
  sku: string;
  name: string;
  [column: string]: unknown;
}

export interface InvoiceRow {
  entity_id: number;
  increment_id: string;
  order_id: number;
  /** 1 open, 2 paid, 3 canceled. */
  state: number;
  grand_total: number;
  base_grand_total: number;
  total_qty: number;
  transaction_id?: string;
  created_at: string;
  updated_at: string;
  items: DocumentItemRow[];
  comments: CommentRow[];
  [column: string]: unknown;
}

export interface TrackRow {
  entity_id: number;
  parent_id: number;
  order_id: number;
  track_number: string;
  title?: string;
  carrier_code: string;
  created_at: string;
  updated_at: string;
  weight: null;
  qty: null;
  description: string | null;
}

export interface ShipmentRow {
  entity_id: number;
  increment_id: string;
  order_id: number;
  total_qty: number;
  created_at: string;
  updated_at: string;
  items: DocumentItemRow[];
  tracks: TrackRow[];
  comments: CommentRow[];
  [column: string]: unknown;
}

export interface CreditmemoRow {
  entity_id: number;
  increment_id: string;
  order_id: number;
  invoice_id?: number;
  grand_total: number;
  base_grand_total: number;
  created_at: string;
  updated_at: string;
  items: DocumentItemRow[];
  comments: CommentRow[];
  [column: string]: unknown;
}

export interface TransactionRow {
  transaction_id: number;
  parent_id?: number;
  order_id: number;
  payment_id: number;
  txn_id: string;
  parent_txn_id: string | null;
  txn_type: 'order' | 'authorization' | 'capture' | 'void' | 'refund' | 'payment';
  is_closed: number;
  additional_information: string[];
  created_at: string;
}

/** Money that really moved at the gateway, whatever the shop wrote down about it. */
export interface GatewayCharge {
  order: string;
  /** Base currency; negative for money given back. */
  amount: number;
  transaction: string;
  kind: 'capture' | 'refund';
  at: string;
}
