import { STATUS_CODES } from 'node:http';
import type { FailureKind } from '../../domain/errors';
import { ANSWERS } from '../../magento/http/answer-table';
import type { Deed, Errand, HttpAnswer } from '../../magento/http/call-target';
import { failureOf, unreadable } from '../../magento/http/errors';

/**
 * P-24: status × who says it × what was asked → what it means, written out apart from the table of the client. "Front" is
 * whatever stands before the shop: it cannot know what the shop did with a write, so a write stays open.
 */

const NOW = new Date('2026-11-20T10:00:00Z');
const ERRANDS: Readonly<Record<Deed, Errand>> = {
  read: { doing: 'reading order 1', order: '1', write: false },
  write: { doing: 'shipping order 1', order: '1', write: true },
  charge: { doing: 'invoicing order 1', order: '1', write: true, charges: true },
};
const DEEDS: readonly Deed[] = ['read', 'write', 'charge'];

const kindsOf = (answer: HttpAnswer): FailureKind[] =>
  DEEDS.map((deed) =>
    answer.status >= 200 && answer.status < 300
      ? unreadable(answer, ERRANDS[deed]).kind
      : failureOf({ answer }, ERRANDS[deed], NOW).kind,
  );
const factsOf = (answer: HttpAnswer, deed: Deed) => failureOf({ answer }, ERRANDS[deed], NOW).facts;

const shop = (message: string, parameters?: unknown): string =>
  JSON.stringify({ message, ...(parameters === undefined ? {} : { parameters }) });

/** What no shop says: pages, nothing at all, other JSON, and a status's own name as gateways put it into JSON. */
const inFront = (status: number): readonly (readonly [string, string])[] => [
  ['a page', `<!DOCTYPE html><html><body>${String(status)}</body></html>`],
  ['a plain text', 'error code: 1020'],
  ['nothing', ''],
  ['other JSON', '{"error":"blocked","ray":"8f"}'],
  ['a list', '[]'],
  ['the name of the status', shop(STATUS_CODES[status] ?? 'error')],
];

const OPEN = ['transient', 'ambiguous', 'ambiguous'];
const REFUSED = ['refused', 'refused', 'refused'];
/** The shop has taken back what it did itself; what the payment provider did by then stands. */
const UNDONE = ['refused', 'refused', 'ambiguous'];
const SETTING = ['misconfigured', 'misconfigured', 'misconfigured'];
const LATER = ['throttled', 'throttled', 'throttled'];

const FOUR_HUNDREDS = [
  400, 401, 402, 403, 404, 405, 406, 407, 408, 409, 410, 411, 412, 413, 414, 415, 416, 417, 418, 421, 422, 423, 424,
  425, 426, 428, 431, 444, 451, 460, 494, 499,
];
const FIVE_HUNDREDS = [500, 501, 502, 503, 504, 505, 507, 508, 511, 520, 521, 522, 523, 524, 525, 526, 530, 598];

describe('what stands in front of the shop', () => {
  test.each(
    [...FOUR_HUNDREDS, ...FIVE_HUNDREDS].flatMap((status) =>
      inFront(status).map(([what, text]) => ({ status, what, text })),
    ),
  )('P-24 HTTP $status with $what: a read is repeated, a write is of unknown outcome', ({ status, text }) => {
    expect(kindsOf({ status, headers: {}, text })).toEqual(OPEN);
  });

  test.each([301, 302, 303, 307, 308])('HTTP %i: the address is wrong for a read, a write stays open', (status) => {
    const answer = { status, headers: { location: 'https://www.shop.example/rest/V1' }, text: '' };
    expect(kindsOf(answer)).toEqual(['misconfigured', 'ambiguous', 'ambiguous']);
    expect(factsOf(answer, 'read').message).toContain('https://www.shop.example');
  });

  test.each([
    ['a notice of maintenance', 302, 'https://shop.example/maintenance.html'],
    ['a sign-in', 302, '/customer/account/login/?referer=/rest/default/V1/orders/1'],
    ['a challenge', 307, 'https://shop.example/cdn/challenge?to=%2Frest'],
    ['the home page', 303, '/'],
    ['a page for good', 301, 'https://shop.example/closed'],
    ['nowhere', 304, undefined],
  ])(
    'P-20 a redirect to %s (HTTP %i %s) goes as it comes: it says nothing of the address',
    (_what, status, location) => {
      const answer = { status, headers: { location }, text: '' };
      expect(kindsOf(answer)).toEqual(OPEN);
      for (const deed of DEEDS)
        expect(factsOf(answer, deed)).toMatchObject({ code: 'shopBlocked', reason: 'misconfigured' });
      expect(factsOf(answer, 'read').message).toContain('to a page');
    },
  );

  test.each([
    'https://www.shop.example',
    'http://shop.example/',
    '//shop.example/magento/rest/all/V1/orders?x=1',
    '/en/rest/V1',
  ])('a redirect to %s names another address', (location) => {
    expect(factsOf({ status: 302, headers: { location }, text: '' }, 'read').code).toBe('shopRedirects');
  });

  test.each([
    ['a missing record', 404, { message: 'The resource was not found', request_id: 'a1' }],
    ['a refused token', 401, { statusCode: 401, message: 'The token has expired' }],
    ['a refusal', 400, { message: 'Could not save your request', error: 'Bad Request', timestamp: 1 }],
  ])(
    'P-24 a gateway that words %s as the shop would (HTTP %i) is known by what it says beside',
    (_what, status, body) => {
      expect(kindsOf({ status, headers: {}, text: JSON.stringify(body) })).toEqual(OPEN);
    },
  );

  test('P-19 a pause that no shop can mean is cut, or the worker would be silent for ever', () => {
    const asked = (value: string) =>
      factsOf({ status: 429, headers: { 'retry-after': value }, text: '' }, 'read').retryAfterMs;
    expect(['120', ' 1.5 ', '86400', '9'.repeat(400), 'Thu, 31 Dec 2099 23:59:59 GMT'].map(asked)).toEqual([
      120_000, 1_500, 600_000, 600_000, 600_000,
    ]);
    expect(['', 'soon', '-1'].map(asked)).toEqual([undefined, undefined, undefined]);
  });

  test.each([
    ['a login page', '<!doctype html><title>Sign in</title>'],
    ['a challenge', '<html><body>Checking your browser</body></html>'],
    ['a message of PHP, then the data', 'Warning: Undefined array key "x" in /app/x.php on line 3\n"17"'],
    ['a message of PHP as HTML', '<br />\n<b>Deprecated</b>:  strlen() in <b>x.php</b><br />\n"17"'],
    ['half the data', '{"entity_id":1'],
    ['nothing', ''],
    ['an error body', shop('Internal server error')],
  ])('HTTP 200 with %s is no answer', (_what, text) => {
    expect(kindsOf({ status: 200, headers: {}, text })).toEqual(OPEN);
  });

  test.each<[string, number, string]>([
    ['a firewall', 403, '<html>Forbidden</html>'],
    ['a sign-in of the web server', 401, '<html>Authorization Required</html>'],
    ['a proxy', 407, ''],
    ['a 404 that is no shop’s', 404, '<html>Not Found</html>'],
  ])('P-20 %s is told as a set-up that has to be mended when it lasts, not as an outage', (_what, status, text) => {
    for (const deed of DEEDS)
      expect(factsOf({ status, headers: {}, text }, deed)).toMatchObject({
        reason: 'misconfigured',
        field: 'magento.baseUrl',
      });
  });

  test('P-20 a page or a message of PHP in place of the data is told as that when it lasts', () => {
    const told = (text: string) => unreadable({ status: 200, headers: {}, text }, ERRANDS.read).facts;
    expect(told('<!doctype html><title>Sign in</title>')).toMatchObject({ reason: 'misconfigured' });
    expect(told('Notice: Undefined index in x.php\n{}')).toMatchObject({ reason: 'misconfigured' });
    expect(told('Notice: Undefined index in x.php\n{}').message).toContain('display_errors');
    expect(told('{"entity_id":')).toMatchObject({ reason: 'misconfigured' });
  });

  test('P-20 a 500 of the shop itself lasts for a record or an extension, one of a gateway is an outage', () => {
    const of = (text: string) => factsOf({ status: 500, headers: {}, text }, 'read');
    expect(
      of(shop('Internal Error. Details are available in Magento log file. Report ID: webapi-66f0c')),
    ).toMatchObject({
      kind: 'transient',
      reason: 'misconfigured',
    });
    expect(of('<html>500</html>')).toMatchObject({ kind: 'transient', reason: 'systemDown' });
    // What is left of an answer where PHP itself has ended.
    expect(
      of('{"messages":{"error":[{"code":500,"message":"Server internal error. See details in report api/1"}]}}'),
    ).toMatchObject({ kind: 'transient', reason: 'misconfigured' });
  });

  test('a gateway’s time-out and a firewall are told apart', () => {
    expect(factsOf({ status: 408, headers: {}, text: '' }, 'read')).toMatchObject({
      code: 'shopTimeout',
      reason: 'systemDown',
    });
    expect(factsOf({ status: 403, headers: {}, text: '' }, 'read')).toMatchObject({ code: 'shopBlocked' });
  });
});

describe('the shop itself', () => {
  test.each<[string, number, string, string[], string]>([
    [
      'refuses a document before it begins',
      400,
      shop('Invoice Document Validation Error(s):\nThe order does not allow an invoice to be created.'),
      REFUSED,
      'shopRefused',
    ],
    [
      'refuses a quantity',
      400,
      shop('We found an invalid quantity to invoice item "%1".', ['S1']),
      REFUSED,
      'shopRefused',
    ],
    [
      'misses an argument',
      400,
      shop('"%fieldName" is required. Enter and try again.', { fieldName: 'items' }),
      REFUSED,
      'shopRefused',
    ],
    ['cannot read what it was sent', 400, shop('Decoding error.'), REFUSED, 'shopRefused'],
    [
      'could not save an invoice',
      400,
      shop('Could not save an invoice, see error log for details'),
      UNDONE,
      'shopNotSaved',
    ],
    [
      'could not save a shipment',
      400,
      shop('Could not save a shipment, see error log for details'),
      UNDONE,
      'shopNotSaved',
    ],
    ['could not save a track', 400, shop('Could not save the shipment tracking.'), UNDONE, 'shopNotSaved'],
    ['refuses in an extension’s words', 400, shop('The tax office does not answer.'), UNDONE, 'shopRefused'],
    [
      'does not know the store code',
      400,
      shop('Specified request cannot be processed.'),
      SETTING,
      'shopStoreCodeUnknown',
    ],
    [
      'does not take the signature',
      400,
      shop('Signature method %1 is not supported', ['HMAC-SHA1']),
      SETTING,
      'shopNotAuthorised',
    ],
    [
      'grants no right',
      401,
      shop("The consumer isn't authorized to access %resources.", { resources: 'Magento_Sales::ship' }),
      SETTING,
      'shopNotAuthorised',
    ],
    ['does not know the token', 401, shop('Specified token does not exist'), SETTING, 'shopNotAuthorised'],
    [
      'misses a record',
      404,
      shop("The entity that was requested doesn't exist. Verify the entity and try again."),
      UNDONE,
      'shopEntityNotFound',
    ],
    [
      'misses a product',
      404,
      shop('No such entity with %fieldName = %fieldValue', { fieldName: 'sku', fieldValue: 'S1' }),
      UNDONE,
      'shopEntityNotFound',
    ],
    ['knows no such route', 404, shop('Request does not match any route.'), SETTING, 'shopRouteUnknown'],
    ['asks for fewer calls', 429, shop('Too Many Requests'), LATER, 'shopThrottled'],
    ['is limited by somebody in front', 429, '<html>429</html>', LATER, 'shopThrottled'],
    [
      'fails',
      500,
      shop('Internal Error. Details are available in Magento log file. Report ID: webapi-66f0c'),
      OPEN,
      'shopServerError',
    ],
    ['says by a 403 what it never says', 403, shop('The consumer is blocked by an extension.'), OPEN, 'shopBlocked'],
    ['says by a 409 what it never says', 409, shop('Somebody else edits this order.'), OPEN, 'shopBlocked'],
  ])('P-24 %s (HTTP %i)', (_what, status, text, kinds, code) => {
    const answer = { status, headers: {}, text };
    expect(kindsOf(answer)).toEqual(kinds);
    for (const deed of DEEDS) expect(factsOf(answer, deed).code).toBe(code);
  });

  test('P-19 says when to come again: a read waits so long, a write is looked for', () => {
    const answer = { status: 503, headers: { 'retry-after': '120' }, text: '<html>Maintenance</html>' };
    expect(kindsOf(answer)).toEqual(['throttled', 'ambiguous', 'ambiguous']);
    for (const deed of DEEDS) expect(factsOf(answer, deed).retryAfterMs).toBe(120_000);
  });
});

test('P-24 no row of the table lets a charge that may have been made count as refused', () => {
  const certain = ANSWERS.filter(({ means }) => means.charge === 'refused');
  expect(certain.map(({ status, by, says }) => [status, by, says !== undefined])).toEqual([[400, 'shop', true]]);
  for (const { means } of ANSWERS) expect(means.write === 'ambiguous' ? means.charge : 'ambiguous').toBe('ambiguous');
});
