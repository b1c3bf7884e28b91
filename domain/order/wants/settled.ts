import { liveTickets, openQuantity } from '../lifecycle';
import { decimal } from '../../money';
import type { Situation } from '../plan-step';
import { isBilled, isShipped } from './shipping';

/** Completion is judged by quantities on both sides, never by the shop's state (P-22, C5-75). */
export function settled(s: Situation): boolean {
  const { store } = s.seen;
  const tickets = liveTickets(store);
  if (tickets.length === 0 || !store.lines.every((line) => decimal(openQuantity(line)).isZero())) return false;
  return tickets.every((ticket) => isBilled(s, ticket) && isShipped(s, ticket));
}
