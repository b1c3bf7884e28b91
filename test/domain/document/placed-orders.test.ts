import { draftDocument, expectedInvoice } from '../../../domain/document';
import { decimal, money, sum } from '../../../domain/money';
import { moneyRows } from '../../../domain/shop/rows';
import type { ShopOrder } from '../../../domain/shop/order';
import type { Settings } from '../../../domain/settings';
import { parseOrder } from '../../../magento/parse/order';
import { cartOf, ORDER_KINDS, type OrderKind } from '../../../sandbox/shop/order-factory/kinds';
import { randomCart } from '../../../sandbox/shop/order-factory/random-order';
import { sampleOrder, sampleOrderNames } from '../../../sandbox/shop/order/sample-orders';
import { behaviourOf, SHOP_VERSIONS } from '../../../sandbox/shop/versions';
import fc from '../../support/properties';
import { CASES } from './order-arbitrary';
import { PlacedOrder } from './placed-orders';
import { refusalOf } from './refusal-of';
import { settingsWith } from './settings';

const base = settingsWith();
const settings: Settings = {
  ...base,
  payments: {
    ...base.payments,
    testgateway: { payCode: 'CARD', kind: 'cash' },
    braintree: { payCode: 'CARD', kind: 'cash' },
  },
};

/** Kinds that are made to be stopped, and the reason. */
const STOPPED: Partial<Record<OrderKind, string>> = {
  'purchaseorder-long-number': 'fieldTooLong',
  'unmapped-payment': 'unmappedPayment',
  'unknown-surcharge': 'unknownTotal',
  'gift-wrap': 'unknownTotal',
};
/** Money without a place on a document: such an order stops, which has its own cases. */
const hasNoPlace = ({ unknownTotals, totals }: ShopOrder): boolean =>
  unknownTotals.length > 0 || !decimal(totals.giftWrap).isZero();

const WRITTEN = ORDER_KINDS.filter((kind) => STOPPED[kind] === undefined);

const tiesOut = (order: ReturnType<PlacedOrder['read']>): void => {
  const draft = draftDocument(order, settings);
  const written = sum([...draft.lines.map(({ net }) => net), draft.shipping.amount, draft.tax.total]);
  const tenders = sum(draft.payment.others.map(({ amount }) => amount));
  expect(money(written.minus(tenders))).toBe(order.totals.grandTotal);
};

/** Replaced by an edit and cancelled: nothing of it is to be written. */
const isLive = (name: string): boolean => parseOrder(sampleOrder(name)).state !== 'canceled';

describe('orders as a shop answers them', () => {
  test.each(sampleOrderNames().filter(isLive))('P-09 the sample order %s becomes a document that ties out', (name) => {
    tiesOut(parseOrder(sampleOrder(name)));
  });

  test.each(WRITTEN)('an order of the kind %s becomes a document that ties out', (kind) => {
    tiesOut(new PlacedOrder(cartOf(kind)).read());
  });

  test.each(Object.entries(STOPPED))('an order of the kind %s stops with %s', (kind, reason) => {
    const order = new PlacedOrder(cartOf(kind as OrderKind)).read();
    expect(refusalOf(order, settings)).toMatchObject({ reason, order: order.incrementId });
  });

  const RELEASES = SHOP_VERSIONS.flatMap((version) =>
    [false, true].map((showsTax) => [version, showsTax, behaviourOf(version, { showsTax })] as const),
  );

  test.each(RELEASES)(
    'P-09 %s (sales pages with tax: %s) shows every kind so that it becomes the same lines',
    (_, __, shows) => {
      for (const kind of WRITTEN) {
        const placed = new PlacedOrder(cartOf(kind));
        const order = placed.read(shows);
        tiesOut(order);
        expect(draftDocument(order, settings).lines).toEqual(draftDocument(placed.read(), settings).lines);
      }
    },
  );

  test('P-09 any order the shop can add up becomes a document that ties out, as any release shows it', () => {
    fc.assert(
      fc.property(fc.nat(), fc.constantFrom(...RELEASES), (seed, [, , shows]) => {
        const cart = randomCart(seed);
        fc.pre(cart.payment.poNumber === undefined || cart.payment.poNumber.length <= 20);
        const order = new PlacedOrder(cart).read(shows);
        fc.pre(!hasNoPlace(order));
        tiesOut(order);
      }),
      { numRuns: CASES },
    );
  });
});

describe('the shop’s invoices of releases', () => {
  test('the recorded order that was invoiced in four parts is foreseen part by part', () => {
    const order = parseOrder(sampleOrder('live-authorised-invoiced-in-four'));
    const made: { items: (readonly [number, string])[]; total: string }[] = [];
    const parts = [
      { items: [[12, '1'] as const], total: '37.32' },
      { items: [[12, '1'] as const], total: '10.67' },
      { items: [[13, '1'] as const], total: '7.86' },
      { items: [[12, '1'] as const, [13, '1'] as const], total: '18.51' },
    ];
    for (const part of parts) {
      const { low, high } = expectedInvoice(order, part.items, made);
      expect([decimal(part.total).gte(low), decimal(part.total).lte(high)]).toEqual([true, true]);
      made.push(part);
    }
  });

  test('P-09 whatever is released in whatever parts, the shop invoices what was foreseen, the last part to the cent', () => {
    const shares = fc.array(fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 12, maxLength: 12 }), {
      maxLength: 4,
    });
    fc.assert(
      fc.property(fc.nat(), shares, (seed, releases) => {
        const cart = randomCart(seed);
        const placed = new PlacedOrder(cart);
        const order = placed.read();
        const { giftCards, storeCredit, rewardPoints } = order.totals;
        fc.pre(!hasNoPlace(order) && sum([giftCards, storeCredit, rewardPoints]).isZero());
        const open = new Map(moneyRows(order).map(({ row }) => [row.id, row]));
        const left = new Map([...open].map(([id, row]) => [id, decimal(row.ordered)]));
        const made: { items: (readonly [number, string])[]; total: string }[] = [];
        for (const share of [...releases, null]) {
          const items = [...left].flatMap(([id, rest], index) => {
            const qty = share === null ? rest : rest.times(share[index % 12] ?? 0).floor();
            return qty.isZero() ? [] : [[id, qty.toString()] as const];
          });
          if (items.length === 0) continue;
          const foreseen = expectedInvoice(order, items, made);
          const total = placed.invoice(items);
          expect(decimal(total).minus(foreseen.low).toNumber()).toBeGreaterThanOrEqual(0);
          expect(decimal(foreseen.high).minus(total).toNumber()).toBeGreaterThanOrEqual(0);
          for (const [id, qty] of items) left.set(id, decimal(left.get(id) ?? 0).minus(qty));
          made.push({ items, total });
        }
        expect(money(sum(made.map(({ total }) => total)))).toBe(order.totals.grandTotal);
      }),
      { numRuns: CASES },
    );
  });
});
