import { proxyActivities } from '@temporalio/workflow';
import { LIMITS } from '../domain/limits';
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
  initialInterval: LIMITS.retryFirstMs,
  backoffCoefficient: 2,
  maximumInterval: LIMITS.retryMostMs,
  maximumAttempts: LIMITS.orderStepAttempts,
} as const;

export const look = proxyActivities<LookActivities>({
  startToCloseTimeout: LIMITS.lookAttemptMs,
  heartbeatTimeout: LIMITS.heartbeatMissingMs,
  retry: RETRY,
});

export const store = proxyActivities<StoreActivities>({
  startToCloseTimeout: LIMITS.storeAttemptMs,
  heartbeatTimeout: LIMITS.heartbeatMissingMs,
  retry: RETRY,
});

/** A person waits for the answer, so it is not tried for long; said twice, it is the same word. */
export const word = proxyActivities<Pick<StoreActivities, 'keepItemRule'>>({
  startToCloseTimeout: LIMITS.ruleAttemptMs,
  scheduleToCloseTimeout: LIMITS.ruleAltogetherMs,
  heartbeatTimeout: LIMITS.heartbeatMissingMs,
  retry: RETRY,
});

/** Longest: a look, a write that times out, and the looks after it. */
export const shop = proxyActivities<ShopActivities>({
  startToCloseTimeout: LIMITS.shopAttemptMs,
  heartbeatTimeout: LIMITS.heartbeatMissingMs,
  retry: RETRY,
});

/** A scheduled pass that fails is repeated by its next run; a few tries bridge a hiccup. */
export const pass = proxyActivities<ScheduledActivities & AgeActivities>({
  startToCloseTimeout: LIMITS.passAttemptMs,
  heartbeatTimeout: LIMITS.heartbeatMissingMs,
  retry: { ...RETRY, maximumAttempts: LIMITS.passAttempts },
});

/** Repeated until its statement is delivered: a mail server may be away for a morning, and a second count does no harm. */
export const count = proxyActivities<Pick<ScheduledActivities, 'takeCensus'>>({
  startToCloseTimeout: LIMITS.passAttemptMs,
  heartbeatTimeout: LIMITS.heartbeatMissingMs,
  scheduleToCloseTimeout: LIMITS.censusAltogetherMs,
  retry: { initialInterval: '10 seconds', backoffCoefficient: 3, maximumInterval: '1 hour' },
});

/** Asks nothing but the engine itself. */
export const tell = proxyActivities<TellActivities>({
  startToCloseTimeout: LIMITS.notifyAttemptMs,
  retry: { ...RETRY, maximumAttempts: LIMITS.notifyAttempts },
});

/** The order is about to be cancelled: a name is not worth waiting for. */
export const ask = proxyActivities<Pick<TellActivities, 'whoAskedToCancel'>>({
  startToCloseTimeout: LIMITS.whoAskedMs,
  retry: { maximumAttempts: LIMITS.whoAskedAttempts },
});

/** A mail server may be away for a night; a message older than that helps nobody. */
export const post = proxyActivities<DeliverActivities>({
  startToCloseTimeout: LIMITS.deliverAttemptMs,
  scheduleToCloseTimeout: LIMITS.deliverAltogetherMs,
  retry: { initialInterval: '5 seconds', backoffCoefficient: 2, maximumInterval: '10 minutes' },
});
