import { ATTENTION } from '../attention';
import { capital, documentsIn, numberOf } from '../../text/listing';
import type { ShopInvoice, ShopShipment } from '../observation';
import { acceptanceKey, isAcceptedFor, type AttentionWant, type Situation } from '../plan-step';
import { invoiceOf, unmarkedInvoices, unmarkedShipments } from '../tickets';

type Foreign = 'manualInvoice' | 'manualShipment';

const voidedAction = (guid: string): string => `voided:${guid}`;
const foreignAction = (reason: Foreign, id: number): string => `${reason}:${String(id)}`;

/** Under these names the questions below are accepted. */
export const voidedKey = (guid: string): string => acceptanceKey('ticketVoided', voidedAction(guid));
export const foreignKey = (reason: Foreign, id: number): string => acceptanceKey(reason, foreignAction(reason, id));

/** A ticket taken back in Counterpoint while its invoice stands; one that releases the same goods takes the invoice over. */
export function* voidedAfterInvoice(s: Situation): Generator<AttentionWant> {
  for (const ticket of s.seen.store.tickets) {
    const invoice = ticket.state === 'voided' ? invoiceOf(ticket, s.seen.shop) : undefined;
    if (!invoice) continue;
    yield {
      reason: 'ticketVoided',
      action: voidedAction(ticket.guid),
      message: `Ticket ${ticket.no} of order ${s.order} was voided in Counterpoint after the shop had made invoice ${numberOf(invoice)} for it. Release the same goods again on one ticket, which then takes the invoice over, or refund it in the shop and accept the difference.`,
    };
  }
}

/** Invoices and shipments made by hand that match no ticket (C5-83), and of which nothing else asks already. */
export function* foreignDocuments(s: Situation, spoken: ReadonlySet<string>): Generator<AttentionWant> {
  const { shop } = s.seen;
  const unasked = <T extends { readonly id: number }>(reason: Foreign, documents: readonly T[]): readonly T[] =>
    documents.filter(
      ({ id }) => !spoken.has(foreignKey(reason, id)) && !isAcceptedFor(s, reason, foreignAction(reason, id)),
    );
  const invoices = s.memory.paidAtSale === true ? [] : unasked('manualInvoice', unmarkedInvoices(shop));
  const unpaid = invoices.filter(({ state }) => state === 'open');
  if (invoices.length > 0) {
    const capture =
      unpaid.length === 0 ? '' : ` Not paid yet, so capture in the shop: ${documentsIn('invoice', unpaid)}.`;
    yield foreign(s, 'manualInvoice', invoices, capture);
  }
  const shipments = s.rules.tracking ? unasked('manualShipment', unmarkedShipments(shop)) : [];
  if (shipments.length > 0) yield foreign(s, 'manualShipment', shipments);
}

function foreign(
  s: Situation,
  reason: Foreign,
  documents: readonly (ShopInvoice | ShopShipment)[],
  more = '',
): AttentionWant {
  const [first, ...others] = documents.map(({ id }) => id);
  const one = others.length === 0;
  const what = documentsIn(ATTENTION[reason].adopts === 'shipment' ? 'shipment' : 'invoice', documents);
  return {
    reason,
    action: foreignAction(reason, first ?? 0),
    message: `${capital(what)} of order ${s.order} ${one ? 'was' : 'were'} made by hand in the shop and ${one ? 'matches' : 'match'} no release ticket. Release the same goods in Counterpoint, or adopt ${one ? 'it' : 'them'}.${more}`,
    settles: others.map((id) => foreignKey(reason, id)),
  };
}
