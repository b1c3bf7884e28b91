import type { Settings } from './settings';

/** What an instance takes orders from and writes them to, as far as others have to know. */
export interface Claim {
  readonly instance: string;
  /** Address of the shop, the same however it is spelled. */
  readonly shop: string;
  /** Address of the company database, likewise. */
  readonly company: string;
  /** Empty: all of them. */
  readonly storeViews: readonly number[];
}

export const claimOf = ({ instance, magento, counterpoint }: Settings): Claim => ({
  instance,
  shop: addressOf(magento.baseUrl),
  company: companyOf(counterpoint.connection),
  storeViews: magento.import.storeViews,
});

function companyOf(connection: Settings['counterpoint']['connection']): string {
  if (connection.kind === 'sandbox') return addressOf(connection.url);
  const { server, port, database } = connection;
  return `${hostOf(server)}:${String(port)}/${database.toLowerCase()}`;
}

/** This very machine has many names. */
const HERE = new Set(['localhost', '[::1]', '::1', '.', '(local)']);

function hostOf(name: string): string {
  const host = name.trim().toLowerCase().replace(/^tcp:/, '');
  return HERE.has(host) ? '127.0.0.1' : host.replace(/\.$/, '');
}

/** Host, port and path; whether it is asked over http or https, or by its front script, says nothing about which one it is. */
function addressOf(url: string): string {
  const { hostname, port, pathname } = new URL(url);
  const path = pathname.replace(/\/+$/, '').replace(/\/index\.php$/, '');
  return `${hostOf(hostname)}${port === '' ? '' : `:${port}`}${path}`;
}

/**
 * Why these two must not work side by side; null when they may (PC-A). Instances of one shop, or of one company database,
 * say how they share: each names its store views, and of one shop no view is named twice.
 */
export function sharingProblem(own: Claim, other: Claim): string | null {
  const sameShop = own.shop === other.shop;
  if (own.instance === other.instance || !(sameShop || own.company === other.company)) return null;
  const explicit = own.storeViews.length > 0 && other.storeViews.length > 0;
  const twice = sameShop ? own.storeViews.filter((view) => other.storeViews.includes(view)) : [];
  if (explicit && twice.length === 0) return null;
  const shared = sameShop ? `the shop ${own.shop}` : `the company database ${own.company}`;
  return (
    `Instances ${own.instance} and ${other.instance} share ${shared}` +
    (explicit
      ? ` and both import store view ${twice.join(', ')}.`
      : `, and the configuration does not say how: ${viewsOf(own)}, ${viewsOf(other)}.`)
  );
}

const viewsOf = ({ instance, storeViews }: Claim): string =>
  `${instance} imports ${storeViews.length === 0 ? 'every store view' : `store view ${storeViews.join(', ')}`}`;

export const SHARING_REMEDY =
  'Name the store views of each in magento.import.storeViews, none of one shop twice; otherwise an order could be imported by both.';
