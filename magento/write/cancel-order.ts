import type { OrderRef } from '../../domain/ports/shop';
import { misconfigured } from '../../domain/errors';
import { decimal, isPositive, quantity } from '../../domain/money';
import type { ShopOrder } from '../../domain/shop/order';
import { moneyRows } from '../../domain/shop/rows';
import { hasAnswered, ShopError } from '../http/errors';
import { readOrder } from '../read/look';
import type { Pauses } from './pauses';
import type { Transport } from '../http/transport';
import { unknownWrite } from './unknown-write';

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
    if (!(error instanceof ShopError) || (!error.traits.mayHaveHappened && !hasAnswered(error))) throw error;
    wire.log({ order, code: error.code }, 'a cancellation was not answered, looking whether it was done');
    await wire.rest(pauses.looksMs[0] ?? 0);
    if (!isCancelled(await readOrder(wire, entityId, order))) throw notCancelled(order, error);
  }
  return isCancelled(await readOrder(wire, entityId, order));
}

/**
 * Asking again is safe: an order that is cancelled answers so. A refusal may come after the payment provider had given
 * the authorisation back, so what the shop says by it is told and not taken for "nothing happened" (P-24).
 */
const notCancelled = (order: string, cause: ShopError): Error =>
  hasAnswered(cause)
    ? misconfigured(
        {
          code: 'cancelNotSaved',
          reason: 'misconfigured',
          message: `The shop could not cancel order ${order}. Its payment provider may have given the authorisation back already: look there, and at the shop’s own log.`,
          order,
          remedy: 'Have the cause mended in the shop; it is tried again every ten minutes.',
          raw: cause.phrase,
        },
        cause,
      )
    : unknownWrite({ code: 'cancelUnknown', order, what: `The shop shows order ${order} as open.` }, cause);

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
