import type { AddressInfo } from 'node:net';
import { SANDBOX_TOKEN, type AuthOptions } from './http/auth';
import { Books } from './books/books';
import { controlRoutes } from './http/control-routes';
import { Faults } from './http/faults';
import { Gateway } from './money/gateway';
import type { Fields } from './json';
import { ledgerOf } from './books/ledger';
import { cartOf } from './order-factory/kinds';
import { OrderLocks } from './order/order-lock';
import { placeCart, type PlacedOrder } from './order/place-order';
import { shownOrder } from './http/present';
import type { OrderRecord } from './books/rows';
import type { SandboxShop } from './sandbox-shop';
import { seedOrder } from './order/seed-order';
import { createServer } from './http/server';
import type { Shop } from './shop';
import { shopperActions, type ShopperActions } from './people/shopper';
import { staffActions, type StaffActions } from './people/staff';
import { Sources } from './shipping/sources';
import { statusTable, type StatusTable } from './order/statuses';
import { behaviourOf, type ShopVersion } from './versions';

export type { SandboxShop } from './sandbox-shop';
export type { AuthOptions } from './http/auth';
export { SANDBOX_TOKEN } from './http/auth';
export type { Fault, FaultControls, FaultKind } from './http/faults';
export type { GatewayControls, HeldCapture } from './money/gateway';
export type { Fields } from './json';
export type { OrderLedger } from './books/ledger';
export { isOrderKind, ORDER_KINDS, type OrderKind } from './order-factory/kinds';
export { randomCart, randomOrder } from './order-factory/random-order';
export type { PlacedOrder, PlaceOptions } from './order/place-order';
export { sampleOrder, sampleOrderNames } from './order/sample-orders';
export type { SeedOptions } from './order/seed-order';
export type { SourceControls } from './shipping/sources';
export type { ShopperActions, Quantities } from './people/shopper';
export type { StaffActions } from './people/staff';
export { SHOP_VERSIONS, type ShopVersion } from './versions';

export interface SandboxShopOptions {
  /** 0, the default, takes a free one. */
  readonly port?: number;
  readonly version?: ShopVersion;
  /** The shop's sales pages show prices with tax. */
  readonly showsTax?: boolean;
  /** Without it, `SANDBOX_TOKEN` is accepted as bearer. */
  readonly auth?: AuthOptions;
  readonly now?: () => Date;
  /** JSON state file, so that a restarted process keeps its books. */
  readonly file?: string;
  /** The merchant's own statuses by state; without it, those a Cantus merchant creates. */
  readonly statuses?: StatusTable;
}

/** Starts a shop on 127.0.0.1 that keeps the rules of a Magento of the given release, 2.4.7 by default. */
export const startShop = async (options: SandboxShopOptions = {}): Promise<SandboxShop> => {
  const version = options.version ?? '2.4.7';
  const now = options.now ?? ((): Date => new Date());
  const auth = options.auth ?? { token: SANDBOX_TOKEN };
  const books = new Books(now, options.file);
  const gateway = new Gateway(books);
  const shop: Shop = {
    books,
    gateway,
    locks: new OrderLocks(),
    sources: new Sources(),
    behaviour: behaviourOf(version, options),
    statuses: statusTable(options.statuses),
  };
  const faults = new Faults();
  const counts = new Map<string, number>();
  const app = createServer({ shop, auth, now, faults, counts });
  const handle: Omit<SandboxShop, 'baseUrl' | 'close'> = {
    ...deskOf(shop),
    version,
    auth,
    gateway,
    faults,
    sources: shop.sources,
    requests: () => Object.fromEntries(counts),
  };
  controlRoutes(app, handle);
  await app.listen({ host: '127.0.0.1', port: options.port ?? 0 });
  const { port } = app.server.address() as AddressInfo;
  return { ...handle, baseUrl: `http://127.0.0.1:${String(port)}`, close: () => app.close() };
};

type Desk = ShopperActions &
  StaffActions &
  Pick<SandboxShop, 'place' | 'placeCart' | 'seed' | 'order' | 'orders' | 'ledger'>;

const deskOf = (shop: Shop): Desk => {
  const placed = (record: OrderRecord): PlacedOrder => {
    shop.books.save();
    return { entityId: record.row.entity_id, incrementId: record.row.increment_id };
  };
  return {
    ...shopperActions(shop),
    ...staffActions(shop),
    place: (kind, options) => placed(placeCart(shop, cartOf(kind), options)),
    placeCart: (cart, options) => placed(placeCart(shop, cart, options)),
    seed: (order, options) => {
      const result = seedOrder(shop, structuredClone(order) as Fields, options);
      shop.books.save();
      return result;
    },
    order: (incrementId) => {
      const record = shop.books.findOrder(incrementId);
      if (!record) throw new Error(`The sandbox shop has no order ${incrementId}.`);
      return structuredClone(shownOrder(record, shop.behaviour));
    },
    orders: () =>
      shop.books.orders.map(({ row }) => ({
        entityId: row.entity_id,
        incrementId: row.increment_id,
        state: row.state,
        status: row.status,
      })),
    ledger: (incrementId) => ledgerOf(shop, incrementId),
  };
};
