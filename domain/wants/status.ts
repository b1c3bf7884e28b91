import { everythingReleased, liveTickets } from '../lifecycle';
import type { Situation, Want } from '../plan-step';
import { invoiceOf } from '../tickets';
import { settled } from './settled';

/** The shop is told that the order is in Counterpoint (C5-04), as long as nothing of it was invoiced. */
export function* importedStatus({ seen, memory, rules }: Situation): Generator<Want> {
  const { shop, store } = seen;
  const invoiced = liveTickets(store).some((ticket) => invoiceOf(ticket, shop));
  if (memory.marked === true || invoiced || (shop.state !== 'new' && shop.state !== 'processing')) return;
  yield { do: 'setStatus', status: rules.statuses.inCounterpoint, because: 'inCounterpoint' };
}

/** How far the order has come, and its end. */
export function* statusWants(s: Situation): Generator<Want> {
  const { shop, store } = s.seen;
  const { statuses, tracking } = s.rules;
  const released = liveTickets(store).some((ticket) => shop.payment.kind === 'paid' || invoiceOf(ticket, shop));
  if (!released || shop.state === 'closed') return;
  const final = tracking ? settled(s) : true;
  const status = final ? statuses.final : everythingReleased(store) ? shop.status : statuses.partiallyReleased;
  if (status !== null && status !== shop.status) {
    yield { do: 'setStatus', status, because: final ? 'final' : 'partiallyReleased' };
  }
}
