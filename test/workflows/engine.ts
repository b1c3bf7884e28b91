import { Client, Connection } from '@temporalio/client';
import { NativeConnection, type WorkflowBundlePath } from '@temporalio/worker';
import { startDevServer } from '../../sandbox/temporal';
import { builtBundle } from '../support/built';

/** A real engine for one file of tests, and what speaks to it. */
export interface TestEngine {
  readonly client: Client;
  readonly native: NativeConnection;
  readonly bundle: WorkflowBundlePath;
  close(): Promise<void>;
}

/** @param dynamicConfig settings of the server that differ */
export async function startEngine(dynamicConfig: Readonly<Record<string, number>> = {}): Promise<TestEngine> {
  const [server, bundle] = await Promise.all([startDevServer({ uiPort: null, dynamicConfig }), builtBundle()]);
  const [connection, native] = await Promise.all([
    Connection.connect({ address: server.address }),
    NativeConnection.connect({ address: server.address }),
  ]);
  return {
    client: new Client({ connection, namespace: server.namespace }),
    native,
    bundle,
    close: async () => {
      await Promise.all([connection.close(), native.close()]);
      await server.close();
    },
  };
}
