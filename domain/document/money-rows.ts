import { decimal, isZero } from '../money';
import type { ShopOrderItem } from '../shop-order';

/**
 * The order rows that become document lines: for each product exactly the rows that carry its money (P-11).
 *
 * - simple, virtual, downloadable, gift card, grouped: the row itself (a grouped product arrives as independent rows)
 * - configurable: the parent row, whose SKU is the chosen simple's; the child repeats the quantity without money
 * - bundle with a dynamic price: its parts; the parent only repeats their sum
 * - bundle with a fixed price: the parent; its parts carry no money (docs/decisions/fixed-price-bundle.md)
 *
 * Source: contract §4.2, §3.6; seen on a running 2.4.7.
 */
export function moneyRows(items: readonly ShopOrderItem[]): readonly ShopOrderItem[] {
  const parts = partsByParent(items);
  const known = new Set(items.map((item) => item.id));
  const rows: ShopOrderItem[] = [];
  for (const item of items) {
    if (item.parentId !== null && known.has(item.parentId)) continue;
    const own = parts.get(item.id) ?? [];
    rows.push(...(partsCarryMoney(item, own) ? own : [item]));
  }
  return rows;
}

/** Rows under each parent, in the shop's order. */
export function partsByParent(items: readonly ShopOrderItem[]): ReadonlyMap<number, readonly ShopOrderItem[]> {
  const parts = new Map<number, ShopOrderItem[]>();
  for (const item of items) {
    if (item.parentId !== null) parts.set(item.parentId, [...(parts.get(item.parentId) ?? []), item]);
  }
  return parts;
}

function partsCarryMoney(parent: ShopOrderItem, parts: readonly ShopOrderItem[]): boolean {
  if (parts.length === 0 || parent.type === 'configurable') return false;
  // A bundle that costs nothing at all: its parts are the goods, and their SKUs the ones the store knows.
  return parts.some(hasMoney) || !hasMoney(parent);
}

const hasMoney = (item: ShopOrderItem): boolean =>
  !isZero(item.price) || !isZero(item.rowTotal) || decimal(item.discount).greaterThan(0);

/** A bundle whose price is its own: one line stands for all its parts. */
export const isFixedBundle = (item: ShopOrderItem, parts: readonly ShopOrderItem[]): boolean =>
  item.type === 'bundle' && parts.length > 0 && !partsCarryMoney(item, parts);
