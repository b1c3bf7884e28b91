import type { Settings } from '../settings';
import { startOfStoreDay } from '../time';

/** The part of the configuration that decides where an order belongs. */
export interface CensusRules {
  readonly statuses: readonly string[];
  /** ISO instant of the cut-off. */
  readonly from: string;
  readonly storeViews: readonly number[];
  /** Set by Cantus itself on imported orders. */
  readonly ownStatuses: readonly string[];
  readonly payments: Settings['payments'];
  /** An order younger than this may still be on its way into the import, milliseconds. */
  readonly importWithinMs: number;
  /** A change in the shop younger than this may still be on its way to its order, milliseconds. */
  readonly wakeWithinMs: number;
}

/** A pass may run late once; only the third miss is a gap. */
const PASSES = 3;

export function censusRules(settings: Settings): CensusRules {
  const { import: filter, statuses } = settings.magento;
  return {
    statuses: filter.statuses,
    from: startOfStoreDay(filter.from, settings.timezone),
    storeViews: filter.storeViews,
    ownStatuses: [statuses.inCounterpoint, statuses.needsAttention].flatMap((status) =>
      status === null || filter.statuses.includes(status) ? [] : [status],
    ),
    payments: settings.payments,
    importWithinMs: PASSES * settings.schedules.import * 1_000,
    wakeWithinMs: PASSES * settings.schedules.watchMagento * 1_000,
  };
}
