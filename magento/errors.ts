import { DateTime } from 'luxon';
import type { AttentionReason } from '../domain/attention';
import { CantusError, type FailureFacts, type FailureKind } from '../domain/errors';
import { asErrorBody, phraseOf } from './phrase';

/** What was being done, for messages and for what a failure means. */
export interface Errand {
  /** In plain words after "while": "reading order 000000151". */
  readonly doing: string;
  readonly order?: string;
  /** A call that changes something in the shop: an unknown outcome is ambiguous instead of transient. */
  readonly write: boolean;
}

export interface HttpAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | undefined>>;
  /** Undecoded body. */
  readonly text: string;
}

/** What came of a call: an answer, or the error of the connection. */
export type Outcome = { readonly answer: HttpAnswer } | { readonly fault: unknown; readonly timedOut: boolean };

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

const unknownOutcome = (errand: Errand): FailureKind => (errand.write ? 'ambiguous' : 'transient');

/** What a refusal or an unknown outcome means depends on what was asked; the caller says. */
const REASONS: Partial<Record<FailureKind, AttentionReason>> = {
  misconfigured: 'misconfigured',
  transient: 'systemDown',
  throttled: 'systemDown',
};

interface Build {
  readonly errand: Errand;
  readonly http: number | null;
  readonly phrase: string;
  readonly kind: FailureKind;
  readonly code: string;
  readonly what: string;
  readonly remedy?: string;
  readonly field?: string;
  readonly retryAfterMs?: number;
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

type Known = Pick<Build, 'kind' | 'code' | 'what'> & Partial<Pick<Build, 'remedy' | 'field' | 'retryAfterMs'>>;

function answerFailure(answer: HttpAnswer, errand: Errand, now: Date): ShopError {
  const phrase = phraseIn(answer.text);
  return build({ errand, http: answer.status, phrase, ...meaningOf(answer, phrase, errand, now) });
}

function phraseIn(text: string): string {
  try {
    const body = asErrorBody(JSON.parse(text));
    if (body !== null) return phraseOf(body);
  } catch {
    // HTML of a proxy or plain text of a broken bootstrap: its beginning is all there is to show.
  }
  return text
    .replace(/<[^>]*>/g, ' ')
    .replace(/\s+/g, ' ')
    .trim()
    .slice(0, 500);
}

function meaningOf(answer: HttpAnswer, phrase: string, errand: Errand, now: Date): Known {
  const { status } = answer;
  if (status >= 300 && status < 400) return redirected(answer);
  if (status === 401) return notAuthorised(phrase);
  if (status === 403 || status === 406) return blocked(status);
  if (status === 404) return notFound(phrase);
  if (status === 429 || status === 503) return throttled(answer, errand, now);
  if (status >= 500)
    return { kind: unknownOutcome(errand), code: 'shopServerError', what: `The shop failed with HTTP ${status}` };
  return badRequest(phrase);
}

function redirected(answer: HttpAnswer): Known {
  return {
    kind: 'misconfigured',
    code: 'shopRedirects',
    what: `The shop sends its callers on to ${originOf(answer.headers['location'])}`,
    remedy: 'Set magento.baseUrl to the address the shop itself uses; the sign-in is never sent on to another address.',
    field: 'magento.baseUrl',
  };
}

function originOf(location: string | undefined): string {
  try {
    return new URL(location ?? '').origin;
  } catch {
    return 'another address';
  }
}

/** A missing right, an unknown token and switched-off bearer tokens all look alike (contract §1.1). */
function notAuthorised(phrase: string): Known {
  const resource = /\bMagento_\w+::\w+/.exec(phrase)?.[0];
  const right = resource === undefined ? '' : ` The right it asks for is ${resource}.`;
  return {
    kind: 'misconfigured',
    code: 'shopNotAuthorised',
    what: 'The shop did not accept the sign-in',
    remedy: `Check the token, that the integration is active and, for a bearer token, that the shop allows them.${right}`,
    field: 'magento.auth',
  };
}

const blocked = (status: number): Known => ({
  kind: 'misconfigured',
  code: 'shopBlocked',
  what: `Something in front of the shop turned the call away with HTTP ${status}`,
  remedy: 'Ask the shop’s host to let Cantus through its firewall.',
  field: 'magento.baseUrl',
});

function notFound(phrase: string): Known {
  if (/doesn't exist|no such entity/i.test(phrase)) {
    return { kind: 'refused', code: 'shopEntityNotFound', what: 'The shop does not know this record' };
  }
  return {
    kind: 'misconfigured',
    code: 'shopRouteUnknown',
    what: 'The address answers, but not as the REST interface of a shop',
    remedy: 'Check magento.baseUrl.',
    field: 'magento.baseUrl',
  };
}

/** A proxy may give a 503 after the shop has begun to work: for a write that is unknown. A 429 was never passed on. */
function throttled(answer: HttpAnswer, errand: Errand, now: Date): Known {
  const retryAfterMs = retryAfter(answer.headers['retry-after'], now);
  const told = retryAfterMs === null ? {} : { retryAfterMs };
  if (answer.status === 429)
    return { kind: 'throttled', code: 'shopThrottled', what: 'The shop asked for fewer calls', ...told };
  const kind = errand.write ? 'ambiguous' : retryAfterMs === null ? 'transient' : 'throttled';
  return {
    kind,
    code: 'shopMaintenance',
    what: 'The shop is closed for maintenance or overloaded (HTTP 503)',
    ...told,
  };
}

/** Milliseconds of a Retry-After header, given in seconds or as a date. */
export function retryAfter(header: string | undefined, now: Date): number | null {
  if (header === undefined || header.trim() === '') return null;
  if (/^\d+$/.test(header.trim())) return Number(header) * 1000;
  const at = DateTime.fromHTTP(header.trim());
  return at.isValid ? Math.max(0, at.toMillis() - now.getTime()) : null;
}

function badRequest(phrase: string): Known {
  if (phrase.startsWith('Specified request cannot be processed')) {
    return {
      kind: 'misconfigured',
      code: 'shopStoreCodeUnknown',
      what: 'The shop does not know this store code',
      remedy: 'Set magento.storeCode to the code of a store view, or to all.',
      field: 'magento.storeCode',
    };
  }
  if (phrase.startsWith('Signature method') || phrase.includes('oauth_')) return notAuthorised(phrase);
  return { kind: 'refused', code: 'shopRefused', what: 'The shop refused' };
}

const CERTIFICATE = /CERT|SELF_SIGNED|UNABLE_TO_VERIFY|ERR_TLS|SSL|EPROTO/;
/** Nothing had been sent yet when the connection failed. */
const BEFORE_SENDING = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'EADDRNOTAVAIL',
]);

function connectionFailure({ fault, timedOut }: { fault: unknown; timedOut: boolean }, errand: Errand): ShopError {
  const code = codeOf(fault);
  return build({ errand, http: null, phrase: code, cause: fault, ...connectionMeaning(code, timedOut, errand) });
}

function connectionMeaning(code: string, timedOut: boolean, errand: Errand): Known {
  if (CERTIFICATE.test(code)) {
    return {
      kind: 'misconfigured',
      code: 'shopCertificate',
      what: `The shop’s certificate cannot be trusted (${code})`,
      remedy: 'Have the shop’s host renew it, or correct magento.baseUrl.',
      field: 'magento.baseUrl',
    };
  }
  if (BEFORE_SENDING.has(code))
    return { kind: 'transient', code: 'shopUnreachable', what: `The shop cannot be reached (${code})` };
  if (timedOut) return { kind: unknownOutcome(errand), code: 'shopTimeout', what: 'The shop did not answer in time' };
  return {
    kind: unknownOutcome(errand),
    code: 'shopConnectionLost',
    what: `The connection to the shop broke (${code})`,
  };
}

function codeOf(fault: unknown): string {
  if (typeof fault === 'object' && fault !== null && 'code' in fault && typeof fault.code === 'string')
    return fault.code;
  return fault instanceof Error ? fault.name : 'unknown';
}
