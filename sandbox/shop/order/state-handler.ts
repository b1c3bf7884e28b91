import { add } from '../money/amounts';
import { canCreditmemo, canInvoice, canShip, shippedOverAllRows } from './item-rules';
import type { OrderRecord } from '../books/rows';
import { defaultStatus, type StatusTable } from './statuses';
import type { Behaviour } from '../versions';

export interface HandlerRules {
  readonly behaviour: Behaviour;
  readonly statuses: StatusTable;
  readonly hasOpenInvoice: (record: OrderRecord) => boolean;
}

export const moveTo = (record: OrderRecord, state: string, statuses: StatusTable): void => {
  record.row.state = state;
  record.row.status = defaultStatus(statuses, state);
};

/**
 * The shop's own promotion of an order, run on every order save (contract §3.2): closed where nothing is left to
 * refund or ship, complete where nothing is left to ship. 2.4.6 and 2.4.7 add up shipped quantities over bundle
 * parents and children alike and so complete orders whose goods are still in the house.
 */
export const applyStateHandler = (record: OrderRecord, rules: HandlerRules): void => {
  const { row } = record;
  if (row.state === 'canceled' || row.state === 'holded' || row.state === 'payment_review' || canInvoice(record))
    return;
  if (rules.behaviour.openInvoiceKeepsOrder && rules.hasOpenInvoice(record) && Math.trunc(row.total_due) > 0) return;
  const promotable = row.state === 'processing' || row.state === 'complete';
  if (promotable && row.is_virtual === 0 && !canCreditmemo(record) && !canShip(record)) {
    moveTo(record, 'closed', rules.statuses);
    return;
  }
  if (row.state === 'processing' && (!canShip(record) || (rules.behaviour.prematureComplete && seemsShipped(record)))) {
    moveTo(record, 'complete', rules.statuses);
  }
};

const seemsShipped = (record: OrderRecord): boolean => {
  const shipped = shippedOverAllRows(record);
  const refunded = add(
    ...record.row.items.filter((item) => item.product_type === 'simple').map((item) => item.qty_refunded),
  );
  return shipped > 0 && add(shipped, refunded) >= record.row.total_qty_ordered;
};

/** The state an invoice leaves an order in; anything that was neither new nor processing falls back to new. */
export const stateAfterInvoice = (record: OrderRecord): string => {
  if (record.row.state === 'processing' || record.row.state === 'new') return 'processing';
  return 'new';
};
