import type { Client } from '@temporalio/client';
import type { Notebook } from '../domain/ports/notebook';
import type { Shop } from '../domain/ports/shop';
import type { Target } from '../domain/ports/target';
import type { Settings } from '../domain/settings';

export type Log = (fields: object, message: string) => void;

/** What activities work with; built once per worker. `heartbeat` tells the engine that a long pass is alive. */
export interface Deps {
  readonly settings: Settings;
  readonly shop: Shop;
  readonly target: Target;
  readonly notebook: Notebook;
  readonly client: Client;
  readonly log: Log;
}

/** Tells the engine that a long pass is alive; nothing where nobody listens. */
export type Alive = () => void;
