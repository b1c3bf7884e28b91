import { WorkflowNotFoundError } from '@temporalio/client';
import { storeActivities } from '../../activities/counterpoint';
import type { Deps } from '../../passes/deps';
import { lookActivities } from '../../activities/observe';
import type { Seen } from '../../activities/contract';
import { createShop } from '../../magento';
import {
  SANDBOX_TOKEN,
  startShop,
  type OrderKind,
  type SandboxShop,
  type SandboxShopOptions,
} from '../../sandbox/shop';
import { storeBench, type StoreBench } from './store';

/** Activities against the sandbox's shop and a real database, without an engine: its place is taken by what was signalled. */
export interface Looking {
  readonly shop: SandboxShop;
  readonly bench: StoreBench;
  readonly deps: Deps;
  /** Orders whose workflow still runs; others are not heard. */
  readonly running: Set<string>;
  readonly signalled: string[];
  readonly logged: { readonly fields: Record<string, unknown>; readonly text: string }[];
  /** Places an order and writes its document. */
  imported(kind: OrderKind): Promise<{ readonly order: string; readonly entityId: number }>;
  look(order: string): Promise<Seen>;
  close(): Promise<void>;
}

export async function looking(options: SandboxShopOptions = {}): Promise<Looking> {
  const [bench, shop] = await Promise.all([storeBench(), startShop(options)]);
  const running = new Set<string>();
  const signalled: string[] = [];
  const logged: Looking['logged'] = [];
  const settings = {
    ...bench.settings,
    magento: {
      ...bench.settings.magento,
      baseUrl: shop.baseUrl,
      auth: { kind: 'token' as const, token: SANDBOX_TOKEN },
      requestsPerSecond: 500,
    },
  };
  const orderOf = (id: string): string => id.split(':').at(-1) ?? id;
  const client = {
    workflow: {
      getHandle: (id: string) => ({
        signal: () => {
          if (!running.has(orderOf(id))) return Promise.reject(new WorkflowNotFoundError('ended', id, undefined));
          signalled.push(orderOf(id));
          return Promise.resolve();
        },
        describe: () =>
          running.has(orderOf(id))
            ? Promise.resolve({
                workflowId: id,
                status: { name: 'RUNNING' },
                startTime: new Date(0),
                typedSearchAttributes: { get: () => undefined },
              })
            : Promise.reject(new WorkflowNotFoundError('forgotten', id, undefined)),
      }),
    },
  };
  const deps = {
    settings,
    target: bench.store.target,
    notebook: bench.store.notebook,
    shop: createShop(settings.magento, { looksMs: [0] }),
    client,
    log: (fields: Record<string, unknown>, text: string) => logged.push({ fields, text }),
  } as unknown as Deps;
  const entityOf = (order: string): number => shop.order(order)['entity_id'] as number;
  return {
    shop,
    bench,
    deps,
    running,
    signalled,
    logged,
    imported: async (kind) => {
      const { incrementId: order, entityId } = shop.place(kind);
      await storeActivities(deps).createDocument({ order, entityId });
      running.add(order);
      return { order, entityId };
    },
    look: (order) => lookActivities(deps).observe({ order, entityId: entityOf(order) }),
    close: async () => {
      await shop.close();
      await bench.close();
    },
  };
}
