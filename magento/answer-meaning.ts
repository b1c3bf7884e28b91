import { DateTime } from 'luxon';
import { asErrorBody, phraseOf } from './phrase';
import { unknownOutcome, type Errand, type HttpAnswer, type Meaning } from './errand';

/** The shop's own sentence in a body, whatever that is. */
export function phraseIn(text: string): string {
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

/** What an answer other than 2xx means. */
export function meaningOfAnswer(answer: HttpAnswer, phrase: string, errand: Errand, now: Date): Meaning {
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

function redirected(answer: HttpAnswer): Meaning {
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
function notAuthorised(phrase: string): Meaning {
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

const blocked = (status: number): Meaning => ({
  kind: 'misconfigured',
  code: 'shopBlocked',
  what: `Something in front of the shop turned the call away with HTTP ${status}`,
  remedy: 'Ask the shop’s host to let Cantus through its firewall.',
  field: 'magento.baseUrl',
});

function notFound(phrase: string): Meaning {
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
function throttled(answer: HttpAnswer, errand: Errand, now: Date): Meaning {
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

function badRequest(phrase: string): Meaning {
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
