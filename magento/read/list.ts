import { unreadable } from '../http/errors';
import { listQuery, type Filter, type ListQuery } from './search-criteria';
import type { About, Reply, Transport } from '../http/transport';
import { asList, id } from '../parse/php-json';

export interface ListRequest extends ListQuery {
  /** e.g. `/invoices` */
  readonly path: string;
  readonly about: About;
}

export interface Page {
  /** Undecoded rows, in order of entity_id, each after the cursor. */
  readonly rows: readonly unknown[];
  /** Rows the shop gave, known ones among them. */
  readonly given: number;
  readonly at: string;
}

/** One page of a list after a cursor. Rows a release repeats from before the cursor are left out; `items: null` is empty. */
export async function readPage(wire: Transport, request: ListRequest, after: number | null): Promise<Page> {
  const { path, filters, about, ...rest } = request;
  const beyond: Filter[] = after === null ? [] : [['entity_id', 'gt', after]];
  const query = listQuery({ ...rest, filters: [...filters, ...beyond] });
  const reply = await wire.get(`${path}?${query}`, about);
  const given = itemsOf(reply);
  const rows = given.filter((row) => after === null || (entityId(row) ?? Infinity) > after);
  return { rows, given: given.length, at: reply.at };
}

function itemsOf(reply: Reply): readonly unknown[] {
  const { body } = reply;
  if (typeof body === 'object' && body !== null && 'items' in body) {
    const items = asList(body.items);
    if (Array.isArray(items)) return items;
  }
  throw unreadable(reply.raw, reply.errand);
}

/** The entity_id of a row that may not be as it should. */
export function entityId(row: unknown): number | null {
  if (typeof row !== 'object' || row === null || !('entity_id' in row)) return null;
  const parsed = id.safeParse(row.entity_id);
  return parsed.success ? parsed.data : null;
}

export const lastId = (rows: readonly unknown[], before: number | null): number | null =>
  rows.reduce<number | null>((last, row) => {
    const own = entityId(row);
    return own === null ? last : Math.max(last ?? own, own);
  }, before);

/** All rows of a list, each parsed; for the few documents of one order. */
export async function readAll<T>(wire: Transport, request: ListRequest, read: (row: unknown) => T): Promise<T[]> {
  const all: T[] = [];
  let after: number | null = null;
  for (;;) {
    const page: Page = await readPage(wire, request, after);
    all.push(...page.rows.map(read));
    const last: number | null = lastId(page.rows, after);
    if (page.given < request.pageSize || last === after) return all;
    after = last;
  }
}
