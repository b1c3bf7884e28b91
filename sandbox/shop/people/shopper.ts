import { cancelOrder } from '../order/cancel';
import { editOrder, reorder } from '../order/edit-order';
import { holdOrder, unholdOrder } from '../order/hold';
import { invoiceAtSale, invoiceOrder } from '../money/invoice';
import { isGatewayMethod } from '../money/payment-methods';
import { authorize, type PlacedOrder } from '../order/place-order';
import { refundOrder } from '../money/refund';
import type { OrderRecord } from '../books/rows';
import { changeOrder, type Shop } from '../shop';
import { shipOrder } from '../shipping/ship';
import { moveTo } from '../order/state-handler';

/** Quantities by SKU or by order item id; without any, everything that is left. */
export type Quantities = Readonly<Record<string, number>>;

/** What shoppers and the shop's staff do to an order, named by its increment id. Staff actions throw what REST would answer. */
export interface ShopperActions {
  /** The shopper pays: a payment page is left, a review is passed, or money arrives for an offline order (an invoice is made). */
  pay(order: string): Promise<void>;
  hold(order: string): Promise<void>;
  unhold(order: string): void;
  /** @returns false where the shop refuses */
  cancel(order: string): Promise<boolean>;
  edit(order: string): Promise<PlacedOrder>;
  reorder(order: string): PlacedOrder;
  /** @returns the invoice's entity id */
  invoiceByHand(order: string, items?: Quantities, options?: { readonly capture?: boolean }): Promise<number>;
  shipByHand(order: string, items?: Quantities, tracks?: readonly string[]): Promise<number>;
  refund(order: string, items?: Quantities, options?: { readonly online?: boolean }): Promise<number>;
}

const itemsOf = (record: OrderRecord, quantities: Quantities = {}): { order_item_id: number; qty: number }[] =>
  Object.entries(quantities).map(([key, qty]) => {
    const item =
      record.row.items.find((row) => String(row.item_id) === key) ??
      record.row.items.find((row) => row.sku === key && row.parent_item_id === undefined) ??
      record.row.items.find((row) => row.sku === key);
    if (!item) throw new Error(`Order ${record.row.increment_id} has no item ${key}.`);
    return { order_item_id: item.item_id, qty };
  });

const payNow = async (shop: Shop, record: OrderRecord): Promise<void> => {
  const { row } = record;
  if (row.state === 'payment_review') {
    changeOrder(shop, record, () => moveTo(record, 'processing', shop.statuses));
    return;
  }
  if (row.state === 'pending_payment') {
    changeOrder(shop, record, () => {
      moveTo(record, 'processing', shop.statuses);
      if (isGatewayMethod(row.payment.method)) authorize(shop, record);
      else invoiceAtSale(shop, record);
    });
    return;
  }
  await invoiceOrder(shop, row.entity_id, { capture: isGatewayMethod(row.payment.method), items: [] });
};

/** Actions over one shop; every change is saved to its file. */
export const shopperActions = (shop: Shop): ShopperActions => {
  const known = (number: string): OrderRecord => {
    const record = shop.books.findOrder(number);
    if (!record) throw new Error(`The sandbox shop has no order ${number}.`);
    return record;
  };
  const saved = <T>(value: T): T => {
    shop.books.save();
    return value;
  };
  return {
    pay: async (order) => {
      await payNow(shop, known(order));
      shop.books.save();
    },
    hold: async (order) => {
      saved(await holdOrder(shop, known(order).row.entity_id));
    },
    unhold: (order) => {
      saved(unholdOrder(shop, known(order).row.entity_id));
    },
    cancel: async (order) => saved(await cancelOrder(shop, known(order).row.entity_id)),
    edit: async (order) => saved(await editOrder(shop, known(order))),
    reorder: (order) => saved(reorder(shop, known(order))),
    invoiceByHand: async (order, items, options) => {
      const record = known(order);
      const capture = options?.capture ?? isGatewayMethod(record.row.payment.method);
      return saved(
        (await invoiceOrder(shop, record.row.entity_id, { capture, items: itemsOf(record, items) })).entity_id,
      );
    },
    shipByHand: async (order, items, tracks = []) => {
      const record = known(order);
      const request = {
        items: itemsOf(record, items),
        tracks: tracks.map((track_number) => ({ track_number, title: 'UPS', carrier_code: 'ups' })),
      };
      return saved((await shipOrder(shop, record.row.entity_id, request)).entity_id);
    },
    refund: async (order, items, options) => {
      const record = known(order);
      const online = options?.online ?? false;
      return saved(
        (await refundOrder(shop, record.row.entity_id, { items: itemsOf(record, items), online })).entity_id,
      );
    },
  };
};
