import type { CommentInput } from '../../domain/ports/shop';
import { ShopError } from '../http/errors';
import { hasComment, readHead, type OrderHead } from '../read/order-head';
import type { Pauses } from './pauses';
import type { Transport } from '../http/transport';
import { unknownWrite } from './unknown-write';

/** One row of the order's history, with the status it sets; a missing status would write NULL up to 2.4.6 (contract §3.3). */
export const historyRow = (entityId: number, comment: string, status: string | null) => ({
  parent_id: entityId,
  comment,
  ...(status === null ? {} : { status }),
  is_customer_notified: 0,
  is_visible_on_front: 0,
  entity_name: 'order',
});

/** A release that takes only statuses of the order's state (contract §3.3) names the one it refuses. */
export const STATUS_REFUSED = /The status ".*" is not part of the order\s+status history/s;

/**
 * Writes a comment without moving the status. From 2.4.8 a shop refuses the order's own status where that is not one of
 * its state; a comment without any leaves it alone there, while an earlier shop would write NULL.
 */
export async function keepStatus(
  wire: Transport,
  pauses: Pauses,
  input: CommentInput & { status: string | null },
): Promise<void> {
  const done = (head: OrderHead): boolean => hasComment(head, input);
  try {
    await postComment(wire, pauses, input, done);
  } catch (error) {
    if (!(error instanceof ShopError) || !STATUS_REFUSED.test(error.phrase)) throw error;
    await postComment(wire, pauses, { ...input, status: null }, done);
  }
}

/**
 * Posts a comment until it is there. A comment that meets a running invoice is answered with a 500 and not stored;
 * repeating it is safe and says nothing about the invoice (P-23).
 */
export async function postComment(
  wire: Transport,
  pauses: Pauses,
  input: CommentInput & { status: string | null },
  done: (head: OrderHead) => boolean,
): Promise<OrderHead> {
  const { order, entityId, comment, status } = input;
  const about = { doing: `writing a comment on order ${order}`, order };
  for (let looks = 0; ; looks += 1) {
    try {
      await wire.post(`/orders/${entityId}/comments`, { statusHistory: historyRow(entityId, comment, status) }, about);
      return await readHead(wire, input);
    } catch (error) {
      if (!(error instanceof ShopError) || !error.traits.mayHaveHappened) throw error;
      const wait = pauses.looksMs[looks];
      if (wait === undefined) throw notStored(input, error);
      wire.log({ order, code: error.code }, 'a comment was not answered, looking whether it is there');
      await wire.rest(wait);
      const head = await readHead(wire, input);
      if (done(head)) return head;
    }
  }
}

const notStored = ({ order }: CommentInput, cause: ShopError): Error =>
  unknownWrite(
    {
      code: 'commentNotStored',
      order,
      what: `The shop shows no new comment on order ${order}, perhaps because an invoice is being made.`,
    },
    cause,
  );

/** Not repeated when the very same comment is already there. */
export async function writeComment(wire: Transport, pauses: Pauses, input: CommentInput): Promise<void> {
  const head = await readHead(wire, input);
  if (hasComment(head, input)) return;
  await keepStatus(wire, pauses, { ...input, status: head.status ?? head.state });
}
