import { ruleDifferences } from '../domain/plan-rules';
import { orderFingerprint } from '../domain/shop-fingerprint';
import { shopSide } from '../domain/shop-side';
import type { ShopSide } from '../domain/observation';
import { alteredSince } from './as-written';
import type { LookActivities, OrderRef } from './contract';
import type { Deps } from './deps';

/** Looks at both sides of an order. Idempotent: it writes only what the watch needs to know the shop's state by. */
export const lookActivities = (deps: Deps): LookActivities => ({
  async observe(order) {
    const [shop, store] = await Promise.all([lookAtShop(deps, order), deps.store.observe(order.order)]);
    const rules = ruleDifferences(deps.settings);
    return { shop: await withPredecessor(deps, shop), store, ...(Object.keys(rules).length > 0 ? { rules } : {}) };
  },
});

/** The shop's side now, remembered so that the watch does not wake the order for what it has already seen. */
export async function lookAtShop(deps: Deps, { order, entityId }: OrderRef): Promise<ShopSide> {
  const look = await deps.shop.look({ incrementId: order, entityId });
  await deps.store.rememberShop(order, orderFingerprint(look.order));
  const altered = await alteredSince(deps, look.order);
  return { ...shopSide(look, deps.settings.payments), ...(altered === undefined ? {} : { altered }) };
}

/** Whether the order this one replaced is still open in Counterpoint decides if this one may go in (P-15). */
async function withPredecessor(deps: Deps, shop: ShopSide): Promise<ShopSide> {
  if (shop.predecessor?.state !== 'canceled') return shop;
  const { document } = await deps.store.observe(shop.predecessor.order);
  return { ...shop, predecessor: { ...shop.predecessor, document } };
}
