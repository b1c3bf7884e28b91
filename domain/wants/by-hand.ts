import type { Situation, Want } from '../plan-step';
import { invoiceOf, unmarkedInvoices, unmarkedShipments } from '../tickets';

/** Invoices and shipments made by hand that match no ticket (C5-83). */
export function* foreignDocuments(s: Situation): Generator<Want> {
  const { shop } = s.seen;
  const invoice = s.memory.paidAtSale === true ? undefined : unmarkedInvoices(shop)[0];
  if (invoice) {
    yield {
      reason: 'manualInvoice',
      action: `manualInvoice:${String(invoice.id)}`,
      message: `Invoice ${String(invoice.id)} of order ${s.order} was made by hand in the shop and matches no release ticket. Release the same goods in Counterpoint, or adopt it.`,
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

/** A ticket that the clerk took back after the shop had invoiced it. */
export function* voidedAfterInvoice(s: Situation): Generator<Want> {
  for (const ticket of s.seen.store.tickets) {
    if (ticket.state === 'voided' && invoiceOf(ticket, s.seen.shop)) {
      yield {
        reason: 'ticketVoided',
        action: `voided:${ticket.guid}`,
        message: `Ticket ${ticket.no} of order ${s.order} was voided in Counterpoint after the shop had invoiced it. Refund it in the shop, or release the goods again there.`,
      };
    }
  }
}
