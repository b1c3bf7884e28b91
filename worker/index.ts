import { LIMITS } from '../domain/limits';
import { hostname } from 'node:os';
import { loadClientConnectConfig } from '@temporalio/envconfig';
import { Connection } from '@temporalio/client';
import { DefaultLogger, NativeConnection, Runtime, Worker, type WorkflowBundleOption } from '@temporalio/worker';
import type { Logger } from 'pino';
import { createActivities } from '../activities';
import type { Deps } from '../passes/deps';
import { withCircuits } from '../activities/outages';
import { CantusError, misconfigured } from '../domain/errors';
import { taskQueue } from '../domain/identities';
import type { Settings } from '../domain/settings';
import { workflowBundle } from './bundle';
import { Heartbeat } from './heartbeat';
import { openInstance, refuseUnfit } from './instance';
import { keepServing, type Serving } from './keep-serving';
import { release } from './release';

/** Idle orders are cheap to load again; the cache need not hold them all. */
const CACHED_ORDERS = 500;

/**
 * Hosts the workflows and activities of every given instance until it is told to stop. Each instance comes up by itself:
 * one whose database is away or refuses waits, named, while the others work (PC-A).
 * @throws CantusError misconfigured when no instance at all can run as it is set up
 */
export async function runWorker(all: readonly Settings[], log: Logger): Promise<void> {
  const stop = stopOnSignal();
  installRuntime(log);
  const { connectionOptions, namespace = 'default' } = loadClientConnectConfig();
  const native = await reach(() => NativeConnection.connect(connectionOptions), connectionOptions.address);
  const connection = await reach(() => Connection.connect(connectionOptions), connectionOptions.address);
  const roll = new Roll(all, namespace, log);
  try {
    const bundle = await workflowBundle();
    const open = (settings: Settings): Promise<Serving> =>
      openServing(settings, { connection, native, namespace, bundle, log });
    await Promise.race([
      roll.refusal,
      Promise.all(
        all.map((settings) =>
          keepServing({
            instance: settings.instance,
            open: () => open(settings),
            stop: stop.signal,
            log,
            tried: (error) => {
              roll.tried(settings.instance, error);
            },
            polls: () => {
              roll.polls(settings.instance);
            },
          }),
        ),
      ),
    ]);
  } finally {
    stop.abort();
    await connection.close();
    // Not while an instance is still coming up on it; the process ends anyway.
    await native.close().catch(() => undefined);
  }
  log.info('worker stopped');
}

/** Who polls and who does not, so that "ready" is said once, and a process that can do nothing at all ends. */
class Roll {
  readonly #tried = new Map<string, unknown>();
  readonly #polling = new Set<string>();
  #said = false;
  #refuse: (error: unknown) => void = () => undefined;
  /** Fails when every instance is set up wrongly; never resolves. */
  readonly refusal = new Promise<never>((_, reject) => {
    this.#refuse = reject;
  });

  constructor(
    private readonly all: readonly Settings[],
    private readonly namespace: string,
    private readonly log: Logger,
  ) {}

  polls(instance: string): void {
    this.#polling.add(instance);
    if (this.#said) this.log.info({ instance }, 'instance ready');
    else this.#sayReady();
  }

  tried(instance: string, error: unknown): void {
    this.#tried.set(instance, error);
    const errors = [...this.#tried.values()];
    if (errors.length === this.all.length && errors.every(isMisconfigured)) this.#refuse(inOne(errors));
    else this.#sayReady();
  }

  #sayReady(): void {
    const names = this.all.map(({ instance }) => instance);
    if (this.#said || this.#polling.size === 0 || names.some((name) => !this.#known(name))) return;
    this.#said = true;
    const waiting = names.filter((name) => !this.#polling.has(name));
    const { namespace } = this;
    this.log.info(
      { instances: [...this.#polling], ...(waiting.length > 0 ? { waiting } : {}), namespace },
      'worker ready',
    );
  }

  #known = (instance: string): boolean => this.#polling.has(instance) || this.#tried.has(instance);
}

const isMisconfigured = (error: unknown): error is CantusError =>
  error instanceof CantusError && error.kind === 'misconfigured';

const inOne = (errors: readonly CantusError[]): CantusError => {
  const [first, ...more] = errors;
  if (first && more.length === 0) return first;
  return misconfigured({
    code: first?.code ?? 'misconfigured',
    message: `No instance can run:\n${errors.map(({ message }) => message).join('\n')}`,
  });
};

/** The engine's own runtime stops the workers that run; this also ends the waiting for those that do not. */
function stopOnSignal(): AbortController {
  const stop = new AbortController();
  for (const signal of ['SIGTERM', 'SIGINT', 'SIGQUIT', 'SIGUSR2'] as const)
    process.once(signal, () => {
      stop.abort();
    });
  return stop;
}

interface Surroundings {
  readonly connection: Connection;
  readonly native: NativeConnection;
  readonly namespace: string;
  readonly bundle: WorkflowBundleOption;
  readonly log: Logger;
}

/** @throws CantusError transient when its database does not answer, misconfigured when it must not run on it */
async function openServing(settings: Settings, around: Surroundings): Promise<Serving> {
  const { connection, native, namespace, bundle, log } = around;
  const instance = await openInstance(settings, connection, namespace, (fields, message) => {
    log.info(fields, message);
  });
  try {
    await refuseUnfit(instance.deps.target, settings);
    await instance.deps.notebook.register();
    const circuits = withCircuits(instance.deps);
    const worker = await createWorker(circuits.deps, native, namespace, bundle);
    return {
      run: () => worker.run(),
      close: () => {
        circuits.close();
        return instance.close();
      },
    };
  } catch (error) {
    await instance.close().catch(() => undefined);
    throw error;
  }
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
    shutdownGraceTime: LIMITS.stopGraceMs,
    shutdownForceTime: LIMITS.stopForceMs,
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
