import { createHmac, randomBytes } from 'node:crypto';
import OAuth from 'oauth-1.0a';
import type { MagentoSettings } from '../../domain/settings';

/** Gives the Authorization header of a call. A nonce serves once, so every try signs anew. */
export type Sign = (method: string, url: string) => string;

export function createSign(auth: MagentoSettings['auth']): Sign {
  if (auth.kind === 'token') return () => `Bearer ${auth.token}`;
  const oauth = new OAuth({
    consumer: { key: auth.consumerKey, secret: auth.consumerSecret },
    signature_method: 'HMAC-SHA256',
    hash_function: (base, key) => createHmac('sha256', key).update(base).digest('base64'),
  });
  oauth.getNonce = () => randomBytes(16).toString('hex');
  const token = { key: auth.accessToken, secret: auth.accessTokenSecret };
  return (method, url) => {
    const { origin, pathname, searchParams } = new URL(url);
    // The library takes the names in a query as they stand and would encode their brackets twice.
    const data = Object.fromEntries(searchParams);
    return oauth.toHeader(oauth.authorize({ method, url: origin + pathname, data }, token)).Authorization;
  };
}
