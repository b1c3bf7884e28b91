import { finishedInShop } from '../domain/census';
import { CantusError } from '../domain/errors';
import { orderNumber } from '../domain/identities';
import { LIMITS } from '../domain/limits';
import { decisionRows, type KeptDecisions } from '../domain/order/decision-rows';
import { liveTickets } from '../domain/order/lifecycle';
import type { ReleaseTicket, ShopSide } from '../domain/order/observation';
import { adopt } from '../domain/order/plan';
import { goodsOf, invoiceOf, shipmentOf } from '../domain/order/tickets';
import type { FirstSeen } from '../domain/ports/notebook';
import type { StoreChange } from '../domain/ports/target';
import { shopSide, type ShopLook } from '../domain/shop/side';
import type { Deps } from './deps';
import { inParallel } from './in-parallel';
import { describeRun } from './order-runs';
import { startOrder } from './orders';
import { tellOnce, type News } from './tell-once';
import { channelsTo } from './tell-people';

/**
 * Tells once of release tickets that came after the end of their order (P-16): nobody makes their invoice or shipment any
 * more. An order that a person skipped is looked after by hand, and a ticket that a decision names is settled.
 * @param changes of orders that nobody follows
 * @returns those that could not be told of now and must be found again by the next pass
 */
export async function tellReleased(deps: Deps, changes: readonly StoreChange[]): Promise<StoreChange[]> {
  if (changes.length === 0) return [];
  const found = await deps.notebook.newTickets(changes);
  const told = await inParallel(found, LIMITS.ordersAtOnce, (each) => isTold(deps, each));
  const left = new Set(found.filter((_, at) => told[at] === false).map(({ order }) => order));
  return changes.filter(({ order }) => left.has(order));
}

/** @returns false: try again later */
async function isTold(deps: Deps, found: FirstSeen): Promise<boolean> {
  try {
    await tellOnce(deps, await newsOf(deps, found), channelsTo(deps), { insist: true });
    return true;
  } catch (error) {
    if (!(error instanceof CantusError)) throw error;
    const about = { instance: deps.settings.instance, order: found.order, code: error.code, err: error, warning: true };
    deps.log(about, 'a release after the end was not told to all');
    return false;
  }
}

async function newsOf(deps: Deps, { order, docIds }: FirstSeen): Promise<News[]> {
  const { target, shop, notebook, settings } = deps;
  const run = await describeRun(deps, order);
  if (run && (run.status !== 'completed' || run.state === 'skipped')) return [];
  const [[document], decided] = await Promise.all([target.census({ orders: [order] }), notebook.keptDecisions(order)]);
  if (!document || decided?.ended === 'skipped') return [];
  const [side, look] = await Promise.all([target.observe(order), lookAt(shop, order, document.entityId)]);
  const tickets = liveTickets(side).filter((ticket) => docIds.includes(ticket.docId));
  if (look === null) return tickets.map((ticket) => releasedForNobody(order, ticket));
  // The engine forgets ended workflows after its retention: one whose order is not finished begins anew and does it itself.
  if (!run && decided?.ended === undefined && !finishedInShop(look.order)) {
    const { storeId, totals } = look.order;
    await startOrder(deps, order, { entityId: document.entityId, storeId, total: totals.grandTotal });
    return [];
  }
  const shown = shopSide(look, settings.payments);
  const { shop: adopted } = adopt({ store: side, shop: shown }, decided ?? {});
  // A parcel that left by hand says nothing of the money that is still due with a ticket.
  const inShop = decided?.paidAtSale === true ? adopted : { ...adopted, shipments: shown.shipments };
  return tickets
    .filter((ticket) => isLeftUndone(deps, ticket, inShop, decided))
    .map((ticket) => released(order, ticket, decided?.paidAtSale === true));
}

/** Null: the shop refuses to show it; it was deleted there, as a rule. */
async function lookAt(shop: Deps['shop'], order: string, entityId: number): Promise<ShopLook | null> {
  try {
    return await shop.look({ incrementId: orderNumber(order), entityId });
  } catch (error) {
    if (error instanceof CantusError && error.kind === 'refused') return null;
    throw error;
  }
}

/** The shop has nothing for this ticket, and ought to. */
function isLeftUndone(
  { settings }: Deps,
  ticket: ReleaseTicket,
  shop: ShopSide,
  decided: KeptDecisions | undefined,
): boolean {
  if (invoiceOf(ticket, shop) ?? shipmentOf(ticket, shop)) return false;
  if (decided && decisionRows(decided).some(({ about }) => about.toUpperCase().includes(ticket.guid))) return false;
  return decided?.paidAtSale !== true || (settings.tracking.inCounterpoint && goodsOf(ticket, shop).length > 0);
}

/** What its keys begin with; those of changes in the shop have an order's key in its place. */
export const RELEASED = 'E:T:';

const news = (order: string, { guid, no }: ReleaseTicket, text: string): News => ({
  key: `${RELEASED}${guid}`,
  order,
  code: 'releasedAfterEnd',
  subject: `Ticket ${no} was released for order ${order} after its end`,
  text,
  owner: 'merchant',
});

const released = (order: string, ticket: ReleaseTicket, paid: boolean): News => {
  const { no } = ticket;
  return news(
    order,
    ticket,
    `Order ${order} had ended here; then ticket ${no} was released for it in Counterpoint. Cantus does nothing more for this order: ` +
      `the shop has no ${paid ? 'shipment' : 'invoice'} for it. Look in Counterpoint who released it and why. ` +
      `If it was a mistake, pull the goods back and ${takeBack(ticket)}; otherwise ${paid ? 'ship it' : 'invoice and ship it'} by hand in the shop. ` +
      `A message that the order was changed in the shop follows then, and needs nothing more. ` +
      `Where the shop has nothing left to ${paid ? 'ship' : 'invoice'}, settle it with the shopper.`,
  );
};

const releasedForNobody = (order: string, ticket: ReleaseTicket): News =>
  news(
    order,
    ticket,
    `Order ${order} had ended here; then ticket ${ticket.no} was released for it in Counterpoint, and the shop does not show this order any more. ` +
      `Look in Counterpoint who released it and why. If it was a mistake, pull the goods back and ${takeBack(ticket)}; otherwise settle it with the shopper.`,
  );

const takeBack = ({ no, state }: ReleaseTicket): string =>
  state === 'posted' ? 'enter their return there' : `void ticket ${no} there`;
