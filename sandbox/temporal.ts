import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import { Connection } from '@temporalio/client';
import { loadClientConnectConfig } from '@temporalio/envconfig';
import { temporal } from '@temporalio/proto';
import { TestWorkflowEnvironment } from '@temporalio/testing';
import { misconfigured, transient, type CantusError } from '../domain/errors';
import { SEARCH_ATTRIBUTES, type SearchAttributeKind } from '../domain/search-attributes';
import { spawnWithLifeline, type Lifeline } from './lifeline';
import { findTemporal } from './temporal-binary';

export interface DevServerOptions {
  /** Port of the server on 127.0.0.1; a free one by default. */
  readonly port?: number;
  /** Port of its web page; a free one by default, null for none. */
  readonly uiPort?: number | null;
  /** SQLite file that keeps workflows over a restart; in memory by default. */
  readonly dbFilename?: string;
  /** Default: Cantus's own. */
  readonly searchAttributes?: Readonly<Record<string, SearchAttributeKind>>;
  /** Default: `default`. */
  readonly namespace?: string;
  /** Settings of the server itself, by the names it gives them; of a server of one's own only. */
  readonly dynamicConfig?: Readonly<Record<string, string | number | boolean>>;
}

export interface DevServer {
  /** host:port */
  readonly address: string;
  /** Address of the web page; null when a server of somebody else is used, or no page was asked for. */
  readonly uiAddress: string | null;
  readonly namespace: string;
  /** Stops what was started; a server of somebody else goes on. */
  close(): Promise<void>;
}

const READY_WITHIN_MS = 60_000;
const ASK_AGAIN_MS = 100;
const ATTEMPTS = 3;

/**
 * A Temporal server to play and test with: the one `TEMPORAL_ADDRESS` names, else one of our own on 127.0.0.1.
 * Resolves when the namespace is there and every search attribute is registered.
 * @throws CantusError `temporalNotFound` when no executable can be had, `portTaken`, or
 * `temporalNotReady` when it does not come up.
 */
export async function startDevServer(options: DevServerOptions = {}): Promise<DevServer> {
  const wanted = options.searchAttributes ?? SEARCH_ATTRIBUTES;
  if ((process.env['TEMPORAL_ADDRESS'] ?? '') !== '') return useExistingServer(options, wanted);
  const executable = await findTemporal('temporal');
  for (let attempt = 1; ; attempt += 1) {
    const started = await launch(executable, options, wanted);
    if ('address' in started) return started;
    if (attempt === ATTEMPTS) throw notReady(started.lastWords);
  }
}

/** It ended by itself, as it does when somebody else was faster at a free port. */
interface Gone {
  readonly lastWords: string;
}

/** A deleted run goes once its closing is acknowledged, which a server of its own settings does every half minute. */
const FORGETS_AT_ONCE = { 'history.transferProcessorUpdateAckInterval': '1s' };

/** Starts the server once. */
async function launch(
  executable: string,
  options: DevServerOptions,
  wanted: Readonly<Record<string, SearchAttributeKind>>,
): Promise<DevServer | Gone> {
  const namespace = options.namespace ?? 'default';
  const port = await freePort(options.port);
  const uiPort = options.uiPort === undefined ? await freePort() : options.uiPort;
  const address = `127.0.0.1:${String(port)}`;
  const server = spawnWithLifeline(executable, [
    ...['server', 'start-dev', '--ip', '127.0.0.1', '--port', String(port), '--namespace', namespace],
    ...(uiPort === null ? ['--headless'] : ['--ui-ip', '127.0.0.1', '--ui-port', String(uiPort)]),
    ...(options.dbFilename === undefined ? [] : ['--db-filename', options.dbFilename]),
    ...Object.entries(wanted).flatMap(([name, kind]) => ['--search-attribute', `${name}=${CLI_KINDS[kind]}`]),
    ...Object.entries({ ...FORGETS_AT_ONCE, ...options.dynamicConfig }).flatMap(([name, value]) => [
      '--dynamic-config-value',
      `${name}=${JSON.stringify(value)}`,
    ]),
    ...['--log-level', 'error'],
  ]);
  if (!(await untilReady(server, address, { namespace, names: Object.keys(wanted) }))) {
    return { lastWords: server.lastWords() };
  }
  const uiAddress = uiPort === null ? null : `http://127.0.0.1:${String(uiPort)}`;
  return { address, uiAddress, namespace, close: () => server.close() };
}

const notReady = (why: string): CantusError =>
  transient({
    code: 'temporalNotReady',
    message: `The Temporal server did not come up: ${why}.`,
    remedy: 'See whether the executable runs on this machine; then start again.',
  });

/**
 * The server that skips time, with Cantus's search attributes registered: an upsert of an unknown one would not
 * fail there but wait for ever. Knows no schedules and no lists. Ends with `teardown()`.
 */
export async function startTimeSkipping(): Promise<TestWorkflowEnvironment> {
  const path = await findTemporal('temporal-test-server');
  const environment = await TestWorkflowEnvironment.createTimeSkipping({
    server: { executable: { type: 'existing-path', path } },
  });
  await addSearchAttributes(environment.connection, environment.namespace ?? 'default', SEARCH_ATTRIBUTES);
  return environment;
}

const { IndexedValueType } = temporal.api.enums.v1;
const CLI_KINDS: Readonly<Record<SearchAttributeKind, string>> = { KEYWORD: 'Keyword', DOUBLE: 'Double' };
const API_KINDS: Readonly<Record<SearchAttributeKind, temporal.api.enums.v1.IndexedValueType>> = {
  KEYWORD: IndexedValueType.INDEXED_VALUE_TYPE_KEYWORD,
  DOUBLE: IndexedValueType.INDEXED_VALUE_TYPE_DOUBLE,
};

async function addSearchAttributes(
  connection: Connection,
  namespace: string,
  wanted: Readonly<Record<string, SearchAttributeKind>>,
): Promise<void> {
  const searchAttributes = Object.fromEntries(Object.entries(wanted).map(([name, kind]) => [name, API_KINDS[kind]]));
  if (Object.keys(searchAttributes).length === 0) return;
  await connection.operatorService.addSearchAttributes({ namespace, searchAttributes });
}

/** Somebody else's server keeps what it has; only what is missing is registered. */
async function useExistingServer(
  options: DevServerOptions,
  wanted: Readonly<Record<string, SearchAttributeKind>>,
): Promise<DevServer> {
  const config = loadClientConnectConfig();
  const namespace = options.namespace ?? config.namespace ?? 'default';
  const address = config.connectionOptions.address ?? 'localhost:7233';
  const connection = await Connection.connect(config.connectionOptions).catch((error: unknown) => {
    throw misconfigured(
      {
        code: 'temporalUnreachable',
        message: `No Temporal server answers at ${address}, which TEMPORAL_ADDRESS names. Start it, or unset TEMPORAL_ADDRESS.`,
        remedy: 'Start it, or unset TEMPORAL_ADDRESS.',
      },
      error,
    );
  });
  try {
    const present = await registeredAttributes(connection, namespace);
    const missing = Object.entries(wanted).filter(([name]) => !present.has(name));
    await addSearchAttributes(connection, namespace, Object.fromEntries(missing));
  } finally {
    await connection.close();
  }
  return { address, uiAddress: null, namespace, close: () => Promise.resolve() };
}

async function registeredAttributes(connection: Connection, namespace: string): Promise<Set<string>> {
  const { customAttributes } = await connection.operatorService.listSearchAttributes({ namespace });
  return new Set(Object.keys(customAttributes));
}

interface Readiness {
  readonly namespace: string;
  readonly names: readonly string[];
}

/** False when the server ended by itself before it was ready. */
async function untilReady(server: Lifeline, address: string, readiness: Readiness): Promise<boolean> {
  const ended = server.exited.then(() => true);
  const deadline = Date.now() + READY_WITHIN_MS;
  for (;;) {
    const problem = await whatIsMissing(address, readiness);
    if (problem === null) return true;
    if (await Promise.race([ended, pause(ASK_AGAIN_MS)])) return false;
    if (Date.now() > deadline) {
      await server.close();
      throw notReady(server.lastWords() === '' ? problem : server.lastWords());
    }
  }
}

const pause = (ms: number): Promise<false> => new Promise((resolve) => setTimeout(() => resolve(false), ms));

async function whatIsMissing(address: string, { namespace, names }: Readiness): Promise<string | null> {
  try {
    const connection = await Connection.connect({ address, connectTimeout: 1_000 });
    try {
      await connection.workflowService.describeNamespace({ namespace });
      const present = await registeredAttributes(connection, namespace);
      const missing = names.filter((name) => !present.has(name));
      return missing.length === 0 ? null : `search attributes missing: ${missing.join(', ')}`;
    } finally {
      await connection.close();
    }
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

/**
 * A port nobody listens on, or the wanted one once that is proven: a server that is already there would answer
 * in place of ours. It is free again when returned, so the caller should take it at once.
 */
async function freePort(wanted = 0): Promise<number> {
  const probe = createServer();
  try {
    await once(probe.listen(wanted, '127.0.0.1'), 'listening');
  } catch (error) {
    throw transient(
      {
        code: 'portTaken',
        message: `Port ${String(wanted)} on 127.0.0.1 cannot be used for the Temporal server. Stop what listens there, or choose another port.`,
        remedy: 'Stop what listens there, or choose another port.',
      },
      error,
    );
  }
  const { port } = probe.address() as AddressInfo;
  await once(probe.close(), 'close');
  return port;
}
