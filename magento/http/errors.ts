import type { AttentionReason } from '../../domain/order/attention';
import { CantusError, FAULTS, type FailureFacts, type FailureKind } from '../../domain/errors';
import { meaningOfAnswer } from './answer-meaning';
import { codeOf, meaningOfFault } from './fault-meaning';
import type { Errand, HttpAnswer, Meaning, Outcome } from './call-target';
import { phraseIn } from './phrase';

export type { Errand, HttpAnswer, Outcome } from './call-target';

/** What a failed call heard, beside what it means. */
export interface Heard {
  /** HTTP status, where there was an answer. */
  readonly http: number | null;
  /** The shop's own sentence with its placeholders filled in. */
  readonly phrase: string;
  /** What happened, in words: the beginning of a sentence that goes on with "while". */
  readonly what: string;
}

/** A failed call, with what the shop itself said, so that a caller can tell its refusals apart. */
export class ShopError extends CantusError {
  readonly http: number | null;
  readonly phrase: string;
  readonly what: string;
  constructor(facts: FailureFacts, { http, phrase, what }: Heard, cause?: unknown) {
    super(facts, cause);
    this.name = 'CantusError';
    this.http = http;
    this.phrase = phrase;
    this.what = what;
  }
}

/** The shop itself has spoken about the matter, so it is not at it any more: what is there now is all there will be. */
export const hasAnswered = ({ code }: ShopError): boolean =>
  code === 'shopNotSaved' || code === 'shopRefused' || code === 'shopEntityNotFound';

/** Any outcome that is not a good answer, as the error it means. */
export function failureOf(outcome: Outcome, errand: Errand, now: Date): ShopError {
  return 'answer' in outcome ? answerFailure(outcome.answer, errand, now) : connectionFailure(outcome, errand);
}

/** A 2xx whose body is not what the contract says: a page of HTML, a truncated or unexpected JSON. */
export const unreadable = (answer: HttpAnswer, errand: Errand, cause?: unknown): ShopError =>
  build({
    errand,
    http: answer.status,
    phrase: answer.text.slice(0, 500),
    ...meaningOfAnswer(answer, errand, new Date()),
    ...(cause !== undefined ? { cause } : {}),
  });

/** What an order waits with, where the caller does not know better; of an unknown outcome the caller has to. */
const unforeseen = (kind: FailureKind): AttentionReason | undefined =>
  FAULTS[kind].mayHaveHappened ? undefined : FAULTS[kind].unforeseen;

interface Build extends Meaning {
  readonly errand: Errand;
  readonly http: number | null;
  readonly phrase: string;
  readonly cause?: unknown;
}

function build(given: Build): ShopError {
  const { errand, http, phrase, kind, code, what, remedy, field, retryAfterMs, cause } = given;
  const reason = given.reason ?? unforeseen(kind);
  const facts: FailureFacts = {
    kind,
    code,
    message: `${what} while ${errand.doing}.${remedy === undefined ? '' : ` ${remedy}`}`,
    ...(reason !== undefined ? { reason } : {}),
    ...(errand.order !== undefined ? { order: errand.order } : {}),
    ...(field !== undefined ? { field } : {}),
    ...(remedy !== undefined ? { remedy } : {}),
    ...(retryAfterMs !== undefined ? { retryAfterMs } : {}),
    ...(phrase !== '' ? { raw: phrase } : {}),
  };
  return new ShopError(facts, { http, phrase, what }, cause);
}

const answerFailure = (answer: HttpAnswer, errand: Errand, now: Date): ShopError =>
  build({
    errand,
    http: answer.status,
    phrase: phraseIn(answer.text).phrase,
    ...meaningOfAnswer(answer, errand, now),
  });

function connectionFailure({ fault, timedOut }: { fault: unknown; timedOut: boolean }, errand: Errand): ShopError {
  const code = codeOf(fault);
  return build({ errand, http: null, phrase: code, cause: fault, ...meaningOfFault(code, timedOut, errand) });
}
