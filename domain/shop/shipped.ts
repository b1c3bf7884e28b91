import type { ItemQuantities } from '../order/observation';
import { decimal, minimum, quantity, sum, type Quantity } from '../money';
import type { ShopOrder, ShopShipmentRecord } from './order';
import { moneyRows, perSet, type MoneyRow } from './rows';

/**
 * What a shipment took of the rows that carry the money. A bundle shipped as a whole lists its own row
 * only and counts in its parts; shipped part by part, the bundle's row beside them is a dummy (contract §3.6).
 */
export function shippedItems(
  order: Pick<ShopOrder, 'items'>,
  shipment: Pick<ShopShipmentRecord, 'items'>,
): ItemQuantities {
  const sent = new Map<number, Quantity>();
  for (const { orderItemId, qty } of shipment.items) {
    sent.set(orderItemId, quantity(decimal(sent.get(orderItemId) ?? 0).plus(qty)));
  }
  const rows = moneyRows(order);
  return rows
    .map((row): [number, Quantity] => [row.row.id, shippedOf(row, rows, sent)])
    .filter(([, qty]) => !decimal(qty).isZero());
}

function shippedOf(own: MoneyRow, rows: readonly MoneyRow[], sent: ReadonlyMap<number, Quantity>): Quantity {
  if (own.bundle === undefined)
    return sent.get(own.row.id) !== undefined ? wholeRow(own, sent) : setsOfParts(own, sent);
  const { parent, perSet: each } = own.bundle;
  const partByPart = rows.some(({ row, bundle }) => bundle?.parent === parent && sent.has(row.id));
  return partByPart ? (sent.get(own.row.id) ?? '0') : quantity(decimal(sent.get(parent) ?? 0).times(each));
}

/** A fixed-price bundle sent in parts lists its own row as a dummy beside them: the parts tell. */
function wholeRow(own: MoneyRow, sent: ReadonlyMap<number, Quantity>): Quantity {
  const inParts = own.row.type === 'bundle' && own.parts.some((part) => sent.has(part.id));
  return inParts ? setsOfParts(own, sent) : (sent.get(own.row.id) ?? '0');
}

/** Whole units that the parts sent make up; a configurable's variant is never named in a shipment. */
function setsOfParts({ row, parts }: MoneyRow, sent: ReadonlyMap<number, Quantity>): Quantity {
  if (row.type !== 'bundle' || parts.length === 0) return '0';
  const sets = parts.map((part) => decimal(sent.get(part.id) ?? 0).dividedBy(perSet(part, row)));
  return quantity(sets.reduce((least, next) => minimum(least, next)).floor());
}

/** Totals over all shipments, by the id of the row that carries the money. */
export function shippedByRow(
  order: Pick<ShopOrder, 'items'>,
  shipments: readonly Pick<ShopShipmentRecord, 'items'>[],
): ReadonlyMap<number, Quantity> {
  const rows = moneyRows(order);
  const perShipment = shipments.map((shipment) => new Map(shippedItems(order, shipment)));
  return new Map(rows.map(({ row }) => [row.id, quantity(sum(perShipment.map((sent) => sent.get(row.id) ?? 0)))]));
}
