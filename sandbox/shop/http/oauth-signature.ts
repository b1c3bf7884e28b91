import { createHmac } from 'node:crypto';
import { oauthRefused } from './refusals';

export interface OAuthKeys {
  readonly consumerKey: string;
  readonly consumerSecret: string;
  readonly accessToken: string;
  readonly accessTokenSecret: string;
}

/** RFC 3986, as the signature's base string wants it. */
const encode = (text: string): string =>
  encodeURIComponent(text).replace(/[!'()*]/g, (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`);

const readHeader = (header: string): Map<string, string> =>
  new Map(
    header
      .replace(/^OAuth\s+/i, '')
      .split(',')
      .map((part) => {
        const [name = '', value = ''] = part.trim().split(/=(.*)/s);
        return [decodeURIComponent(name), decodeURIComponent(value.replace(/^"|"$/g, ''))] as const;
      }),
  );

export interface SignedRequest {
  readonly method: string;
  /** Scheme, host and path as the shop sees them. */
  readonly url: string;
  readonly query: readonly (readonly [string, string])[];
  readonly header: string;
}

const signature = (request: SignedRequest, oauth: Map<string, string>, keys: OAuthKeys): string => {
  const parameters = [
    ...request.query,
    ...[...oauth].filter(([name]) => name !== 'oauth_signature' && name !== 'realm'),
  ]
    .map(([name, value]) => [encode(name), encode(value)] as const)
    .sort(([a, av], [b, bv]) => (a === b ? (av < bv ? -1 : 1) : a < b ? -1 : 1))
    .map(([name, value]) => `${name}=${value}`)
    .join('&');
  const base = [request.method.toUpperCase(), encode(request.url), encode(parameters)].join('&');
  return createHmac('sha256', `${encode(keys.consumerSecret)}&${encode(keys.accessTokenSecret)}`)
    .update(base)
    .digest('base64');
};

const FUTURE_SECONDS = 600;

/**
 * Verifies an OAuth 1.0a header as the shop does (contract §6).
 *
 * @throws Refusal 400 or 401 with the shop's sentence
 */
export const verifyOAuth = (
  request: SignedRequest,
  keys: OAuthKeys,
  shop: { readonly now: () => Date; readonly useNonce: (nonce: string) => boolean },
): void => {
  const oauth = readHeader(request.header);
  const required = [
    'oauth_consumer_key',
    'oauth_token',
    'oauth_signature_method',
    'oauth_signature',
    'oauth_nonce',
    'oauth_timestamp',
  ];
  const missing = required.filter((name) => !oauth.get(name));
  if (missing.length > 0)
    throw oauthRefused('"%fieldName" is required. Enter and try again.', 400, { fieldName: missing[0] ?? '' });
  const method = oauth.get('oauth_signature_method') ?? '';
  if (method !== 'HMAC-SHA256') throw oauthRefused('Signature method %1 is not supported', 400, [method]);
  if (oauth.get('oauth_consumer_key') !== keys.consumerKey) {
    throw oauthRefused('A consumer having the specified key does not exist');
  }
  const ahead = Number(oauth.get('oauth_timestamp')) - Math.floor(shop.now().getTime() / 1000);
  if (!Number.isFinite(ahead) || ahead > FUTURE_SECONDS) throw oauthRefused('An error occurred validating the nonce');
  if (!shop.useNonce(oauth.get('oauth_nonce') ?? '')) {
    throw oauthRefused('The nonce is already being used by the consumer with ID %1', 401, ['1']);
  }
  if (oauth.get('oauth_token') !== keys.accessToken) throw oauthRefused('Specified token does not exist');
  if (signature(request, oauth, keys) !== oauth.get('oauth_signature')) {
    throw oauthRefused('The signature is invalid. Verify and try again.');
  }
};
