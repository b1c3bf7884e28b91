import type { CensusQuery, Namesake, Parked, ShopCensus } from '../../domain/ports/shop';
import { z } from 'zod';
import type { CreditMemoFact, InvoiceFact, ShopFact } from '../../domain/census/facts';
import { CantusError } from '../../domain/errors';
import { parseMarker } from '../../domain/shop/marker';
import { money, sum } from '../../domain/money';
import { shopFingerprint } from '../../domain/shop/fingerprint';
import { ShopError } from '../http/errors';
import { entityId, readPage, type ListRequest } from './list';
import { numberOf } from '../parse/order';
import { readSafePage } from './broken-record';
import type { Filter } from './search-criteria';
import type { Transport } from '../http/transport';
import {
  amount,
  count,
  id,
  instant,
  list,
  object,
  optionalAmount,
  optionalId,
  optionalInstant,
  optionalList,
  parse,
  requiredText,
  shopTime,
  text,
} from '../parse/php-json';

const PAGE = 100;
/** Ids of one `in` filter: an address stays well below what servers accept. */
const PER_FILTER = 50;

const ORDER_FIELDS =
  'entity_id,increment_id,state,status,store_id,created_at,updated_at,base_grand_total,base_total_paid,base_total_refunded,base_total_canceled,' +
  'payment[method,base_amount_authorized],items[item_id,qty_invoiced,qty_shipped,qty_refunded,qty_canceled],' +
  'extension_attributes[base_gift_cards_amount,base_customer_balance_amount,base_reward_currency_amount]';
const INVOICE_FIELDS = 'entity_id,order_id,state,base_grand_total,transaction_id,created_at,comments[comment]';

const orderRow = z.looseObject({
  entity_id: id,
  increment_id: requiredText,
  state: requiredText,
  status: text,
  store_id: optionalId,
  created_at: instant,
  updated_at: optionalInstant,
  base_grand_total: amount,
  base_total_paid: amount,
  base_total_refunded: amount,
  base_total_canceled: amount,
  payment: object({ method: text, base_amount_authorized: amount }),
  items: list(
    z.looseObject({ item_id: id, qty_invoiced: count, qty_shipped: count, qty_refunded: count, qty_canceled: count }),
  ),
  extension_attributes: object({
    base_gift_cards_amount: optionalAmount,
    base_customer_balance_amount: optionalAmount,
    base_reward_currency_amount: optionalAmount,
  }).catch(null),
});
const invoiceRow = z.looseObject({
  entity_id: id,
  order_id: id,
  state: optionalId,
  base_grand_total: amount,
  transaction_id: text,
  created_at: instant,
  comments: optionalList(z.looseObject({ comment: text })),
});
const memoRow = z.looseObject({
  entity_id: id,
  increment_id: text,
  order_id: id,
  base_grand_total: amount,
  created_at: instant,
});

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

function memoOf(row: unknown): CreditMemoFact {
  const memo = parse(memoRow, row, { name: 'A credit memo of the shop' });
  return {
    id: memo.entity_id,
    number: memo.increment_id ?? String(memo.entity_id),
    entityId: memo.order_id,
    total: memo.base_grand_total,
    createdAt: memo.created_at,
  };
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

async function all<T>(
  wire: Transport,
  { path, filter, fields, about }: List,
  read: (row: unknown) => T,
): Promise<{ rows: T[]; parked: Parked[]; at: string | null }> {
  const request: ListRequest = { path, filters: [filter], pageSize: PAGE, fields, about: { doing: about } };
  const rows: T[] = [];
  const parked: Parked[] = [];
  let at: string | null = null;
  let after: number | null = null;
  do {
    const page = await readSafePage(wire, request, after);
    at ??= page.at;
    after = page.next;
    parked.push(...page.parked);
    for (const row of page.rows) {
      try {
        rows.push(read(row));
      } catch (error) {
        if (!(error instanceof CantusError)) throw error;
        const entity = entityId(row);
        const order = numberOf(row);
        parked.push({
          key: entity === null ? `order:${order ?? 'unknown'}` : String(entity),
          order,
          reason: error.message,
        });
      }
    }
  } while (after !== null);
  return { rows, parked, at };
}

function orderOf(row: unknown): ShopFact {
  const order = parse(orderRow, row, { name: 'An order in the census' });
  const extra = order.extension_attributes;
  const updatedAt = order.updated_at ?? order.created_at;
  const { state, status, base_total_paid: paid, base_total_refunded: refunded, base_grand_total: total } = order;
  const items = order.items.map((item) => ({
    id: item.item_id,
    invoiced: item.qty_invoiced,
    shipped: item.qty_shipped,
    refunded: item.qty_refunded,
    cancelled: item.qty_canceled,
  }));
  return {
    order: order.increment_id,
    entityId: order.entity_id,
    state,
    status,
    storeId: order.store_id ?? 0,
    createdAt: order.created_at,
    updatedAt,
    total,
    tenders: money(
      sum([
        extra?.base_gift_cards_amount ?? 0,
        extra?.base_customer_balance_amount ?? 0,
        extra?.base_reward_currency_amount ?? 0,
      ]),
    ),
    cancelled: order.base_total_canceled,
    method: order.payment?.method ?? '',
    authorised: order.payment?.base_amount_authorized ?? money(0),
    fingerprint: shopFingerprint({ state, status, updatedAt, paid, refunded, total, items }),
    invoices: [],
  };
}

async function invoicesOf(wire: Transport, orders: readonly number[]): Promise<Map<number, InvoiceFact[]>> {
  const byOrder = new Map<number, InvoiceFact[]>();
  for (const filter of inParts('order_id', orders.map(String))) {
    const list = await all(
      wire,
      { path: '/invoices', filter, fields: INVOICE_FIELDS, about: 'taking the census of invoices' },
      (row) => parse(invoiceRow, row, { name: 'An invoice of the shop' }),
    );
    for (const row of list.rows) {
      const invoice: InvoiceFact = {
        id: row.entity_id,
        total: row.base_grand_total,
        state: row.state === 2 ? 'paid' : row.state === 3 ? 'canceled' : 'open',
        createdAt: row.created_at,
        ticket: parseMarker(row.comments.flatMap(({ comment }) => (comment === null ? [] : [comment])))?.guid ?? null,
        captured: row.transaction_id !== null,
      };
      byOrder.set(row.order_id, [...(byOrder.get(row.order_id) ?? []), invoice]);
    }
  }
  return byOrder;
}
