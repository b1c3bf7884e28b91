import { randomUUID } from 'node:crypto';
import { QUERY } from '../../domain/engine-names';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client, Connection } from '@temporalio/client';
import { stringify } from 'yaml';
import { orderWorkflowId } from '../../domain/identities';
import type { OrderView } from '../../domain/people/order-view';
import {
  createClerk,
  createCounterpoint,
  createDatabase,
  SEED,
  seedItem,
  startPostgres,
  type Clerk,
  type PostgresServer,
  type SandboxDatabase,
} from '../counterpoint';
import { openLine, type Line } from '../line';
import { startShop, type SandboxShop, type ShopVersion } from '../shop';
import { startDevServer } from '../temporal';
import { merge, sandboxConfiguration } from './configuration';
import { runCantus, WorkerProcess, type Answer } from './process';

const TOKEN = 'sandbox-token';
/** Articles of the shop's order kinds beside the standard ones. */
const SHOP_SKUS = ['E-BOOK', 'GC-50', 'FABRIC-M', 'S1-engraved', 'BF', 'BF-S1-S2'];

export interface StageOptions {
  /** Instance name; several stages may share one engine. */
  readonly instance?: string;
  /** Changes to the configuration the stage writes, merged over its own. */
  readonly configuration?: Readonly<Record<string, unknown>>;
  /** A PostgreSQL that already runs; without it the stage starts one of its own. */
  readonly postgres?: Pick<PostgresServer, 'port' | 'url'>;
  /** The built command, which starts sooner than the sources do. */
  readonly command?: string;
  /** A workflow bundle made before, so that workers start sooner. */
  readonly bundle?: string;
  readonly port?: {
    readonly page?: number;
    readonly shop?: number;
    readonly temporal?: number;
    readonly temporalUi?: number;
  };
  readonly version?: ShopVersion;
  /** The engine keeps its orders in a file and can be restarted; the worker reaches it over a line. */
  readonly durableEngine?: boolean;
}

/** A shop, a Counterpoint, an engine and a worker of their own, all on this machine and all to be taken down again. */
export interface Stage {
  readonly instance: string;
  readonly shop: SandboxShop;
  readonly database: SandboxDatabase;
  readonly clerk: Clerk;
  /** The worker's lines to the shop and to the database; faults are made here. */
  readonly shopLine: Line;
  readonly databaseLine: Line;
  /** The worker's line to the engine, where the stage was opened with `durableEngine`. */
  readonly engineLine?: Line;
  readonly client: Client;
  readonly worker: WorkerProcess;
  readonly configFile: string;
  readonly logFile: string;
  readonly addresses: {
    readonly temporal: string;
    readonly temporalUi: string | null;
    readonly shop: string;
    readonly database: string;
  };
  cantus(...args: string[]): Promise<Answer>;
  /** Stops the engine and starts it again on its file and its port (`durableEngine`). */
  restartEngine(): Promise<void>;
  /** Replaces the worker by one that runs another workflow bundle, as a deployment does. */
  deploy(bundle: string): Promise<void>;
  /** Adds an article to Counterpoint, as a buyer would. */
  addItem(itemNo: string): Promise<void>;
  /** Adds an A/R customer to Counterpoint. */
  addAccountCustomer(number: string, email: string): Promise<void>;
  /** kill −9 at the moment Counterpoint has committed this order's document and the worker has not heard of it. */
  killAfterCommit(order: string): Promise<void>;
  /** What the order's workflow says of itself; undefined while it does not answer or is unknown. */
  view(order: string): Promise<OrderView | undefined>;
  close(): Promise<void>;
}

export async function openStage(options: StageOptions = {}): Promise<Stage> {
  const instance = options.instance ?? 'sandbox';
  const folder = await mkdtemp(join(tmpdir(), 'cantus-'));
  const closers: (() => Promise<unknown>)[] = [() => rm(folder, { recursive: true, force: true })];
  const close = async (): Promise<void> => {
    for (const closer of closers.reverse()) await closer().catch(() => undefined);
  };
  try {
    const engineOptions = options.durableEngine === true ? { dbFilename: join(folder, 'engine.db'), uiPort: null } : {};
    const [firstEngine, postgres, shop] = await Promise.all([
      startDevServer({
        ...engineOptions,
        ...(options.port?.temporal === undefined ? {} : { port: options.port.temporal }),
        ...(options.port?.temporalUi === undefined ? {} : { uiPort: options.port.temporalUi }),
      }),
      options.postgres ?? ownPostgres(closers),
      startShop({
        auth: { token: TOKEN },
        ...(options.port?.shop === undefined ? {} : { port: options.port.shop }),
        ...(options.version === undefined ? {} : { version: options.version }),
      }),
    ]);
    let engine = firstEngine;
    closers.push(
      () => engine.close(),
      () => shop.close(),
    );
    const name = `counterpoint_${randomUUID().slice(0, 8)}`;
    await createDatabase(postgres.url('postgres'), name);
    const database = await createCounterpoint(postgres.url(name), { skus: SHOP_SKUS });
    closers.push(() => database.close());
    const databaseLine = await openLine({ host: '127.0.0.1', port: postgres.port });
    const shopLine = await openLine({ host: '127.0.0.1', port: Number(new URL(shop.baseUrl).port) });
    closers.push(
      () => databaseLine.close(),
      () => shopLine.close(),
    );
    const enginePort = Number(engine.address.split(':')[1]);
    const engineLine =
      options.durableEngine === true ? await openLine({ host: '127.0.0.1', port: enginePort }) : undefined;
    if (engineLine) closers.push(() => engineLine.close());
    const connection = await Connection.connect({ address: engine.address });
    closers.push(() => connection.close());
    const client = new Client({ connection, namespace: engine.namespace });

    const configFile = join(folder, 'sandbox.yaml');
    const databaseUrl = postgres.url(name).replace(`:${String(postgres.port)}/`, `:${String(databaseLine.port)}/`);
    const own = sandboxConfiguration(instance, `http://127.0.0.1:${String(shopLine.port)}`, databaseUrl);
    await writeFile(configFile, stringify(merge(own, options.configuration ?? {})));
    const env: NodeJS.ProcessEnv = {
      ...process.env,
      TEMPORAL_ADDRESS: engine.address,
      TEMPORAL_NAMESPACE: engine.namespace,
      SANDBOX_SHOP_TOKEN: TOKEN,
      ...(options.bundle === undefined ? {} : { CANTUS_WORKFLOW_BUNDLE: options.bundle }),
    };
    const logFile = join(folder, 'worker.log');
    const workerEnv = engineLine ? { ...env, TEMPORAL_ADDRESS: `127.0.0.1:${String(engineLine.port)}` } : env;
    const worker = new WorkerProcess([configFile], workerEnv, logFile, options.command);
    closers.push(() => worker.stop());

    return {
      instance,
      shop,
      database,
      clerk: createClerk(database),
      shopLine,
      databaseLine,
      ...(engineLine ? { engineLine } : {}),
      client,
      worker,
      configFile,
      logFile,
      close,
      addresses: {
        temporal: engine.address,
        temporalUi: engine.uiAddress,
        shop: shop.baseUrl,
        database: postgres.url(name),
      },
      addItem: (itemNo) => seedItem(database, { itemNo, description: itemNo, price: '10.00' }),
      addAccountCustomer: (number, email) =>
        database.insert('AR_CUST', {
          CUST_NO: number,
          NAM: number,
          NAM_UPR: number,
          CUST_TYP: 'A',
          CUST_NAM_TYP: 'B',
          ALLOW_AR_CHRG: 'Y',
          IS_ECOMM_CUST: 'N',
          EMAIL_ADRS_1: email,
          STR_ID: SEED.store,
          SLS_REP: SEED.user,
        }),
      restartEngine: async () => {
        await engine.close();
        engine = await startDevServer({ ...engineOptions, port: enginePort });
      },
      deploy: async (bundle) => {
        await worker.stop();
        await worker.start({ CANTUS_WORKFLOW_BUNDLE: bundle });
      },
      killAfterCommit: async (order) => {
        const kept = await databaseLine.keepAnswerBack(
          (sent) => isCommitOf(sent, order),
          (answer) => answer.includes('COMMIT'),
        );
        await worker.kill();
        kept.cut();
      },
      cantus: (...args) => runCantus([...args, '--config', configFile], env, options.command),
      view: (order) =>
        client.workflow
          .getHandle(orderWorkflowId(instance, order))
          .query<OrderView>(QUERY.status)
          .catch(() => undefined),
    };
  } catch (error) {
    await close();
    throw error;
  }
}

async function ownPostgres(closers: (() => Promise<unknown>)[]): Promise<PostgresServer> {
  const server = await startPostgres();
  closers.push(() => server.close());
  return server;
}

/** The last transaction on a connection wrote this order's document and asks to commit. */
export function isCommitOf(sent: string, order: string): boolean {
  const transaction = sent.slice(sent.toLowerCase().lastIndexOf('start transaction'));
  return (
    transaction.includes(order) && /insert into "dbo"\."PS_DOC_HDR"/i.test(transaction) && /commit/i.test(transaction)
  );
}
