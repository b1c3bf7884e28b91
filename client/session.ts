import { Client, Connection } from '@temporalio/client';
import { loadClientConnectConfig } from '@temporalio/envconfig';
import type { Log } from '../passes/deps';
import type { Settings } from '../domain/settings';
import { openInstance, type Instance } from '../worker/instance';
import { CannotRun } from './output';

export interface Engine {
  readonly client: Client;
  readonly connection: Connection;
  readonly namespace: string;
}

/** Connects to Temporal as TEMPORAL_* says, runs the work, and closes again. */
export async function withEngine<T>(work: (engine: Engine) => Promise<T>): Promise<T> {
  const { connectionOptions, namespace = 'default' } = loadClientConnectConfig();
  const connection = await Connection.connect({ ...connectionOptions, connectTimeout: '5 seconds' }).catch(
    (error: unknown) => {
      throw new CannotRun(
        `No Temporal server answers at ${connectionOptions.address ?? 'localhost:7233'}. Start it, or set TEMPORAL_ADDRESS to yours.`,
        { cause: error },
      );
    },
  );
  try {
    return await work({ client: new Client({ connection, namespace }), connection, namespace });
  } finally {
    await connection.close();
  }
}

const silent: Log = () => undefined;

/** The same with the clients of one instance open. */
export async function withInstance<T>(
  engine: Engine,
  settings: Settings,
  work: (instance: Instance) => Promise<T>,
): Promise<T> {
  const instance = await openInstance(settings, engine.connection, engine.namespace, silent);
  try {
    return await work(instance);
  } finally {
    await instance.close();
  }
}
