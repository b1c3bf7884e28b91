import type { Candidate, CandidatePage, CandidateQuery, Parked } from '../../domain/ports/shop';
import { CantusError } from '../../domain/errors';
import { parkedRow } from './every-row';
import type { ListRequest } from './list';
import { readSafePage } from './broken-record';
import type { Filter } from './search-criteria';
import type { Transport } from '../http/transport';
import { orderRow } from '../parse/order-row';
import { parse, shopTime } from '../parse/php-json';

const FIELDS = 'entity_id,increment_id,state,status,store_id,created_at,updated_at,base_grand_total';

/** One page of the orders that may be imported, oldest entity_id first; what cannot be read is parked (P-18). */
export async function readCandidates(wire: Transport, query: CandidateQuery): Promise<CandidatePage> {
  const request: ListRequest = {
    path: '/orders',
    filters: filtersOf(query),
    pageSize: query.pageSize,
    fields: FIELDS,
    about: { doing: 'listing new orders' },
  };
  const page = await readSafePage(wire, request, query.after ?? null);
  const orders: Candidate[] = [];
  const parked: Parked[] = [...page.parked];
  for (const row of page.rows) {
    const read = candidateOf(row);
    if ('key' in read) parked.push(read);
    else orders.push(read);
  }
  return { orders, parked, next: page.next };
}

function filtersOf({ statuses, from, storeViews, updatedSince }: CandidateQuery): Filter[] {
  return [
    ...(statuses.length > 0 ? [['status', 'in', statuses.join(',')] as const] : []),
    ['created_at', 'gteq', shopTime(from)],
    ...(storeViews.length > 0 ? [['store_id', 'in', storeViews.join(',')] as const] : []),
    ...(updatedSince !== undefined ? [['updated_at', 'gteq', shopTime(updatedSince)] as const] : []),
  ];
}

function candidateOf(row: unknown): Candidate | Parked {
  try {
    const wire = parse(orderRow, row, { name: 'An order in the list' });
    return {
      entityId: wire.entity_id,
      incrementId: wire.increment_id,
      state: wire.state,
      status: wire.status,
      storeId: wire.store_id ?? 0,
      createdAt: wire.created_at,
      updatedAt: wire.updated_at ?? wire.created_at,
      total: wire.base_grand_total,
    };
  } catch (error) {
    if (!(error instanceof CantusError)) throw error;
    return parkedRow(row, error);
  }
}
