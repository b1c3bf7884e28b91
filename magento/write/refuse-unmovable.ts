import type { OrderRef } from '../../domain/ports/shop';
import { CantusError, refused } from '../../domain/errors';
import type { ShopOrder } from '../../domain/shop/order';
import type { ShopError } from '../http/errors';
import { readOrder } from '../read/look';
import type { Transport } from '../http/transport';

type Wanted = 'invoice' | 'shipment';

/** States in which the shop takes neither invoice nor shipment; a hold or a review ends by itself. */
const WAITING = new Set(['holded', 'payment_review', 'pending_payment']);
/** The shop names the order's status there, which a merchant may have called anything. */
const STATUS = /when an order has a status of (\S+)/;
/** All was done, or given up: to wait would help nobody. */
const OVER = new Set(['complete', 'closed']);

/** Stops before the shop is asked for something it refuses, or that would spoil an unpaid order (contract §3.2). */
export function assertMovable({ incrementId, state }: ShopOrder, what: Wanted): void {
  if (state === 'canceled') throw cancelled(incrementId, what);
  if (WAITING.has(state)) throw waits(incrementId, state, what);
}

/** The shop refuses for the order's status, whatever that is called. */
export const isForStatus = ({ phrase }: ShopError): boolean => STATUS.test(phrase);

/** The order's state as it is now, where the shop refuses for its status; undefined where that cannot be read. */
export const stateBehind = async (wire: Transport, error: ShopError, ref: OrderRef): Promise<string | undefined> =>
  isForStatus(error)
    ? readOrder(wire, ref.entityId, ref.order).then(
        ({ state }) => state,
        (failed: unknown) => {
          if (failed instanceof CantusError) return undefined;
          throw failed;
        },
      )
    : undefined;

/** The same by the shop's own refusal, where the order moved between the look and the call. */
export function movedOn(order: string, what: Wanted, error: ShopError, state?: string): Error | undefined {
  const status = STATUS.exec(error.phrase)?.[1];
  if (status === undefined || OVER.has(state ?? status)) return undefined;
  return (state ?? status) === 'canceled' ? cancelled(order, what, error) : waits(order, status, what, error);
}

const cancelled = (order: string, what: Wanted, cause?: ShopError): Error =>
  refused(
    {
      code: 'orderCanceled',
      reason: 'cancelledInShop',
      message: `Order ${order} was cancelled in the shop, so it takes no ${what}. Settle the released goods by hand.`,
      order,
      ...(cause === undefined ? {} : { raw: cause.phrase }),
    },
    cause,
  );

/** Refused and not tried again blindly: a fresh look at the order shows that it waits, and for what. */
const waits = (order: string, state: string, what: Wanted, cause?: ShopError): Error =>
  refused(
    {
      code: 'orderWaits',
      reason: 'misconfigured',
      message: `Order ${order} is ${state} in the shop, so it takes no ${what} until that ends.`,
      order,
      field: 'state',
      ...(cause === undefined ? {} : { raw: cause.phrase }),
    },
    cause,
  );
