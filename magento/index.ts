import type { CallOptions, Shop } from '../domain/ports/shop';
import type { MagentoSettings } from '../domain/settings';
import { addTracks } from './write/add-tracks';
import { cancelOrder } from './write/cancel-order';
import { readCandidates } from './read/candidates';
import { readCensus, readClock, readCreditMemos, readNamesakes } from './read/census';
import { readChanges } from './read/changes';
import { readFacts } from './read/facts';
import { invoiceTicket } from './write/invoice-ticket';
import { findOrder, lookAt, readOrder } from './read/look';
import { DEFAULT_PAUSES, type Pauses } from './write/pauses';
import { writeComment } from './write/post-comment';
import { setStatus, type StatusRules } from './write/set-status';
import { shipTicket } from './write/ship-ticket';
import { createTransport, type Transport, type TransportOptions } from './http/transport';

export { parseOrder } from './parse/order';
export { parseInvoice, parseShipment } from './parse/documents';

export interface ShopOptions extends TransportOptions {
  /** Waits before the looks that follow an unanswered write, milliseconds. */
  readonly looksMs?: Pauses['looksMs'];
}

/**
 * The client of one shop. Build it once per worker and instance: it keeps connections, the pace of calls and what it has
 * learnt of the shop. One order must not be written through it twice at the same time (contract §5).
 */
export function createShop(settings: MagentoSettings, options: ShopOptions = {}): Shop {
  const transport = createTransport(settings, options);
  const pauses: Pauses = { looksMs: options.looksMs ?? DEFAULT_PAUSES.looksMs };
  const rules: StatusRules = { mode: settings.statusUpdates, way: { refusesComments: false }, pauses };
  const at = (call?: CallOptions): Transport => transport.under(call?.signal);
  return {
    order: (entityId, call) => readOrder(at(call), entityId),
    findOrder: (incrementId, call) => findOrder(at(call), incrementId),
    look: (order, call) => lookAt(at(call), order),
    candidates: (query, call) => readCandidates(at(call), query),
    changes: (since, call) => readChanges(at(call), since),
    census: (query, call) => readCensus(at(call), query),
    namesakes: (numbers, call) => readNamesakes(at(call), numbers),
    creditMemos: (since, call) => readCreditMemos(at(call), since),
    clock: (call) => readClock(at(call)),
    setStatus: (input, call) => setStatus(at(call), rules, input),
    comment: (input, call) => writeComment(at(call), pauses, input),
    invoice: (input, call) => invoiceTicket(at(call), pauses, input),
    ship: (input, call) => shipTicket(at(call), pauses, input),
    addTracks: (input, call) => addTracks(at(call), pauses, input),
    cancel: (input, call) => cancelOrder(at(call), pauses, input),
    facts: (call) => readFacts(at(call)),
  };
}
