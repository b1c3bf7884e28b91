import { LIMITS } from '../../domain/limits';
import type { ShopChange, ShopChanges } from '../../domain/ports/shop';
import { z } from 'zod';
import { CantusError } from '../../domain/errors';
import { shopFingerprint } from '../../domain/shop/fingerprint';
import { readEveryRow } from './every-row';
import type { ListRequest } from './list';
import type { Filter } from './search-criteria';
import type { Transport } from '../http/transport';
import { countedItems, countersOf } from '../parse/order-row';
import { amount, id, instant, parse, requiredText, shopTime, text } from '../parse/php-json';

const PAGE = 50;

const ORDER_FIELDS =
  'entity_id,increment_id,state,status,updated_at,base_grand_total,base_total_paid,base_total_refunded,' +
  'items[item_id,qty_invoiced,qty_shipped,qty_refunded,qty_canceled]';

const orderRow = z.looseObject({
  entity_id: id,
  increment_id: requiredText,
  state: requiredText,
  status: text,
  updated_at: instant,
  base_grand_total: amount,
  base_total_paid: amount,
  base_total_refunded: amount,
  items: countedItems,
});
const documentRow = z.looseObject({ order_id: id });

/**
 * Orders that moved since an instant. `updated_at` of an order misses shipments, so the documents are asked by their own
 * dates as well (contract §7). A record that cannot be read is left to the import, which parks it.
 */
export async function readChanges(wire: Transport, since: string): Promise<ShopChanges> {
  const from = shopTime(new Date(Date.parse(since) - LIMITS.changesOverlapMs).toISOString());
  const moved = await listOrders(wire, [['updated_at', 'gteq', from]]);
  const known = new Set(moved.rows.map(({ entityId }) => entityId));
  const touched = new Set<number>();
  for (const path of ['/invoices', '/shipments', '/creditmemos']) {
    for (const order of await ordersSeenBy(wire, path, from)) if (!known.has(order)) touched.add(order);
  }
  const others = await readThese(wire, [...touched]);
  return { changes: [...moved.rows, ...others], serverTime: moved.at };
}

const everything = <T>(wire: Transport, request: ListRequest, read: (row: unknown) => T) =>
  readEveryRow(wire, request, read, (_, { code, facts: { field } }) => {
    wire.log({ code, field }, 'a changed record of the shop cannot be read and is left out');
    return null;
  });

const listOrders = (wire: Transport, filters: readonly Filter[]) =>
  everything(
    wire,
    { path: '/orders', filters, pageSize: PAGE, fields: ORDER_FIELDS, about: { doing: 'looking for changed orders' } },
    changeOf,
  );

/** A kind of document this shop does not show (no right to it, no such list) must not keep the watch from the rest. */
async function ordersSeenBy(wire: Transport, path: string, from: string): Promise<readonly number[]> {
  try {
    return await ordersOf(wire, path, from);
  } catch (error) {
    if (!(error instanceof CantusError) || !error.traits.answered) throw error;
    wire.log({ code: error.code, path }, 'a list of the shop is not open to this integration and is left out');
    return [];
  }
}

async function ordersOf(wire: Transport, path: string, from: string): Promise<readonly number[]> {
  const request: ListRequest = {
    path,
    filters: [['created_at', 'gteq', from]],
    pageSize: 100,
    fields: 'entity_id,order_id',
    about: { doing: `looking for new ${path.slice(1)}` },
  };
  return (
    await everything(wire, request, (row) => parse(documentRow, row, { name: 'A document of the shop' }).order_id)
  ).rows;
}

async function readThese(wire: Transport, ids: readonly number[]): Promise<ShopChange[]> {
  const changes: ShopChange[] = [];
  for (let start = 0; start < ids.length; start += PAGE) {
    const some = ids.slice(start, start + PAGE).join(',');
    changes.push(...(await listOrders(wire, [['entity_id', 'in', some]])).rows);
  }
  return changes;
}

function changeOf(row: unknown): ShopChange {
  const wire = parse(orderRow, row, { name: 'A changed order' });
  const items = countersOf(wire.items);
  const { state, status, base_total_paid: paid, base_total_refunded: refunded, base_grand_total: total } = wire;
  return {
    entityId: wire.entity_id,
    incrementId: wire.increment_id,
    fingerprint: shopFingerprint({ state, status, updatedAt: wire.updated_at, paid, refunded, total, items }),
  };
}
