import { acceptanceKey } from '../order/plan-step';
import { worthKey } from '../order/wants/altered';
import { foreignKey, voidedKey } from '../order/wants/by-hand';
import { leftKeys } from '../order/wants/left-without-invoice';
import type { Money } from '../money';
import type { InvoiceFact, Subject, TicketFact } from './facts';

/** What the census does not ask about again, because a person has decided it (P-26). */
export interface Settled {
  /** This ticket has no invoice of its own, and is to have none. */
  isLeft(ticket: TicketFact): boolean;
  /** The same, because an invoice made by hand stands for it. */
  isLeftByHand(ticket: TicketFact): boolean;
  /** What was charged for this ticket is not what it is worth, or nothing was. */
  isCharge(guid: string): boolean;
  /** This ticket was voided, and the money of its invoice goes back. */
  isGivenBack(guid: string): boolean;
  /** This ticket has more than one invoice. */
  isTwice(guid: string): boolean;
  isAdopted(invoice: InvoiceFact): boolean;
  /** One invoice stands for everything, however late it was made. */
  readonly paid: boolean;
  /** The document is worth this, and the shop's order that. */
  isWorth(written: Money, now: Money): boolean;
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
    isLeftByHand: ({ guid }) => accepted.includes(acceptanceKey('manualInvoice', `invoiceTicket:${guid}`)),
    isCharge: (guid) => offline.includes(guid) || aboutCharge(guid).some((key) => accepted.includes(key)),
    isGivenBack: (guid) => accepted.includes(voidedKey(guid)),
    isTwice: (guid) => accepted.includes(acceptanceKey('amountsDiffer', `twice:${guid}`)),
    isAdopted: ({ id }) => accepted.includes(foreignKey('manualInvoice', id)),
    paid: paidAtSale,
    isWorth: (written, now) =>
      accepted.includes(worthKey(written, now)) || begins('amountsDiffer:added:', 'cancelledInShop:notOwed:'),
    remainder: begins('cancelledInCounterpoint'),
  };
}
