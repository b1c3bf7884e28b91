import { LIMITS } from '../../domain/limits';
import { DateTime } from 'luxon';
import { PHP_MESSAGE, rowOf, type AnswerRow } from './answer-table';
import { deedOf, type Errand, type HttpAnswer, type Meaning } from './call-target';
import { phraseIn } from './phrase';

/** What an answer means that is not the one asked for, by the table, in words people understand. */
export function meaningOfAnswer(answer: HttpAnswer, errand: Errand, now: Date): Meaning {
  const row = rowOf(answer);
  return {
    kind: row.means[deedOf(errand)],
    code: row.code,
    ...(row.reason === undefined ? {} : { reason: row.reason }),
    ...wordsFor(row, answer),
    ...patience(answer, row, errand, now),
  };
}

type Words = Pick<Meaning, 'what' | 'remedy' | 'field'>;

const BASE_URL = { remedy: 'Check magento.baseUrl.', field: 'magento.baseUrl' } as const;
const SHOP_LOG = { remedy: 'Have the shop’s host look at its log.' } as const;
const DISPLAY_ERRORS = { remedy: 'Ask the shop’s host to turn off PHP’s display_errors.' } as const;
const FIREWALL = { remedy: 'Ask the shop’s host to let Cantus through.', field: 'magento.baseUrl' } as const;

function wordsFor({ code, reason }: AnswerRow, answer: HttpAnswer): Words {
  const status = String(answer.status);
  switch (code) {
    case 'shopRedirects':
      return redirected(answer);
    case 'shopNotAuthorised':
      return notAuthorised(phraseIn(answer.text).phrase);
    case 'shopStoreCodeUnknown':
      return {
        what: 'The shop does not know this store code',
        remedy: 'Set magento.storeCode to the code of a store view, or to all.',
        field: 'magento.storeCode',
      };
    case 'shopRouteUnknown':
      return { what: 'The address answers, but not as the REST interface of a shop', ...BASE_URL };
    case 'shopEntityNotFound':
      return { what: 'The shop does not know this record' };
    case 'shopThrottled':
      return { what: 'The shop asked for fewer calls' };
    case 'shopTimeout':
      return { what: `Something between here and the shop gave the call up (HTTP ${status})` };
    case 'shopBlocked':
      return { what: `Something in front of the shop ${turnedAway(answer)}`, ...FIREWALL };
    case 'shopMaintenance':
      return { what: 'The shop is closed for maintenance or overloaded (HTTP 503)' };
    case 'shopServerError':
      return { what: `The shop failed with HTTP ${status}`, ...(reason === undefined ? {} : SHOP_LOG) };
    case 'shopNotSaved':
      return { what: 'The shop could not save what it was asked for' };
    case 'shopUnreadable':
      return inItsPlace(answer);
    default:
      return { what: 'The shop refused' };
  }
}

const turnedAway = ({ status }: HttpAnswer): string =>
  status < 400
    ? `sent the call on to a page (HTTP ${String(status)})`
    : `turned the call away with HTTP ${String(status)}`;

/** A page, a message of PHP or half an answer where data was due: it lasts until somebody mends it. */
function inItsPlace({ text }: HttpAnswer): Words {
  if (PHP_MESSAGE.test(text)) return { what: 'The shop put a message of PHP before its answer', ...DISPLAY_ERRORS };
  if (/^\s*</.test(text))
    return { what: 'Something in front of the shop answered with a page of its own', ...FIREWALL };
  return { what: 'The shop answered with something that cannot be read', ...SHOP_LOG };
}

function redirected(answer: HttpAnswer): Words {
  return {
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
function notAuthorised(phrase: string): Words {
  const resource = /\bMagento_\w+::\w+/.exec(phrase)?.[0];
  const right = resource === undefined ? '' : ` The right it asks for is ${resource}.`;
  return {
    what: 'The shop did not accept the sign-in',
    remedy: `Check the token, that the integration is active and, for a bearer token, that the shop allows them.${right}`,
    field: 'magento.auth',
  };
}

/** When the shop wants to be called again; of a read that is all it takes. */
function patience(
  { status, headers }: HttpAnswer,
  row: AnswerRow,
  errand: Errand,
  now: Date,
): Partial<Pick<Meaning, 'kind' | 'retryAfterMs'>> {
  const retryAfterMs = status === 429 || status === 503 ? retryAfter(headers['retry-after'], now) : null;
  if (retryAfterMs === null) return {};
  return { kind: errand.write ? row.means[deedOf(errand)] : 'throttled', retryAfterMs };
}

/** Milliseconds of a Retry-After header, given in seconds or as a date. */
export function retryAfter(header: string | undefined, now: Date): number | null {
  const asked = header?.trim() ?? '';
  const ms = /^\d+(\.\d+)?$/.test(asked) ? Number(asked) * 1000 : DateTime.fromHTTP(asked).toMillis() - now.getTime();
  return Number.isNaN(ms) ? null : Math.min(LIMITS.shopPauseMostMs, Math.max(0, ms));
}
