import { decimal, quantity, type Quantity } from '../money';
import type { ShopOrder, ShopOrderItem } from './order';

/** Which of a product's rows carries the money, and how its rows are counted. */
export interface MoneyRow {
  readonly row: ShopOrderItem;
  /** Rows below it that only repeat it (a configurable's variant, the parts of a fixed-price bundle). */
  readonly parts: readonly ShopOrderItem[];
  /** Set on the parts of a dynamic bundle: its row, and how many of this part one bundle holds. */
  readonly bundle?: { readonly parent: number; readonly perSet: Quantity };
}

/**
 * The rows that carry the money, each once (P-11): a configurable's parent, the parts of a bundle with
 * dynamic price, the parent of one with fixed price, every other row itself.
 */
export function moneyRows(order: Pick<ShopOrder, 'items'>): readonly MoneyRow[] {
  const children = new Map<number, ShopOrderItem[]>();
  const known = new Set(order.items.map((item) => item.id));
  for (const item of order.items) {
    if (item.parentId !== null && known.has(item.parentId)) {
      children.set(item.parentId, [...(children.get(item.parentId) ?? []), item]);
    }
  }
  return order.items
    .filter((item) => item.parentId === null || !known.has(item.parentId))
    .flatMap((item) => rowsOf(item, children.get(item.id) ?? []));
}

function rowsOf(item: ShopOrderItem, parts: readonly ShopOrderItem[]): MoneyRow[] {
  if (!carriedByParts(item, parts)) return [{ row: item, parts }];
  return parts.map((part) => ({ row: part, parts: [], bundle: { parent: item.id, perSet: perSet(part, item) } }));
}

/**
 * A dynamic bundle's row repeats the sum of its parts; what tells it from a fixed one is that a part has a price. A bundle
 * that costs nothing has no money to tell by: its parts are what the store knows and packs.
 */
export function carriedByParts(item: ShopOrderItem, parts: readonly ShopOrderItem[]): boolean {
  if (parts.length === 0) return false;
  const free = decimal(item.price).isZero();
  const priced = parts.some((part) => !decimal(part.price).isZero());
  return item.type === 'bundle' ? priced || free : priced && free;
}

/** How many of a part one unit of the row above it holds. */
export const perSet = (part: ShopOrderItem, above: ShopOrderItem): Quantity =>
  decimal(above.ordered).isZero() ? '1' : quantity(decimal(part.ordered).dividedBy(above.ordered));

const WITHOUT_GOODS = new Set(['virtual', 'downloadable']);

/** Nothing of this row ever leaves the house. */
export const needsNoShipping = ({ row, parts }: MoneyRow): boolean =>
  row.virtual ||
  WITHOUT_GOODS.has(row.type) ||
  (parts.length > 0 && parts.every((part) => part.virtual || WITHOUT_GOODS.has(part.type)));
