import { add, multiply } from '../money/amounts';
import { castQty, type RequestedItem } from '../money/invoice-draft';
import { canShip, childrenOf, isShipDummy, natureOf, qtyToShip, simpleQtyToShip } from '../order/item-rules';
import { badRequest } from '../http/refusals';
import type { DocumentItemRow, ItemRow, OrderRecord, ShipmentRow } from '../books/rows';
import { changeOrder, promote, type Shop } from '../shop';
import { moveTo } from '../order/state-handler';
import { trackRow, type RequestedTrack } from './tracks';

export interface ShipRequest {
  readonly items: readonly RequestedItem[];
  readonly tracks: readonly RequestedTrack[];
  readonly comment?: { readonly comment: string; readonly visible: number };
  readonly sourceCode?: string;
}

const NOT_SAVED = 'Could not save a shipment, see error log for details';
const WITHOUT_PRODUCTS = "You can't create a shipment without products.";

interface ShipLine {
  readonly item: ItemRow;
  readonly qty: number;
  /** Stands on the shipment; parts of a bundle shipped as one are only counted. */
  readonly listed: boolean;
  readonly counted: boolean;
}

/** Too much is cut to what is left without a word; decimals to whole pieces (contract §2.3). */
const draftLines = (record: OrderRecord, requested: readonly RequestedItem[]): ShipLine[] => {
  const wanted = new Map(requested.map(({ order_item_id, qty }) => [order_item_id, qty]));
  const quantityOf = (item: ItemRow): number => {
    if (item.is_virtual === 1) return 0;
    const left = qtyToShip(record, item);
    const asked = requested.length === 0 ? left : Math.min(wanted.get(item.item_id) ?? 0, left);
    return Math.max(0, castQty(item, asked));
  };
  return record.row.items.flatMap((item) => {
    if (isShipDummy(record, item)) return [];
    const qty = quantityOf(item);
    if (qty <= 0) return [];
    return [{ item, qty, listed: true, counted: true }, ...followers(record, item, qty)];
  });
};

/** Parts of a bundle that ships as one rise with it; a configurable's child does not. */
const followers = (record: OrderRecord, parent: ItemRow, qty: number): ShipLine[] => {
  if (parent.product_type !== 'bundle') return [];
  return childrenOf(record, parent)
    .filter((child) => child.is_virtual === 0)
    .map((child) => ({
      item: child,
      qty: Math.min(multiply(natureOf(record, child).selectionQty, qty), simpleQtyToShip(child)),
      listed: false,
      counted: false,
    }));
};

/** Each shipment of separate parts raises the bundle's own row by one: its counter lies (contract §3.6). */
const drifting = (record: OrderRecord, lines: readonly ShipLine[]): ShipLine[] =>
  record.row.items
    .filter((item) => isShipDummy(record, item))
    .filter((item) => childrenOf(record, item).some((child) => lines.some((line) => line.item === child)))
    .map((item) => ({ item, qty: 1, listed: true, counted: false }));

const bundleObjections = (record: OrderRecord, requested: readonly RequestedItem[]): string[] =>
  requested.flatMap(({ order_item_id }) => {
    const item = record.row.items.find((other) => other.item_id === order_item_id);
    if (!item) return [];
    const parent = record.row.items.find((other) => other.item_id === item.parent_item_id);
    if (parent?.product_type === 'bundle' && isShipDummy(record, item)) {
      return [
        `Cannot create shipment as bundle product "${parent.sku}" has shipment type "Together". Bundle product itself should be shipped instead.`,
      ];
    }
    if (item.product_type === 'bundle' && isShipDummy(record, item)) {
      return [
        `Cannot create shipment as bundle product "${item.sku}" has shipment type "Separately". Bundle product options should be shipped instead.`,
      ];
    }
    return [];
  });

const objectionsTo = (record: OrderRecord, request: ShipRequest, lines: readonly ShipLine[]): string[] => {
  const objections: string[] = [];
  const { row } = record;
  if (['payment_review', 'holded', 'canceled'].includes(row.state) || row.is_virtual === 1) {
    objections.push(`A shipment cannot be created when an order has a status of ${row.status ?? ''}`);
  } else if (!canShip(record)) {
    objections.push('The order does not allow a shipment to be created.');
  }
  if (lines.length === 0) objections.push(WITHOUT_PRODUCTS);
  if (request.tracks.some((track) => track.track_number === '')) objections.push('Please enter a tracking number.');
  return [...objections, ...bundleObjections(record, request.items)];
};

/**
 * `POST /V1/order/:id/ship` (contract §2.3). A new order goes to processing; a processing one keeps its status
 * unless the state handler completes it.
 *
 * @throws Refusal with the shop's exact sentences
 */
export const shipOrder = (shop: Shop, entityId: number, request: ShipRequest): Promise<ShipmentRow> => {
  shop.books.order(entityId);
  return shop.locks.run(entityId, () => {
    const record = shop.books.order(entityId);
    const shipped = draftLines(record, request.items);
    const objections = objectionsTo(record, request, shipped);
    if (objections.length > 0) throw badRequest(`Shipment Document Validation Error(s):\n${objections.join('\n')}`);
    const unsavable = request.tracks.some((track) => track.carrier_code === undefined);
    const source = shop.sources.named(request.sourceCode);
    if (unsavable || !shop.sources.deduct(source, goodsOf(record, shipped))) throw badRequest(NOT_SAVED);
    const lines = [...shipped, ...drifting(record, shipped)];
    const shipment = shipmentRow(shop, record, lines, { ...request, sourceCode: source });
    shop.books.shipments.push(shipment);
    changeOrder(shop, record, () => {
      for (const { item, qty } of lines) item.qty_shipped = add(item.qty_shipped, qty);
      if (record.row.state === 'new') moveTo(record, 'processing', shop.statuses);
      promote(shop, record);
    });
    return Promise.resolve(shipment);
  });
};

/** What leaves the source: of a bundle its parts. */
const goodsOf = (record: OrderRecord, lines: readonly ShipLine[]): { sku: string; qty: number }[] =>
  lines
    .filter(({ item }) => item.product_type !== 'bundle' || childrenOf(record, item).length === 0)
    .map(({ item, qty }) => ({ sku: item.sku, qty }));

const shipmentRow = (
  shop: Shop,
  record: OrderRecord,
  lines: readonly ShipLine[],
  request: ShipRequest,
): ShipmentRow => {
  const { books } = shop;
  const head = books.documentHead('shipment', record.row);
  const { entity_id: entityId } = head;
  return {
    ...head,
    billing_address_id: record.row.billing_address_id,
    ...(record.shippingAddressId === null ? {} : { shipping_address_id: record.shippingAddressId }),
    packages: [],
    total_qty: add(...lines.filter((line) => line.counted).map((line) => line.qty)),
    items: lines.filter((line) => line.listed).map((line) => itemRow(shop, entityId, line)),
    tracks: request.tracks.map((track) => trackRow(books, record.row.entity_id, entityId, track)),
    comments: request.comment ? [books.documentComment('shipment_comment', entityId, request.comment)] : [],
    extension_attributes: { source_code: shop.sources.named(request.sourceCode) },
  };
};

const itemRow = (shop: Shop, parentId: number, { item, qty }: ShipLine): DocumentItemRow => ({
  entity_id: shop.books.next('shipment_item'),
  parent_id: parentId,
  order_item_id: item.item_id,
  name: item.name,
  sku: item.sku,
  product_id: item['product_id'],
  price: item.price,
  weight: item['weight'],
  qty,
});
