import type { ItemQuantities } from '../order/observation';
import { decimal, quantity, type Quantity } from '../money';
import type { ShopOrder } from './order';
import { moneyRows, perSet, type MoneyRow } from './rows';

/** How a bundle leaves the house, a property of the product that the shop's order does not tell. */
export type BundleShipping = 'whole' | 'parts';

/**
 * The quantities of a shipment in the rows the shop wants named: a bundle shipped as a whole by its own row,
 * one shipped in parts by theirs. `null`: what leaves does not make up whole bundles, and the shop can only count those.
 * @param items by the rows that carry the money
 */
export function shippable(
  order: Pick<ShopOrder, 'items'>,
  items: ItemQuantities,
  shipping: (bundle: number) => BundleShipping,
): ItemQuantities | null {
  const asked = new Map(items);
  const rows = moneyRows(order);
  const named: [number, Quantity][] = [];
  const bundles = new Set<number>();
  for (const [id, qty] of items) {
    const own = rows.find(({ row }) => row.id === id);
    const parent = own?.bundle?.parent;
    if (own === undefined || (parent === undefined && !inParts(own, shipping))) named.push([id, qty]);
    else if (parent === undefined) named.push(...partsOf(own, qty));
    else if (shipping(parent) === 'parts') named.push([id, qty]);
    else bundles.add(parent);
  }
  for (const bundle of bundles) {
    const sets = wholeSets(rows, bundle, asked);
    if (sets === null) return null;
    named.push([bundle, sets]);
  }
  return named;
}

const inParts = ({ row, parts }: MoneyRow, shipping: (bundle: number) => BundleShipping): boolean =>
  row.type === 'bundle' && parts.length > 0 && shipping(row.id) === 'parts';

const partsOf = ({ row, parts }: MoneyRow, qty: Quantity): [number, Quantity][] =>
  parts.map((part) => [part.id, quantity(decimal(perSet(part, row)).times(qty))]);

/** The number of bundles that these parts make up, if they make up whole ones and nothing is left over. */
function wholeSets(rows: readonly MoneyRow[], bundle: number, asked: ReadonlyMap<number, Quantity>): Quantity | null {
  const sets = rows
    .filter((row) => row.bundle?.parent === bundle && !row.row.virtual)
    .map(({ row, bundle: part }) => decimal(asked.get(row.id) ?? 0).dividedBy(part?.perSet ?? 1));
  const [first, ...rest] = sets;
  if (first === undefined || !first.isInteger() || rest.some((other) => !other.equals(first))) return null;
  return quantity(first);
}

/** Rows of bundles named by these items; empty when none is part of a bundle or a bundle itself. */
export function bundlesOf(order: Pick<ShopOrder, 'items'>, items: ItemQuantities): readonly number[] {
  const ids = new Set(items.map(([id]) => id));
  const bundles = moneyRows(order)
    .filter(({ row }) => ids.has(row.id))
    .map(({ row, parts, bundle }) => bundle?.parent ?? (row.type === 'bundle' && parts.length > 0 ? row.id : null));
  return [...new Set(bundles.filter((id) => id !== null))];
}
