import { draftDocument } from '../../../domain/document';
import { ledgerFault } from '../../../domain/document/money/ledger';
import { decimal, money } from '../../../domain/money';
import type { ShopOrder, ShopOrderItem } from '../../../domain/shop/order';
import { parseOrder } from '../../../magento/parse/order';
import { sampleOrder } from '../../../sandbox/shop/order/sample-orders';
import { orderOf, SHOWN, type OrderSpec } from './orders';
import { refusalOf } from './refusal-of';
import { settingsWith } from './settings';

const base = settingsWith();
const settings = settingsWith({
  payments: { ...base.payments, testgateway: { payCode: 'CARD', kind: 'cash' } },
});
const sampled = (name: string) => draftDocument(parseOrder(sampleOrder(name)), settings);
const figures = (order: ShopOrder): readonly (readonly string[])[] =>
  draftDocument(order, settings).lines.map(({ gross, discount, net, tax }) => [gross, discount, net, tax]);
const withRows = (order: ShopOrder, change: (row: ShopOrderItem) => Partial<ShopOrderItem>): ShopOrder => ({
  ...order,
  items: order.items.map((row) => ({ ...row, ...change(row) })),
});

const COUPON: OrderSpec = {
  rows: [
    { price: '10', qty: '3', tax: '20', discount: '3' },
    { price: '7.37', qty: '7', tax: '20', discount: '5.16' },
  ],
  shipping: { price: '50', tax: '20' },
};

describe('the rows of every release', () => {
  test('P-09 a row worth half a cent may come to nothing, and a row worth a cent may not', () => {
    const row = { price: '16.6667', qty: '0.0003', tax: '0', decimalQty: true };
    const order = orderOf({ rows: [row], shipping: { price: '247.16', tax: '8.875' }, partsOfCents: true });
    expect(order.totals.subtotal).toBe('0.005');
    expect(figures(order)).toEqual([['0.00', '0.00', '0.00', '0.00']]);
    const dearer = { ...order, totals: { ...order.totals, subtotal: '0.00' } };
    const cent = withRows(dearer, () => ({ price: '33.3334', rowTotal: '0.01', rowTotalInclTax: '0.01' }));
    expect(refusalOf(cent, settings)).toMatchObject({ code: 'totalsDiffer' });
  });

  test.each(SHOWN)('P-09 rows shown as "%s" are the same lines, prices with tax or without', (shown) => {
    expect(figures(orderOf({ ...COUPON, shown }))).toEqual([
      ['30.00', '3.00', '27.00', '5.40'],
      ['51.59', '5.16', '46.43', '9.29'],
    ]);
    expect(figures(orderOf({ ...COUPON, shown, inclusive: true }))).toEqual([
      ['25.00', '2.50', '22.50', '4.50'],
      ['42.99', '4.30', '38.69', '7.74'],
    ]);
  });

  test('P-09 row totals without their quantity are proven by price and quantity', () => {
    const { lines, totals } = sampled('field-row-total-without-quantity');
    expect(lines.map(({ gross, quantity }) => [gross, quantity])).toEqual([
      ['20.00', '2'],
      ['7.37', '1'],
    ]);
    expect(totals.total).toBe('29.19');
  });

  test('P-09 a coupon of 100 % on prices with tax leaves the row at nothing and its shipping to pay', () => {
    const { lines, totals, shipping } = sampled('live-tax-included-all-off');
    expect(lines).toMatchObject([{ gross: '83.33', discount: '83.33', net: '0.00', tax: '0.00' }]);
    expect([shipping, totals.total]).toEqual([{ amount: '20.83', tax: '4.17' }, '25.00']);
  });

  test.each([
    ['live-tax-included-coupon', ['22.50', '38.69'], '123.43'],
    ['live-tax-included-cart-fixed-shipping', ['24.24', '41.72'], '126.59'],
  ])('P-09 the European order %s closes to the cent', (name, nets, total) => {
    const { lines, totals } = sampled(name);
    expect(lines.map(({ net }) => net)).toEqual(nets);
    expect(totals.total).toBe(total);
  });

  test('P-09 where two readings add up to the subtotal, the one that agrees with the rows’ prices is taken', () => {
    // 10.00 × 0.5 and 5.00 × 2, shown without their quantity: 10 + 5 is the subtotal as well as 5 + 10.
    const rows = [
      { price: '10', qty: '0.5', decimalQty: true },
      { price: '5', qty: '2' },
    ];
    const order = withRows(orderOf({ rows }), ({ price }) => ({ rowTotal: price, rowTotalInclTax: null }));
    expect(figures(order).map(([gross]) => gross)).toEqual(['5.00', '10.00']);
  });

  test('P-09 where no price tells which of two readings is right, the order waits', () => {
    const rows = [
      { price: '10', qty: '2' },
      { price: '5', qty: '4' },
    ];
    const rowTotal = ['25', '15'];
    const rowTotalInclTax = ['15', '25'];
    const order = orderOf({ rows });
    const items = order.items.map((row, at) => ({
      ...row,
      price: '12',
      rowTotal: rowTotal[at] ?? '',
      rowTotalInclTax: rowTotalInclTax[at] ?? '',
    }));
    expect(refusalOf({ ...order, items })).toMatchObject({ reason: 'totalsDiffer', code: 'rowsAmbiguous' });
  });
});

describe('tax before discount', () => {
  test('P-09 what a discount pays of the tax is no tax on the document, and a note says so', () => {
    const { lines, totals, tax, shipping, notes } = sampled('live-tax-before-discount-all-off');
    expect(lines.map(({ gross, discount, net, tax: own }) => [gross, discount, net, own])).toEqual([
      ['30.00', '30.00', '0.00', '0.00'],
      ['51.59', '51.59', '0.00', '0.00'],
    ]);
    expect([shipping, tax.total, totals.total]).toEqual([{ amount: '50.00', tax: '10.00' }, '10.00', '60.00']);
    expect(notes).toMatchObject([{ id: 'TAX', text: expect.stringContaining('26.29') as string }]);
  });

  test('a discount below the row leaves the tax on the full price as it is', () => {
    const draft = draftDocument(orderOf({ ...COUPON, inclusive: true, taxBeforeDiscount: true }), settings);
    expect(draft.lines.map(({ net, tax }) => [net, tax])).toEqual([
      ['22.00', '5.00'],
      ['37.83', '8.60'],
    ]);
    expect(draft.notes).toEqual([]);
  });

  test('a discount on shipping that pays its tax leaves neither charge nor tax', () => {
    const draft = draftDocument(
      orderOf({
        inclusive: true,
        taxBeforeDiscount: true,
        rows: [{ price: '12', tax: '20' }],
        shipping: { price: '60', tax: '20', discount: '60' },
      }),
      settings,
    );
    expect([draft.shipping, draft.tax.total, draft.totals.total]).toEqual([
      { amount: '0.00', tax: '0.00' },
      '2.00',
      '12.00',
    ]);
  });

  const beyond = (shipping: string): ShopOrder => {
    const order = orderOf({
      rows: [
        { sku: 'MUG', price: '10', qty: '3', tax: '20', discount: '30' },
        { sku: 'CUP', price: '4' },
      ],
      shipping: { price: shipping },
    });
    const grandTotal = money(decimal(order.totals.grandTotal).minus(6));
    const items = order.items.map((row) => (row.sku === 'MUG' ? { ...row, discount: '36' } : row));
    return { ...order, items, totals: { ...order.totals, discount: '36.00', grandTotal } };
  };

  test.each([
    ['50', ['0.00', '4.00'], '44.00', '48.00'],
    ['4', ['0.00', '2.00'], '0.00', '2.00'],
  ])(
    'P-09 a discount beyond a row without tax left comes off shipping of %s, then off the other lines',
    (price, nets, misc, total) => {
      const draft = draftDocument(beyond(price), settings);
      expect(draft.lines.map(({ net }) => net)).toEqual(nets);
      expect([draft.totals.misc, draft.totals.total]).toEqual([misc, total]);
      expect(ledgerFault(draft)).toBeNull();
    },
  );

  test('a discount of more than the whole order stops it and names the item and the amounts', () => {
    expect(refusalOf(beyond('0'))).toMatchObject({
      reason: 'totalsDiffer',
      field: 'items.base_discount_amount',
      message: expect.stringContaining(
        'the discount of item MUG (36.00) is more than its price (30.00) and its tax',
      ) as string,
    });
  });
});

describe('parts of cents', () => {
  test('P-09 the ledger closes in four places before anything is rounded, and the document in cents', () => {
    const { lines, shipping, tax, totals } = sampled('field-sub-cent-amounts');
    expect(lines.map(({ net }) => net)).toEqual(['11.51']);
    expect([shipping.amount, tax.total, totals.total]).toEqual(['7.95', '1.10', '20.56']);
  });

  test('P-09 a discount that takes goods, shipping and their taxes leaves a document of nothing', () => {
    const order = orderOf({
      rows: [{ price: '996.93', qty: '5', tax: '21', discount: '4984.65' }],
      inclusive: true,
      taxBeforeDiscount: true,
      partsOfCents: true,
      shipping: { price: '0.15', tax: '8.25', discount: '0.15' },
    });
    expect(order.totals).toMatchObject({ subtotal: '4119.5455', shipping: '0.1386', tax: '865.1159' });
    const { lines, totals } = draftDocument(order, settings);
    expect(lines.map(({ net, tax }) => [net, tax])).toEqual([['0.00', '0.00']]);
    expect(totals).toMatchObject({ gross: '4119.54', misc: '0.00', tax: '0.00', total: '0.00' });
  });

  test('P-09 half a cent that nothing explains stops the order all the same', () => {
    const order = parseOrder({ ...sampleOrder('field-sub-cent-amounts'), base_grand_total: 20.5655 });
    expect(refusalOf(order, settings)).toMatchObject({ reason: 'totalsDiffer', field: 'base_grand_total' });
  });
});
