import { classify } from '../../activities/classify';
import { classifySqlError, type Phase } from '../../database/sql-errors';
import type { FailureKind } from '../../domain/errors';
import { failureOf, unreadable, type Errand, type HttpAnswer } from '../../magento/http/errors';

const NOW = new Date('2026-11-20T10:00:00Z');
const READ: Errand = { doing: 'reading order 1', order: '1', write: false };
const WRITE: Errand = { doing: 'invoicing order 1', order: '1', write: true };

const answer = (status: number, text: string, headers: HttpAnswer['headers'] = {}): HttpAnswer => ({
  status,
  text,
  headers,
});
const html = '<html><body>503 Service Temporarily Unavailable</body></html>';
const connection = (code: string): { fault: Error; timedOut: false } => ({
  fault: Object.assign(new Error(code), { code }),
  timedOut: false,
});

type Row = readonly [what: string, given: Parameters<typeof failureOf>[0], read: FailureKind, write: FailureKind];
const SHOP: readonly Row[] = [
  ['a time-out', { fault: new Error('aborted'), timedOut: true }, 'transient', 'ambiguous'],
  ['a reset', connection('ECONNRESET'), 'transient', 'ambiguous'],
  ['a refused connection', connection('ECONNREFUSED'), 'transient', 'transient'],
  ['a name that is not known', connection('ENOTFOUND'), 'transient', 'transient'],
  ['a name server that does not answer', connection('EAI_AGAIN'), 'transient', 'transient'],
  ['a certificate that has expired', connection('CERT_HAS_EXPIRED'), 'misconfigured', 'misconfigured'],
  ['TLS that breaks', connection('EPROTO'), 'misconfigured', 'ambiguous'],
  ['429 with Retry-After', { answer: answer(429, html, { 'retry-after': '7' }) }, 'throttled', 'throttled'],
  ['503 of a maintenance page', { answer: answer(503, html) }, 'transient', 'ambiguous'],
  ['502 of a gateway', { answer: answer(502, html) }, 'transient', 'ambiguous'],
  [
    '401 in the middle of a run',
    { answer: answer(401, '{"message":"The consumer isn\'t authorized to access %resources."}') },
    'misconfigured',
    'misconfigured',
  ],
  ['400 of the shop itself', { answer: answer(400, '{"message":"No"}') }, 'refused', 'refused'],
];

describe('P-19 what a fault of the shop means for the next step', () => {
  test.each(SHOP)('%s', (_what, given, read, write) => {
    expect([failureOf(given, READ, NOW).kind, failureOf(given, WRITE, NOW).kind]).toEqual([read, write]);
  });
  test('JSON that is cut off', () => {
    expect([
      unreadable(answer(200, '{"items":['), READ).kind,
      unreadable(answer(200, '{"items":['), WRITE).kind,
    ]).toEqual(['transient', 'ambiguous']);
  });
  test('Retry-After is when the engine tries again', () => {
    const failure = classify(failureOf({ answer: answer(429, html, { 'retry-after': '7' }) }, READ, NOW));
    expect(failure).toMatchObject({ nonRetryable: false, nextRetryDelay: 7_000 });
  });
  test('a shop that says no, or that cannot be reached as configured, is not asked again at once', () => {
    for (const given of [SHOP.at(-1)?.[1], SHOP.at(-2)?.[1]])
      if (given) expect(classify(failureOf(given, READ, NOW))).toMatchObject({ nonRetryable: true });
  });
});

type SqlRow = readonly [what: string, given: object, kind: FailureKind, code: string, phase?: Phase];
const DATABASE: readonly SqlRow[] = [
  ['a deadlock', { number: 1205 }, 'transient', 'databaseBusy'],
  ['a deadlock, PostgreSQL', { code: '40P01' }, 'transient', 'databaseBusy'],
  ['a lock time-out', { number: 1222 }, 'transient', 'databaseBusy'],
  ['a lock time-out, PostgreSQL', { code: '55P03' }, 'transient', 'databaseBusy'],
  ['a failover', { number: 983 }, 'transient', 'databaseAway'],
  ['a connection lost before the commit', { code: 'ESOCKET' }, 'transient', 'databaseAway'],
  ['a failover during the commit', { code: 'ESOCKET' }, 'ambiguous', 'commitUnknown', 'commit'],
  ['a time-out of the commit', { code: 'ETIMEOUT' }, 'ambiguous', 'commitUnknown', 'commit'],
  ['a deadlock at the commit', { number: 1205 }, 'transient', 'databaseBusy', 'commit'],
  ['a refused login', { number: 18456 }, 'misconfigured', 'loginRefused'],
  ['a refused login, PostgreSQL', { code: '28P01' }, 'misconfigured', 'loginRefused'],
  ['a read-only database', { number: 3906 }, 'transient', 'databaseReadOnly'],
  ['a read-only database, PostgreSQL', { code: '25006' }, 'transient', 'databaseReadOnly'],
  ['a duplicate key', { number: 2627 }, 'transient', 'duplicateKey'],
  ['a text that is too long', { number: 8152 }, 'refused', 'fieldTooLong'],
];

describe('P-01 what a fault of the database means for the next step', () => {
  test.each(DATABASE.map((row) => ({ what: row[0], row })))('$what', ({ row }) => {
    const [, given, kind, code, phase = 'statement'] = row;
    const error = classifySqlError(Object.assign(new Error('of the driver'), given), phase, '1');
    expect([error.kind, error.code]).toEqual([kind, code]);
    expect(classify(error)).toMatchObject({ nonRetryable: kind === 'refused' || kind === 'misconfigured' });
  });
});
