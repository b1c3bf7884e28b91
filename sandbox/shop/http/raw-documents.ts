import { fixed, subtract } from '../money/amounts';
import { documentNumber } from '../books/books';
import { increase } from '../money/invoice-rows';
import { asNumber, asText, isFields, type Fields } from '../json';
import { badRequest, missingArgument } from './refusals';
import type { DocumentItemRow, InvoiceRow, ShipmentRow } from '../books/rows';
import { addHistory, changeOrder, type Shop } from '../shop';
import { recordTransaction } from '../money/transactions';

/**
 * `POST /V1/invoices/:id/capture`, the call never to make (contract §4.3): it charges whatever the invoice's state,
 * a paid one again, takes no lock, and gives the gateway's own words when refused.
 */
export const captureInvoice = async (shop: Shop, invoice: InvoiceRow): Promise<true> => {
  const record = shop.books.order(invoice.order_id);
  const outcome = await shop.gateway.capture(record.row.increment_id, invoice.base_grand_total);
  if (outcome.answer === 'refuse') throw badRequest(outcome.reason);
  const open = invoice.state === 1;
  changeOrder(shop, record, () => {
    invoice.state = 2;
    invoice.transaction_id = outcome.transaction;
    invoice.updated_at = shop.books.now();
    const parent = shop.books.authorizations[record.row.increment_id]?.transaction;
    recordTransaction(shop.books, record, {
      txnId: outcome.transaction,
      type: 'capture',
      ...(parent === undefined ? {} : { parent }),
      closed: false,
    });
    if (open) {
      increase(record.row, 'total_paid', invoice.grand_total);
      increase(record.row, 'base_total_paid', invoice.base_grand_total);
      record.row.total_due = subtract(record.row.total_due, invoice.grand_total);
      record.row.base_total_due = subtract(record.row.base_total_due, invoice.base_grand_total);
    }
    addHistory(shop, record, {
      comment: `Captured amount of $${fixed(invoice.base_grand_total)} online. Transaction ID: "${outcome.transaction}"`,
      entity: 'invoice',
    });
  });
  return true;
};

const entityOf = (body: unknown): Fields => {
  const entity = isFields(body) ? body['entity'] : undefined;
  if (!isFields(entity)) throw missingArgument('entity');
  return entity;
};

const itemsOf = (shop: Shop, table: string, parentId: number, entity: Fields): DocumentItemRow[] =>
  (Array.isArray(entity['items']) ? entity['items'] : []).filter(isFields).map((item) => ({
    ...item,
    entity_id: shop.books.next(table),
    parent_id: parentId,
    order_item_id: asNumber(item['order_item_id']) ?? 0,
    qty: asNumber(item['qty']) ?? 0,
    sku: asText(item['sku']) ?? '',
    name: asText(item['name']) ?? '',
  }));

/** `POST /V1/invoices/`: stores whatever is sent; the order does not notice (contract §2.8). */
export const saveRawInvoice = (shop: Shop, body: unknown): InvoiceRow => {
  const entity = entityOf(body);
  const record = shop.books.order(asNumber(entity['order_id']) ?? 0);
  const entityId = shop.books.next('invoice');
  const at = shop.books.now();
  const invoice: InvoiceRow = {
    ...entity,
    entity_id: entityId,
    increment_id: documentNumber(record.row.store_id, entityId),
    order_id: record.row.entity_id,
    state: asNumber(entity['state']) ?? 1,
    grand_total: asNumber(entity['grand_total']) ?? 0,
    base_grand_total: asNumber(entity['base_grand_total']) ?? 0,
    total_qty: asNumber(entity['total_qty']) ?? 0,
    created_at: at,
    updated_at: at,
    items: itemsOf(shop, 'invoice_item', entityId, entity),
    comments: [],
  };
  shop.books.invoices.push(invoice);
  return invoice;
};

/** `POST /V1/shipment/`: likewise, be it 50 where 2 were ordered. */
export const saveRawShipment = (shop: Shop, body: unknown): ShipmentRow => {
  const entity = entityOf(body);
  const record = shop.books.order(asNumber(entity['order_id']) ?? 0);
  const entityId = shop.books.next('shipment');
  const at = shop.books.now();
  const shipment: ShipmentRow = {
    ...entity,
    entity_id: entityId,
    increment_id: documentNumber(record.row.store_id, entityId),
    order_id: record.row.entity_id,
    total_qty: asNumber(entity['total_qty']) ?? 0,
    created_at: at,
    updated_at: at,
    items: itemsOf(shop, 'shipment_item', entityId, entity),
    tracks: [],
    comments: [],
  };
  shop.books.shipments.push(shipment);
  return shipment;
};
