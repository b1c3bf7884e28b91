import { tellIncident } from '../passes/tell-incident';
import { SIGNAL } from '../domain/engine-names';
import { incidentWorkflowId } from '../domain/identities';
import type { System } from '../domain/order/outage';
import { behind, Circuit } from './circuit';
import type { Deps } from '../passes/deps';

export interface Guarded {
  readonly deps: Deps;
  close(): void;
}

/**
 * One circuit for each of an instance's two systems: an outage is one incident of the instance, however many orders
 * meet it, and they go on by themselves once it is over (P-18, P-19).
 */
export function withCircuits(deps: Deps, now: () => number = Date.now): Guarded {
  const { shop, target, notebook, log, settings } = deps;
  const circuit = (system: System, probe: () => Promise<unknown>): Circuit =>
    new Circuit({
      system,
      probe,
      now,
      tell: async (since, met) => {
        await tellOutage(deps, system, since, met);
        const { instance } = settings;
        if (since !== null) log({ instance, system, since: new Date(since).toISOString(), warning: true }, 'no answer');
        else log({ instance, system }, 'answers');
      },
    });
  const toShop = circuit('shop', () => shop.clock());
  // Our own notes lie in the same database: they go with it.
  const toStore = circuit('counterpoint', () => target.clock());
  return {
    deps: { ...deps, shop: behind(toShop, shop), target: behind(toStore, target), notebook: behind(toStore, notebook) },
    close: () => {
      toShop.close();
      toStore.close();
    },
  };
}

/** Short ones are over before anybody is told: the incident gathers first. */
async function tellOutage(deps: Deps, system: System, since: number | null, met: string | null): Promise<void> {
  const incident = incidentWorkflowId(deps.settings.instance, 'outage');
  const about = { order: system, action: 'outage' } as const;
  const calm = 'Nothing has to be done for the orders: they wait, and go on by themselves once it answers.';
  const message = met === null ? calm : `${met} ${calm}`;
  await tellIncident(
    deps,
    incident,
    'outage',
    SIGNAL.report,
    since === null ? { kind: 'solved', ...about } : { kind: 'raised', ...about, message },
  );
}
