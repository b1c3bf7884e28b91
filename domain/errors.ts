import type { AttentionReason } from './order/attention';

/**
 * What a failure means for the next step.
 * - transient: try again with back-off, nothing was done
 * - throttled: try again when told
 * - refused: the other side understood and said no; a person decides
 * - ambiguous: the outcome of a write is unknown; look before anything else
 * - misconfigured: a setting or the other system's set-up is wrong; nothing will help until it is changed
 */
export type FailureKind = 'transient' | 'throttled' | 'refused' | 'ambiguous' | 'misconfigured';

/** What follows from a kind of failure. Adapters raise kinds; what to do about one is asked here. */
export interface FaultTraits {
  /** The same call may go well later, without anybody's doing. */
  readonly passes: boolean;
  /** What was asked may have been done all the same: look before anything else. */
  readonly mayHaveHappened: boolean;
  /** The other side is there and has answered. */
  readonly answered: boolean;
  /** The other side is away or asks for time: an outage, of whatever code. */
  readonly away: boolean;
  /** What an order waits with where nobody foresaw it: who answers is there, and what it refuses is no outage. */
  readonly unforeseen: AttentionReason;
}

const ANSWERED: FaultTraits = {
  passes: false,
  mayHaveHappened: false,
  answered: true,
  away: false,
  unforeseen: 'misconfigured',
};
const AWAY: FaultTraits = {
  passes: true,
  mayHaveHappened: false,
  answered: false,
  away: true,
  unforeseen: 'systemDown',
};

export const FAULTS: Readonly<Record<FailureKind, FaultTraits>> = {
  transient: AWAY,
  throttled: AWAY,
  refused: ANSWERED,
  ambiguous: { ...AWAY, mayHaveHappened: true, away: false },
  misconfigured: ANSWERED,
};

export interface FailureFacts {
  readonly kind: FailureKind;
  /** Stable code of this failure, camelCase, documented in docs/reference/errors.md. */
  readonly code: string;
  /** One sentence a shop clerk understands: what happened, where, and what to do about it. */
  readonly message: string;
  /** The attention it becomes when a person has to decide. */
  readonly reason?: AttentionReason;
  readonly order?: string;
  /** The field at fault, in the words of the system it belongs to (`payment.method`, `PS_DOC_HDR.TKT_NO`). */
  readonly field?: string;
  /** What a person can do about it. */
  readonly remedy?: string;
  readonly retryAfterMs?: number;
  /** Of an unknown outcome: which sending it is (Store.intend). */
  readonly sentAt?: string;
  /** The other system's own words, for people who debug. May hold personal data: never put it into a workflow. */
  readonly raw?: string;
}

/** Every adapter throws this and nothing else; `classify` in activities/ turns it into what Temporal needs. */
export class CantusError extends Error {
  readonly facts: FailureFacts;
  constructor(facts: FailureFacts, cause?: unknown) {
    super(facts.message, cause === undefined ? undefined : { cause });
    this.name = 'CantusError';
    this.facts = facts;
  }
  get kind(): FailureKind {
    return this.facts.kind;
  }
  get traits(): FaultTraits {
    return FAULTS[this.facts.kind];
  }
  get code(): string {
    return this.facts.code;
  }
}

export const refused = (facts: Omit<FailureFacts, 'kind'>, cause?: unknown): CantusError =>
  new CantusError({ ...facts, kind: 'refused' }, cause);
export const transient = (facts: Omit<FailureFacts, 'kind'>, cause?: unknown): CantusError =>
  new CantusError({ ...facts, kind: 'transient' }, cause);
export const ambiguous = (facts: Omit<FailureFacts, 'kind'>, cause?: unknown): CantusError =>
  new CantusError({ ...facts, kind: 'ambiguous' }, cause);
export const misconfigured = (facts: Omit<FailureFacts, 'kind'>, cause?: unknown): CantusError =>
  new CantusError({ ...facts, kind: 'misconfigured' }, cause);
