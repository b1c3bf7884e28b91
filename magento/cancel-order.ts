import { transient } from '../domain/errors';
import { decimal, isPositive, quantity } from '../domain/money';
import type { ShopOrder } from '../domain/shop-order';
import { moneyRows } from '../domain/shop-rows';
import { ShopError } from './errors';
import { readOrder } from './look';
import type { Pauses } from './pauses';
import type { OrderRef } from './shop';
import type { Transport } from './transport';

/**
 * Cancels what is still open of an order in the shop and reads it back. A part already invoiced stays.
 * @returns true when nothing is left open, false when the shop does not cancel it (held, in review, all invoiced)
 */
export async function cancelOrder(wire: Transport, pauses: Pauses, { order, entityId }: OrderRef): Promise<boolean> {
  const before = await readOrder(wire, entityId, order);
  if (isCancelled(before)) return true;
  try {
    await wire.post(`/orders/${entityId}/cancel`, {}, { doing: `cancelling order ${order}`, order });
  } catch (error) {
    if (!(error instanceof ShopError) || error.kind !== 'ambiguous') throw error;
    wire.log({ order, code: error.code }, 'a cancellation was not answered, looking whether it was done');
    await wire.rest(pauses.looksMs[0] ?? 0);
    if (!isCancelled(await readOrder(wire, entityId, order))) throw unknownCancel(order, error);
  }
  return isCancelled(await readOrder(wire, entityId, order));
}

/** Asking again is safe: an order that is cancelled answers so. */
const unknownCancel = (order: string, cause: unknown): Error =>
  transient(
    {
      code: 'cancelUnknown',
      reason: 'systemDown',
      message: `The shop did not answer when order ${order} was cancelled. It is tried again.`,
      order,
    },
    cause,
  );

function isCancelled(order: ShopOrder): boolean {
  if (order.state === 'canceled') return true;
  const rows = moneyRows(order).map(({ row }) => row);
  const someCancelled = rows.some(({ cancelled }) => isPositive(cancelled));
  return (
    someCancelled &&
    rows.every(
      ({ ordered, invoiced, cancelled }) => !isPositive(quantity(decimal(ordered).minus(invoiced).minus(cancelled))),
    )
  );
}
