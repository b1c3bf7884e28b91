import { z } from 'zod';
import { refused } from '../../domain/errors';
import { decimal, isPositive } from '../../domain/money';
import { OFFLINE, ON_ACCOUNT } from '../../domain/shop/payment-kind';
import type { ShopInvoiceRecord, ShopOrder, ShopShipmentRecord } from '../../domain/shop/order';
import type { ShopLook } from '../../domain/shop/side';
import { ShopError, unreadable } from '../http/errors';
import { entityId, readAll, readPage } from './list';
import { parseInvoice, parseShipment } from '../parse/documents';
import { parseOrder } from '../parse/order';
import type { About, Transport } from '../http/transport';
import { flag, optionalInstant, parse, requiredText, text } from '../parse/php-json';

/** @throws refused `orderNotFound` */
export async function readOrder(wire: Transport, entity: number, order?: string): Promise<ShopOrder> {
  const name = order === undefined ? `the order with entity_id ${entity}` : `order ${order}`;
  try {
    const about = { doing: `reading ${name}`, ...(order === undefined ? {} : { order }) };
    return parseOrder(await readRecord(wire, `/orders/${entity}`, entity, about));
  } catch (error) {
    if (error instanceof ShopError && error.code === 'shopEntityNotFound') throw notFound(name, order, error);
    throw error;
  }
}

/**
 * The record that was asked for, undecoded. Anything else in its place, be it JSON, comes from somebody in front (a notice,
 * another call's answer out of a cache) and says nothing of the record.
 */
export async function readRecord(wire: Transport, path: string, entity: number, about: About): Promise<unknown> {
  const reply = await wire.get(path, about);
  if (entityId(reply.body) !== entity) throw unreadable(reply.raw, reply.errand);
  return reply.body;
}

const notFound = (name: string, order: string | undefined, cause?: unknown): Error =>
  refused(
    {
      code: 'orderNotFound',
      message: `The shop does not know ${name}. Check that magento.baseUrl names the right shop.`,
      ...(order === undefined ? {} : { order }),
    },
    cause,
  );

/** By increment_id; the database may compare loosely, so the number is compared again. */
export async function findOrder(wire: Transport, incrementId: string): Promise<ShopOrder | null> {
  const about = { doing: `looking for order ${incrementId}`, order: incrementId };
  const page = await readPage(
    wire,
    { path: '/orders', filters: [['increment_id', 'eq', incrementId]], pageSize: 2, about },
    null,
  );
  return page.rows.map(parseOrder).find((order) => order.incrementId === incrementId) ?? null;
}

export const readInvoices = (wire: Transport, entity: number, order: string): Promise<ShopInvoiceRecord[]> =>
  readAll(
    wire,
    { path: '/invoices', ...ofOrder(entity, `reading the invoices of order ${order}`, order) },
    parseInvoice,
  );

export const readShipments = (wire: Transport, entity: number, order: string): Promise<ShopShipmentRecord[]> =>
  readAll(
    wire,
    { path: '/shipments', ...ofOrder(entity, `reading the shipments of order ${order}`, order) },
    parseShipment,
  );

const ofOrder = (entity: number, doing: string, order: string) => ({
  filters: [['order_id', 'eq', entity] as const],
  pageSize: 100,
  about: { doing, order },
});

/** The order with all its documents, and what they do not tell: the order it came from, the age of its authorisation. */
export async function lookAt(wire: Transport, ref: { incrementId: string; entityId?: number }): Promise<ShopLook> {
  const order =
    ref.entityId === undefined
      ? await findOrder(wire, ref.incrementId)
      : await readOrder(wire, ref.entityId, ref.incrementId);
  if (order === null) throw notFound(`order ${ref.incrementId}`, ref.incrementId);
  const [invoices, shipments, predecessor, authorisation] = await Promise.all([
    readInvoices(wire, order.entityId, order.incrementId),
    readShipments(wire, order.entityId, order.incrementId),
    predecessorOf(wire, order),
    authorisationOf(wire, order),
  ]);
  return {
    order,
    invoices,
    shipments,
    ...(predecessor === null ? {} : { predecessor }),
    ...authorisation,
  };
}

const predecessorRow = z.looseObject({ increment_id: requiredText, state: requiredText });

async function predecessorOf(
  wire: Transport,
  { relations, incrementId }: ShopOrder,
): Promise<{ order: string; state: string } | null> {
  const { parent, parentEntityId } = relations;
  if (parent === null) return null;
  const filter =
    parentEntityId === null
      ? (['increment_id', 'eq', parent] as const)
      : (['entity_id', 'eq', parentEntityId] as const);
  const about = { doing: `reading the predecessor of order ${incrementId}`, order: incrementId };
  const page = await readPage(
    wire,
    { path: '/orders', filters: [filter], pageSize: 1, fields: 'increment_id,state', about },
    null,
  );
  const [row] = page.rows;
  if (row === undefined) return null;
  const { increment_id: order, state } = parse(predecessorRow, row, { name: `Order ${parent}`, order: parent });
  return { order, state };
}

const transactionRow = z.looseObject({ txn_type: text, created_at: optionalInstant, is_closed: flag });

type Authorisation = Pick<ShopLook, 'authorisedAt' | 'openAuthorisation' | 'closedAuthorisation'>;

/** Whether money is still to be captured, and when it was authorised: by the transaction, else when the order was placed. */
async function authorisationOf(wire: Transport, order: ShopOrder): Promise<Authorisation> {
  const { method, authorised } = order.payment;
  const due = decimal(order.totals.paid).lessThan(order.totals.grandTotal);
  if (!due || order.state === 'canceled' || order.state === 'closed') return {};
  // A gateway that keeps no amount on the payment may show its authorisation among the transactions only.
  if (!isPositive(authorised) && (OFFLINE.has(method) || ON_ACCOUNT.has(method))) return {};
  const placed = isPositive(authorised) ? { authorisedAt: order.createdAt } : {};
  try {
    const request = {
      path: '/transactions',
      unsorted: true as const,
      ...ofOrder(order.entityId, `reading the payments of order ${order.incrementId}`, order.incrementId),
    };
    const given = await readTransactions(wire, request);
    const authorisations = given.filter(({ txn_type }) => txn_type === 'authorization' || txn_type === 'order');
    const standing = authorisations.filter(({ is_closed }) => !is_closed);
    const open = standing.length > 0;
    const at = latest(open ? standing : authorisations);
    return {
      ...(at === undefined || !(open || isPositive(authorised)) ? placed : { authorisedAt: at }),
      ...(open ? { openAuthorisation: true } : {}),
      ...(!open && authorisations.length > 0 ? { closedAuthorisation: true } : {}),
    };
  } catch (error) {
    if (!(error instanceof ShopError) || error.code !== 'shopNotAuthorised') throw error;
    wire.log(
      { order: order.incrementId },
      'the token may not read transactions; the authorisation is taken to be as old as the order',
    );
    return placed;
  }
}

/** An authorisation may have been renewed: the newest one counts. */
const latest = (rows: readonly z.infer<typeof transactionRow>[]): string | undefined =>
  rows
    .flatMap(({ created_at: at }) => (at === null ? [] : [at]))
    .sort()
    .at(-1);

async function readTransactions(
  wire: Transport,
  request: Parameters<typeof readPage>[1],
): Promise<z.infer<typeof transactionRow>[]> {
  const page = await readPage(wire, request, null);
  return page.rows.map((row) => parse(transactionRow, row, { name: `A payment transaction (${entityId(row) ?? ''})` }));
}
