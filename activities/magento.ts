import { carrierTracks } from '../domain/shop/carrier-tracks';
import { CantusError } from '../domain/errors';
import { orderNumber } from '../domain/identities';
import { sourceOf } from '../domain/shop/inventory-source';
import type { StatusReason } from '../domain/order/steps';
import type { ShopActivities } from './contract';
import { refused } from '../domain/errors';
import type { Deps } from '../passes/deps';
import { lookAtShop } from './observe';
import { sendOnce, type Rest } from './send-once';

const COMMENT: Readonly<Record<StatusReason, (order: string) => string>> = {
  inCounterpoint: (order) => `In Counterpoint as order ${orderNumber(order)}.`,
  partiallyReleased: () => 'Partly released in Counterpoint.',
  final: () => 'Everything was released in Counterpoint.',
  confirmedCancelled: () => 'Cancelled in Counterpoint too.',
  needsAttention: () => 'Needs attention.',
  attentionOver: () => 'No longer needs attention.',
};

const isStatusRefused = (error: unknown): boolean =>
  error instanceof CantusError && error.facts.reason === 'statusRefused';

/** The single writer of an order in the shop. Every write looks for its own trace first and is read back. */
export const shopActivities = (deps: Deps, rest: Rest): ShopActivities => {
  const tracksOf = (numbers: readonly string[], shipVia: string | undefined): ReturnType<typeof carrierTracks> =>
    carrierTracks(numbers, shipVia, deps.settings.shipping);
  return {
    /** Key: the status itself, read back. */
    async setStatus({ order, entityId, status, because, comment = COMMENT[because](order), commentOnly }) {
      const words = { order, entityId, status, comment, ...(commentOnly === undefined ? {} : { commentOnly }) };
      await deps.shop.setStatus(words).catch(async (error: unknown) => {
        // The words matter more than the label: a shop without this status still tells its staff what is the matter.
        if (because !== 'needsAttention' || !isStatusRefused(error)) throw error;
        await deps.shop.comment({ order, entityId, comment });
      });
      return { shop: await lookAtShop(deps, { order, entityId }) };
    },
    /** Key: the ticket's marker on the invoice, and the note in cantus.intent that it is being sent. */
    async invoiceTicket({ order, entityId, ticket, items, capture, again, amount, counters }) {
      const sending = {
        order,
        kind: 'invoice',
        ticket,
        charges: capture,
        ...(again === undefined ? {} : { again }),
      } as const;
      const known = { ...(amount === undefined ? {} : { amount }), ...(counters === undefined ? {} : { counters }) };
      const bill = { order, entityId, ticket, items, capture, ...known };
      await sendOnce(deps, sending, rest, (claim) => deps.shop.invoice({ ...bill, claim }));
      return { shop: await lookAtShop(deps, { order, entityId }) };
    },
    /** Key: the ticket's marker on the shipment, and the note in cantus.intent that it is being sent. */
    async shipTicket({ order, entityId, ticket, items, tracks, shipVia, locations = [] }) {
      const sending = { order, kind: 'shipment', ticket, charges: false } as const;
      const source = sourceOf(deps.settings.magento.source, { order, ticket: ticket.no, locations });
      const from = source === undefined ? {} : { source };
      const parcel = { order, entityId, ticket, items, tracks: tracksOf(tracks, shipVia), ...from };
      await sendOnce(deps, sending, rest, (claim) => deps.shop.ship({ ...parcel, claim }));
      return { shop: await lookAtShop(deps, { order, entityId }) };
    },
    /** Key: (carrier, number) on the shipment. */
    async addTracks({ order, entityId, shipmentId, tracks, shipVia }) {
      await deps.shop.addTracks({ order, entityId, shipmentId, tracks: tracksOf(tracks, shipVia) });
      return { shop: await lookAtShop(deps, { order, entityId }) };
    },
    /** Key: the order's state; an order that is already cancelled stays so. */
    async cancelShopOrder({ order, entityId }) {
      const cancelled = await deps.shop.cancel({ order, entityId });
      const shop = await lookAtShop(deps, { order, entityId });
      if (!cancelled && shop.state !== 'canceled') throw cancelRefused(order, shop.state);
      return { shop };
    },
  };
};

/** A shop cancels nothing that is paid, held, complete or closed; it says no by `false` with 200 (contract §2.6). */
const cancelRefused = (order: string, state: string): Error =>
  refused({
    code: 'cancelRefused',
    reason: 'statusRefused',
    order,
    message: `The shop does not cancel order ${order}: it is ${state} there. Refund it in the shop instead.`,
  });
