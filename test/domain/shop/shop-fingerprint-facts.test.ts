import { orderFingerprint, sameFingerprint } from '../../../domain/shop/fingerprint';
import type { ShopItem, ShopSide } from '../../../domain/order/observation';
import type { ShopOrder } from '../../../domain/shop/order';
import { order, withRows, withTotals } from './shop-orders';

/**
 * P-04: what the watch compares moves with every fact of the shop that the plan leans on, or it is written down here why
 * it does not. The types keep the table whole: a fact that is added to the observation has to be entered.
 */

type Payment = ShopSide['payment'];
type Fact =
  | Exclude<keyof ShopSide, 'payment' | 'items'>
  | `payment.${Exclude<keyof Payment, symbol>}`
  | `items.${Exclude<keyof ShopItem, symbol>}`;

const base = order('live-bundle-together');
/** The shop dates every save of an order that changed a column of it. */
const saved = (change: Partial<ShopOrder>): ShopOrder => ({ ...base, ...change, updatedAt: '2027-01-01T00:00:00Z' });
const payment = (change: Partial<ShopOrder['payment']>): ShopOrder =>
  saved({ payment: { ...base.payment, ...change } });

/** The order after the fact has moved; or why the fingerprint stands still, and who sees it then. */
const FACTS: Readonly<Record<Fact, ShopOrder | string>> = {
  entityId: 'an order keeps its id',
  storeId: 'an order keeps its store view',
  state: { ...base, state: 'holded' },
  status: { ...base, status: 'in_counterpoint' },
  total: withTotals(base, { grandTotal: '1.00' }),
  'payment.method': payment({ method: 'checkmo' }),
  'payment.kind': withTotals(base, { paid: '1.00' }),
  'payment.authorised': payment({ authorised: '1.00' }),
  'payment.paid': withTotals(base, { paid: '1.00' }),
  'payment.refunded': withTotals(base, { refunded: '1.00' }),
  'payment.since': 'a renewed authorisation is a transaction beside the order: seen at the look before each invoice',
  'payment.lapses': 'follows from payment.since and the setting',
  'payment.lapsesOn': 'the day of payment.lapses',
  'payment.closed': 'the provider closes it beside the order: seen at the look before each invoice',
  'items.id': { ...base, items: base.items.slice(1) },
  'items.sku': saved({ items: base.items.map((item) => ({ ...item, sku: 'X' })) }),
  'items.ordered': saved({ items: base.items.map((item) => ({ ...item, ordered: '7' })) }),
  'items.invoiced': withRows(base, { 53: { invoiced: '1' } }),
  'items.shipped': withRows(base, { 53: { shipped: '1' } }),
  'items.cancelled': withRows(base, { 53: { cancelled: '1' } }),
  'items.refunded': withRows(base, { 53: { refunded: '1' } }),
  'items.virtual': 'a row keeps its kind of product',
  'items.bundle': 'a row keeps its place in a bundle',
  // The documents move the counters of the rows and what was paid.
  invoices: withRows(base, { 53: { invoiced: '1' } }),
  shipments: withRows(base, { 53: { shipped: '1' } }),
  countersDiffer: withRows(base, { 53: { invoiced: '1' } }),
  spread: 'follows from the totals of the order, which its total adds up',
  // An address that is corrected in the shop is no save of the order: the look that a release brings about shows it.
  altered: saved({ shippingMethod: 'ups_03' }),
  predecessor: 'its own fingerprint moves; whoever waits for it looks again by the clock',
  successor: { ...base, state: 'canceled' },
};

test.each(Object.entries(FACTS))('P-04 the watch sees the fact %s, or it is known why not', (_fact, moved) => {
  if (typeof moved === 'string') expect(moved).toMatch(/\w{3,} \w+/);
  else expect(sameFingerprint(orderFingerprint(base), orderFingerprint(moved))).toBe(false);
});
