import type { BigintColumn, DecimalColumn } from './column-types';

interface OrderLink {
  instance: string;
  order_no: string;
  entity_id: BigintColumn;
  doc_id: BigintColumn;
  doc_guid: string;
  ticket_no: string;
  str_id: string;
  deposit_doc_id: BigintColumn | null;
  deposit_ticket_no: string | null;
  deposit: DecimalColumn;
  cust_no: string | null;
  written_at: string;
  fingerprint: string;
  effects: string;
  settled: string;
}

/** Our own tables, schema `cantus`; notebook/migrations makes them. */
export interface OwnTables {
  'cantus.order_link': OrderLink;
  'cantus.line_link': {
    instance: string;
    order_no: string;
    doc_id: BigintColumn;
    lin_guid: string;
    item_id: BigintColumn;
    item_no: string;
    qty: DecimalColumn;
    numer: DecimalColumn;
    denom: DecimalColumn;
  };
  'cantus.row_written': {
    instance: string;
    order_no: string;
    item_id: BigintColumn;
    sku: string;
    qty: DecimalColumn;
  };
  'cantus.item_rule': {
    instance: string;
    sku: string;
    item_no: string;
    decided_by: string;
    decided_at: string;
    order_no: string | null;
  };
  'cantus.order_figures': {
    instance: string;
    order_no: string;
    placed_on: string;
    str_id: string;
    pay_code: string | null;
    deposit: DecimalColumn;
    receipt: string;
    confirmed_at: string | null;
    net: DecimalColumn;
    shipping: DecimalColumn;
    tax: DecimalColumn;
    shipping_tax: DecimalColumn;
    total: DecimalColumn;
  };
  'cantus.customer_link': { instance: string; shop_key: string; cust_no: string };
  'cantus.seen': { instance: string; order_no: string; seen_key: string; seen_at: string; doc_id: BigintColumn | null };
  'cantus.order_key': { instance: string; entity_id: BigintColumn; number: string; order_no: string };
  'cantus.shop_seen': { instance: string; order_no: string; fingerprint: string; seen_at: string };
  'cantus.parked': { instance: string; record_key: string; order_no: string | null; reason: string; parked_at: string };
}
