import type { Settings } from '../settings';
import type { ShopOrder } from '../shop/order';
import { own } from './own';
import { stop } from './refusals';

/**
 * SHIP_VIA_COD of the order's shipping method; any method may be mapped, several to one code (C5-19), `*` is the rest.
 * @returns null when there is nothing to ship.
 * @throws CantusError refused, unmappedShipping.
 */
export function shipVia(order: ShopOrder, settings: Settings): string | null {
  if (order.virtual) return null;
  const map = settings.shipping.shipVia;
  const method = order.shippingMethod;
  const code = (method === null ? undefined : own(map, method)) ?? own(map, '*');
  if (code !== undefined) return code;
  const named =
    method === null ? 'the order has no shipping method' : `shipping method "${method}" has no ship-via code`;
  throw stop(order.incrementId, {
    reason: 'unmappedShipping',
    field: 'shipping.method',
    what: named,
    remedy: `Add ${method === null ? 'the fallback "*"' : `"${method}"`} to shipping.shipVia, then retry.`,
  });
}
