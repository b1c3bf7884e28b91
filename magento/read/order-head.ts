import type { CommentInput, OrderRef } from '../../domain/ports/shop';
import { z } from 'zod';
import { readRecord } from './look';
import type { Transport } from '../http/transport';
import { amount, id, optionalList, parse, requiredText, text } from '../parse/php-json';

const headSchema = z.looseObject({
  entity_id: id,
  increment_id: requiredText,
  state: text,
  status: text,
  base_grand_total: amount,
  status_histories: optionalList(z.looseObject({ comment: text })),
});

/** What a change of status must leave as it is, and the comments already there. */
export interface OrderHead {
  readonly incrementId: string;
  readonly state: string | null;
  readonly status: string | null;
  readonly total: string;
  readonly comments: readonly string[];
}

const FIELDS = 'entity_id,increment_id,state,status,base_grand_total,status_histories[comment]';

export async function readHead(wire: Transport, { order, entityId }: OrderRef): Promise<OrderHead> {
  const about = { doing: `reading the status of order ${order}`, order };
  const body = await readRecord(wire, `/orders/${entityId}?fields=${encodeURIComponent(FIELDS)}`, entityId, about);
  const head = parse(headSchema, body, { name: `Order ${order}`, order });
  return {
    incrementId: head.increment_id,
    state: head.state,
    status: head.status,
    total: head.base_grand_total,
    comments: head.status_histories.flatMap(({ comment }) => (comment === null ? [] : [comment])),
  };
}

/** Line ends and outer blanks may come back differently. */
const plain = (comment: string): string => comment.replace(/\s+/g, ' ').trim();

export const hasComment = (head: OrderHead, { comment }: Pick<CommentInput, 'comment'>): boolean =>
  head.comments.some((there) => plain(there) === plain(comment));
