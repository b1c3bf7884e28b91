import type { ShopInvoice } from '../observation';
import { acceptanceKey, type AttentionWant, type Situation } from '../plan-step';
import { invoiceOf, unmarkedInvoices, unmarkedShipments } from '../tickets';

/** A ticket taken back in Counterpoint while its invoice stands; one that releases the same goods takes the invoice over. */
export function* voidedAfterInvoice(s: Situation): Generator<AttentionWant> {
  for (const ticket of s.seen.store.tickets) {
    const invoice = ticket.state === 'voided' ? invoiceOf(ticket, s.seen.shop) : undefined;
    if (!invoice) continue;
    yield {
      reason: 'ticketVoided',
      action: `voided:${ticket.guid}`,
      message: `Ticket ${ticket.no} of order ${s.order} was voided in Counterpoint after the shop had made invoice ${String(invoice.id)} for it. Release the same goods again on one ticket, which then takes the invoice over, or refund it in the shop and accept the difference.`,
    };
  }
}

const foreignAction = ({ id }: ShopInvoice): string => `manualInvoice:${String(id)}`;

/** Under this name a person adopts an invoice that matches no ticket. */
export const foreignKey = (invoice: ShopInvoice): string => acceptanceKey('manualInvoice', foreignAction(invoice));

/** Invoices and shipments made by hand that match no ticket (C5-83). */
export function* foreignDocuments(s: Situation): Generator<AttentionWant> {
  const { shop } = s.seen;
  const invoice = s.memory.paidAtSale === true ? undefined : unmarkedInvoices(shop)[0];
  if (invoice) {
    const unpaid =
      invoice.state === 'open' ? ` It is not paid yet: capture invoice ${String(invoice.id)} in the shop.` : '';
    yield {
      reason: 'manualInvoice',
      action: foreignAction(invoice),
      message: `Invoice ${String(invoice.id)} of order ${s.order} was made by hand in the shop and matches no release ticket.${unpaid} Release the same goods in Counterpoint, or adopt it.`,
    };
  }
  const shipment = s.rules.tracking ? unmarkedShipments(shop)[0] : undefined;
  if (shipment) {
    yield {
      reason: 'manualShipment',
      action: `manualShipment:${String(shipment.id)}`,
      message: `Shipment ${String(shipment.id)} of order ${s.order} was made by hand in the shop and matches no release ticket. Release the same goods in Counterpoint, or adopt it.`,
    };
  }
}
