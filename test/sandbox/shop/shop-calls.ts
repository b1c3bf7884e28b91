import type { SandboxShop } from '../../../sandbox/shop';
import { SANDBOX_TOKEN } from '../../../sandbox/shop';

export interface Answered {
  readonly status: number;
  readonly text: string;
  /** Parsed, or undefined where the text is no JSON. */
  readonly body: unknown;
  readonly headers: Headers;
}

export interface CallOptions {
  readonly body?: unknown;
  readonly raw?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly token?: string | null;
}

const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
};

/** One call over HTTP; a path without /rest goes to the default store's API. */
export const call = async (
  shop: SandboxShop,
  method: string,
  path: string,
  options: CallOptions = {},
): Promise<Answered> => {
  const url = path.startsWith('/rest') || path.startsWith('/sandbox') ? path : `/rest/default${path}`;
  const token = options.token === undefined ? SANDBOX_TOKEN : options.token;
  const body = options.raw ?? (options.body === undefined ? undefined : JSON.stringify(options.body));
  const response = await fetch(`${shop.baseUrl}${url}`, {
    method,
    headers: {
      ...(token === null ? {} : { authorization: `Bearer ${token}` }),
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      ...options.headers,
    },
    ...(body === undefined ? {} : { body }),
  });
  const text = await response.text();
  return { status: response.status, text, body: parsed(text), headers: response.headers };
};

export const filtered = (
  field: string,
  value: string,
  condition = 'eq',
  more: Readonly<Record<string, string>> = {},
): string => {
  const query = new URLSearchParams({
    'searchCriteria[filter_groups][0][filters][0][field]': field,
    'searchCriteria[filter_groups][0][filters][0][value]': value,
    'searchCriteria[filter_groups][0][filters][0][condition_type]': condition,
    ...more,
  });
  return query.toString().replace(/\+/g, '%20');
};

/** Reads along a path of keys and indexes. */
export const at = (value: unknown, ...path: (string | number)[]): unknown =>
  path.reduce<unknown>((inner, key) => (inner as Record<string | number, unknown> | undefined)?.[key], value);

export const listAt = (value: unknown, ...path: (string | number)[]): unknown[] => at(value, ...path) as unknown[];

/** The item rows of an order by SKU. */
export const itemId = (shop: SandboxShop, order: string, sku: string): number => {
  const items = listAt(shop.order(order), 'items');
  return at(
    items.find((item) => at(item, 'sku') === sku),
    'item_id',
  ) as number;
};
