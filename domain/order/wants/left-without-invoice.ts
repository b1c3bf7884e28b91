import type { ReleaseTicket } from '../observation';
import { acceptanceKey, isAcceptedFor, type AttentionWant, type Situation } from '../plan-step';

/** Reasons by which a person lets a ticket be without an invoice of its own. */
const LEFT_BY: readonly (readonly [AttentionWant['reason'], (guid: string) => string])[] = [
  ['captureUnknown', (guid) => `invoiceTicket:${guid}`],
  ['manualInvoice', (guid) => `invoiceTicket:${guid}`],
  ['cancelledInShop', (guid) => `cancelledGoods:${guid}`],
  ['ticketVoided', (guid) => `quantities:${guid}`],
  ['amountsDiffer', (guid) => `quantities:${guid}`],
];

/** Under these names a person let a ticket be without an invoice, or without one that is worth as much. */
export const leftKeys = (guid: string): readonly string[] => [
  ...LEFT_BY.map(([reason, action]) => acceptanceKey(reason, action(guid))),
  acceptanceKey('amountsDiffer', `invoiceTicket:${guid}`),
];

/** A person decided that this ticket is left without an invoice of its own; its money is settled elsewhere. */
export function isLeftWithoutInvoice(s: Situation, { guid }: ReleaseTicket): boolean {
  if (LEFT_BY.some(([reason, action]) => isAcceptedFor(s, reason, action(guid)))) return true;
  // The difference was accepted, and the shop still does not make the invoice.
  const action = `invoiceTicket:${guid}`;
  return (
    isAcceptedFor(s, 'amountsDiffer', action) &&
    s.memory.problems.some((problem) => problem.action === action && problem.reason === 'amountsDiffer')
  );
}
