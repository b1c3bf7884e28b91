import type { ShopInvoiceRecord, ShopOrder, ShopOrderItem, ShopShipmentRecord } from '../../../domain/shop/order';
import { parseOrder } from '../../../magento';
import { sampleOrder } from '../../magento/recorded-shop';

export const order = (name: string): ShopOrder => parseOrder(sampleOrder(name));

/** An order with its rows changed by id. */
export const withRows = (base: ShopOrder, changes: Readonly<Record<number, Partial<ShopOrderItem>>>): ShopOrder => ({
  ...base,
  items: base.items.map((item) => ({ ...item, ...changes[item.id] })),
});

export const withTotals = (base: ShopOrder, totals: Partial<ShopOrder['totals']>): ShopOrder => ({
  ...base,
  totals: { ...base.totals, ...totals },
});

type Lines = readonly (readonly [id: number, qty: string])[];

let nextId = 100;

export const invoice = (lines: Lines, changes: Partial<ShopInvoiceRecord> = {}): ShopInvoiceRecord => ({
  id: (nextId += 1),
  incrementId: String(nextId),
  state: 2,
  grandTotal: '0.00',
  shipping: '0.00',
  tax: '0.00',
  transactionId: null,
  createdAt: '2026-11-22T02:51:13Z',
  items: lines.map(([orderItemId, qty]) => ({ orderItemId, qty, priced: true })),
  comments: [],
  ...changes,
});

export const shipment = (lines: Lines, changes: Partial<ShopShipmentRecord> = {}): ShopShipmentRecord => ({
  id: (nextId += 1),
  incrementId: String(nextId),
  createdAt: '2026-11-22T02:51:13Z',
  items: lines.map(([orderItemId, qty]) => ({ orderItemId, qty })),
  tracks: [],
  comments: [],
  ...changes,
});
