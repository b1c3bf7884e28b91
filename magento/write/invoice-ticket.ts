import type { InvoiceInput } from '../../domain/ports/shop';
import { CantusError } from '../../domain/errors';
import { carriesMarker, formatMarker } from '../../domain/shop/marker';
import { money } from '../../domain/money';
import type { ShopInvoiceRecord, ShopOrder } from '../../domain/shop/order';
import { countersDiffer, rowsDiffer } from '../../domain/shop/side';
import { hasAnswered, ShopError } from '../http/errors';
import { findAgain } from './find-again';
import { assertInvoiceable, assertInvoiced, countersUnclear, invoicedTwice } from '../../domain/shop/checks/invoice';
import { assertWorth } from '../../domain/shop/checks/worth';
import * as failure from './invoice-failures';
import { readInvoices, readOrder } from '../read/look';
import { assertMovable, stateBehind } from './refuse-unmovable';
import type { Pauses } from './pauses';
import { idIn } from '../parse/scalar';
import type { Transport } from '../http/transport';

export interface InvoiceResult {
  readonly invoiceId: number;
  readonly already: boolean;
}

interface Seen {
  readonly order: ShopOrder;
  readonly invoices: readonly ShopInvoiceRecord[];
}

/**
 * Invoices one release ticket, once: looks by its marker, compares counters with invoices (P-21), sends, reads back (P-06).
 * A call of unknown outcome is looked for and never sent a second time; where somebody may have been charged, the shop's
 * own refusal to save is one (P-24).
 */
export async function invoiceTicket(wire: Transport, pauses: Pauses, input: InvoiceInput): Promise<InvoiceResult> {
  const before = await see(wire, input);
  const there = marked(before.invoices, input);
  if (there !== null) {
    assertInvoiced(input, { order: before.order, invoice: there, paidBefore: null });
    return { invoiceId: there.id, already: true };
  }
  assertMovable(before.order, 'invoice');
  if (countersStop(input, before)) throw countersUnclear(input);
  assertInvoiceable(input, before);
  assertWorth(input, before);

  const sent = await send(wire, pauses, input);
  const after = await seeAfter(wire, pauses, input);
  const invoice = marked(after.invoices, input) ?? after.invoices.find(({ id }) => id === sent) ?? null;
  if (invoice === null) throw failure.notReadBack(input);
  assertInvoiced(input, { order: after.order, invoice, paidBefore: before.order.totals.paid });
  return { invoiceId: invoice.id, already: false };
}

/** The counters disagree with the invoices, and not in the way that was known when the invoice was decided (P-21). */
function countersStop({ counters }: InvoiceInput, { order, invoices }: Seen): boolean {
  if (!countersDiffer(order, invoices)) return false;
  if (counters === undefined || money(order.totals.paid) !== money(counters.paid)) return true;
  return counters.rows !== true && rowsDiffer(order, invoices);
}

async function see(wire: Transport, { entityId, order }: InvoiceInput): Promise<Seen> {
  const [read, invoices] = await Promise.all([readOrder(wire, entityId, order), readInvoices(wire, entityId, order)]);
  return { order: read, invoices };
}

/** The invoice was made: from here on a failed read must never look as if nothing had happened. */
async function seeAfter(wire: Transport, pauses: Pauses, input: InvoiceInput): Promise<Seen> {
  const seen = await see(wire, input).catch((error: unknown) => {
    if (error instanceof CantusError) return null;
    throw error;
  });
  const again = seen ?? (await findAgain(wire, pauses, input.order, () => see(wire, input)));
  if (again === null) throw failure.notReadBack(input);
  return again;
}

/**
 * The invoice that carries the ticket's marker.
 * @throws refused invoicedTwice: a second one carries it too
 */
function marked(invoices: readonly ShopInvoiceRecord[], input: InvoiceInput): ShopInvoiceRecord | null {
  const own = invoices.filter((invoice) => invoice.state !== 3 && carriesMarker(invoice.comments, input.ticket));
  if (own.length > 1) throw invoicedTwice(input, own);
  return own[0] ?? null;
}

/** Sends the one call; answers with the id the shop gave or, where its answer was lost, the one found by the marker. */
async function send(wire: Transport, pauses: Pauses, input: InvoiceInput): Promise<number> {
  const { order, entityId, ticket, items, capture, claim } = input;
  const body = {
    capture,
    items: items.map(([id, qty]) => ({ order_item_id: id, qty: Number(qty) })),
    notify: false,
    appendComment: false,
    comment: { comment: formatMarker(ticket), is_visible_on_front: 0 },
  };
  try {
    return idIn(
      await wire.post(`/order/${entityId}/invoice`, body, {
        doing: `invoicing ticket ${ticket.no} of order ${order}`,
        order,
        claim,
        charges: capture,
      }),
    );
  } catch (error) {
    if (!(error instanceof ShopError)) throw error;
    if (hasAnswered(error)) return refusedUnlessThere(wire, input, error);
    if (error.traits.mayHaveHappened) return lookFor(wire, pauses, input, error);
    throw error;
  }
}

async function lookFor(wire: Transport, pauses: Pauses, input: InvoiceInput, cause: ShopError): Promise<number> {
  const { order, ticket, capture } = input;
  wire.log({ order, ticket: ticket.no, code: cause.code }, 'an invoice was not answered, looking for it by its marker');
  const found = await findAgain(wire, pauses, order, () => findMarked(wire, input));
  if (found !== null) return found.id;
  throw capture ? failure.captureUnknown(input, cause) : failure.notMade(input, cause);
}

const findMarked = async (wire: Transport, input: InvoiceInput): Promise<ShopInvoiceRecord | null> =>
  marked(await readInvoices(wire, input.entityId, input.order), input);

/** A refusal may come from a second call of ours while the first one was made: the marker decides. */
async function refusedUnlessThere(wire: Transport, input: InvoiceInput, error: ShopError): Promise<number> {
  const found = await findMarked(wire, input).catch((failed: unknown) => {
    // The refusal stands whether or not the shop can be looked at now; of a charge nothing else may be said.
    if (error.traits.mayHaveHappened && failed instanceof ShopError) return null;
    throw failed;
  });
  if (found !== null) return found.id;
  throw failure.invoiceRefused(input, error, await stateBehind(wire, error, input));
}
