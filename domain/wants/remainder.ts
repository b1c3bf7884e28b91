import { liveTickets } from '../lifecycle';
import { decimal } from '../money';
import type { Situation, Want } from '../plan-step';
import { leftToInvoice } from '../tickets';

/** A person decided that the shop's open rest is cancelled. */
export function* remainderGivenUp({ memory, seen }: Situation): Generator<Want> {
  if (memory.cancelRemainder === true && seen.shop.items.some((item) => leftToInvoice(item).greaterThan(0)))
    yield { do: 'cancelShopOrder' };
}

/** The store gave up on goods that the shop still owes (C5-83): a person decides what the shopper gets. */
export function* remainderCancelled(s: Situation): Generator<Want> {
  const { shop, store } = s.seen;
  if (liveTickets(store).length === 0) return;
  for (const line of store.lines) {
    const item = shop.items.find((each) => each.id === line.id);
    const gaveUp = decimal(line.cancelled ?? 0);
    if (!item || gaveUp.lessThanOrEqualTo(decimal(item.cancelled ?? 0).plus(item.refunded ?? 0))) continue;
    yield {
      reason: 'cancelledInCounterpoint',
      action: 'remainder',
      message: `The store will not release ${gaveUp.toString()} of ${item.sku} of order ${s.order} any more, but the shop still expects it. Cancel the remainder in the shop, or reinstate it in Counterpoint.`,
    };
    return;
  }
}
