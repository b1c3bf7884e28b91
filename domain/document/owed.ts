import { listed } from '../text/listing';
import { decimal, isPositive } from '../money';
import type { ShopOrder } from '../shop/order';
import { moneyRows } from '../shop/rows';
import { stop } from './refusals';

/**
 * An order of which something was refunded or cancelled before it came here is not written: what a credit memo or a module
 * took off its tax, discount and shipping cannot be proven row by row (docs/decisions/072-changed-before-import.md).
 * @throws CantusError refused, totalsDiffer, naming what was taken back
 */
export function refuseTakenBack(order: ShopOrder): void {
  const rows = moneyRows(order).flatMap(({ row: { sku, refunded, cancelled } }) => [
    ...(isPositive(refunded) ? [`${refunded} of ${sku} ${were(refunded)} refunded`] : []),
    ...(isPositive(cancelled) ? [`${cancelled} of ${sku} ${were(cancelled)} cancelled`] : []),
  ]);
  const goods = rows.length > 0;
  if (!goods && decimal(order.totals.refunded).isZero()) return;
  throw stop(order.incrementId, {
    reason: 'totalsDiffer',
    code: 'takenBackBeforeImport',
    field: goods ? 'items' : 'base_total_refunded',
    what: `before it came here ${goods ? listed(rows) : `${order.totals.refunded} of its money was refunded`}`,
    remedy:
      'Enter what is still owed by hand in Counterpoint and skip it here, or refund or cancel the rest in the shop.',
  });
}

const were = (qty: string): string => (decimal(qty).equals(1) ? 'was' : 'were');
