import { stillAuthorised } from './authorization';
import { everythingReleased, liveTickets, openQuantity } from './lifecycle';
import { decimal, type Money } from './money';
import type { ReleaseTicket, ShopItem, ShopSide } from './observation';
import { acceptanceKey, type Situation, type Want } from './plan-step';
import {
  addUp,
  goodsOf,
  invoiceOf,
  locationsOf,
  missingTracks,
  shipmentOf,
  unmarkedInvoices,
  unmarkedShipments,
} from './tickets';

/** Everything this order still needs, in the order in which it is to be done. */
export function* wanted(s: Situation): Generator<Want> {
  const { shop, store } = s.seen;
  const tickets = liveTickets(store);
  if (s.memory.cancelRemainder === true && shop.items.some((item) => leftToInvoice(item).greaterThan(0))) {
    yield { do: 'cancelShopOrder' };
  }
  yield* voidedAfterInvoice(s);
  if (s.memory.marked !== true && !tickets.some((ticket) => invoiceOf(ticket, shop)) && canTakeStatus(shop)) {
    yield { do: 'setStatus', status: s.rules.statuses.inCounterpoint, because: 'inCounterpoint' };
  }
  for (const ticket of tickets) yield* invoiceWants(s, ticket);
  if (s.rules.tracking) for (const ticket of tickets) yield* shipWants(s, ticket);
  yield* foreignDocuments(s);
  yield* remainderCancelled(s);
  yield* authorizationLapses(s);
  yield* statusWants(s);
}

const canTakeStatus = (shop: ShopSide): boolean => shop.state === 'new' || shop.state === 'processing';

function* invoiceWants(s: Situation, ticket: ReleaseTicket): Generator<Want> {
  const { shop } = s.seen;
  if (shop.payment.kind === 'paid') return;
  const invoice = invoiceOf(ticket, shop);
  const authorised = shop.payment.kind === 'authorised' && !s.memory.offline.includes(ticket.guid);
  if (invoice) {
    if (authorised && invoice.captured !== true && decimal(invoice.total).greaterThan(0))
      yield nothingCaptured(s, ticket);
    return;
  }
  const doubt = invoiceDoubt(s, ticket);
  if (doubt) yield doubt;
  else
    yield {
      do: 'invoiceTicket',
      ticket: ref(ticket),
      items: addUp(ticket.lines),
      capture: authorised,
      ...againOf(s, ticket),
      ...worthOf(s, ticket, authorised),
    };
}

/** What a charge is compared with before it is made, unless a person accepted that the two differ. */
const worthOf = ({ memory }: Situation, { guid, amount }: ReleaseTicket, capture: boolean): { amount?: Money } =>
  capture && !memory.accepted.includes(acceptanceKey('amountsDiffer', `invoiceTicket:${guid}`)) ? { amount } : {};

/** The sending of this charge that a person found to have come to nothing. */
const againOf = ({ memory }: Situation, { guid }: ReleaseTicket): { again?: string } => {
  const again = memory.again?.[guid];
  return again === undefined ? {} : { again };
};

/** Why a ticket must not be invoiced as it stands. */
function invoiceDoubt(s: Situation, ticket: ReleaseTicket): Want | undefined {
  const { shop } = s.seen;
  const action = `invoiceTicket:${ticket.guid}`;
  if (shop.countersDiffer === true) {
    return {
      reason: 'captureUnknown',
      action,
      message:
        `The shop's counters of order ${s.order} disagree with its invoices, so ticket ${ticket.no} is not invoiced. ` +
        `Compare the invoices with the payment provider, then choose a repair.`,
    };
  }
  const strange = ticket.lines.find(([id]) => !shop.items.some((item) => item.id === id));
  if (strange) {
    return {
      reason: 'amountsDiffer',
      action,
      message: `Ticket ${ticket.no} releases a line that is not on shop order ${s.order}, so the shop cannot invoice it. Void the ticket or release it without that line.`,
    };
  }
  for (const [id, qty] of addUp(ticket.lines)) {
    const item = shop.items.find((each) => each.id === id);
    if (!item) continue;
    const left = leftToInvoice(item);
    if (left.greaterThanOrEqualTo(qty)) continue;
    const byHand = unmarkedInvoices(shop).length > 0;
    return {
      reason: byHand ? 'manualInvoice' : 'amountsDiffer',
      action,
      message:
        `Ticket ${ticket.no} releases ${qty} of ${item.sku}, but shop order ${s.order} has only ${left.toString()} left to invoice` +
        (byHand ? ' because an invoice was made by hand in the shop.' : '.'),
    };
  }
  if (shop.payment.kind === 'unknown' && !s.memory.offline.includes(ticket.guid)) {
    return {
      reason: 'captureUnknown',
      action,
      message: `Order ${s.order} (${shop.payment.method}) is neither authorised nor paid in the shop, so ticket ${ticket.no} cannot be charged. Settle the payment in the shop, or invoice it without charging.`,
    };
  }
  return undefined;
}

const leftToInvoice = (item: ShopItem): ReturnType<typeof decimal> =>
  decimal(item.ordered)
    .minus(item.invoiced)
    .minus(item.cancelled ?? 0);

const nothingCaptured = (s: Situation, ticket: ReleaseTicket): Want => ({
  reason: 'authorizationExpired',
  action: `captured:${ticket.guid}`,
  message:
    `The shop invoiced ticket ${ticket.no} of order ${s.order}, but no money was captured: the authorisation was closed. ` +
    `Hold the parcel and collect the money another way, then accept the difference.`,
});

function* shipWants(s: Situation, ticket: ReleaseTicket): Generator<Want> {
  const { shop } = s.seen;
  if (shop.payment.kind !== 'paid' && invoiceOf(ticket, shop) === undefined) return;
  const goods = goodsOf(ticket, shop);
  if (goods.length === 0) return;
  const via = ticket.shipVia === undefined ? {} : { shipVia: ticket.shipVia };
  const shipment = shipmentOf(ticket, shop);
  if (shipment) {
    const tracks = missingTracks(ticket, shipment);
    if (tracks.length > 0) yield { do: 'addTracks', ticket: ref(ticket), shipmentId: shipment.id, tracks, ...via };
    return;
  }
  const postedBare = s.rules.shipPostedWithoutNumber && ticket.state === 'posted';
  if (ticket.tracks.length === 0 && !postedBare) return;
  const tooMany = goods.find(([id, qty]) => leftToShip(shop, id).lessThan(qty));
  if (tooMany && unmarkedShipments(shop).length > 0) {
    yield {
      reason: 'manualShipment',
      action: `shipTicket:${ticket.guid}`,
      message: `The goods of ticket ${ticket.no} of order ${s.order} were already shipped by hand in the shop, in another split. Add the tracking numbers there, then adopt it.`,
    };
    return;
  }
  const locations = locationsOf(ticket, goods);
  const from = locations === undefined ? {} : { locations };
  yield { do: 'shipTicket', ticket: ref(ticket), items: goods, tracks: ticket.tracks, ...via, ...from };
}

function leftToShip(shop: ShopSide, id: number): ReturnType<typeof decimal> {
  const item = shop.items.find((each) => each.id === id);
  return item
    ? decimal(item.ordered)
        .minus(item.shipped)
        .minus(item.cancelled ?? 0)
    : decimal(0);
}

function* voidedAfterInvoice(s: Situation): Generator<Want> {
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

/** Invoices and shipments made by hand that match no ticket (C5-83). */
function* foreignDocuments(s: Situation): Generator<Want> {
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

function* statusWants(s: Situation): Generator<Want> {
  const { shop, store } = s.seen;
  const { statuses, tracking } = s.rules;
  const released = liveTickets(store).some((ticket) => shop.payment.kind === 'paid' || invoiceOf(ticket, shop));
  if (!released || shop.state === 'closed') return;
  const final = tracking ? settled(s) : true;
  const status = final ? statuses.final : everythingReleased(store) ? shop.status : statuses.partiallyReleased;
  if (status !== null && status !== shop.status) {
    yield { do: 'setStatus', status, because: final ? 'final' : 'partiallyReleased' };
  }
}

/** P-08: nothing is wrong yet, but the money is only held for so long. */
function* authorizationLapses(s: Situation): Generator<Want> {
  const { lapses } = s.seen.shop.payment;
  if (lapses === undefined || s.memory.lapsing !== lapses || !stillAuthorised(s.seen.shop)) return;
  yield {
    reason: 'authorizationLapses',
    action: `authorization:${lapses}`,
    message: `The authorisation of order ${s.order} lapses on ${lapses.slice(0, 10)}. Release it before that day, or ask the shopper for another payment.`,
  };
}

/** The store gave up on goods that the shop still owes (C5-83): a person decides what the shopper gets. */
function* remainderCancelled(s: Situation): Generator<Want> {
  const { shop, store } = s.seen;
  if (liveTickets(store).length === 0) return;
  for (const line of store.lines) {
    const item = shop.items.find((each) => each.id === line.id);
    const gaveUp = decimal(line.cancelled ?? 0);
    if (!item || gaveUp.lessThanOrEqualTo(decimal(item.cancelled ?? 0).plus(item.refunded ?? 0))) continue;
    yield {
      reason: 'cancelledInCounterpoint',
      action: 'remainder',
      message: `The store will not release ${gaveUp.toString()} of ${item.sku} of order ${s.order} any more, but the shop still expects it. Cancel the remainder in the shop, or reinstate it in Counterpoint.`,
    };
    return;
  }
}

/** A person decided that this ticket is left without its invoice, or its shipment, in the shop. */
export const isLeftUndone = ({ memory }: Situation, what: 'invoice' | 'ship', { guid }: ReleaseTicket): boolean =>
  memory.accepted.some((key) => key.endsWith(`:${what}Ticket:${guid}`));

/** Completion is judged by quantities on both sides, never by the shop's state (P-22, C5-75). */
export function settled(s: Situation): boolean {
  const { shop, store } = s.seen;
  const tickets = liveTickets(store);
  if (tickets.length === 0 || !store.lines.every((line) => decimal(openQuantity(line)).isZero())) return false;
  return tickets.every((ticket) => {
    const invoiced = shop.payment.kind === 'paid' || invoiceOf(ticket, shop) !== undefined;
    if (!invoiced && !isLeftUndone(s, 'invoice', ticket)) return false;
    if (!s.rules.tracking || goodsOf(ticket, shop).length === 0) return true;
    const shipment = shipmentOf(ticket, shop);
    if (shipment === undefined) return isLeftUndone(s, 'ship', ticket);
    return missingTracks(ticket, shipment).length === 0;
  });
}

const ref = (ticket: ReleaseTicket): { no: string; guid: string } => ({ no: ticket.no, guid: ticket.guid });
