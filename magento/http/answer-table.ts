import { STATUS_CODES } from 'node:http';
import type { AttentionReason } from '../../domain/order/attention';
import type { FailureKind } from '../../domain/errors';
import { phraseIn } from './phrase';
import type { Deed, HttpAnswer } from './call-target';

/**
 * Who answered: the shop itself, by its own error body (contract §1.1), or something in front of it: a proxy, a load
 * balancer, a firewall, a login page. What stands in front cannot say what the shop did with the call.
 */
export type Speaker = 'shop' | 'front';

export interface AnswerRow {
  /** One status, or the first and the last of a range. */
  readonly status: number | readonly [first: number, last: number];
  /** Left out: whoever says it. */
  readonly by?: Speaker;
  /** The beginning, or a part, of what it says. */
  readonly says?: RegExp;
  /** Where it sends its caller. */
  readonly to?: RegExp;
  readonly means: Readonly<Record<Deed, FailureKind>>;
  readonly code: string;
  /** What it is called when it lasts; left out: as its kind says. */
  readonly reason?: AttentionReason;
}

const always = (kind: FailureKind): AnswerRow['means'] => ({ read: kind, write: kind, charge: kind });
/** Whether the shop carried the call out is not known: a read is simply repeated, a write is looked for first. */
const OPEN: AnswerRow['means'] = { read: 'transient', write: 'ambiguous', charge: 'ambiguous' };
/** The shop took its own work back, but not what its payment provider had done by then (contract §5). */
const UNDONE: AnswerRow['means'] = { read: 'refused', write: 'refused', charge: 'ambiguous' };

/** Sentences by which the shop refuses before it has begun: nobody can have been charged. */
const BEFORE_WORK =
  /^(Invoice|Shipment|Creditmemo) Document Validation Error|^We found an invalid quantity|^Decoding error|^Server cannot understand|is required\. Enter and try again|is not supported\. Correct the field name|value's type is invalid|^One or more input exceptions/;
const SIGN_IN = /isn't authorized|not authorized|consumer|signature|nonce|timestamp|oauth|token|signed in correctly/i;
/** The same call at another address, or the front door of a host; what a sign-in notes in its query is neither. */
const ANOTHER_ADDRESS = /^(?:[a-z]+:)?(?:\/\/[^/?#]+\/?|[^?#]*\/rest(?:\/[^?#]*)?)(?:[?#]|$)/i;
const NO_ENTITY = /doesn.t exist|does not exist|no such entity|was ?n.t found|not be found/i;
/** What PHP itself writes before the shop's answer, plain or as HTML. */
export const PHP_MESSAGE =
  /^\s*(<br ?\/?>\s*)?(<b>)?(Notice|Warning|Deprecated|Fatal error|Parse error|PHP [A-Z][a-z]+)\b/;

/**
 * What each answer but a good one means; the first row that fits counts. A 4xx that the shop itself does not give for
 * the call comes from in front of it, whoever's name is on it: the call may have gone through before.
 */
export const ANSWERS: readonly AnswerRow[] = [
  // A body that is not what was asked for.
  { status: [200, 299], means: OPEN, code: 'shopUnreadable', reason: 'misconfigured' },

  // The shop redirects no REST call. Before a write the same address had just been read without a redirect.
  {
    status: [300, 399],
    to: ANOTHER_ADDRESS,
    means: { ...OPEN, read: 'misconfigured' },
    code: 'shopRedirects',
    reason: 'misconfigured',
  },
  // To a page for people: a sign-in, a challenge, a notice of maintenance. Such pages go as they come.
  { status: [300, 399], means: OPEN, code: 'shopBlocked', reason: 'misconfigured' },

  {
    status: 400,
    by: 'shop',
    says: /^Specified request cannot be processed/,
    means: always('misconfigured'),
    code: 'shopStoreCodeUnknown',
  },
  {
    status: 400,
    by: 'shop',
    says: /^Signature method|oauth_/,
    means: always('misconfigured'),
    code: 'shopNotAuthorised',
  },
  { status: 400, by: 'shop', says: BEFORE_WORK, means: always('refused'), code: 'shopRefused' },
  { status: 400, by: 'shop', says: /^Could not save/, means: UNDONE, code: 'shopNotSaved' },
  { status: 400, by: 'shop', means: UNDONE, code: 'shopRefused' },

  { status: 401, by: 'shop', says: SIGN_IN, means: always('misconfigured'), code: 'shopNotAuthorised' },

  {
    status: 404,
    by: 'shop',
    says: /does not match any route/,
    means: always('misconfigured'),
    code: 'shopRouteUnknown',
  },
  // Of a write it may be a product, a source or a stock that is missing: never a word about the order.
  { status: 404, by: 'shop', says: NO_ENTITY, means: UNDONE, code: 'shopEntityNotFound' },
  { status: 404, means: OPEN, code: 'shopRouteUnknown', reason: 'misconfigured' },

  // Whoever limits calls answers instead of passing them on.
  { status: 429, means: always('throttled'), code: 'shopThrottled' },
  // A time-out of somebody in between: request time-out, replayed early data, a client that was given up.
  { status: 408, means: OPEN, code: 'shopTimeout' },
  { status: 425, means: OPEN, code: 'shopTimeout' },
  { status: 499, means: OPEN, code: 'shopTimeout' },
  { status: [400, 499], means: OPEN, code: 'shopBlocked', reason: 'misconfigured' },

  // A proxy may give a 503 after the shop has begun to work.
  { status: 503, means: OPEN, code: 'shopMaintenance' },
  // In the shop's own words somebody is there: while the shop as a whole answers, a record or an extension is at fault.
  { status: 500, by: 'shop', means: OPEN, code: 'shopServerError', reason: 'misconfigured' },
  { status: [500, 599], means: OPEN, code: 'shopServerError' },
];

/** No status by which a server may end a call. */
const NONSENSE: AnswerRow = { status: [0, 999], means: OPEN, code: 'shopUnreadable', reason: 'misconfigured' };

/** An error body with nothing but a status's own name, such as `{"message":"Forbidden"}`, is a gateway's, not the shop's. */
export function speakerOf({ status, text }: HttpAnswer): Speaker {
  const { phrase, isErrorBody } = phraseIn(text);
  return isErrorBody && phrase.toLowerCase() !== STATUS_CODES[status]?.toLowerCase() ? 'shop' : 'front';
}

/** The row of the table that says what an answer means. */
export function rowOf(answer: HttpAnswer): AnswerRow {
  const by = speakerOf(answer);
  const said = phraseIn(answer.text).phrase;
  const found = ANSWERS.find(
    (row) =>
      covers(row.status, answer.status) &&
      (row.by === undefined || row.by === by) &&
      (row.says === undefined || row.says.test(said)) &&
      (row.to === undefined || row.to.test(answer.headers['location'] ?? 'nowhere')),
  );
  return found ?? NONSENSE;
}

const covers = (wanted: AnswerRow['status'], status: number): boolean =>
  typeof wanted === 'number' ? wanted === status : wanted[0] <= status && status <= wanted[1];
