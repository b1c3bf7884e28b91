import type { KeptDecisions } from '../domain/order/decision-rows';
import { NO_DECISIONS } from '../domain/order/decisions';
import { orderNumber } from '../domain/identities';
import { ruleDifferences } from '../domain/order/plan-rules';
import { orderFingerprint } from '../domain/shop/fingerprint';
import { shopSide, type ShopLook } from '../domain/shop/side';
import { storeDay } from '../domain/time';
import type { Observation, ShopSide } from '../domain/order/observation';
import { alteredSince } from './as-written';
import type { LookActivities, OrderRef } from './contract';
import type { Deps } from '../passes/deps';
import { orderKeys } from '../passes/order-keys';
import { paymentTraits } from '../domain/shop/payment-traits';

/** Looks at both sides of an order. Idempotent: it writes only what the watch knows the shop's state by, and that the sale was paid. */
export const lookActivities = (deps: Deps): LookActivities => ({
  async observe(order) {
    const [shop, store, kept] = await Promise.all([
      lookAtShop(deps, order),
      deps.target.observe(order.order),
      deps.notebook.keptDecisions(order.order),
    ]);
    const rules = ruleDifferences(deps.settings);
    const decisions = await withPayment(deps, order, { shop, store }, kept);
    return {
      shop: await withPredecessor(deps, shop),
      store,
      ...(decisions === undefined ? {} : { decisions }),
      ...(Object.keys(rules).length > 0 ? { rules } : {}),
    };
  },
});

/** The shop's side now, remembered so that the watch does not wake the order for what it has already seen. */
export async function lookAtShop(deps: Deps, { order, entityId }: OrderRef): Promise<ShopSide> {
  const look = await deps.shop.look({ incrementId: orderNumber(order), entityId });
  await deps.notebook.rememberShop(order, orderFingerprint(look.order));
  const altered = await alteredSince(deps, order, look.order);
  const side = await withKeys(deps, look, shopSide(look, deps.settings.payments));
  const { lapses } = side.payment;
  return {
    ...side,
    ...(altered === undefined ? {} : { altered }),
    ...(lapses === undefined
      ? {}
      : { payment: { ...side.payment, lapsesOn: storeDay(lapses, deps.settings.timezone) } }),
  };
}

/** The shop names relatives by their numbers; ours are kept under their keys. */
async function withKeys(deps: Deps, { order }: ShopLook, side: ShopSide): Promise<ShopSide> {
  const { parentEntityId } = order.relations;
  const { predecessor } = side;
  if (predecessor === undefined || parentEntityId === null) return side;
  const keys = await orderKeys(deps, [{ entityId: parentEntityId, incrementId: predecessor.order }]);
  return { ...side, predecessor: { ...predecessor, order: keys.get(parentEntityId) ?? predecessor.order } };
}

/** That everything was paid at the sale shows before the import and never again: it is written down when it is seen. */
async function withPayment(
  deps: Deps,
  { order }: OrderRef,
  { shop, store }: Observation,
  kept: KeptDecisions | undefined,
): Promise<KeptDecisions | undefined> {
  if (kept?.paidAtSale !== undefined || !paymentTraits(shop.payment).invoicedByShop || store.document !== 'none')
    return kept;
  return await deps.notebook.keepDecisions(order, { ...NO_DECISIONS, ...kept, paidAtSale: true });
}

/** Whether the order this one replaced is still open in Counterpoint decides if this one may go in (P-15). */
async function withPredecessor(deps: Deps, shop: ShopSide): Promise<ShopSide> {
  if (shop.predecessor?.state !== 'canceled') return shop;
  const { document } = await deps.target.observe(shop.predecessor.order);
  return { ...shop, predecessor: { ...shop.predecessor, document } };
}
