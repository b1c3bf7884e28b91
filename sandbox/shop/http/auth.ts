import { verifyOAuth, type OAuthKeys, type SignedRequest } from './oauth-signature';
import { unauthorized } from './refusals';

export interface AuthOptions {
  /** Integration access token, accepted as bearer. */
  readonly token?: string;
  /** The shop's switch for bearer tokens, off by default in real shops since 2.4.4; here on unless set to false. */
  readonly bearer?: boolean;
  readonly oauth1?: OAuthKeys;
  /** Resources the integration may use, e.g. `Magento_Sales::actions_view`; without it, all. */
  readonly acl?: readonly string[];
}

export const SANDBOX_TOKEN = 'sandbox-token';

/**
 * Decides whether a call may use a resource; anything wrong about a bearer token gives one and the same answer.
 *
 * @throws Refusal 401 or 400
 */
export const authorize = (
  auth: AuthOptions,
  request: Omit<SignedRequest, 'header'> & { readonly header: string | undefined; readonly resource: string },
  shop: { readonly now: () => Date; readonly useNonce: (nonce: string) => boolean },
): void => {
  if (request.resource === 'anonymous') return;
  const header = request.header ?? '';
  if (/^OAuth\s/i.test(header) && auth.oauth1) {
    verifyOAuth({ ...request, header }, auth.oauth1, shop);
  } else {
    const token = /^Bearer\s+(.+)$/i.exec(header)?.[1];
    const accepted = auth.bearer !== false && token !== undefined && token === auth.token;
    if (!accepted) throw unauthorized(request.resource);
  }
  if (auth.acl && !auth.acl.includes(request.resource)) throw unauthorized(request.resource);
};
