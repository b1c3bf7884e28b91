import type { Books } from './books/books';
import type { Gateway } from './money/gateway';
import type { OrderLocks } from './order/order-lock';
import type { HistoryRow, OrderRecord } from './books/rows';
import type { Sources } from './shipping/sources';
import { applyStateHandler } from './order/state-handler';
import { defaultStatus, type StatusTable } from './order/statuses';
import type { Behaviour } from './versions';

/** The parts every operation of the shop works with. */
export interface Shop {
  readonly books: Books;
  readonly gateway: Gateway;
  readonly locks: OrderLocks;
  readonly sources: Sources;
  readonly behaviour: Behaviour;
  readonly statuses: StatusTable;
}

const NESTED = ['items', 'payment', 'status_histories', 'billing_address', 'extension_attributes', 'updated_at'];

const columnsOf = (row: Record<string, unknown>): string =>
  JSON.stringify(Object.entries(row).filter(([column]) => !NESTED.includes(column)));

/**
 * Changes an order; `updated_at` moves only where one of the order's own columns really changed (contract §7),
 * and an item's likewise.
 */
export const changeOrder = (shop: Shop, record: OrderRecord, change: () => void): void => {
  const before = columnsOf(record.row);
  const items = record.row.items.map(columnsOf);
  change();
  const at = shop.books.now();
  if (columnsOf(record.row) !== before) record.row.updated_at = at;
  record.row.items.forEach((item, index) => {
    if (columnsOf(item) !== items[index]) item.updated_at = at;
  });
};

/** What every save of an order runs at its end. */
export const promote = (shop: Shop, record: OrderRecord): void => {
  applyStateHandler(record, {
    behaviour: shop.behaviour,
    statuses: shop.statuses,
    hasOpenInvoice: ({ row }) =>
      shop.books.invoices.some((invoice) => invoice.order_id === row.entity_id && invoice.state === 1),
  });
};

/** History lines are shown newest first. */
export const addHistory = (
  shop: Shop,
  record: OrderRecord,
  line: {
    readonly comment: string | null;
    readonly entity?: string;
    readonly status?: string | null;
    readonly notified?: number | null;
    readonly visible?: number;
  },
): HistoryRow => {
  const row: HistoryRow = {
    comment: line.comment,
    created_at: shop.books.now(),
    entity_id: shop.books.next('history'),
    ...(line.entity === undefined ? {} : { entity_name: line.entity }),
    is_customer_notified: line.notified ?? null,
    is_visible_on_front: line.visible ?? 0,
    parent_id: record.row.entity_id,
    status: line.status === undefined ? record.row.status : line.status,
  };
  record.row.status_histories.unshift(row);
  return row;
};

export const stateDefault = (shop: Shop, state: string): string => defaultStatus(shop.statuses, state);
