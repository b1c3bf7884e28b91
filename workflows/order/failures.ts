import { ActivityFailure, ApplicationFailure, isCancellation } from '@temporalio/workflow';
import { LIMITS } from '../../domain/limits';
import type { FailureDetails } from '../../activities/contract';
import { FAULTS } from '../../domain/errors';
import { ATTENTION } from '../../domain/order/attention';
import { isOutage } from '../../domain/order/outage';
import type { PlanRules, Problem } from '../../domain/order/steps';

/**
 * What an activity's failure means for the order: the attention it becomes, and when the same step may be tried again.
 * @throws the error itself when it is a cancellation or a fault of the workflow's own code
 */
export function problemFrom(error: unknown, action: string, attempts: number, now: number, rules: PlanRules): Problem {
  if (isCancellation(error) || !(error instanceof ActivityFailure)) throw error;
  const details = detailsOf(error);
  const reason = details?.reason ?? FAULTS[details?.kind ?? 'transient'].unforeseen;
  const code = details?.code ?? 'noAnswer';
  const { lookAgain } = ATTENTION[reason];
  const again = lookAgain === 'captureRetries' ? rules.captureRetries : lookAgain;
  return {
    action,
    reason,
    code,
    message:
      details?.message ?? 'One of the two systems does not answer. Nothing is lost: it is tried again until it does.',
    attempts,
    retryAt: isOutage({ code })
      ? now + LIMITS.outagePauseMs
      : again && attempts <= again.attempts
        ? now + again.everyMinutes * 60_000
        : null,
    ...(details?.sentAt === undefined ? {} : { sentAt: details.sentAt }),
  };
}

/** The order had moved on in the shop since it was looked at: what to do instead shows at the next look. */
export const isStale = ({ code }: Problem): boolean => code === 'orderWaits' || code === 'orderCanceled';

/**
 * Refused before anything was sent: the order had changed since it was looked at, and what a fresh look shows is told
 * in the plan's words alone.
 */
const BEFORE_SENDING: readonly string[] = ['countersDiffer', 'invoicedByHand', 'itemNotOnOrder'];
export const isSeenAnew = ({ code }: Problem): boolean => BEFORE_SENDING.includes(code);

/** Reading a write back showed something wrong with what stands in the shop now, or the shop refused it for that. */
const READ_BACK: readonly string[] = [
  'capturedNothing',
  'captureNotCounted',
  'invoiceDiffers',
  'invoiceRefused',
  'invoicedTwice',
  'markerMissing',
  'shipmentDiffers',
  'shipmentRefused',
  'shippedTwice',
];
export const isFoundByLooking = ({ code }: Problem): boolean => READ_BACK.includes(code);

/** What a person can be told of it; undefined: nobody has answered. */
export const sentenceOf = (error: ActivityFailure): string | undefined => detailsOf(error)?.message;

function detailsOf(error: ActivityFailure): FailureDetails | undefined {
  const { cause } = error;
  if (!(cause instanceof ApplicationFailure)) return undefined;
  const details: unknown = cause.details?.[0];
  return isDetails(details) ? details : undefined;
}

const isDetails = (value: unknown): value is FailureDetails =>
  typeof value === 'object' && value !== null && 'code' in value && 'message' in value;
