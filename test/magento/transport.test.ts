import { createHmac } from 'node:crypto';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { createShop } from '../../magento';
import { createPace } from '../../magento/http/pace';
import { failure } from './calls';
import {
  QUICK,
  list,
  ok,
  sampleOrder,
  settingsFor,
  startScriptedShop,
  type Script,
  type ScriptedShop,
} from './recorded-shop';

const ORDER = sampleOrder('live-configurable');
const ENTITY = Number(ORDER['entity_id']);
let shop: ScriptedShop | undefined;

afterEach(async () => {
  await shop?.close();
  shop = undefined;
});

async function clientOf(script: Script, changes: Parameters<typeof settingsFor>[1] = {}, options: object = {}) {
  shop = await startScriptedShop(script);
  return { shop, client: createShop(settingsFor(shop.baseUrl, changes), { ...QUICK, ...options }) };
}

describe('signing in', () => {
  test('a bearer token goes with every call, to the store code’s path', async () => {
    const { shop: server, client } = await clientOf({ [`GET /orders/${ENTITY}`]: ok(ORDER) }, { storeCode: 'all' });
    await expect(client.order(ENTITY)).resolves.toMatchObject({ entityId: ENTITY });
    expect(server.seen[0]?.url).toBe(`/rest/all/V1/orders/${ENTITY}`);
    expect(server.seen[0]?.headers.authorization).toBe('Bearer secret-token');
  });

  test('OAuth 1.0a signs method, address and query with HMAC-SHA256, with a new nonce each time', async () => {
    const auth = {
      kind: 'oauth1',
      consumerKey: 'ck',
      consumerSecret: 'c&s',
      accessToken: 'at',
      accessTokenSecret: 't s',
    } as const;
    const { shop: server, client } = await clientOf({ 'GET /orders': list(ORDER) }, { auth });
    await client.candidates({
      statuses: ['pending', 'processing'],
      from: '2026-11-01T05:00:00Z',
      storeViews: [],
      pageSize: 2,
    });
    await client.candidates({
      statuses: ['pending', 'processing'],
      from: '2026-11-01T05:00:00Z',
      storeViews: [],
      pageSize: 2,
    });
    const nonces = server.seen.map(({ headers, url, method }) => {
      const fields = oauthFields(headers.authorization ?? '');
      expect(fields.get('oauth_signature')).toBe(signatureOf(method, `${server.baseUrl}${url}`, fields, 'c&s', 't s'));
      expect(fields.get('oauth_signature_method')).toBe('HMAC-SHA256');
      expect(url).not.toContain('+');
      return fields.get('oauth_nonce');
    });
    expect(new Set(nonces).size).toBe(2);
  });

  test('a redirect is not followed: the sign-in never reaches another host', async () => {
    const other = await startScriptedShop({});
    const redirect = { status: 302, text: '', headers: { Location: `${other.baseUrl}/rest/default/V1/orders/1` } };
    const { client } = await clientOf({ [`GET /orders/${ENTITY}`]: redirect });
    const error = await failure(client.order(ENTITY));
    await other.close();
    expect(error.facts).toMatchObject({ kind: 'misconfigured', code: 'shopRedirects', field: 'magento.baseUrl' });
    expect(other.seen).toEqual([]);
  });

  test.each([
    ['a notice', { status: 'maintenance' }],
    ['an empty list', []],
    ['nothing', null],
    ['another order out of a cache', { ...ORDER, entity_id: ENTITY + 1 }],
  ])('P-18 HTTP 200 with %s in place of the order is no word about the order', async (_what, body) => {
    const { client } = await clientOf({ [`GET /orders/${ENTITY}`]: ok(body) });
    const read = await failure(client.order(ENTITY));
    const written = await failure(client.comment({ order: '1', entityId: ENTITY, comment: 'x' }));
    for (const error of [read, written])
      expect(error.facts).toMatchObject({ kind: 'transient', code: 'shopUnreadable', reason: 'misconfigured' });
  });

  test('the token never stands in an error', async () => {
    const { client } = await clientOf({ [`GET /orders/${ENTITY}`]: 'cut' });
    const error = await failure(client.order(ENTITY));
    expect(JSON.stringify({ ...error.facts, message: error.message })).not.toContain('secret-token');
  });
});

describe('what an answer means', () => {
  const page = { status: 503, text: '<html><body>Service Temporarily Unavailable</body></html>' };
  test.each([
    [
      'missing right',
      {
        status: 401,
        body: {
          message: "The consumer isn't authorized to access %resources.",
          parameters: { resources: 'Magento_Sales::actions_view' },
        },
      },
      'misconfigured',
      'shopNotAuthorised',
    ],
    [
      'unknown order',
      {
        status: 404,
        body: { message: "The entity that was requested doesn't exist. Verify the entity and try again." },
      },
      'refused',
      'orderNotFound',
    ],
    [
      'unknown route',
      { status: 404, body: { message: 'Request does not match any route.' } },
      'misconfigured',
      'shopRouteUnknown',
    ],
    [
      'unknown store code',
      { status: 400, body: { message: 'Specified request cannot be processed.' } },
      'misconfigured',
      'shopStoreCodeUnknown',
    ],
    [
      'wrong OAuth signature method',
      { status: 400, body: { message: 'Signature method %1 is not supported', parameters: ['HMAC-SHA1'] } },
      'misconfigured',
      'shopNotAuthorised',
    ],
    ['firewall', { status: 403, text: '<html>Forbidden</html>' }, 'transient', 'shopBlocked'],
    ['P-19 maintenance page without Retry-After', page, 'transient', 'shopMaintenance'],
    [
      'P-19 maintenance with Retry-After',
      { ...page, headers: { 'Retry-After': '120' } },
      'throttled',
      'shopMaintenance',
    ],
    ['bad gateway', { status: 502, text: '<html>Bad Gateway</html>' }, 'transient', 'shopServerError'],
    ['HTML with 200', { status: 200, text: '<html>Please sign in</html>' }, 'transient', 'shopUnreadable'],
    ['truncated JSON with 200', { status: 200, text: '{"entity_id":' }, 'transient', 'shopUnreadable'],
    ['reset', 'cut', 'transient', 'shopConnectionLost'],
  ] as const)('%s', async (_name, answer, kind, code) => {
    const { client } = await clientOf({ [`GET /orders/${ENTITY}`]: answer });
    expect((await failure(client.order(ENTITY))).facts).toMatchObject({ kind, code });
  });

  test('a missing right is named by its resource', async () => {
    const { client } = await clientOf({
      [`GET /orders/${ENTITY}`]: {
        status: 401,
        body: {
          message: "The consumer isn't authorized to access %resources.",
          parameters: { resources: 'Magento_Sales::ship' },
        },
      },
    });
    expect((await failure(client.order(ENTITY))).message).toContain('Magento_Sales::ship');
  });

  test('a read that broke once is read again at once', async () => {
    const { shop: server, client } = await clientOf({ [`GET /orders/${ENTITY}`]: ['cut', ok(ORDER)] });
    await expect(client.order(ENTITY)).resolves.toMatchObject({ entityId: ENTITY });
    expect(server.seen).toHaveLength(2);
  });

  test('a shop that does not answer in time is given up', async () => {
    const { client } = await clientOf({ [`GET /orders/${ENTITY}`]: 'hang' }, { timeoutSeconds: 0.05 });
    expect((await failure(client.order(ENTITY))).facts).toMatchObject({ kind: 'transient', code: 'shopTimeout' });
  });

  test('a call ends early when its signal fires', async () => {
    const { client } = await clientOf({ [`GET /orders/${ENTITY}`]: 'hang' });
    const stop = new AbortController();
    const call = failure(client.order(ENTITY, { signal: stop.signal }));
    stop.abort();
    expect((await call).kind).toBe('transient');
  });

  test('a refused connection is known not to have sent anything', async () => {
    const port = await freePort();
    const client = createShop(settingsFor(`http://127.0.0.1:${port}`), QUICK);
    expect((await failure(client.cancel({ order: '1', entityId: 1 }))).facts).toMatchObject({
      kind: 'transient',
      code: 'shopUnreachable',
    });
  });

  test('TLS that cannot be trusted is a matter of configuration', async () => {
    const { shop: server } = await clientOf({});
    const client = createShop(settingsFor(server.baseUrl.replace('http:', 'https:')), QUICK);
    expect((await failure(client.order(1))).facts).toMatchObject({ kind: 'misconfigured', code: 'shopCertificate' });
  });
});

describe('P-19 a shop that asks for fewer calls', () => {
  const throttled = (retryAfter: string) => ({
    status: 429,
    body: { message: 'Too Many Requests' },
    headers: { 'Retry-After': retryAfter },
  });

  test('P-19 is told in seconds or as a date, and left alone by every call until then', async () => {
    let now = new Date('2026-11-22T10:00:00Z');
    const script = {
      [`GET /orders/${ENTITY}`]: [throttled('30'), ok(ORDER)],
      'GET /orders/7': throttled('Sun, 22 Nov 2026 10:05:00 GMT'),
    };
    const { shop: server, client } = await clientOf(script, {}, { now: () => now });
    expect((await failure(client.order(ENTITY))).facts).toMatchObject({
      kind: 'throttled',
      code: 'shopThrottled',
      retryAfterMs: 30_000,
    });
    now = new Date('2026-11-22T10:00:10Z');
    expect((await failure(client.order(ENTITY))).facts).toMatchObject({ kind: 'throttled', retryAfterMs: 20_000 });
    expect(server.seen).toHaveLength(1);
    now = new Date('2026-11-22T10:00:30Z');
    await expect(client.order(ENTITY)).resolves.toMatchObject({ entityId: ENTITY });
    expect((await failure(client.order(7))).facts.retryAfterMs).toBe(270_000);
  });

  test('P-19 no more than the configured number of calls begin within a second', async () => {
    jest.useFakeTimers({ now: 0 });
    try {
      const pace = createPace(3);
      const begun: number[] = [];
      const calls = Array.from({ length: 7 }, () => pace().then(() => begun.push(Date.now())));
      await jest.runAllTimersAsync();
      await Promise.all(calls);
      expect(begun).toEqual([0, 0, 0, 1000, 1000, 1000, 2000]);
    } finally {
      jest.useRealTimers();
    }
  });
});

function oauthFields(header: string): Map<string, string> {
  return new Map(
    [...header.matchAll(/(oauth_\w+)="([^"]*)"/g)].map(([, key, value]) => [
      key ?? '',
      decodeURIComponent(value ?? ''),
    ]),
  );
}

/** RFC 5849 §3.4, written out apart from the library that signs. */
function signatureOf(
  method: string,
  url: string,
  fields: Map<string, string>,
  consumerSecret: string,
  tokenSecret: string,
): string {
  const enc = (text: string) =>
    encodeURIComponent(text).replace(/[!'()*]/g, (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`);
  const { origin, pathname, searchParams } = new URL(url);
  const pairs = [...searchParams, ...fields]
    .filter(([key]) => key !== 'oauth_signature')
    .map(([key, value]) => `${enc(key)}=${enc(value)}`);
  const base = [method, enc(origin + pathname), enc(pairs.sort().join('&'))].join('&');
  return createHmac('sha256', `${enc(consumerSecret)}&${enc(tokenSecret)}`)
    .update(base)
    .digest('base64');
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}
