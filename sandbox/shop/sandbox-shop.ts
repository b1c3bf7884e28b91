import type { AuthOptions } from './http/auth';
import type { FaultControls } from './http/faults';
import type { GatewayControls } from './money/gateway';
import type { Fields } from './json';
import type { OrderLedger } from './books/ledger';
import type { Cart } from './order-factory/cart';
import type { OrderKind } from './order-factory/kinds';
import type { PlacedOrder, PlaceOptions } from './order/place-order';
import type { SeedOptions } from './order/seed-order';
import type { ShopperActions } from './people/shopper';
import type { SourceControls } from './shipping/sources';
import type { StaffActions } from './people/staff';
import type { ShopVersion } from './versions';

/** A shop to play with: what the REST interface does not offer, for shoppers, staff, the gateway and faults. */
export interface SandboxShop extends ShopperActions, StaffActions {
  readonly baseUrl: string;
  readonly version: ShopVersion;
  readonly auth: AuthOptions;
  close(): Promise<void>;
  place(kind: OrderKind, options?: PlaceOptions): PlacedOrder;
  /** Places a cart of one's own making, e.g. from `randomCart`. */
  placeCart(cart: Cart, options?: PlaceOptions): PlacedOrder;
  /** Takes a recorded order over. */
  seed(order: unknown, options?: SeedOptions): PlacedOrder;
  /** The order as `GET /V1/orders/:id` answers it. */
  order(incrementId: string): Fields;
  orders(): readonly {
    readonly entityId: number;
    readonly incrementId: string;
    readonly state: string;
    readonly status: string | null;
  }[];
  ledger(incrementId: string): OrderLedger;
  readonly gateway: GatewayControls;
  readonly faults: FaultControls;
  readonly sources: SourceControls;
  /** Calls so far, by method and route, e.g. `GET /V1/orders/:id`. */
  requests(): Readonly<Record<string, number>>;
}
