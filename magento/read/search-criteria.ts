/** Only these reach the shop: an unknown condition silently acts as `eq` (contract §2.1). */
export type Condition = 'eq' | 'in' | 'gt' | 'gteq' | 'lt' | 'lteq';
/** All filters must hold. */
export type Filter = readonly [field: string, condition: Condition, value: string | number];

export interface ListQuery {
  readonly filters: readonly Filter[];
  readonly pageSize: number;
  /** Rows as the shop has them, not by entity_id, which transactions lack: an unknown sort column is answered with a 500. */
  readonly unsorted?: true;
  /** Trims the answer, e.g. `entity_id,items[item_id]`. */
  readonly fields?: string;
}

/** A query string sorted by entity_id, always page 1: key-set paging does not depend on what a release does past the end. */
export function listQuery({ filters, pageSize, unsorted, fields }: ListQuery): string {
  const pairs: [string, string | number][] = filters.flatMap(([field, condition, value], group) => {
    const filter = `searchCriteria[filter_groups][${group}][filters][0]`;
    return [
      [`${filter}[field]`, field],
      [`${filter}[value]`, value],
      [`${filter}[condition_type]`, condition],
    ] satisfies [string, string | number][];
  });
  if (unsorted !== true)
    pairs.push(
      ['searchCriteria[sortOrders][0][field]', 'entity_id'],
      ['searchCriteria[sortOrders][0][direction]', 'ASC'],
    );
  pairs.push(['searchCriteria[pageSize]', pageSize], ['searchCriteria[currentPage]', 1]);
  if (fields !== undefined) pairs.push(['fields', `items[${fields}],total_count`]);
  return queryString(pairs);
}

/** A blank as %20, never as a plus: an OAuth signature over a plus fails (contract §6). */
export const queryString = (pairs: readonly (readonly [string, string | number])[]): string =>
  pairs.map(([key, value]) => `${encodeURIComponent(key)}=${encodeURIComponent(value)}`).join('&');
