import { createHmac } from 'node:crypto';
import OAuth from 'oauth-1.0a';
import { startShop, type AuthOptions, type SandboxShop } from '../../../sandbox/shop';
import { at, call, filtered } from './shop-calls';

const KEYS = { consumerKey: 'ck', consumerSecret: 'cs', accessToken: 'at', accessTokenSecret: 'as' };
const UNAUTHORISED = {
  message: "The consumer isn't authorized to access %resources.",
  parameters: { resources: 'Magento_Sales::actions_view' },
};
const NOW = new Date('2026-11-22T12:00:00Z');

describe('who may ask', () => {
  let shop: SandboxShop;
  const start = async (auth?: AuthOptions): Promise<void> => {
    shop = await startShop({ ...(auth ? { auth } : {}), now: () => NOW });
    shop.place('simple-checkmo');
  };
  afterEach(() => shop.close());

  const orders = '/V1/orders?searchCriteria=';

  it('a bearer token passes, in lower case too; none or another gives the one 401', async () => {
    await start({ token: 'secret' });
    expect((await call(shop, 'GET', orders, { token: 'secret' })).status).toBe(200);
    expect((await call(shop, 'GET', orders, { token: null, headers: { authorization: 'bearer secret' } })).status).toBe(
      200,
    );
    for (const token of [null, 'other']) {
      expect(await call(shop, 'GET', orders, { token })).toMatchObject({ status: 401, body: UNAUTHORISED });
    }
  });

  it('with bearer switched off the right token gives the same 401', async () => {
    await start({ token: 'secret', bearer: false });
    expect(await call(shop, 'GET', orders, { token: 'secret' })).toMatchObject({ status: 401, body: UNAUTHORISED });
  });

  it('a resource that was not granted gives the same 401, naming it', async () => {
    await start({ token: 'secret', acl: ['Magento_Sales::actions_view'] });
    expect((await call(shop, 'GET', orders, { token: 'secret' })).status).toBe(200);
    const { status, body } = await call(shop, 'POST', '/V1/order/1/invoice', { token: 'secret', body: {} });
    expect([status, at(body, 'parameters', 'resources')]).toEqual([401, 'Magento_Sales::invoice']);
  });

  it('directory data need nobody', async () => {
    await start();
    expect((await call(shop, 'GET', '/V1/directory/currency', { token: null })).status).toBe(200);
  });

  describe('OAuth 1.0a', () => {
    const signer = (
      options: { method?: string; secret?: string; key?: string; timestamp?: number; nonce?: string } = {},
    ): OAuth => {
      const oauth = new OAuth({
        consumer: { key: options.key ?? KEYS.consumerKey, secret: options.secret ?? KEYS.consumerSecret },
        signature_method: options.method ?? 'HMAC-SHA256',
        hash_function: (base, key) => createHmac('sha256', key).update(base).digest('base64'),
      });
      oauth.getTimeStamp = () => options.timestamp ?? Math.floor(NOW.getTime() / 1000);
      const { nonce } = options;
      if (nonce !== undefined) oauth.getNonce = () => nonce;
      return oauth;
    };
    const signed = (
      path: string,
      oauth: OAuth,
      token = KEYS.accessToken,
    ): Promise<{ status: number; body: unknown }> => {
      // The library leaves encoded names in a URL as they are; given as data they are encoded once, as the standard wants.
      const [resource = '', query = ''] = path.split('?');
      const data = Object.fromEntries(
        query.split('&').map((pair) => pair.split('=').map(decodeURIComponent) as [string, string]),
      );
      const request = { url: `${shop.baseUrl}/rest/default${resource}`, method: 'GET', data };
      const { Authorization } = oauth.toHeader(
        oauth.authorize(request, { key: token, secret: KEYS.accessTokenSecret }),
      );
      return call(shop, 'GET', path, { token: null, headers: { authorization: Authorization } });
    };
    beforeEach(() => start({ oauth1: KEYS }));

    it('a signed call passes, brackets and blanks in its query included', async () => {
      const path = `/V1/orders?${filtered('created_at', '2026-01-01 00:00:00', 'gteq')}`;
      expect(await signed(path, signer())).toMatchObject({ status: 200, body: { total_count: 1 } });
    });

    it('a plus sign for a blank breaks the signature', async () => {
      const path = `/V1/orders?${filtered('created_at', '2026-01-01 00:00:00', 'gteq').replace(/%20/g, '+')}`;
      expect(await signed(path, signer())).toMatchObject({
        status: 401,
        body: { message: 'The signature is invalid. Verify and try again.' },
      });
    });

    it.each([
      ['a bad signature', { secret: 'wrong' }, 401, 'The signature is invalid. Verify and try again.'],
      ['HMAC-SHA1', { method: 'HMAC-SHA1' }, 400, 'Signature method %1 is not supported'],
      ['an unknown consumer', { key: 'who' }, 401, 'A consumer having the specified key does not exist'],
      [
        'a clock 700 s ahead',
        { timestamp: Math.floor(NOW.getTime() / 1000) + 700 },
        401,
        'An error occurred validating the nonce',
      ],
    ])('%s is refused', async (_name, options, status, message) => {
      expect(await signed('/V1/orders?searchCriteria=', signer(options))).toMatchObject({ status, body: { message } });
    });

    it('an unknown token is refused, a timestamp a day old or 550 s ahead is not', async () => {
      expect(await signed('/V1/orders?searchCriteria=', signer(), 'nobody')).toMatchObject({
        status: 401,
        body: { message: 'Specified token does not exist' },
      });
      for (const shift of [-86_400, 550]) {
        const timestamp = Math.floor(NOW.getTime() / 1000) + shift;
        expect((await signed('/V1/orders?searchCriteria=', signer({ timestamp }))).status).toBe(200);
      }
    });

    it('a nonce serves once', async () => {
      expect((await signed('/V1/orders?searchCriteria=', signer({ nonce: 'once' }))).status).toBe(200);
      expect(
        await signed('/V1/orders?searchCriteria=', signer({ nonce: 'once', timestamp: 1_700_000_000 })),
      ).toMatchObject({
        status: 401,
        body: { message: 'The nonce is already being used by the consumer with ID %1' },
      });
    });
  });
});
