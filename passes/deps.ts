import type { Client } from '@temporalio/client';
import type { Store } from '../counterpoint';
import type { Settings } from '../domain/settings';
import type { Shop } from '../magento';

export type Log = (fields: object, message: string) => void;

/** What activities work with; built once per worker. `heartbeat` tells the engine that a long pass is alive. */
export interface Deps {
  readonly settings: Settings;
  readonly shop: Shop;
  readonly store: Store;
  readonly client: Client;
  readonly log: Log;
}

/** Tells the engine that a long pass is alive; nothing where nobody listens. */
export type Alive = () => void;
