import { decimal, quantity, type Quantity } from '../money';
import type {
  ItemQuantities,
  ReleaseTicket,
  ShopInvoice,
  ShopItem,
  ShopShipment,
  ShopSide,
  TicketRef,
} from './observation';

/** Quantities of equal items added up, in the order of first appearance; zeros left out. */
export function addUp(lines: ItemQuantities): ItemQuantities {
  const byItem = new Map<number, Quantity>();
  for (const [id, qty] of lines) byItem.set(id, quantity(decimal(byItem.get(id) ?? 0).plus(qty)));
  return [...byItem].filter(([, qty]) => !decimal(qty).isZero());
}

export function sameQuantities(a: ItemQuantities, b: ItemQuantities): boolean {
  const left = new Map(addUp(a));
  const right = addUp(b);
  return left.size === right.length && right.every(([id, qty]) => decimal(left.get(id) ?? -1).equals(qty));
}

const stands = (invoice: ShopInvoice): boolean => invoice.state !== 'canceled';

/** The invoices whose marker names this ticket; more than one is one too many. */
export const invoicesOf = ({ guid }: ReleaseTicket, shop: ShopSide): readonly ShopInvoice[] =>
  shop.invoices.filter((invoice) => stands(invoice) && invoice.ticket === guid);

export const invoiceOf = (ticket: ReleaseTicket, shop: ShopSide): ShopInvoice | undefined =>
  invoicesOf(ticket, shop)[0];

/** Likewise of shipments. */
export const shipmentsOf = ({ guid }: ReleaseTicket, shop: ShopSide): readonly ShopShipment[] =>
  shop.shipments.filter(({ ticket }) => ticket === guid);

export const shipmentOf = (ticket: ReleaseTicket, shop: ShopSide): ShopShipment | undefined =>
  shipmentsOf(ticket, shop)[0];

/** Invoices that no marker ties to a ticket: made at sale, or by hand. */
export const unmarkedInvoices = (shop: ShopSide): readonly ShopInvoice[] =>
  shop.invoices.filter((invoice) => stands(invoice) && invoice.ticket === undefined);

export const unmarkedShipments = (shop: ShopSide): readonly ShopShipment[] =>
  shop.shipments.filter((shipment) => shipment.ticket === undefined);

/** The lines of a ticket that have to leave the house; what is not on the shop's order, it cannot be told of. */
export function goodsOf(ticket: ReleaseTicket, shop: ShopSide): ItemQuantities {
  return addUp(ticket.lines.filter(([id]) => shop.items.some((item) => item.id === id && item.virtual !== true)));
}

/** The Counterpoint locations these goods left from, each once; undefined where they do not matter. */
export function locationsOf({ locations }: ReleaseTicket, goods: ItemQuantities): readonly string[] | undefined {
  if (locations === undefined) return undefined;
  const named = locations.filter(([id]) => goods.some(([item]) => item === id)).map(([, location]) => location);
  return [...new Set(named)];
}

/** Tracking numbers of the ticket that its shipment does not carry yet. */
export const missingTracks = (ticket: ReleaseTicket, shipment: ShopShipment): readonly string[] =>
  ticket.tracks.filter((number) => !shipment.tracks.includes(number));

/** What the shop could still invoice of a row. */
export const leftToInvoice = (item: ShopItem): ReturnType<typeof decimal> =>
  decimal(item.ordered)
    .minus(item.invoiced)
    .minus(item.cancelled ?? 0);

export const ticketRef = ({ no, guid }: ReleaseTicket): TicketRef => ({ no, guid });
