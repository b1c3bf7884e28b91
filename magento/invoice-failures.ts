import { refused, transient } from '../domain/errors';
import { formatMarker } from '../domain/marker';
import type { ShopInvoiceRecord } from '../domain/shop-order';
import type { ShopError } from './errors';
import { movedOn } from './movable';
import type { InvoiceInput } from './shop';

const about = ({ ticket, order }: InvoiceInput): string => `ticket ${ticket.no} of order ${order}`;

/** The gateway said no, or the shop's database did: the shop does not tell which (contract §2.2). */
const NOT_SAVED = 'Could not save an invoice';

export function invoiceRefused(input: InvoiceInput, error: ShopError): Error {
  const { order } = input;
  const common = { order, raw: error.phrase };
  if (error.phrase.startsWith(NOT_SAVED)) return input.capture ? captureRefused(input, error) : notSaved(input, error);
  const moved = movedOn(order, 'invoice', error);
  if (moved) return moved;
  return refused(
    {
      ...common,
      code: 'invoiceRefused',
      reason: 'manualInvoice',
      message: `The shop does not invoice ${about(input)}: less is left to invoice than the store released. Compare the order’s invoices in the shop with its release tickets.`,
    },
    error,
  );
}

const captureRefused = (input: InvoiceInput, error: ShopError): Error =>
  refused(
    {
      code: 'captureRefused',
      reason: 'captureRefused',
      message: `The payment for ${about(input)} was refused: nothing was charged or invoiced. Hold the parcel back and ask the shopper for another payment.`,
      order: input.order,
      remedy: 'Hold the parcel, then retry the capture or invoice without charging.',
      raw: error.phrase,
    },
    error,
  );

const notSaved = (input: InvoiceInput, error: ShopError): Error =>
  transient(
    {
      code: 'invoiceNotSaved',
      reason: 'systemDown',
      message: `The shop could not save the invoice for ${about(input)}. It is tried again.`,
      order: input.order,
      raw: error.phrase,
    },
    error,
  );

export const countersDiffer = (input: InvoiceInput): Error =>
  refused({
    code: 'countersDiffer',
    reason: 'captureUnknown',
    message:
      `The shop’s counters of order ${input.order} do not agree with its invoices, so nothing was charged for ${about(input)}: ` +
      'the same goods could be charged twice. Compare the invoices with the payments at the gateway.',
    order: input.order,
    field: 'qty_invoiced',
    remedy: 'Compare the invoices in the shop with the payments at the gateway.',
  });

/** A capture the gateway leaves pending or flags is stored without being counted (contract §3.2). */
export const notCounted = (input: InvoiceInput, invoice: ShopInvoiceRecord): Error =>
  refused({
    code: 'captureNotCounted',
    reason: 'captureUnknown',
    message:
      `The shop made invoice ${invoice.incrementId} for ${about(input)}, but does not count it as paid: the payment may be pending or under review. ` +
      'Look at the payment gateway before the parcel leaves.',
    order: input.order,
    field: 'total_paid',
    remedy: 'Look at the payment gateway whether the amount was taken.',
  });

/** Without its marker the invoice would not be found again, and a repetition would charge a second time. */
export const markerMissing = (input: InvoiceInput, invoice: ShopInvoiceRecord): Error =>
  refused({
    code: 'markerMissing',
    reason: 'captureUnknown',
    message:
      `The shop made invoice ${invoice.incrementId} for ${about(input)} but did not keep its comment, by which Cantus finds it again. ` +
      `Add the comment “${formatMarker(input.ticket)}” to the invoice in the shop.`,
    order: input.order,
    field: 'comments',
  });

export const UNKNOWN_REMEDY = 'Look at the payment gateway whether this amount was taken, then retry or adopt.';

export const unknownText = (input: InvoiceInput): string =>
  `It is not known whether the payment for ${about(input)} was taken: the shop did not answer and shows no invoice. Look at the payment gateway before anything is charged again.`;

export const notMadeText = (input: InvoiceInput): string =>
  `The shop did not answer when ${about(input)} was invoiced and shows no invoice. No money is involved; it is tried again.`;

/** The shop gave an id but does not show the invoice: the marker brings it back at the next attempt. */
export const notReadBack = (input: InvoiceInput): Error =>
  transient({
    code: 'invoiceNotReadBack',
    reason: 'systemDown',
    message: `The shop made the invoice for ${about(input)}, but it could not be read back yet. It is looked at again.`,
    order: input.order,
  });
