import type { Shop } from '../shop';
import type { Fields } from '../json';

/** One call as a route sees it: path parameters checked, body parsed. */
export interface Call {
  readonly shop: Shop;
  readonly id: number;
  readonly parameter: string;
  readonly query: Fields;
  readonly body: unknown;
  readonly baseUrl: string;
}

export interface Route {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  /** Below /rest/<store>; `:id` is an integer, `:code` a text. */
  readonly path: string;
  /** ACL resource, or `anonymous`. */
  readonly resource: string;
  readonly answer: (call: Call) => unknown;
}
