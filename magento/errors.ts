import type { AttentionReason } from '../domain/attention';
import { CantusError, type FailureFacts, type FailureKind } from '../domain/errors';
import { meaningOfAnswer, phraseIn } from './answer-meaning';
import { codeOf, meaningOfFault } from './fault-meaning';
import { unknownOutcome, type Errand, type HttpAnswer, type Meaning, type Outcome } from './errand';

export type { Errand, HttpAnswer, Outcome } from './errand';

/** A failed call, with what the shop itself said, so that a caller can tell its refusals apart. */
export class ShopError extends CantusError {
  constructor(
    facts: FailureFacts,
    /** HTTP status, where there was an answer. */
    readonly http: number | null,
    /** The shop's own sentence with its placeholders filled in. */
    readonly phrase: string,
    cause?: unknown,
  ) {
    super(facts, cause);
    this.name = 'CantusError';
  }
}

/** Any outcome that is not a good answer, as the error it means. */
export function failureOf(outcome: Outcome, errand: Errand, now: Date): ShopError {
  return 'answer' in outcome ? answerFailure(outcome.answer, errand, now) : connectionFailure(outcome, errand);
}

/** A 200 whose body is not what the contract says: a page of HTML, a truncated or unexpected JSON. */
export function unreadable(answer: HttpAnswer, errand: Errand, cause?: unknown): ShopError {
  return build({
    errand,
    http: answer.status,
    phrase: answer.text.slice(0, 500),
    kind: unknownOutcome(errand),
    code: 'shopUnreadable',
    what: 'The shop answered with something that cannot be read',
    ...(cause !== undefined ? { cause } : {}),
  });
}

/** What a refusal or an unknown outcome means depends on what was asked; the caller says. */
const REASONS: Partial<Record<FailureKind, AttentionReason>> = {
  misconfigured: 'misconfigured',
  transient: 'systemDown',
  throttled: 'systemDown',
};

interface Build extends Meaning {
  readonly errand: Errand;
  readonly http: number | null;
  readonly phrase: string;
  readonly cause?: unknown;
}

function build({ errand, http, phrase, kind, code, what, remedy, field, retryAfterMs, cause }: Build): ShopError {
  const reason = REASONS[kind];
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
  return new ShopError(facts, http, phrase, cause);
}

function answerFailure(answer: HttpAnswer, errand: Errand, now: Date): ShopError {
  const phrase = phraseIn(answer.text);
  return build({ errand, http: answer.status, phrase, ...meaningOfAnswer(answer, phrase, errand, now) });
}

function connectionFailure({ fault, timedOut }: { fault: unknown; timedOut: boolean }, errand: Errand): ShopError {
  const code = codeOf(fault);
  return build({ errand, http: null, phrase: code, cause: fault, ...meaningOfFault(code, timedOut, errand) });
}
