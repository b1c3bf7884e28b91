import { badRequest } from '../http/refusals';
import type { OrderRecord, OrderRow } from '../books/rows';
import { changeOrder, type Shop } from '../shop';
import { moveTo } from './state-handler';

const NOT_HOLDABLE = ['canceled', 'payment_review', 'complete', 'closed', 'holded'];

/**
 * `POST /V1/orders/:id/hold`. It does not take the order's lock: over a running capture it saves the order as it was
 * before, so that paid and invoiced figures and the items' counters fall back to zero (contract §5).
 */
export const holdOrder = async (shop: Shop, entityId: number): Promise<true> => {
  const record = shop.books.order(entityId);
  if (NOT_HOLDABLE.includes(record.row.state)) throw badRequest('A hold action is not available.');
  const running = shop.locks.runningInvoice(entityId);
  const stale = running ? structuredClone(record.row) : undefined;
  if (running) await running;
  changeOrder(shop, record, () => {
    if (stale) forgetInvoicing(record, stale);
    record.heldFrom = { state: record.row.state, status: record.row.status };
    moveTo(record, 'holded', shop.statuses);
  });
  return true;
};

/** Writes a copy read before the invoice over order and items; histories are rows of their own and stay. */
const forgetInvoicing = (record: OrderRecord, stale: OrderRow): void => {
  record.row = { ...stale, status_histories: record.row.status_histories };
};

/** Payment and items written back from a copy read before the invoice; the order's own totals survive. */
export const forgetPaymentAndItems = (row: OrderRow, stale: OrderRow): void => {
  row.payment = stale.payment;
  row.items = stale.items;
};

/** `POST /V1/orders/:id/unhold` restores state and custom status. */
export const unholdOrder = (shop: Shop, entityId: number): true => {
  const record = shop.books.order(entityId);
  const { heldFrom } = record;
  if (record.row.state !== 'holded') throw badRequest('You cannot remove the hold.');
  changeOrder(shop, record, () => {
    record.row.state = heldFrom?.state ?? 'new';
    record.row.status = heldFrom ? heldFrom.status : 'pending';
    record.heldFrom = null;
  });
  return true;
};
