import type { InvoiceInput } from '../../domain/ports/shop';
import { refusedCharge, unknownCharge } from '../../domain/shop/charge-words';
import { ambiguous, misconfigured, refused, transient } from '../../domain/errors';
import type { ShopError } from '../http/errors';
import { isForStatus, movedOn } from './refuse-unmovable';
import { unknownWrite } from './unknown-write';

const about = ({ ticket, order }: InvoiceInput): string => `ticket ${ticket.no} of order ${order}`;

/** The sentences about quantities (contract §2.2); anything else has another cause. */
const LESS_IS_LEFT =
  /without products|does not allow an invoice|must not be greater than the uninvoiced quantity|invalid quantity to invoice|status of (complete|closed)/;

/** The shop's own refusal, by its sentence. */
export function invoiceRefused(input: InvoiceInput, error: ShopError, state?: string): Error {
  const { order } = input;
  if (input.capture && error.code === 'shopNotSaved') return captureRefused(input, error);
  if (input.capture && error.traits.mayHaveHappened) return captureUnknown(input, error);
  const moved = movedOn(order, 'invoice', error, state);
  if (moved) return moved;
  if (!LESS_IS_LEFT.test(error.phrase) && !isForStatus(error)) return notSaved(input, error);
  return refused(
    {
      order,
      raw: error.phrase,
      code: 'invoiceRefused',
      reason: 'manualInvoice',
      message: `The shop does not invoice ${about(input)}: less is left to invoice than the store released. Compare the order’s invoices in the shop with its release tickets.`,
    },
    error,
  );
}

/**
 * P-24: the gateway said no, or it took the money and the shop failed to save what it had done. The shop says the same of
 * both (contract §2.2, §5), so nobody repeats it but a person who has looked.
 */
const captureRefused = (input: InvoiceInput, error: ShopError): Error =>
  ambiguous({ ...refusedCharge(chargeOf(input)), raw: error.phrase }, error);

const chargeOf = ({ order, ticket }: InvoiceInput): { order: string; ticket: string } => ({ order, ticket: ticket.no });

/** The shop had not begun, or nobody is charged by it: what a module or the database of the shop refuses lasts. */
const notSaved = (input: InvoiceInput, error: ShopError): Error =>
  misconfigured(
    {
      code: 'invoiceNotSaved',
      reason: 'misconfigured',
      message: `The shop does not make the invoice for ${about(input)}. Its own log says why: often an extension refuses, or a record it needs is missing.`,
      order: input.order,
      remedy: 'Have the cause mended in the shop, then retry; it is also tried again every ten minutes.',
      raw: error.phrase,
    },
    error,
  );

export const captureUnknown = (input: InvoiceInput, cause: ShopError): Error =>
  ambiguous({ ...unknownCharge(chargeOf(input), cause.what), raw: cause.phrase }, cause);

export const notMade = (input: InvoiceInput, cause: ShopError): Error =>
  unknownWrite(
    {
      code: 'invoiceUnknown',
      order: input.order,
      what: `The shop shows no invoice for ${about(input)}; nobody is charged by it.`,
    },
    cause,
  );

/** The shop gave an id but does not show the invoice: the marker brings it back at the next attempt. */
export const notReadBack = (input: InvoiceInput): Error =>
  transient({
    code: 'invoiceNotReadBack',
    reason: 'systemDown',
    message: `The shop made the invoice for ${about(input)}, but it could not be read back yet. It is looked at again.`,
    order: input.order,
  });
