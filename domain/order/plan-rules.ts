import type { Settings } from '../settings';
import type { PlanRules } from './steps';

/** The reference configuration's own values. */
export const DEFAULT_RULES: PlanRules = {
  statuses: {
    inCounterpoint: 'in_counterpoint',
    partiallyReleased: 'processing',
    final: 'complete',
    confirmedCancelled: 'confirmed_cancelled',
    needsAttention: 'needs_attention',
  },
  notify: true,
  tracking: true,
  shipPostedWithoutNumber: false,
  removeUntouched: false,
  captureRetries: { attempts: 0, everyMinutes: 60 },
};

/**
 * What a history means that says nothing; only differences from it travel. Histories stand on it, so it never changes,
 * even where the reference does: up to 0.1.0 a refused capture was retried by default.
 */
const UNSAID: PlanRules = { ...DEFAULT_RULES, captureRetries: { attempts: 3, everyMinutes: 60 } };

/** What of the rules has to be said; little, which keeps histories small. */
export interface RuleDifferences extends Partial<Omit<PlanRules, 'statuses'>> {
  readonly statuses?: Partial<PlanRules['statuses']>;
}

export function ruleDifferences(settings: Settings): RuleDifferences {
  const { statuses } = settings.magento;
  const rules: PlanRules = {
    statuses: {
      inCounterpoint: statuses.inCounterpoint,
      partiallyReleased: statuses.partiallyReleased,
      final: statuses.final,
      confirmedCancelled: statuses.confirmedCancelled,
      needsAttention: statuses.needsAttention,
    },
    notify: settings.notifications.email !== undefined || settings.notifications.webhook !== undefined,
    tracking: settings.tracking.inCounterpoint,
    shipPostedWithoutNumber: settings.tracking.shipPostedWithoutNumber,
    removeUntouched: settings.counterpoint.cancel.removeUntouched,
    captureRetries: settings.captures.retries,
  };
  const { statuses: ownStatuses, ...own } = rules;
  const { statuses: defaultStatuses, ...defaults } = UNSAID;
  const differing = changed(ownStatuses, defaultStatuses);
  return { ...changed(own, defaults), ...(Object.keys(differing).length > 0 ? { statuses: differing } : {}) };
}

function changed<T extends object>(own: T, defaults: T): Partial<T> {
  const keys = Object.keys(own) as (keyof T)[];
  return Object.fromEntries(
    keys.filter((key) => JSON.stringify(own[key]) !== JSON.stringify(defaults[key])).map((key) => [key, own[key]]),
  ) as Partial<T>;
}

export const rulesFrom = (differences: RuleDifferences | undefined): PlanRules => ({
  ...UNSAID,
  ...differences,
  statuses: { ...UNSAID.statuses, ...differences?.statuses },
});
