import { z } from 'zod';
import type { ShopInvoiceRecord, ShopShipmentRecord } from '../../domain/shop/order';
import { amount, count, helpful, id, list, optionalId, optionalInstant, optionalList, parse, text } from './php-json';

const comments = optionalList(z.looseObject({ comment: text })).transform((rows) =>
  rows.flatMap(({ comment }) => (comment === null ? [] : [comment])),
);

/** What was invoiced or shipped counts row by row: a row that cannot be read stops the whole document. */
const rows = list(z.looseObject({ order_item_id: id, qty: count }));

const invoiceSchema = z.looseObject({
  entity_id: id,
  increment_id: text,
  order_id: optionalId,
  state: optionalId,
  base_grand_total: amount,
  base_shipping_amount: amount,
  base_tax_amount: amount,
  transaction_id: text,
  created_at: helpful(optionalInstant),
  items: rows,
  comments,
});

/** A missing state (a raw save by somebody) counts as open: nothing says it was paid. */
export function parseInvoice(json: unknown): ShopInvoiceRecord {
  const wire = parse(invoiceSchema, json, { name: 'An invoice of the shop' });
  return {
    id: wire.entity_id,
    incrementId: wire.increment_id ?? String(wire.entity_id),
    state: wire.state === 2 || wire.state === 3 ? wire.state : 1,
    grandTotal: wire.base_grand_total,
    shipping: wire.base_shipping_amount,
    tax: wire.base_tax_amount,
    transactionId: wire.transaction_id,
    createdAt: wire.created_at,
    items: wire.items.map((item) => ({
      orderItemId: item.order_item_id,
      qty: item.qty,
      priced: item['base_price'] !== undefined || item['price'] !== undefined,
    })),
    comments: wire.comments,
  };
}

const shipmentSchema = z.looseObject({
  entity_id: id,
  increment_id: text,
  created_at: helpful(optionalInstant),
  items: rows,
  tracks: optionalList(z.looseObject({ track_number: text, title: text, carrier_code: text })),
  comments,
});

export function parseShipment(json: unknown): ShopShipmentRecord {
  const wire = parse(shipmentSchema, json, { name: 'A shipment of the shop' });
  return {
    id: wire.entity_id,
    incrementId: wire.increment_id ?? String(wire.entity_id),
    createdAt: wire.created_at,
    items: wire.items.map((item) => ({ orderItemId: item.order_item_id, qty: item.qty })),
    tracks: wire.tracks.flatMap(({ track_number, title, carrier_code }) =>
      track_number === null ? [] : [{ number: track_number, title, carrier: carrier_code }],
    ),
    comments: wire.comments,
  };
}
