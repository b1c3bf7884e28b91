import { decimal, money, sum } from '../../../domain/money';
import type { ShopOrder } from '../../../domain/shop/order';
import fc from '../../support/properties';
import { orderOf, SHOWN, type OrderSpec, type RowSpec } from './orders';

/** How many generated orders each property sees; the long suite asks for 10,000 and more. */
export const CASES = Number(process.env['CANTUS_CASES'] ?? 300);

const price = fc.integer({ min: 0, max: 100_000 }).map((amount) => money(decimal(amount).dividedBy(100)));
const finePrice = fc.integer({ min: 1, max: 1_000_000 }).map((amount) => decimal(amount).dividedBy(10_000).toString());
const rate = fc.constantFrom('0', '6.625', '8.25', '8.875', '19', '20', '21', '25');
const pieces = fc.integer({ min: 1, max: 12 }).map(String);
const weight = fc
  .integer({ min: 1, max: 99_999 })
  .map((tenthousandths) => decimal(tenthousandths).dividedBy(10_000).toString());
/** Part of the row that a discount takes: none, some, or all of it. */
const off = fc.oneof(
  { weight: 3, arbitrary: fc.constant(0) },
  { weight: 3, arbitrary: fc.integer({ min: 1, max: 99 }) },
  { weight: 1, arbitrary: fc.constant(100) },
);

const taken = (amount: string, qty: string, percent: number): string =>
  money(decimal(amount).times(qty).times(percent).dividedBy(100));

const plain: fc.Arbitrary<RowSpec> = fc
  .record({
    type: fc.constantFrom('simple', 'virtual', 'downloadable', 'giftcard', 'grouped'),
    price,
    qty: pieces,
    tax: rate,
    off,
  })
  .map(({ off: percent, ...row }) => ({ ...row, discount: taken(row.price, row.qty, percent) }));

const weighed: fc.Arbitrary<RowSpec> = fc
  .record({ price: finePrice, qty: weight, tax: rate, off })
  .map(({ off: percent, ...row }) => ({ ...row, decimalQty: true, discount: taken(row.price, row.qty, percent) }));

const recycled: fc.Arbitrary<RowSpec> = fc.record({
  price,
  qty: pieces,
  tax: rate,
  weee: price,
  weeeTax: fc.constantFrom('0', '0.35'),
});

const part = fc.record({ sku: fc.constantFrom('S1', 'S2', 'S3'), perSet: fc.constantFrom('1', '2', '3') });

const configurable: fc.Arbitrary<RowSpec> = fc
  .record({ price, qty: pieces, tax: rate, off })
  .map(({ off: percent, ...row }) => ({
    ...row,
    type: 'configurable',
    sku: 'TEE-RED-M',
    parts: [{ sku: 'TEE-RED-M', perSet: '1' }],
    discount: taken(row.price, row.qty, percent),
  }));

const fixedBundle: fc.Arbitrary<RowSpec> = fc
  .record({ price, qty: pieces, tax: rate, off, parts: fc.array(part, { minLength: 1, maxLength: 3 }) })
  .map(({ off: percent, ...row }) => ({
    ...row,
    type: 'bundle',
    sku: 'KIT',
    discount: taken(row.price, row.qty, percent),
  }));

const dynamicBundle: fc.Arbitrary<RowSpec> = fc
  .record({
    qty: pieces,
    parts: fc.array(fc.record({ price, qty: fc.constantFrom('1', '2', '3'), tax: rate, off }), {
      minLength: 1,
      maxLength: 4,
    }),
  })
  .map(({ qty, parts }) => ({
    type: 'bundle',
    sku: 'BD-S1-S2',
    price: '0',
    qty,
    // The first part always costs something: a bundle that costs nothing is a case of its own.
    priced: parts.map(({ off: percent, ...each }, index) => {
      const cost = index === 0 && each.price === '0.00' ? '1.00' : each.price;
      return { ...each, price: cost, discount: taken(cost, decimal(each.qty).times(qty).toString(), percent) };
    }),
  }));

const row = fc.oneof(
  { weight: 4, arbitrary: plain },
  { weight: 1, arbitrary: weighed },
  { weight: 1, arbitrary: recycled },
  { weight: 2, arbitrary: configurable },
  { weight: 1, arbitrary: fixedBundle },
  { weight: 2, arbitrary: dynamicBundle },
);

const shipping = fc
  .record({ price, tax: rate, off })
  .map(({ off: percent, ...charge }) => ({ ...charge, discount: taken(charge.price, '1', percent) }));

const tendered = fc.constantFrom('giftCards', 'storeCredit', 'rewardPoints');

/**
 * Specifications of orders of every kind: products, tax rates, prices with and without tax, tax before and after discounts of
 * up to 100 %, each release's way of showing a row, the shop's own tenders.
 */
export const specs: fc.Arbitrary<OrderSpec> = fc
  .record({
    rows: fc.array(row, { minLength: 1, maxLength: 7 }),
    inclusive: fc.boolean(),
    shown: fc.constantFrom(...SHOWN),
    taxBeforeDiscount: fc.boolean(),
    rounding: fc.constantFrom('unit', 'row'),
    weeeInSubtotal: fc.boolean(),
    shipping,
    tender: fc.option(fc.record({ of: tendered, percent: fc.integer({ min: 1, max: 100 }) }), {
      freq: 4,
      nil: undefined,
    }),
    method: fc.constantFrom('checkmo', 'paypal_express', 'authnetcim', 'purchaseorder'),
    paid: fc.constantFrom('0', 'all'),
  })
  .map(({ tender, method, ...spec }) => {
    const whole: OrderSpec = { ...spec, payment: { method } };
    if (tender === undefined) return whole;
    const worth = orderOf(whole).totals.grandTotal;
    return { ...whole, [tender.of]: taken(worth, '1', tender.percent) };
  });

export const orders: fc.Arbitrary<ShopOrder> = specs.map(orderOf);

/** What the shopper pays for goods alone, tax included, worked out from the order's totals. */
export const goodsOf = ({ totals }: ShopOrder): string =>
  money(
    sum([totals.grandTotal, totals.giftCards, totals.storeCredit, totals.rewardPoints])
      .minus(totals.shipping)
      .plus(totals.shippingDiscount)
      .minus(totals.shippingCompensation)
      .minus(totals.shippingTax),
  );
