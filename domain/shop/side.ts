import { lapsesAt } from './authorization';
import { invoicedGoods, type InvoicedGoods } from './invoice-goods';
import { decimal, isPositive, money, quantity, sum, type Quantity } from '../money';
import { parseMarker } from './marker';
import type { ShopInvoice, ShopItem, ShopShipment, ShopSide, ShopState, ItemQuantities } from '../order/observation';
import { paymentKind } from './payment-kind';
import type { Settings } from '../settings';
import type { ShopInvoiceRecord, ShopOrder, ShopShipmentRecord } from './order';
import { moneyRows, needsNoShipping, type MoneyRow } from './rows';
import { shippedByRow, shippedItems } from './shipped';

/** Everything one look at the shop brings home about an order. */
export interface ShopLook {
  readonly order: ShopOrder;
  readonly invoices: readonly ShopInvoiceRecord[];
  readonly shipments: readonly ShopShipmentRecord[];
  /** The order this one replaced or was made from; only a cancelled one was really replaced (P-15). */
  readonly predecessor?: { readonly order: string; readonly state: ShopState };
  /** ISO instant of the authorisation. */
  readonly authorisedAt?: string;
  /** The shop's transactions show an authorisation that is not closed. */
  readonly openAuthorisation?: true;
  /** They show one, and it is closed though money is still due. */
  readonly closedAuthorisation?: true;
}

const INVOICE_STATES = { 1: 'open', 2: 'paid', 3: 'canceled' } as const;

/** The shop's side of an observation: what was invoiced and shipped is taken from the documents, not from counters. */
export function shopSide(look: ShopLook, payments: Settings['payments']): ShopSide {
  const { order, invoices, shipments } = look;
  const { parent, child } = order.relations;
  const counted = invoices.map((invoice) => ({ ...invoice, rows: invoicedItems(order, invoice) }));
  const marked = counted.some((invoice) => parseMarker(invoice.comments) !== null);
  const amounts = marked ? invoicedGoods(order, counted) : null;
  return {
    entityId: order.entityId,
    state: order.state,
    status: order.status,
    total: order.totals.grandTotal,
    storeId: order.storeId,
    payment: paymentOf(look, payments),
    items: itemsOf(order, invoices, shipments),
    invoices: counted.map((invoice) => invoiceOf(invoice, amounts)),
    shipments: shipments.map((shipment) => shipmentOf(order, shipment)),
    ...(rowsDiffer(order, invoices) ? { countersDiffer: true as const } : {}),
    ...(amounts !== null && Object.keys(amounts.spread).length > 0 ? { spread: amounts.spread } : {}),
    ...(parent !== null && look.predecessor !== undefined ? { predecessor: look.predecessor } : {}),
    // A reorder writes the same field but leaves this order alive (P-15).
    ...(child !== null && order.state === 'canceled' ? { successor: { order: child } } : {}),
  };
}

function paymentOf(look: ShopLook, payments: Settings['payments']): ShopSide['payment'] {
  const { order, authorisedAt, closedAuthorisation } = look;
  const days = (payments[order.payment.method] ?? payments['*'])?.authorizationDays;
  return {
    method: order.payment.method,
    kind: paymentKind(look, payments),
    authorised: order.payment.authorised,
    paid: order.totals.paid,
    ...(isPositive(order.totals.refunded) ? { refunded: order.totals.refunded } : {}),
    ...(authorisedAt !== undefined ? { since: authorisedAt } : {}),
    ...(authorisedAt !== undefined && days !== undefined ? { lapses: lapsesAt(authorisedAt, days) } : {}),
    ...(closedAuthorisation === true ? { closed: true as const } : {}),
  };
}

function itemsOf(
  order: ShopOrder,
  invoices: readonly ShopInvoiceRecord[],
  shipments: readonly ShopShipmentRecord[],
): ShopItem[] {
  const shipped = shippedByRow(order, shipments);
  const invoiced = invoicedByRow(order, invoices);
  return moneyRows(order).map((own) => ({
    id: own.row.id,
    sku: own.row.sku,
    ordered: own.row.ordered,
    invoiced: invoiced.get(own.row.id) ?? '0',
    shipped: shipped.get(own.row.id) ?? '0',
    ...(isPositive(own.row.cancelled) ? { cancelled: own.row.cancelled } : {}),
    ...(isPositive(own.row.refunded) ? { refunded: own.row.refunded } : {}),
    ...(needsNoShipping(own) ? { virtual: true as const } : {}),
    ...(own.bundle !== undefined ? { bundle: own.bundle } : {}),
  }));
}

/** Quantities of an invoice by the rows that carry the money; the rows beside them only repeat (contract §2.9). */
export function invoicedItems(
  order: Pick<ShopOrder, 'items'>,
  invoice: Pick<ShopInvoiceRecord, 'items'>,
): ItemQuantities {
  return moneyRows(order)
    .map(({ row }): [number, Quantity] => [row.id, invoicedOf(row.id, [invoice])])
    .filter(([, qty]) => !decimal(qty).isZero());
}

const invoicedOf = (id: number, invoices: readonly Pick<ShopInvoiceRecord, 'items'>[]): Quantity =>
  quantity(
    sum(invoices.flatMap(({ items }) => items.filter(({ orderItemId }) => orderItemId === id).map(({ qty }) => qty))),
  );

/** Totals over the invoices that stand, by the row that carries the money. */
export function invoicedByRow(
  order: Pick<ShopOrder, 'items'>,
  invoices: readonly ShopInvoiceRecord[],
): ReadonlyMap<number, Quantity> {
  const standing = invoices.filter(({ state }) => state !== 3);
  return new Map(moneyRows(order).map(({ row }) => [row.id, invoicedOf(row.id, standing)]));
}

/**
 * P-21: a hold or a save that overlaps a running capture puts counters back, and the same goods could be charged again.
 * Only the rows that carry the money are asked: the others drift by themselves (contract §3.6).
 */
export function rowsDiffer(order: Pick<ShopOrder, 'items'>, invoices: readonly ShopInvoiceRecord[]): boolean {
  const invoiced = invoicedByRow(order, invoices);
  return moneyRows(order).some(({ row }) => !decimal(row.invoiced).equals(invoiced.get(row.id) ?? 0));
}

/** The counters of the rows, or what the order counts as paid, are not what its invoices say. */
export function countersDiffer(
  order: Pick<ShopOrder, 'items' | 'totals'>,
  invoices: readonly ShopInvoiceRecord[],
): boolean {
  const paid = sum(invoices.filter(({ state }) => state === 2).map(({ grandTotal }) => grandTotal));
  return rowsDiffer(order, invoices) || money(paid) !== money(order.totals.paid);
}

function invoiceOf(
  invoice: ShopInvoiceRecord & { readonly rows: ItemQuantities },
  amounts: InvoicedGoods | null,
): ShopInvoice {
  const ticket = parseMarker(invoice.comments)?.guid;
  const goods = ticket === undefined ? undefined : amounts?.goods.get(invoice.id);
  return {
    id: invoice.id,
    no: invoice.incrementId,
    state: INVOICE_STATES[invoice.state],
    ...(ticket !== undefined ? { ticket } : {}),
    total: invoice.grandTotal,
    items: invoice.rows,
    ...(goods === undefined ? {} : { goods }),
    ...(invoice.transactionId !== null ? { captured: true as const } : {}),
  };
}

function shipmentOf(order: ShopOrder, shipment: ShopShipmentRecord): ShopShipment {
  const ticket = parseMarker(shipment.comments)?.guid;
  return {
    id: shipment.id,
    no: shipment.incrementId,
    ...(ticket !== undefined ? { ticket } : {}),
    items: shippedItems(order, shipment),
    tracks: shipment.tracks.map(({ number }) => number),
  };
}

/** What is left to invoice of a row: ordered, less what stands invoiced or was cancelled. */
export const openToInvoice = ({ row }: MoneyRow, invoiced: ReadonlyMap<number, Quantity>): Quantity =>
  quantity(
    decimal(row.ordered)
      .minus(row.cancelled)
      .minus(invoiced.get(row.id) ?? 0),
  );
