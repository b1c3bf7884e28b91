import { authorize, type AuthOptions } from './auth';
import { isFields, type Fields } from '../json';
import { decodingError, needsId, noRoute, unknownStore, wrongMediaType, wrongPathType } from './refusals';
import type { Route } from './route';
import { invoiceRoutes } from './routes/invoices';
import { orderRoutes } from './routes/orders';
import { paymentRoutes } from './routes/payments';
import { shipmentRoutes } from './routes/shipments';
import { STORE_CODES, storeRoutes } from './routes/store';
import { nestedQuery } from './search-criteria';
import type { Shop } from '../shop';
import { trimFields } from './trim-fields';

export interface RestRequest {
  readonly method: string;
  /** Path and query as they came. */
  readonly target: string;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly text: string;
  readonly baseUrl: string;
}

export interface RestShop {
  readonly shop: Shop;
  readonly auth: AuthOptions;
  readonly now: () => Date;
}

interface Matcher {
  readonly route: Route;
  readonly pattern: RegExp;
}

/** Paths without parameters come first, as `orders/items` must not be read as an id. */
const MATCHERS: readonly Matcher[] = [
  ...orderRoutes,
  ...invoiceRoutes,
  ...shipmentRoutes,
  ...paymentRoutes,
  ...storeRoutes,
]
  .map((route) => ({ route, pattern: new RegExp(`^${route.path.replace(/:\w+/g, '([^/]+)')}/?$`) }))
  .sort((a, b) => Number(a.route.path.includes(':')) - Number(b.route.path.includes(':')));

/** The path below /rest/<store>, or null where it is no call to the API. */
export const apiPath = (target: string): { readonly store: string; readonly path: string } | null => {
  const path = target.split('?')[0] ?? '';
  const match = /^\/rest\/(?:([^/]+)\/)?(V1\/.*)$/.exec(path);
  return match ? { store: match[1] ?? 'default', path: `/${match[2] ?? ''}` } : null;
};

const find = (method: string, path: string): { readonly route: Route; readonly parameter: string } => {
  for (const { route, pattern } of MATCHERS) {
    const match = route.method === method ? pattern.exec(path) : null;
    if (match) return { route, parameter: match[1] ?? '' };
  }
  throw noRoute();
};

/** Name of the route a call goes to, for counting. */
export const routeName = (method: string, target: string): string => {
  const api = apiPath(target);
  if (!api) return `${method} ${target.split('?')[0] ?? ''}`;
  const found = MATCHERS.find(({ route, pattern }) => route.method === method && pattern.test(api.path));
  return `${method} ${found?.route.path ?? api.path}`;
};

const queryPairs = (target: string): [string, string][] => {
  const [, query = ''] = target.split(/\?(.*)/s);
  return [...new URLSearchParams(query)];
};

const header = (request: RestRequest, name: string): string | undefined => {
  const value = request.headers[name];
  return Array.isArray(value) ? value[0] : value;
};

const parseBody = (request: RestRequest): unknown => {
  if (request.text === '') return {};
  const type = (header(request, 'content-type') ?? '').split(';')[0]?.trim() ?? '';
  if (type !== 'application/json') throw wrongMediaType(type);
  try {
    return JSON.parse(request.text) as unknown;
  } catch {
    throw decodingError();
  }
};

const idOf = (route: Route, parameter: string): number => {
  if (!route.path.includes(':id')) return 0;
  const id = Number(parameter);
  if (!Number.isInteger(id)) throw wrongPathType(parameter);
  if (id === 0) throw needsId();
  return id;
};

/**
 * Answers one API call, faults and transport left out.
 *
 * @returns the body before trimming, so that faults can tell what is in it, and trimmed
 * @throws Refusal
 */
export const answerRest = async (
  { shop, auth, now }: RestShop,
  request: RestRequest,
): Promise<{ readonly full: unknown; readonly trimmed: unknown }> => {
  const api = apiPath(request.target);
  if (!api) throw noRoute();
  if (!STORE_CODES.includes(api.store)) throw unknownStore();
  const { route, parameter } = find(request.method, api.path);
  const pairs = queryPairs(request.target);
  authorize(
    auth,
    {
      method: request.method,
      url: `${request.baseUrl}${request.target.split('?')[0] ?? ''}`,
      query: pairs,
      header: header(request, 'authorization'),
      resource: route.resource,
    },
    { now, useNonce: (nonce) => shop.books.useNonce(nonce) },
  );
  const id = idOf(route, parameter);
  const body = request.method === 'GET' || request.method === 'DELETE' ? {} : parseBody(request);
  const query: Fields = nestedQuery(pairs);
  const full = await route.answer({ shop, id, parameter, query, body, baseUrl: request.baseUrl });
  return { full, trimmed: trimFields(full, query['fields']) };
};

/** Orders that stand in an answer of the order endpoints. */
export const ordersIn = (target: string, answer: unknown): string[] => {
  if (!/\/V1\/orders(\/\d+)?$/.test(apiPath(target)?.path.replace(/\/$/, '') ?? '')) return [];
  const listed =
    isFields(answer) && Array.isArray(answer['items']) && !('increment_id' in answer) ? answer['items'] : [answer];
  return listed
    .filter(isFields)
    .flatMap((order) => (typeof order['increment_id'] === 'string' ? [order['increment_id']] : []));
};
