import { Client, type Connection } from '@temporalio/client';
import { openStore } from '../counterpoint';
import { misconfigured } from '../domain/errors';
import type { Target } from '../domain/ports/target';
import type { Settings } from '../domain/settings';
import { createShop } from '../magento';
import type { Deps, Log } from '../passes/deps';

export interface Instance {
  readonly deps: Deps;
  close(): Promise<void>;
}

/** The clients of one instance: one shop, one pool, one connection to the engine. */
export async function openInstance(
  settings: Settings,
  connection: Connection,
  namespace: string,
  log: Log,
): Promise<Instance> {
  const store = await openStore(settings, { log });
  const shop = createShop(settings.magento, { log });
  const client = new Client({ connection, namespace });
  return {
    deps: { settings, shop, target: store.target, notebook: store.notebook, client, log },
    close: () => store.close(),
  };
}

/**
 * Refuses to run on a database the queries do not fit, before anything is written.
 * @throws CantusError misconfigured, with every problem in its message
 */
export async function refuseUnfit(target: Target, settings: Settings): Promise<void> {
  const problems = await target.check();
  if (problems.length === 0) return;
  throw misconfigured({
    code: 'databaseUnfit',
    message: `Instance ${settings.instance} cannot run on this Counterpoint database:\n${problems.map((problem) => `  - ${problem}`).join('\n')}`,
  });
}
