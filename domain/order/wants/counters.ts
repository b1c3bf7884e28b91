import type { ReleaseTicket } from '../observation';
import { isAcceptedFor, type AttentionWant, type Situation } from '../plan-step';
import type { CountersKnown } from '../steps';
import { isMiscounted, uncounted } from './counted';

/** The shop's counters or its paid total disagree with its invoices: the same goods could be charged twice. */
export function countersDoubt(s: Situation, ticket: ReleaseTicket): AttentionWant | undefined {
  const { shop } = s.seen;
  if (shop.countersDiffer !== true && !isMiscounted(s)) return undefined;
  if (s.memory.offline.includes(ticket.guid) || isAcceptedFor(s, 'captureUnknown', `counters:${ticket.guid}`))
    return undefined;
  return {
    reason: 'captureUnknown',
    action: `counters:${ticket.guid}`,
    repairs: ['retry', 'invoiceOffline', 'acceptDifference'],
    message:
      `The shop's counters of order ${s.order} disagree with its invoices, so ticket ${ticket.no} is not invoiced: the same goods could be charged twice. ` +
      'Compare the invoices with the payment provider. If the ticket is not paid yet, accept the difference and it is invoiced; if it is, invoice without charging.',
  };
}

/** What the plan knew of the shop's counters when it decided to invoice all the same. */
export function knownOf(s: Situation): { counters?: CountersKnown } {
  const { shop } = s.seen;
  const rows = shop.countersDiffer === true;
  const paid = uncounted(shop).isZero();
  return rows || !paid ? { counters: { paid: shop.payment.paid, ...(rows ? { rows: true as const } : {}) } } : {};
}
