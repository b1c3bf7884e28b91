import type { LateNews, LateRefund } from '../domain/census';
import { businessDay, startOfStoreDay, storeDay } from '../domain/time';
import type { Deps } from './deps';
import { RELEASED } from './released-after-end';
import { NO_ORDER } from './tell-once';

const CODES = { E: 'changedAfterEnd', M: 'refundedInShop', R: 'returnedInCounterpoint' } as const;

/**
 * What people were told of orders after their end, since the store's day before began: a census that runs late leaves
 * nothing out.
 * @param refunds those that are known, by the key of their news: credit memos are told of by their own number
 */
export async function lateNews(
  { notebook, settings: { timezone } }: Pick<Deps, 'notebook' | 'settings'>,
  now: string,
  refunds: readonly (Pick<LateRefund, 'order'> & { readonly key: string })[],
): Promise<LateNews[]> {
  const since = startOfStoreDay(businessDay(storeDay(now, timezone), -1).slice(0, 10), timezone);
  const orders = new Map(refunds.map(({ key, order }) => [key, order]));
  const told = await notebook.toldSince(since, Object.keys(CODES));
  const named = told.map((each) => ({ ...each, order: orders.get(each.key) ?? each.order }));
  return named
    .filter(({ order }) => order !== NO_ORDER)
    .map(({ order, key, at }) => ({
      order,
      code: key.startsWith(RELEASED) ? 'releasedAfterEnd' : CODES[key.slice(0, 1) as keyof typeof CODES],
      at,
    }));
}
