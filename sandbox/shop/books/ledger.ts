import type { CreditmemoRow, GatewayCharge, HistoryRow, InvoiceRow, ShipmentRow, TransactionRow } from './rows';
import type { Shop } from '../shop';

/** Everything the shop and the gateway booked for one order, for tests and for the demo's checks. */
export interface OrderLedger {
  readonly invoices: readonly InvoiceRow[];
  readonly shipments: readonly ShipmentRow[];
  readonly creditmemos: readonly CreditmemoRow[];
  readonly transactions: readonly TransactionRow[];
  /** Money the gateway really moved, base currency. */
  readonly charges: readonly GatewayCharge[];
  /** Oldest first. */
  readonly statusHistory: readonly HistoryRow[];
}

/** @throws Error for an order the shop does not have */
export const ledgerOf = (shop: Shop, incrementId: string): OrderLedger => {
  const record = shop.books.findOrder(incrementId);
  if (!record) throw new Error(`The sandbox shop has no order ${incrementId}.`);
  const id = record.row.entity_id;
  const own = <Row extends { order_id: number }>(rows: readonly Row[]): Row[] =>
    structuredClone(rows.filter((row) => row.order_id === id));
  return {
    invoices: own(shop.books.invoices),
    shipments: own(shop.books.shipments),
    creditmemos: own(shop.books.creditmemos),
    transactions: own(shop.books.transactions),
    charges: structuredClone(shop.books.charges.filter((charge) => charge.order === incrementId)),
    statusHistory: structuredClone(record.row.status_histories).reverse(),
  };
};
