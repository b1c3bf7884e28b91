import type { ShopCensus, CensusQuery } from '../domain/ports/shop';
import { orderNumber } from '../domain/identities';
import type { Deps } from './deps';
import { orderKeys } from './order-keys';

type Query = Exclude<CensusQuery, { readonly numbers: readonly string[] }> | { readonly keys: readonly string[] };

/** The shop's part of a census, each order under its key: two of one number are two. */
export async function shopCensus(deps: Pick<Deps, 'shop' | 'notebook'>, query: Query): Promise<ShopCensus> {
  const asked = 'keys' in query ? { numbers: [...new Set(query.keys.map(orderNumber))] } : query;
  const census = await deps.shop.census(asked);
  const keys = await orderKeys(
    deps,
    census.orders.map(({ entityId, order }) => ({ entityId, incrementId: order })),
  );
  const orders = census.orders.map((fact) => ({ ...fact, order: keys.get(fact.entityId) ?? fact.order }));
  if (!('keys' in query)) return { ...census, orders };
  const wanted = new Set(query.keys);
  return { ...census, orders: orders.filter(({ order }) => wanted.has(order)) };
}
