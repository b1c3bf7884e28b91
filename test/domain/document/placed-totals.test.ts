import { draftDocument, expectedInvoice } from '../../../domain/document';
import { ledgerFault } from '../../../domain/document/money/ledger';
import { decimal, money } from '../../../domain/money';
import type { Settings } from '../../../domain/settings';
import type { ShopOrder, ShopTotals } from '../../../domain/shop/order';
import { parseOrder } from '../../../magento/parse/order';
import { sampleOrder } from '../../../sandbox/shop/order/sample-orders';
import { orderOf } from './orders';
import { refusalOf } from './refusal-of';
import { settingsWith } from './settings';

const placed = (totals: Settings['totals']): Settings => settingsWith({ totals });
const ROWS = {
  rows: [{ sku: 'MUG', price: '10', qty: '3', tax: '20' }],
  shipping: { price: '5', tax: '20' },
};

/** An order of 42.00 with a total beside it. */
const carrying = (
  unknownTotals: ShopOrder['unknownTotals'],
  change: { readonly grandTotal: number; readonly tax?: number; readonly totals?: Partial<ShopTotals> },
): ShopOrder => {
  const order = orderOf(ROWS);
  const { grandTotal, tax } = order.totals;
  return {
    ...order,
    unknownTotals,
    totals: {
      ...order.totals,
      ...change.totals,
      grandTotal: money(decimal(grandTotal).plus(change.grandTotal)),
      tax: money(decimal(tax).plus(change.tax ?? 0)),
    },
  };
};
const SURCHARGE = [{ field: 'base_surcharge_amount', amount: '4.00' }];

describe('a total beside goods, shipping, tax and discount', () => {
  test('P-10 without a place it stops the order by its name, and the remedy names the key', () => {
    expect(refusalOf(carrying(SURCHARGE, { grandTotal: 4 }))).toMatchObject({
      reason: 'unknownTotal',
      field: 'base_surcharge_amount',
      remedy: expect.stringContaining('"surcharge"') as string,
    });
  });

  test.each([
    'surcharge',
    'surcharge_amount',
    'base_surcharge_amount',
    'Surcharge',
    'extension_attributes.base_surcharge_amount',
  ])('P-10 the name %j is its place', (name) => {
    const draft = draftDocument(carrying(SURCHARGE, { grandTotal: 4 }), placed({ [name]: { miscCharge: 2 } }));
    expect(draft.charges).toEqual([{ number: 2, amount: '4.00', tax: '0.00', field: 'base_surcharge_amount' }]);
  });

  test('P-10 a misc charge carries it with its tax: what goods and shipping leave of the order’s tax', () => {
    const order = carrying(SURCHARGE, { grandTotal: 4.8, tax: 0.8 });
    const draft = draftDocument(order, placed({ surcharge: { miscCharge: 2 } }));
    expect(draft.charges).toEqual([{ number: 2, amount: '4.00', tax: '0.80', field: 'base_surcharge_amount' }]);
    expect(draft.shipping).toEqual({ amount: '5.00', tax: '1.00' });
    expect(draft.totals).toMatchObject({ net: '30.00', misc: '9.00', tax: '7.80', total: '46.80' });
    expect(draft.tax.rows).toMatchObject([
      { taxableShipping: '5.00', taxableCharges: [{ number: 2, amount: '4.00' }] },
    ]);
    expect(ledgerFault(draft)).toBeNull();
  });

  test.each([
    ['in', 0.8],
    ['beside', 0],
  ])('P-10 its tax under a name of its own, %s the order’s tax, is its tax', (_, inTax) => {
    const totals = [...SURCHARGE, { field: 'base_surcharge_tax_amount', amount: '0.80' }];
    const draft = draftDocument(
      carrying(totals, { grandTotal: 4.8, tax: inTax }),
      placed({ surcharge: { miscCharge: 2 } }),
    );
    expect(draft.charges).toMatchObject([{ amount: '4.00', tax: '0.80' }]);
    expect(draft.totals).toMatchObject({ tax: '7.80', total: '46.80' });
    expect(ledgerFault(draft)).toBeNull();
  });

  test('P-10 an item makes it a line of its own, which no row of the shop is tied to', () => {
    const wrap = { totals: { giftWrap: '3.00', giftWrapTax: '0.60' } };
    const order = carrying([], { grandTotal: 3.6, tax: 0.6, ...wrap });
    const draft = draftDocument(order, placed({ gift_wrap: { item: 'WRAP' } }));
    expect(draft.lines[1]).toEqual({
      itemId: null,
      sku: 'WRAP',
      description: 'Gift wrapping',
      quantity: '1',
      grossPrice: '3.00',
      netPrice: '3.00',
      gross: '3.00',
      discount: '0.00',
      net: '3.00',
      tax: '0.60',
      taxable: true,
      discountCode: null,
    });
    expect(draft.totals).toMatchObject({ net: '33.00', misc: '5.00', tax: '7.60', total: '45.60' });
    expect(ledgerFault(draft)).toBeNull();
  });

  test.each(['10.00', '-10.00'])('P-10 a pay code makes %s a payment beside the order’s own', (amount) => {
    const order = carrying([{ field: 'extension_attributes.base_voucher_amount', amount }], { grandTotal: -10 });
    const draft = draftDocument(order, placed({ voucher: { payCode: 'GIFT' } }));
    expect(draft.payment).toMatchObject({ deposit: '32.00', others: [{ payCode: 'GIFT', amount: '10.00' }] });
    expect(draft.totals.total).toBe('42.00');
  });

  test('P-10 the shop’s own gift cards may be placed the same way', () => {
    const order = carrying([], { grandTotal: -12, totals: { giftCards: '12.00' } });
    const strict = settingsWith({ payments: { checkmo: { payCode: 'CHECK', kind: 'cash' } } });
    expect(refusalOf(order, strict)).toMatchObject({ reason: 'unknownTotal', field: 'base_gift_cards_amount' });
    expect(draftDocument(order, { ...strict, totals: { gift_cards: { payCode: 'GIFT' } } }).payment.others).toEqual([
      { payCode: 'GIFT', amount: '12.00' },
    ]);
  });

  test('P-10 a charge below zero has no place and says what would fit', () => {
    const order = carrying([{ field: 'base_loyalty_amount', amount: '-2.00' }], { grandTotal: -2 });
    expect(refusalOf(order, placed({ loyalty: { miscCharge: 3 } }))).toMatchObject({
      reason: 'unknownTotal',
      remedy: expect.stringContaining('payCode') as string,
    });
  });

  test('P-10 one of two without a place stops the order by that one', () => {
    const order = carrying([...SURCHARGE, { field: 'base_other_fee', amount: '1.00' }], { grandTotal: 5 });
    expect(refusalOf(order, placed({ surcharge: { miscCharge: 2 } }))).toMatchObject({ field: 'base_other_fee' });
  });

  test('the same amount on the order and among its extension attributes is one', () => {
    const order = sampleOrder('live-configurable');
    const grandTotal = Number(order['base_grand_total']) + 2.5;
    const parsed = parseOrder({
      ...order,
      base_surcharge_amount: 2.5,
      base_grand_total: grandTotal,
      extension_attributes: { ...(order['extension_attributes'] as object), base_surcharge_amount: '2.5000' },
    });
    const draft = draftDocument(parsed, placed({ surcharge: { miscCharge: 4 } }));
    expect(draft.charges).toMatchObject([{ number: 4, amount: '2.50' }]);
    expect(draft.totals.total).toBe(money(grandTotal));
  });

  test('P-09 a cent that the placed total does not explain stops the order', () => {
    expect(
      refusalOf(carrying(SURCHARGE, { grandTotal: 4.01 }), placed({ surcharge: { miscCharge: 2 } })),
    ).toMatchObject({ reason: 'totalsDiffer', field: 'base_grand_total' });
  });
});

describe('the shop’s invoice of an order with a total beside goods', () => {
  const order = carrying(SURCHARGE, { grandTotal: 4.8, tax: 0.8 });

  test('P-09 all at once it is the order’s total', () => {
    expect(expectedInvoice(order, [[101, '3']])).toMatchObject({ low: '46.80', high: '46.80', charged: '46.80' });
  });

  test('P-09 in parts it may come with the first or with a later one', () => {
    const first = expectedInvoice(order, [[101, '1']]);
    expect(first).toMatchObject({ expected: '22.80', shipping: '6.00', charges: '4.80', low: '17.99', high: '22.81' });
    const second = expectedInvoice(order, [[101, '1']], [{ items: [[101, '1']], total: '18.00' }]);
    expect(second).toMatchObject({ expected: '12.00', low: '11.99', high: '16.81' });
    const made = [
      { items: [[101, '1']] as const, total: '18.00' },
      { items: [[101, '1']] as const, total: '16.80' },
    ];
    expect(expectedInvoice(order, [[101, '1']], made)).toMatchObject({ low: '12.00', high: '12.00' });
  });

  test('P-09 what paid for the order is charged to nobody again', () => {
    const paid = carrying([{ field: 'base_voucher_amount', amount: '10.00' }], { grandTotal: -10 });
    expect(expectedInvoice(paid, [[101, '3']])).toMatchObject({ expected: '42.00', charged: '32.00' });
  });
});
