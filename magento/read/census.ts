import type { CensusQuery, Namesake, Parked, ShopCensus } from '../../domain/ports/shop';
import { z } from 'zod';
import type { CreditMemoFact, InvoiceFact, ShopFact } from '../../domain/census/facts';
import { ShopError } from '../http/errors';
import { parkedRow, readEveryRow } from './every-row';
import { readPage } from './list';
import type { Filter } from './search-criteria';
import type { Transport } from '../http/transport';
import { id, optionalId, parse, requiredText, shopTime } from '../parse/php-json';
import { INVOICE_FIELDS, invoiceOf, memoOf, ORDER_FIELDS, orderOf } from './census-rows';

const PAGE = 100;
/** Ids of one `in` filter: an address stays well below what servers accept. */
const PER_FILTER = 50;

/** Orders with their invoices from lists alone: two or three requests for every hundred, none for a single order. */
export async function readCensus(wire: Transport, query: CensusQuery): Promise<ShopCensus> {
  const orders = new Map<number, ShopFact>();
  const parked: Parked[] = [];
  let serverTime: string | null = null;
  for (const filter of filtersOf(query)) {
    const list = await all(
      wire,
      { path: '/orders', filter, fields: ORDER_FIELDS, about: 'taking the census of orders' },
      orderOf,
    );
    serverTime ??= list.at;
    parked.push(...list.parked);
    for (const order of list.rows) orders.set(order.entityId, order);
  }
  const invoices = await invoicesOf(wire, [...orders.keys()]);
  return {
    orders: [...orders.values()].map((order) => ({ ...order, invoices: invoices.get(order.entityId) ?? [] })),
    parked,
    serverTime: serverTime ?? wire.now().toISOString(),
  };
}

function filtersOf(query: CensusQuery): Filter[] {
  if ('from' in query) return [['created_at', 'gteq', shopTime(query.from)]];
  if ('numbers' in query) return inParts('increment_id', query.numbers);
  return inParts('entity_id', query.entityIds.map(String));
}

function inParts(field: string, values: readonly string[]): Filter[] {
  const filters: Filter[] = [];
  for (let start = 0; start < values.length; start += PER_FILTER) {
    filters.push([field, 'in', values.slice(start, start + PER_FILTER).join(',')]);
  }
  return filters;
}

const namesakeRow = z.looseObject({
  entity_id: id,
  increment_id: requiredText,
  store_id: optionalId,
});

/** Every order with one of these numbers, by lists alone; one that cannot even be read so is left out. */
export async function readNamesakes(wire: Transport, numbers: readonly string[]): Promise<Namesake[]> {
  const found: Namesake[] = [];
  for (const filter of inParts('increment_id', numbers)) {
    const fields = 'entity_id,increment_id,store_id';
    const list = { path: '/orders', filter, fields, about: 'looking for orders of one number' };
    const { rows } = await all(wire, list, (row) => parse(namesakeRow, row, { name: 'An order of the shop' }));
    for (const row of rows)
      found.push({ entityId: row.entity_id, incrementId: row.increment_id, storeId: row.store_id ?? 0 });
  }
  return found;
}

/** Money given back in the shop since an instant (ISO 8601); nothing where the token may not see it. */
export async function readCreditMemos(wire: Transport, since: string): Promise<CreditMemoFact[]> {
  const filter: Filter = ['created_at', 'gteq', shopTime(since)];
  const fields = 'entity_id,increment_id,order_id,base_grand_total,created_at';
  try {
    const list = { path: '/creditmemos', filter, fields, about: 'looking for credit memos' };
    return (await all(wire, list, memoOf)).rows;
  } catch (error) {
    if (!(error instanceof ShopError) || error.code !== 'shopNotAuthorised') throw error;
    wire.log({ code: error.code }, 'the token may not read credit memos; refunds after the end go unreported');
    return [];
  }
}

/** By the `Date` of the cheapest answer there is. */
export async function readClock(wire: Transport): Promise<string> {
  const about = { doing: 'asking the shop for its time' };
  return (await readPage(wire, { path: '/orders', filters: [], pageSize: 1, fields: 'entity_id', about }, null)).at;
}

interface List {
  readonly path: string;
  readonly filter: Filter;
  readonly fields: string;
  readonly about: string;
}

const all = <T>(wire: Transport, { path, filter, fields, about }: List, read: (row: unknown) => T) =>
  readEveryRow(wire, { path, filters: [filter], pageSize: PAGE, fields, about: { doing: about } }, read, parkedRow);

async function invoicesOf(wire: Transport, orders: readonly number[]): Promise<Map<number, InvoiceFact[]>> {
  const byOrder = new Map<number, InvoiceFact[]>();
  for (const filter of inParts('order_id', orders.map(String))) {
    const list = await all(
      wire,
      { path: '/invoices', filter, fields: INVOICE_FIELDS, about: 'taking the census of invoices' },
      invoiceOf,
    );
    for (const { order, invoice } of list.rows) byOrder.set(order, [...(byOrder.get(order) ?? []), invoice]);
  }
  return byOrder;
}
