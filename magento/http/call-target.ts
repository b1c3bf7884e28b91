import type { AttentionReason } from '../../domain/order/attention';
import type { FailureKind } from '../../domain/errors';

/** What was being done, for messages and for what a failure means. */
export interface Errand {
  /** In plain words after "while": "reading order 000000151". */
  readonly doing: string;
  readonly order?: string;
  /** A call that changes something in the shop: an unknown outcome is ambiguous instead of transient. */
  readonly write: boolean;
  /** A write by which somebody may be charged: some refusals of the shop leave that open (contract §5). */
  readonly charges?: boolean;
}

export type Deed = 'read' | 'write' | 'charge';

export const deedOf = ({ write, charges }: Errand): Deed => (!write ? 'read' : charges === true ? 'charge' : 'write');

export interface HttpAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | undefined>>;
  /** Undecoded body. */
  readonly text: string;
}

/** What came of a call: an answer, or the error of the connection. */
export type Outcome = { readonly answer: HttpAnswer } | { readonly fault: unknown; readonly timedOut: boolean };

/** What an outcome means for the caller, without what it was about. */
export interface Meaning {
  readonly kind: FailureKind;
  readonly code: string;
  /** The attention it becomes when it lasts; left out: as its kind says. */
  readonly reason?: AttentionReason;
  /** The beginning of a sentence that goes on with "while". */
  readonly what: string;
  readonly remedy?: string;
  readonly field?: string;
  readonly retryAfterMs?: number;
}

export const unknownOutcome = (errand: Errand): FailureKind => (errand.write ? 'ambiguous' : 'transient');
