import { acceptanceKey } from '../order/plan-step';
import { foreignKey } from '../order/wants/by-hand';
import { leftKeys } from '../order/wants/left-without-invoice';
import type { InvoiceFact, Subject, TicketFact } from './facts';

/** What the census does not ask about again, because a person has decided it (P-26). */
export interface Settled {
  /** This ticket has no invoice of its own, and is to have none. */
  isLeft(ticket: TicketFact): boolean;
  /** What was charged for this ticket is not what it is worth, or nothing was. */
  isCharge(guid: string): boolean;
  isAdopted(invoice: InvoiceFact): boolean;
  /** One invoice stands for everything, however late it was made. */
  readonly paid: boolean;
  readonly document: boolean;
  readonly twice: boolean;
  readonly remainder: boolean;
}

export function settledOf({ decided }: Subject): Settled {
  const { accepted = [], offline = [], paidAtSale = false } = decided ?? {};
  const begins = (...heads: readonly string[]): boolean =>
    accepted.some((key) => heads.some((head) => key.startsWith(head)));
  const aboutCharge = (guid: string): readonly string[] => [
    acceptanceKey('authorizationExpired', `captured:${guid}`),
    ...['twice', 'invoiced', 'worth', 'invoiceTicket'].map((what) => acceptanceKey('amountsDiffer', `${what}:${guid}`)),
  ];
  return {
    isLeft: ({ guid }) => leftKeys(guid).some((key) => accepted.includes(key)),
    isCharge: (guid) => offline.includes(guid) || aboutCharge(guid).some((key) => accepted.includes(key)),
    isAdopted: ({ id }) => accepted.includes(foreignKey('manualInvoice', id)),
    paid: paidAtSale,
    document: begins('changedInShop:', 'amountsDiffer:added:', 'cancelledInShop:notOwed:'),
    twice: begins('amountsDiffer:twice:'),
    remainder: begins('cancelledInCounterpoint'),
  };
}
