import { liveTickets, openQuantity } from '../lifecycle';
import { decimal } from '../money';
import type { ReleaseTicket } from '../observation';
import type { Situation } from '../plan-step';
import { goodsOf, invoiceOf, missingTracks, shipmentOf } from '../tickets';

/** A person decided that this ticket is left without its invoice, or its shipment, in the shop. */
export const isLeftUndone = ({ memory }: Situation, what: 'invoice' | 'ship', { guid }: ReleaseTicket): boolean =>
  memory.accepted.some((key) => key.endsWith(`:${what}Ticket:${guid}`));

/** Completion is judged by quantities on both sides, never by the shop's state (P-22, C5-75). */
export function settled(s: Situation): boolean {
  const { shop, store } = s.seen;
  const tickets = liveTickets(store);
  if (tickets.length === 0 || !store.lines.every((line) => decimal(openQuantity(line)).isZero())) return false;
  return tickets.every((ticket) => {
    const invoiced = shop.payment.kind === 'paid' || invoiceOf(ticket, shop) !== undefined;
    if (!invoiced && !isLeftUndone(s, 'invoice', ticket)) return false;
    if (!s.rules.tracking || goodsOf(ticket, shop).length === 0) return true;
    const shipment = shipmentOf(ticket, shop);
    if (shipment === undefined) return isLeftUndone(s, 'ship', ticket);
    return missingTracks(ticket, shipment).length === 0;
  });
}
