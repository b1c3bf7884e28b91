import { expectedInvoice } from '../../../domain/document';
import { orderOf } from './orders';

const order = orderOf({
  rows: [
    { price: '10', qty: '3', tax: '10' },
    { price: '4', qty: '2.5', decimalQty: true },
  ],
  shipping: { price: '5', tax: '10' },
});

describe('what the shop will invoice for a release', () => {
  test('the first invoice carries all the shipping with its tax, the next one none', () => {
    const first = expectedInvoice(order, [[101, '1']]);
    expect(first).toEqual({
      low: '16.49',
      high: '16.51',
      expected: '16.50',
      goods: '10.00',
      charges: '0.00',
      chargesInAll: '0.00',
      shipping: '5.50',
      charged: '16.50',
    });
    const next = expectedInvoice(order, [[101, '1']], [{ items: [[101, '1']], total: '16.50' }]);
    expect(next).toMatchObject({ expected: '11.00', shipping: '0.00' });
  });

  test('a cancelled first invoice leaves the shipping to the next', () => {
    const cancelled = { items: [[101, '1'] as const], total: '16.50', state: 'canceled' as const };
    expect(expectedInvoice(order, [[101, '1']], [cancelled]).shipping).toBe('5.50');
  });

  test('fractions are cut to whole pieces, unless the item is sold in fractions', () => {
    expect(expectedInvoice(order, [[101, '1.7']]).expected).toBe('16.50');
    expect(expectedInvoice(order, [[102, '1.25']]).expected).toBe('10.50');
  });

  test('a line that is not on the shop’s order is no money', () => {
    expect(
      expectedInvoice(order, [
        [101, '1'],
        [0, '4'],
      ]),
    ).toEqual(expectedInvoice(order, [[101, '1']]));
  });

  test('the last invoice takes what is missing, whatever earlier ones came to', () => {
    const earlier = [{ items: [[101, '3'] as const], total: '38.49' }];
    expect(expectedInvoice(order, [[102, '2.5']], earlier)).toMatchObject({ low: '10.01', high: '10.01' });
  });

  test('with pieces cancelled the last invoice is its rows’ share, not the rest of the order', () => {
    const items = order.items.map((item) => (item.id === 101 ? { ...item, cancelled: '2' } : item));
    const earlier = [{ items: [[101, '1'] as const], total: '16.50' }];
    expect(expectedInvoice({ ...order, items }, [[102, '2.5']], earlier).expected).toBe('10.00');
  });

  test('the shop’s own tenders are used up first: what is charged is the rest', () => {
    const paidByCard = orderOf({ rows: [{ price: '10', qty: '3' }], giftCards: '15' });
    const first = expectedInvoice(paidByCard, [[101, '1']]);
    expect(first).toMatchObject({ expected: '10.00', charged: '0.00' });
    const second = expectedInvoice(paidByCard, [[101, '1']], [{ items: [[101, '1']], total: '0.00' }]);
    expect(second).toMatchObject({ expected: '10.00', charged: '5.00' });
    const earlier = [
      { items: [[101, '1'] as const], total: '0.00' },
      { items: [[101, '1'] as const], total: '5.00' },
    ];
    expect(expectedInvoice(paidByCard, [[101, '1']], earlier)).toMatchObject({
      low: '10.00',
      high: '10.00',
      charged: '10.00',
    });
  });

  test('a dynamic bundle is invoiced by its parts', () => {
    const bundle = orderOf({
      rows: [{ type: 'bundle', price: '0', qty: '2', priced: [{ price: '10' }, { price: '7.37' }] }],
    });
    expect(
      expectedInvoice(bundle, [
        [102, '1'],
        [103, '2'],
      ]).expected,
    ).toBe('24.74');
  });
});
