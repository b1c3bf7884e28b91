import { hostname } from 'node:os';
import { loadClientConnectConfig } from '@temporalio/envconfig';
import { Connection } from '@temporalio/client';
import { DefaultLogger, NativeConnection, Runtime, Worker, type WorkflowBundleOption } from '@temporalio/worker';
import type { Logger } from 'pino';
import { createActivities } from '../activities';
import type { Deps } from '../activities/deps';
import { withCircuits } from '../activities/outages';
import { CantusError, misconfigured } from '../domain/errors';
import { taskQueue } from '../domain/identities';
import type { Settings } from '../domain/settings';
import { workflowBundle } from './bundle';
import { Heartbeat } from './heartbeat';
import { openInstance, refuseUnfit, type Instance } from './instance';
import { release } from './release';

/** Longer than any single SQL write, so that a stop never cuts one in half. */
const GRACE = '30 seconds';
const FORCE = '60 seconds';
/** Idle orders are cheap to load again; the cache need not hold them all. */
const CACHED_ORDERS = 500;
const DATABASE_PAUSES_MS = [1_000, 2_000, 5_000, 10_000, 30_000];

/**
 * Hosts the workflows and activities of every given instance until it is told to stop.
 * @throws CantusError misconfigured when an instance cannot run as it is set up
 */
export async function runWorker(all: readonly Settings[], log: Logger): Promise<void> {
  installRuntime(log);
  const { connectionOptions, namespace = 'default' } = loadClientConnectConfig();
  const native = await reach(() => NativeConnection.connect(connectionOptions), connectionOptions.address);
  const connection = await reach(() => Connection.connect(connectionOptions), connectionOptions.address);
  const closers: (() => Promise<void>)[] = [];
  try {
    const bundle = await workflowBundle();
    const workers: Worker[] = [];
    for (const settings of all) {
      const instance = await openPatiently(settings, connection, namespace, log);
      closers.push(() => instance.close());
      await refuseUnfit(instance.deps.store, settings);
      const circuits = withCircuits(instance.deps);
      closers.push(() => {
        circuits.close();
        return Promise.resolve();
      });
      workers.push(await createWorker(circuits.deps, native, namespace, bundle));
    }
    const running = Promise.all(workers.map((worker) => worker.run()));
    log.info({ instances: all.map((settings) => settings.instance), namespace }, 'worker ready');
    await running;
  } finally {
    await Promise.allSettled(closers.map((close) => close()));
    await connection.close();
    await native.close();
  }
  log.info('worker stopped');
}

const createWorker = (
  deps: Deps,
  connection: NativeConnection,
  namespace: string,
  workflowBundle: WorkflowBundleOption,
): Promise<Worker> => {
  const { settings } = deps;
  const { connection: database } = settings.counterpoint;
  return Worker.create({
    connection,
    namespace,
    taskQueue: taskQueue(settings.instance),
    workflowBundle,
    activities: createActivities(deps),
    // Named after the instance and this release; without it every event would carry the bundle's long checksum.
    workerDeploymentOptions: {
      version: { deploymentName: taskQueue(settings.instance), buildId: release() },
      useWorkerVersioning: false,
    },
    identity: `${String(process.pid)}@${hostname()}`,
    // The pool must never starve an activity that holds a slot.
    maxConcurrentActivityTaskExecutions: Math.max(2, database.poolMax),
    maxCachedWorkflows: CACHED_ORDERS,
    shutdownGraceTime: GRACE,
    shutdownForceTime: FORCE,
    interceptors: { activity: [(context) => ({ inbound: new Heartbeat(context) })] },
  });
};

function installRuntime(log: Logger): void {
  const metrics = process.env['CANTUS_METRICS_ADDRESS'];
  Runtime.install({
    logger: new DefaultLogger('WARN', ({ level, message, meta }) => {
      log[level === 'ERROR' ? 'error' : level === 'WARN' ? 'warn' : 'info'](meta ?? {}, message);
    }),
    ...(metrics === undefined || metrics === ''
      ? {}
      : { telemetryOptions: { metrics: { prometheus: { bindAddress: metrics } } } }),
  });
}

async function reach<T>(connect: () => Promise<T>, address: string | undefined): Promise<T> {
  try {
    return await connect();
  } catch (error) {
    throw misconfigured(
      {
        code: 'temporalUnreachable',
        message: `No Temporal server answers at ${address ?? 'localhost:7233'}. Start it, or set TEMPORAL_ADDRESS (and TEMPORAL_NAMESPACE, TEMPORAL_API_KEY) to yours.`,
      },
      error,
    );
  }
}

/** A database that is down when the worker starts is waited for; one that refuses the login is not. */
async function openPatiently(
  settings: Settings,
  connection: Connection,
  namespace: string,
  log: Logger,
): Promise<Instance> {
  for (let attempt = 0; ; attempt += 1) {
    try {
      return await openInstance(settings, connection, namespace, (fields, message) => {
        log.info(fields, message);
      });
    } catch (error) {
      const pause = DATABASE_PAUSES_MS[Math.min(attempt, DATABASE_PAUSES_MS.length - 1)] ?? 30_000;
      if (!(error instanceof CantusError) || error.kind !== 'transient') throw error;
      log.warn({ instance: settings.instance, code: error.code, pauseMs: pause }, error.message);
      await new Promise((resolve) => setTimeout(resolve, pause));
    }
  }
}
