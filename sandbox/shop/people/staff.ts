import {
  addItem,
  cancelItem,
  changeAddress,
  changePayment,
  changePrice,
  changeQuantity,
  changeShippingMethod,
  removeItem,
  saveStatus,
} from './alter-order';
import type { Fields } from '../json';
import type { OrderRecord, ShipmentRow } from '../books/rows';
import type { Shop } from '../shop';
import { addTrack, deleteTrack } from '../shipping/tracks';

/** What the shop's staff, and the modules they work with, change in an order that stays the same order. */
export interface StaffActions {
  changeQuantity(order: string, sku: string, qty: number): void;
  changePrice(order: string, sku: string, price: number): void;
  removeItem(order: string, sku: string): void;
  addItem(order: string, item: { readonly sku: string; readonly price: number; readonly qty: number }): void;
  cancelItem(order: string, sku: string, qty: number): void;
  changeAddress(order: string, which: 'billing' | 'shipping', change: Fields): void;
  changeShippingMethod(order: string, method: string): void;
  changePayment(order: string, method: string): void;
  saveStatus(order: string, status: string, state?: string): void;
  /** On the order's last shipment. */
  addTrack(order: string, number: string): void;
  removeTracks(order: string): void;
}

export const staffActions = (shop: Shop): StaffActions => {
  const on =
    <Rest extends readonly unknown[]>(act: (record: OrderRecord, ...rest: Rest) => void) =>
    (order: string, ...rest: Rest): void => {
      const record = shop.books.findOrder(order);
      if (!record) throw new Error(`The sandbox shop has no order ${order}.`);
      act(record, ...rest);
      shop.books.save();
    };
  const lastShipment = ({ row }: OrderRecord): ShipmentRow => {
    const shipment = shop.books.shipments.filter(({ order_id: id }) => id === row.entity_id).at(-1);
    if (!shipment) throw new Error(`Order ${row.increment_id} has no shipment.`);
    return shipment;
  };
  return {
    changeQuantity: on((record, sku: string, qty: number) => {
      changeQuantity(shop, record, sku, qty);
    }),
    changePrice: on((record, sku: string, price: number) => {
      changePrice(shop, record, sku, price);
    }),
    removeItem: on((record, sku: string) => {
      removeItem(shop, record, sku);
    }),
    addItem: on((record, item: Parameters<StaffActions['addItem']>[1]) => {
      addItem(shop, record, item);
    }),
    cancelItem: on((record, sku: string, qty: number) => {
      cancelItem(shop, record, sku, qty);
    }),
    changeAddress: on(changeAddress),
    changeShippingMethod: on((record, method: string) => {
      changeShippingMethod(shop, record, method);
    }),
    changePayment: on((record, method: string) => {
      changePayment(shop, record, method);
    }),
    saveStatus: on((record, status: string, state?: string) => {
      saveStatus(shop, record, status, state);
    }),
    addTrack: on((record, number: string) => {
      const shipment = lastShipment(record);
      addTrack(shop.books, {
        order_id: shipment.order_id,
        parent_id: shipment.entity_id,
        track_number: number,
        title: 'UPS',
        carrier_code: 'ups',
      });
    }),
    removeTracks: on((record) => {
      for (const { entity_id: id } of lastShipment(record).tracks) deleteTrack(shop.books, id);
    }),
  };
};
