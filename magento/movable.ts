import { refused, transient } from '../domain/errors';
import type { ShopOrder } from '../domain/shop-order';

/** States in which the shop takes neither invoice nor shipment; a hold or a review ends by itself. */
const WAITING = new Set(['holded', 'payment_review', 'pending_payment']);

/** Stops before the shop is asked for something it refuses, or that would spoil an unpaid order (contract §3.2). */
export function assertMovable({ incrementId, state }: ShopOrder, what: 'invoice' | 'shipment'): void {
  if (state === 'canceled') throw cancelled(incrementId, what);
  if (WAITING.has(state)) throw waits(incrementId, state, what);
}

const cancelled = (order: string, what: string): Error =>
  refused({
    code: 'orderCanceled',
    reason: 'cancelledInShop',
    message: `Order ${order} was cancelled in the shop, so it takes no ${what}. Settle the released goods by hand.`,
    order,
  });

const waits = (order: string, state: string, what: string): Error =>
  transient({
    code: 'orderWaits',
    reason: 'systemDown',
    message: `Order ${order} is ${state} in the shop, so it takes no ${what} until that ends.`,
    order,
    field: 'state',
  });
