import { heartbeat, sleep } from '@temporalio/activity';
import { ApplicationFailure } from '@temporalio/common';
import { tellOverdue } from '../passes/ages';
import { classify } from './classify';
import type { Activities } from './contract';
import { storeActivities } from './counterpoint';
import type { Deps } from '../passes/deps';
import { importPass } from '../passes/import';
import { lookActivities } from './observe';
import { shopActivities } from './magento';
import { tellActivities } from './notify';
import { watchCounterpointPass } from '../passes/watches';
import { lookingAfterPasses, scheduledCensus, watchRound } from '../passes/rounds';

/** Every activity of an instance, built from its clients. */
export function createActivities(deps: Deps): Activities {
  const beat = (): void => {
    heartbeat();
  };
  return guarded(deps, {
    ...lookActivities(deps),
    ...storeActivities(deps),
    ...shopActivities(deps, sleep),
    ...tellActivities(deps),
    importOrders: ({ since }) => lookingAfterPasses(deps, 'import', () => importPass(deps, since, beat)),
    watchCounterpoint: () => lookingAfterPasses(deps, 'watch-counterpoint', () => watchCounterpointPass(deps, beat)),
    watchMagento: ({ since }) => lookingAfterPasses(deps, 'watch-magento', () => watchRound(deps, since, beat)),
    watchAges: () => tellOverdue(deps),
    takeCensus: () => scheduledCensus(deps, beat),
  });
}

/** One place where whatever goes wrong is logged in full and leaves as a typed failure without personal data. */
function guarded(deps: Deps, activities: Activities): Activities {
  const wrap =
    <I, R>(name: string, run: (input: I) => Promise<R>) =>
    async (input: I): Promise<R> => {
      try {
        return await run(input);
      } catch (error) {
        const failure = classify(error);
        deps.log(
          {
            instance: deps.settings.instance,
            activity: name,
            code: failure instanceof ApplicationFailure ? failure.type : 'stopped',
            ...orderOf(input),
            err: error,
          },
          'activity failed',
        );
        throw failure;
      }
    };
  return Object.fromEntries(
    Object.entries(activities).map(([name, run]) => [name, wrap(name, run as (input: unknown) => Promise<unknown>)]),
  ) as unknown as Activities;
}

const orderOf = (input: unknown): object =>
  typeof input === 'object' && input !== null && 'order' in input ? { order: input.order } : {};
