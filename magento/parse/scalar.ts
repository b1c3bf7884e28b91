import { unreadable } from '../http/errors';
import type { Reply } from '../http/transport';
import { id } from './php-json';

/** The id of a new invoice or shipment: a bare numeric string or number (contract §1). */
export function idIn(reply: Reply): number {
  const parsed = id.safeParse(reply.body);
  if (!parsed.success) throw unreadable(reply.raw, reply.errand);
  return parsed.data;
}
