import type { Parked } from '../../domain/ports/shop';
import type { Transport } from '../http/transport';
import { ShopError } from '../http/errors';
import { entityId, lastId, readPage, type ListRequest, type Page } from './list';
import { numberOf } from '../parse/order';

/** More than this many in one page: the shop is broken rather than a record. */
const MOST_POISON = 5;
/** entity_id is an unsigned 32-bit column. */
const HIGHEST_ID = 2 ** 32;

export interface SafePage {
  readonly rows: readonly unknown[];
  readonly parked: readonly Parked[];
  /** Cursor after everything seen; null when the list has ended. */
  readonly next: number | null;
  readonly at: string;
}

/**
 * One page of a list that goes on where a record breaks it (P-18): the page is asked for in halves until the one
 * record that breaks it stands alone; its id is found by narrowing the range, and it is parked.
 */
export async function readSafePage(wire: Transport, request: ListRequest, after: number | null): Promise<SafePage> {
  try {
    const page = await readPage(wire, request, after);
    return { rows: page.rows, parked: [], next: cursorAfter(page, request.pageSize, after), at: page.at };
  } catch (error) {
    if (!breaksPage(error)) throw error;
    await assertListWorks(wire, request, error);
    return bisect(wire, request, after);
  }
}

function cursorAfter(page: Page, pageSize: number, after: number | null): number | null {
  const last = lastId(page.rows, after);
  return page.given < pageSize || last === after ? null : last;
}

/** An answer that one record can spoil, be it for a firewall that reads along; a shop that is away spoils every page. */
const SPOILT: readonly string[] = ['shopServerError', 'shopUnreadable', 'shopTimeout', 'shopBlocked'];

const breaksPage = (error: unknown): error is ShopError => error instanceof ShopError && SPOILT.includes(error.code);

/** A list without any record must work, or the trouble is the shop's and no record's. */
async function assertListWorks(wire: Transport, request: ListRequest, error: ShopError): Promise<void> {
  try {
    await readPage(wire, { ...request, filters: [...request.filters, ['entity_id', 'lt', 0]], pageSize: 1 }, null);
  } catch {
    throw error;
  }
}

async function bisect(wire: Transport, request: ListRequest, after: number | null): Promise<SafePage> {
  const rows: unknown[] = [];
  const parked: Parked[] = [];
  let cursor = after;
  let size = Math.ceil(request.pageSize / 2);
  while (rows.length + parked.length < request.pageSize && parked.length < MOST_POISON) {
    const tried = await tryPage(wire, { ...request, pageSize: size }, cursor);
    if ('page' in tried) {
      rows.push(...tried.page.rows);
      const next = cursorAfter(tried.page, size, cursor);
      if (next === null) return { rows, parked, next: null, at: tried.page.at };
      cursor = next;
    } else if (size > 1) size = Math.ceil(size / 2);
    else {
      const poison = await isolate(wire, request, cursor, tried.broken);
      parked.push(poison.parked);
      cursor = poison.id;
    }
  }
  return { rows, parked, next: cursor, at: wire.now().toISOString() };
}

async function tryPage(
  wire: Transport,
  request: ListRequest,
  after: number | null,
): Promise<{ page: Page } | { broken: ShopError }> {
  try {
    return { page: await readPage(wire, request, after) };
  } catch (error) {
    if (!breaksPage(error)) throw error;
    return { broken: error };
  }
}

/** The next record after the cursor cannot be read: which one is it? */
async function isolate(
  wire: Transport,
  request: ListRequest,
  after: number | null,
  broken: ShopError,
): Promise<{ id: number; parked: Parked }> {
  if (broken.code === 'shopTimeout') throw broken;
  const known = await nameOf(wire, request, after);
  const id = known?.id ?? (await narrow(wire, request, after ?? 0, broken));
  const order = known?.order ?? null;
  wire.log({ entityId: id, order, code: broken.code }, 'a record of the shop cannot be read and is parked');
  return { id, parked: { key: String(id), order, reason: reasonOf(id, order, broken) } };
}

const reasonOf = (id: number, order: string | null, broken: ShopError): string =>
  `${order === null ? `The order with entity_id ${id}` : `Order ${order}`} cannot be listed: ` +
  `the shop ${broken.http === 200 ? 'sends something that cannot be read' : `fails with HTTP ${broken.http ?? 0}`}. Correct the order in the shop.`;

/** Where only its content is broken, a list of bare ids still tells which record it is. */
async function nameOf(
  wire: Transport,
  request: ListRequest,
  after: number | null,
): Promise<{ id: number; order: string | null } | null> {
  const tried = await tryPage(wire, { ...request, pageSize: 1, fields: 'entity_id,increment_id' }, after);
  if ('broken' in tried) return null;
  const [row] = tried.page.rows;
  const id = entityId(row);
  if (id === null) return null;
  return { id, order: numberOf(row) };
}

/** The lowest end of a range that breaks: doubled until it breaks, then halved. */
async function narrow(wire: Transport, request: ListRequest, after: number, broken: ShopError): Promise<number> {
  const breaks = async (upTo: number): Promise<boolean> => {
    const range: ListRequest = { ...request, pageSize: 1, filters: [...request.filters, ['entity_id', 'lteq', upTo]] };
    const tried = await tryPage(wire, range, after);
    return 'broken' in tried;
  };
  let good = after;
  let bad = after + 1;
  while (!(await breaks(bad))) {
    good = bad;
    bad = after + (bad - after) * 2;
    // The record broke a moment ago and no longer does: the next round reads it.
    if (bad > HIGHEST_ID) throw broken;
  }
  while (bad - good > 1) {
    const middle = Math.floor((good + bad) / 2);
    if (await breaks(middle)) bad = middle;
    else good = middle;
  }
  return bad;
}
