import type { ReleaseTicket } from '../../domain/order/observation';
import type { Context } from '../context';
import { cell, type Row, type Statement } from '../../database/engine';
import { sql } from '../../database/kysely';

/** The sendings of an order's invoices that were not taken back. */
export const chargeQuery = ({ settings }: Context, order: string): Statement =>
  sql`select guid as "guid", sent_at as "sent_at" from cantus.intent where instance = ${settings.instance} and order_no = ${order} and kind = 'invoice'`;

/** A voided ticket whose invoice had been sent says so: somebody may have been charged for it (P-24). */
export const withCharges = (tickets: readonly ReleaseTicket[], sendings: readonly Row[]): ReleaseTicket[] =>
  tickets.map((ticket) => {
    const sent = ticket.state === 'voided' && sendings.find((row) => cell(row, 'guid').toUpperCase() === ticket.guid);
    return sent ? { ...ticket, charge: cell(sent, 'sent_at') } : ticket;
  });
