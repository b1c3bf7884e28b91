import { keysOf, type Numbered } from '../domain/order-keys';
import type { Deps } from './deps';

type At = Pick<Deps, 'settings' | 'shop' | 'notebook'>;

/**
 * Gives each order that is to be imported its key. Of orders with one number it must not matter which comes first, so
 * the shop is asked for all of them that this instance could ever import.
 */
export async function giveOrderKeys(deps: At, orders: readonly Numbered[]): Promise<Map<number, string>> {
  const known = new Map((await deps.notebook.givenKeys(orders)).map(({ entityId, key }) => [entityId, key]));
  const fresh = orders.filter(({ entityId }) => !known.has(entityId));
  if (fresh.length === 0) return known;
  const { storeViews } = deps.settings.magento.import;
  const numbers = [...new Set(fresh.map(({ incrementId }) => incrementId))];
  const others = (await deps.shop.namesakes(numbers)).filter(
    ({ storeId }) => storeViews.length === 0 || storeViews.includes(storeId),
  );
  const all = new Map([...fresh, ...others].map((order) => [order.entityId, order]));
  const given = await deps.notebook.giveKeys(
    [...all.values()].map(({ entityId, incrementId }) => ({ entityId, incrementId })),
  );
  return new Map([...known, ...given]);
}

/** The keys of orders that were met in the shop; of those never imported the one they would get. */
export async function orderKeys(
  deps: Pick<Deps, 'notebook'>,
  orders: readonly Numbered[],
): Promise<Map<number, string>> {
  return orders.length === 0 ? new Map() : keysOf(orders, await deps.notebook.givenKeys(orders));
}
