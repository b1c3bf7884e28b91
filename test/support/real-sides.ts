import { quickWorker } from './quick-worker';
import type { WorkflowHandle } from '@temporalio/client';
import { builtBundle } from './built';
import type { TestWorkflowEnvironment } from '@temporalio/testing';
import { createActivities } from '../../activities';
import type { Deps } from '../../passes/deps';
import type { Guarded } from '../../activities/outages';
import { openStore } from '../../counterpoint';
import { orderWorkflowId, taskQueue } from '../../domain/identities';
import type { OrderView } from '../../domain/people/order-view';
import type { MagentoSettings, Settings } from '../../domain/settings';
import { createShop } from '../../magento';
import { openLine, type Line } from '../../sandbox/line';
import { readBooks, type Books } from '../../sandbox/play/books';
import {
  SANDBOX_TOKEN,
  startShop,
  type OrderKind,
  type PlacedOrder,
  type SandboxShop,
  type SandboxShopOptions,
} from '../../sandbox/shop';
import { startTimeSkipping } from '../../sandbox/temporal';
import type { order as orderWorkflow } from '../../workflows';
import { storeBench, type StoreBench } from './store';

export interface Scene {
  readonly handle: WorkflowHandle<typeof orderWorkflow>;
  readonly order: string;
  status(): Promise<OrderView>;
  /** Tells the order that something changed, as the watches do. */
  wake(): Promise<void>;
  /** Lets at most a quarter of an hour pass. */
  reach(state: OrderView['state']): Promise<void>;
  books(): Promise<Books>;
}

/** The real clients, shop, store and workflows, over lines that can be cut, with the engine's time skipped. */
export interface RealSides {
  readonly env: TestWorkflowEnvironment;
  readonly bench: StoreBench;
  readonly shop: SandboxShop;
  /** To the shop and to the database. */
  readonly lines: readonly Line[];
  /** One order and a worker; `guard` stands where a worker puts its clients behind circuits. */
  withOrder(
    placed: OrderKind | (() => PlacedOrder),
    play: (scene: Scene) => Promise<void>,
    guard?: (deps: Deps) => Guarded,
  ): Promise<void>;
  close(): Promise<void>;
}

const unguarded = (deps: Deps): Guarded => ({ deps, close: () => undefined });

export async function realSides(
  shopOptions: SandboxShopOptions = {},
  magento: Partial<MagentoSettings> = {},
): Promise<RealSides> {
  const [bundle, env, bench, shop] = await Promise.all([
    builtBundle(),
    startTimeSkipping(),
    storeBench(),
    startShop(shopOptions),
  ]);
  const { connection } = bench.settings.counterpoint;
  if (connection.kind !== 'sandbox') throw new Error('expected the sandbox engine');
  const database = new URL(connection.url);
  const shopLine = await openLine({ host: '127.0.0.1', port: Number(new URL(shop.baseUrl).port) });
  const databaseLine = await openLine({ host: '127.0.0.1', port: Number(database.port) });
  database.port = String(databaseLine.port);
  const settings: Settings = {
    ...bench.settings,
    magento: {
      ...bench.settings.magento,
      baseUrl: `http://127.0.0.1:${String(shopLine.port)}`,
      auth: { kind: 'token', token: SANDBOX_TOKEN },
      requestsPerSecond: 500,
      timeoutSeconds: 2,
      ...magento,
    },
    counterpoint: { ...bench.settings.counterpoint, connection: { ...connection, url: database.href } },
  };
  const queue = taskQueue(settings.instance);

  const withOrder: RealSides['withOrder'] = async (placed, play, guard = unguarded) => {
    const store = await openStore(settings);
    const client = createShop(settings.magento, { looksMs: [0] });
    const guarded = guard({
      settings,
      target: store.target,
      notebook: store.notebook,
      shop: client,
      client: env.client,
      log: () => undefined,
    });
    const worker = await quickWorker({
      connection: env.nativeConnection,
      taskQueue: queue,
      workflowBundle: bundle,
      activities: createActivities(guarded.deps),
    });
    try {
      await worker.runUntil(async () => {
        const { entityId, incrementId: order } = typeof placed === 'string' ? shop.place(placed) : placed();
        const handle = await env.client.workflow.start<typeof orderWorkflow>('order', {
          workflowId: orderWorkflowId(settings.instance, order),
          taskQueue: queue,
          args: [{ instance: settings.instance, order, entityId }],
        });
        const status = (): Promise<OrderView> => handle.query<OrderView>('status');
        await play({
          handle,
          order,
          status,
          wake: () => handle.signal('changed'),
          reach: async (state) => {
            for (let minute = 0; minute < 15; minute += 1) {
              if ((await status()).state === state) return;
              await env.sleep('1 minute');
            }
            throw new Error(`not ${state}: ${JSON.stringify(await status())}`);
          },
          books: () => readBooks(shop, bench.database, order),
        });
      });
    } finally {
      guarded.close();
      await store.close();
    }
  };

  return {
    env,
    bench,
    shop,
    lines: [shopLine, databaseLine],
    withOrder,
    close: async () => {
      await env.teardown();
      await Promise.all([shopLine.close(), databaseLine.close()]);
      await shop.close();
      await bench.close();
    },
  };
}
