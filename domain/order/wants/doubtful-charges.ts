import type { ReleaseTicket } from '../observation';
import { acceptanceKey, type Situation, type Want } from '../plan-step';
import { liveTickets } from '../lifecycle';
import { invoiceOf } from '../tickets';
import { paymentTraits } from '../../shop/payment-traits';

/** Under this name a person accepts that the charge of a voided ticket is settled. */
export const chargeKey = ({ guid }: Pick<ReleaseTicket, 'guid'>): string =>
  acceptanceKey('captureUnknown', actionOf(guid));

const actionOf = (guid: string): string => `charged:${guid}`;

/**
 * Voided tickets whose charge had been sent, and of which the shop shows no invoice: the money may have been taken, and
 * the same goods may be released again by another ticket (P-24).
 */
const doubtfulCharges = ({ seen, memory }: Situation): readonly ReleaseTicket[] =>
  !paymentTraits(seen.shop.payment).captures
    ? []
    : seen.store.tickets.filter(
        (ticket) =>
          ticket.state === 'voided' &&
          ticket.charge !== undefined &&
          !hasInvoice(ticket, seen) &&
          !memory.accepted.includes(chargeKey(ticket)),
      );

/** Its charge became an invoice, which may stand for another ticket by now. */
const hasInvoice = (ticket: ReleaseTicket, { shop }: Situation['seen']): boolean =>
  invoiceOf(ticket, shop) !== undefined || shop.invoices.some(({ takenOverFrom }) => takenOverFrom === ticket.guid);

/** A ticket whose rows are gone may have released anything. */
const sharesGoods = (voided: ReleaseTicket, ticket: ReleaseTicket): boolean =>
  voided.lines.length === 0 || voided.lines.some(([id]) => ticket.lines.some(([other]) => other === id));

/** Why these goods must not be charged yet: a voided ticket released them before, and may have been paid. */
export function chargedBefore(s: Situation, ticket: ReleaseTicket): Want | undefined {
  const before = doubtfulCharges(s).find((voided) => sharesGoods(voided, ticket));
  if (before === undefined) return undefined;
  return {
    reason: 'captureUnknown',
    action: `invoiceTicket:${ticket.guid}`,
    repairs: ['retry', 'invoiceOffline', 'adopt'],
    message:
      `Ticket ${ticket.no} of order ${s.order} releases goods of the voided ticket ${before.no}, whose charge had been sent to the payment provider. ` +
      `Look there first: if nothing was taken for ${before.no}, or it was given back, retry; if it was taken and stays, invoice without charging.`,
  };
}

/** Nobody released the goods again, but their charge may have been taken all the same. */
export function* doubtfulChargeWants(s: Situation): Generator<Want> {
  const open = liveTickets(s.seen.store).filter((ticket) => invoiceOf(ticket, s.seen.shop) === undefined);
  for (const voided of doubtfulCharges(s)) {
    if (open.some((ticket) => sharesGoods(voided, ticket))) continue;
    yield {
      reason: 'captureUnknown',
      action: actionOf(voided.guid),
      repairs: ['acceptDifference'],
      message:
        `Ticket ${voided.no} of order ${s.order} was voided after its charge had been sent to the payment provider, and the shop shows no invoice of it. ` +
        'Look there whether the amount was taken, give it back if it was, then accept the difference.',
    };
  }
}
