import type { StoreChange } from '../domain/ports/target';
import { LIMITS } from '../domain/limits';
import { carrierTracks } from '../domain/shop/carrier-tracks';
import { CantusError } from '../domain/errors';
import { orderNumber } from '../domain/identities';
import { liveTickets } from '../domain/order/lifecycle';
import { shopSide } from '../domain/shop/side';
import { missingTracks, shipmentOf } from '../domain/order/tickets';
import type { Deps } from './deps';
import { inParallel } from './in-parallel';

const TRACK = 'tracking number';

/**
 * Tracking numbers of orders that have ended: each joins the shipment of its ticket (C5-74). Nobody else writes to such an
 * order any more, and a number that is there already is left alone, so a repeated pass adds nothing twice.
 * @param changes of orders that nobody follows
 * @returns those that could not be looked after now and must be found again by the next pass
 */
export async function addLateTracks(deps: Deps, changes: readonly StoreChange[]): Promise<StoreChange[]> {
  if (!deps.settings.tracking.inCounterpoint) return [];
  const late = changes.filter(({ what }) => what.includes(TRACK));
  const pending = await inParallel(late, LIMITS.lateParcelsAtOnce, async (change) =>
    (await added(deps, change.order)) ? [] : [change],
  );
  return pending.flat();
}

/** @returns false: try again later. What the shop refuses for good is logged, so that one order never stops the watch. */
async function added(deps: Deps, order: string): Promise<boolean> {
  const { instance } = deps.settings;
  try {
    await joinShipments(deps, order);
    return true;
  } catch (error) {
    if (!(error instanceof CantusError)) throw error;
    deps.log({ instance, order, code: error.code, err: error, warning: true }, 'a late tracking number was not added');
    return error.kind === 'refused';
  }
}

async function joinShipments(deps: Deps, order: string): Promise<void> {
  const { shop, target, settings } = deps;
  const [document] = await target.census({ orders: [order] });
  if (!document) return;
  const { entityId } = document;
  const [side, look] = await Promise.all([
    target.observe(order),
    shop.look({ incrementId: orderNumber(order), entityId }),
  ]);
  const inShop = shopSide(look, settings.payments);
  for (const ticket of liveTickets(side)) {
    const shipment = shipmentOf(ticket, inShop);
    const numbers = shipment ? missingTracks(ticket, shipment) : [];
    if (!shipment || numbers.length === 0) continue;
    const tracks = carrierTracks(numbers, ticket.shipVia, settings.shipping);
    await shop.addTracks({ order, entityId, shipmentId: shipment.id, tracks });
    deps.log(
      { instance: settings.instance, order, ticket: ticket.no, tracks: numbers.length },
      'late tracking added to a finished order',
    );
  }
}
