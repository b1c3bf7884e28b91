import { proxyActivities } from '@temporalio/workflow';
import type {
  AgeActivities,
  DeliverActivities,
  LookActivities,
  ScheduledActivities,
  ShopActivities,
  StoreActivities,
  TellActivities,
} from '../activities/contract';

/**
 * One proxy per policy. Heartbeats (sent by the worker's interceptor) find a dead worker within seconds; the shop's
 * and the database's own time-outs are shorter than startToClose, so two attempts never overlap. After the last
 * attempt the order raises `systemDown`, or waits for `outage` where its circuit knows of one, and goes on trying.
 */
const RETRY = {
  initialInterval: '1 second',
  backoffCoefficient: 2,
  maximumInterval: '1 minute',
  maximumAttempts: 12,
} as const;

export const look = proxyActivities<LookActivities>({
  startToCloseTimeout: '4 minutes',
  heartbeatTimeout: '20 seconds',
  retry: RETRY,
});

export const store = proxyActivities<StoreActivities>({
  startToCloseTimeout: '2 minutes',
  heartbeatTimeout: '20 seconds',
  retry: RETRY,
});

/** A person waits for the answer, so it is not tried for long; said twice, it is the same word. */
export const word = proxyActivities<Pick<StoreActivities, 'keepItemRule'>>({
  startToCloseTimeout: '40 seconds',
  scheduleToCloseTimeout: '1 minute',
  heartbeatTimeout: '20 seconds',
  retry: RETRY,
});

/** Longest: a look, a write that times out, and the looks after it. */
export const shop = proxyActivities<ShopActivities>({
  startToCloseTimeout: '10 minutes',
  heartbeatTimeout: '20 seconds',
  retry: RETRY,
});

/** A scheduled pass that fails is repeated by its next run; a few tries bridge a hiccup. */
export const pass = proxyActivities<ScheduledActivities & AgeActivities>({
  startToCloseTimeout: '30 minutes',
  heartbeatTimeout: '20 seconds',
  retry: { ...RETRY, maximumAttempts: 5 },
});

/** Repeated until its statement is delivered: a mail server may be away for a morning, and a second count does no harm. */
export const count = proxyActivities<Pick<ScheduledActivities, 'takeCensus'>>({
  startToCloseTimeout: '30 minutes',
  heartbeatTimeout: '20 seconds',
  scheduleToCloseTimeout: '12 hours',
  retry: { initialInterval: '10 seconds', backoffCoefficient: 3, maximumInterval: '1 hour' },
});

/** Asks nothing but the engine itself. */
export const tell = proxyActivities<TellActivities>({
  startToCloseTimeout: '30 seconds',
  retry: { ...RETRY, maximumAttempts: 6 },
});

/** A mail server may be away for a night; a message older than that helps nobody. */
export const post = proxyActivities<DeliverActivities>({
  startToCloseTimeout: '2 minutes',
  scheduleToCloseTimeout: '12 hours',
  retry: { initialInterval: '5 seconds', backoffCoefficient: 2, maximumInterval: '10 minutes' },
});
