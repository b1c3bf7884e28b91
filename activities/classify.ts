import { ApplicationFailure, CancelledFailure } from '@temporalio/common';
import { CantusError, FAULTS, type FailureFacts } from '../domain/errors';
import { isAboutCharge } from '../domain/order/charge-again';
import type { FailureDetails } from './contract';

/**
 * The one edge where any error becomes what Temporal needs: try again (when), or stop and let the order's plan decide.
 * Only the sentence, the code and the field travel; causes and the other system's own words stay in the log.
 */
export function classify(error: unknown): ApplicationFailure | CancelledFailure {
  // A worker that is told to stop ends its waits by this; the engine gives the attempt to the next one.
  if (error instanceof ApplicationFailure || error instanceof CancelledFailure) return error;
  if (!(error instanceof CantusError)) return unexpected(error);
  const { facts } = error;
  return ApplicationFailure.create({
    message: facts.message,
    type: facts.code,
    nonRetryable: !isRetryable(facts),
    details: [detailsOf(facts)],
    ...(facts.retryAfterMs === undefined ? {} : { nextRetryDelay: facts.retryAfterMs }),
  });
}

/** An unknown outcome is looked at again by the next attempt, unless it touches money: then a person is asked (P-24). */
export function isRetryable({ kind, reason }: FailureFacts): boolean {
  const { passes, mayHaveHappened } = FAULTS[kind];
  return passes && !(mayHaveHappened && reason !== undefined && isAboutCharge({ reason }));
}

function detailsOf(facts: FailureFacts): FailureDetails {
  const { kind, code, message, reason, field, remedy, sentAt } = facts;
  return {
    kind,
    code,
    message: remedy === undefined || message.includes(remedy) ? message : `${message} ${remedy}`,
    ...(reason === undefined ? {} : { reason }),
    ...(field === undefined ? {} : { field }),
    ...(sentAt === undefined ? {} : { sentAt }),
  };
}

/** Tried again like an outage, but never called one. */
function unexpected(error: unknown): ApplicationFailure {
  const name = error instanceof Error ? error.name : typeof error;
  const message = `An unexpected fault in Cantus itself (${name}); the worker's log has the details. Please report it.`;
  const details: FailureDetails = { kind: 'transient', code: 'unexpected', reason: 'misconfigured', message };
  return ApplicationFailure.create({ message, type: 'unexpected', details: [details] });
}
