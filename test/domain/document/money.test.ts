import { draftDocument } from '../../../domain/document';
import type { DocumentDraft } from '../../../domain/document/draft';
import type { ShopOrder } from '../../../domain/shop/order';
import { orderOf, type OrderSpec } from './orders';
import { refusalOf } from './refusal-of';
import { settingsWith } from './settings';

const settings = settingsWith();
const draftOf = (spec: OrderSpec): DocumentDraft => draftDocument(orderOf(spec), settings);
const withCoupons = (...coupons: string[]): OrderSpec => ({
  rows: [{ price: '10', discount: '2' }],
  order: { coupons },
});
const changed = (order: ShopOrder, totals: Partial<ShopOrder['totals']>): ShopOrder => ({
  ...order,
  totals: { ...order.totals, ...totals },
});

describe('discounts', () => {
  test('C5-26 a coupon that lowers one item is a discount of that line alone', () => {
    const draft = draftOf({ rows: [{ price: '10', discount: '2' }, { price: '10' }], order: { coupons: ['ANY'] } });
    expect(draft.lines.map(({ discount, discountCode }) => [discount, discountCode])).toEqual([
      ['2.00', 'WEBDISC'],
      ['0.00', null],
    ]);
  });

  test('C5-27 a whole-cart coupon lands as line discounts and leaves no discount on the document', () => {
    const draft = draftOf({
      rows: [
        { price: '30', discount: '3' },
        { price: '14.74', discount: '1.47' },
      ],
      order: { coupons: ['ANY'] },
    });
    expect(draft.lines.map(({ discount }) => discount)).toEqual(['3.00', '1.47']);
    expect(draft.totals).toMatchObject({ gross: '44.74', discount: '4.47', net: '40.27' });
  });

  test('C5-27 a cart discount that the shop keeps on the order alone is shared out over the lines to the cent', () => {
    const order = orderOf({ rows: [{ price: '10' }, { price: '10' }, { price: '10' }] });
    const draft = draftDocument(changed(order, { discount: '10.00', grandTotal: '20.00' }), settings);
    expect(draft.lines.map(({ discount }) => discount)).toEqual(['3.34', '3.33', '3.33']);
  });

  test.each([
    [['SPRING10'], 'SPRING'],
    [['spring10'], 'SPRING'],
    [['OTHER'], 'WEBDISC'],
    [[], 'WEBDISC'],
  ])('the coupons %j stand under the code %s', (coupons, code) => {
    expect(draftOf(withCoupons(...coupons)).lines[0]?.discountCode).toBe(code);
  });

  test('C5-30 several coupons are one sum under the combined code', () => {
    expect(draftOf(withCoupons('SPRING10', 'OTHER')).lines[0]).toMatchObject({
      discount: '2.00',
      discountCode: 'WEBDISC',
    });
  });

  test('a discount on shipping lowers the shipping charge, not the lines', () => {
    const draft = draftOf({ rows: [{ price: '10', discount: '1' }], shipping: { price: '8', discount: '3' } });
    expect(draft.totals).toEqual({
      gross: '10.00',
      discount: '1.00',
      net: '9.00',
      misc: '5.00',
      tax: '0.00',
      total: '14.00',
    });
  });

  test('a 100 % discount leaves the line at nothing and its price before the discount known', () => {
    const draft = draftOf({ rows: [{ price: '10', tax: '8.25', discount: '10' }] });
    expect(draft.lines[0]).toMatchObject({ grossPrice: '10.00', netPrice: '0.00', net: '0.00', tax: '0.00' });
  });

  test('discounts that do not make up the order’s stop it', () => {
    const order = orderOf({ rows: [{ price: '10', discount: '2' }] });
    expect(refusalOf(changed(order, { discount: '3.00', grandTotal: '7.00' }))).toMatchObject({
      reason: 'totalsDiffer',
      field: 'base_discount_amount',
    });
  });
});

describe('shipping', () => {
  test('shipping is misc charge 1 of the document, its tax told apart', () => {
    const draft = draftOf({ rows: [{ price: '10', tax: '10' }], shipping: { price: '8', tax: '10' } });
    expect(draft.shipping).toEqual({ amount: '8.00', tax: '0.80' });
    expect(draft.totals).toMatchObject({ misc: '8.00', tax: '1.80', total: '19.80' });
  });

  test('the shop’s shipping tax is told apart from the total tax', () => {
    const draft = draftOf({ rows: [{ price: '10', tax: '6.625' }], shipping: { price: '10', tax: '6.625' } });
    expect([draft.shipping.tax, draft.tax.total]).toEqual(['0.66', '1.32']);
  });

  test.each([
    ['ups_GND', 'UPSG'],
    ['ups_03', 'UPSG'],
    ['freeshipping_freeshipping', 'BEST'],
    ['constructor', 'BEST'],
  ])('C5-19 the shipping method %s goes by %s', (shippingMethod, code) => {
    expect(draftOf({ rows: [{ price: '1' }], order: { shippingMethod } }).shipVia).toBe(code);
  });

  test('a method without a code and without fallback stops the order by its name', () => {
    const strict = settingsWith({ shipping: { shipVia: {}, carriers: {} } });
    expect(refusalOf(orderOf({ rows: [{ price: '1' }] }), strict)).toMatchObject({
      reason: 'unmappedShipping',
      message: expect.stringContaining('"flatrate_flatrate" has no ship-via code'),
      remedy: 'Add "flatrate_flatrate" to shipping.shipVia, then retry.',
    });
  });

  test('goods without any shipping method need the fallback; a virtual order needs nothing', () => {
    const strict = settingsWith({ shipping: { shipVia: {}, carriers: {} } });
    const goods = orderOf({ rows: [{ price: '1' }], order: { shippingMethod: null } });
    expect(refusalOf(goods, strict)).toMatchObject({ reason: 'unmappedShipping' });
    const virtual = draftDocument(orderOf({ rows: [{ type: 'virtual', price: '1' }] }), strict);
    expect([virtual.shipVia, virtual.shipTo]).toEqual([null, null]);
  });
});

describe('taxes', () => {
  const taxed: OrderSpec = { rows: [{ price: '100', tax: '8' }, { price: '50' }], shipping: { price: '10', tax: '8' } };

  test('C5-60 the tax of a taxable order is the shop’s amount under the one taxable code', () => {
    expect(draftOf(taxed).tax).toEqual({
      code: 'TAXED',
      taxable: true,
      total: '8.80',
      rows: [
        {
          authority: 'MAGENTO',
          rule: 'TAX',
          amount: '8.80',
          taxableLines: '100.00',
          taxableShipping: '10.00',
          taxableCharges: [],
        },
      ],
    });
    expect(draftOf(taxed).lines.map(({ taxable, tax }) => [taxable, tax])).toEqual([
      [true, '8.00'],
      [false, '0.00'],
    ]);
  });

  test('shipping that bore no tax is no part of what was taxed', () => {
    const { tax } = draftOf({ rows: [{ price: '100', tax: '8' }], shipping: { price: '10' } });
    expect(tax.rows[0]).toMatchObject({ taxableShipping: '0.00' });
  });

  test('C5-61 an order without tax stands under the no-tax code, without tax rows, with its exemption number', () => {
    const draft = draftOf({
      rows: [{ price: '100' }],
      order: { customer: { email: null, guest: false, id: 4, firstName: null, lastName: null, taxVat: 'EX-77' } },
    });
    expect(draft.tax).toEqual({ code: 'EXEMPT', taxable: false, total: '0.00', rows: [] });
    expect(draft.taxExemptNo).toBe('EX-77');
  });

  test('C5-62 both settings may name the same code', () => {
    const same = settingsWith({ counterpoint: { noTaxCode: 'TAXED' } });
    const codes = [orderOf({ rows: [{ price: '1', tax: '8' }] }), orderOf({ rows: [{ price: '1' }] })].map(
      (order) => draftDocument(order, same).tax.code,
    );
    expect(codes).toEqual(['TAXED', 'TAXED']);
  });

  test('prices with tax: line amounts are without it, and the tax inside a discount is given back', () => {
    const draft = draftOf({
      inclusive: true,
      rows: [{ price: '120', tax: '20', discount: '12' }],
      shipping: { price: '12', tax: '20', discount: '6' },
    });
    expect(orderOf({ inclusive: true, rows: [{ price: '120', tax: '20', discount: '12' }] }).totals).toMatchObject({
      compensation: '2.00',
      tax: '18.00',
    });
    expect(draft.totals).toEqual({
      gross: '100.00',
      discount: '10.00',
      net: '90.00',
      misc: '5.00',
      tax: '19.00',
      total: '114.00',
    });
  });

  test.each([[true], [false]])(
    'a fixed product tax is part of its line’s price (in the shop’s subtotal: %s)',
    (weeeInSubtotal) => {
      const draft = draftOf({
        weeeInSubtotal,
        rows: [{ price: '100', qty: '2', tax: '10', weee: '7', weeeTax: '0.70' }, { price: '1' }],
      });
      expect(draft.lines.map(({ gross, tax }) => [gross, tax])).toEqual([
        ['207.00', '20.70'],
        ['1.00', '0.00'],
      ]);
      expect(draft.lines[0]?.grossPrice).toBe('103.50');
      expect(draft.totals.total).toBe('228.70');
    },
  );

  test('taxes of the lines that do not make up the order’s stop it', () => {
    const order = orderOf({ rows: [{ price: '100', tax: '8' }] });
    expect(refusalOf(changed(order, { tax: '9.00', grandTotal: '109.00' }))).toMatchObject({
      reason: 'totalsDiffer',
      field: 'base_tax_amount',
    });
  });
});

describe('the ledger', () => {
  test('P-09 an unexplained cent stops the order and says how much is missing', () => {
    const order = orderOf({ rows: [{ price: '10' }], shipping: { price: '5' } });
    expect(refusalOf(changed(order, { grandTotal: '15.01' }))).toMatchObject({
      reason: 'totalsDiffer',
      field: 'base_grand_total',
      message: expect.stringContaining(
        'lines 10.00 + shipping 5.00 + tax 0.00 make 15.00, but the order is worth 15.01: 0.01 is not explained',
      ),
    });
  });

  test('P-10 money in a field that has no place stops the order with its name', () => {
    const order = orderOf({
      rows: [{ price: '10' }],
      order: { unknownTotals: [{ field: 'base_payment_fee', amount: '1.50' }] },
    });
    expect(refusalOf(changed(order, { grandTotal: '11.50' }))).toMatchObject({
      reason: 'unknownTotal',
      field: 'base_payment_fee',
      message: expect.stringContaining('1.50'),
    });
  });

  test.each(['giftWrap', 'giftWrapTax'] as const)('P-10 %s has no place and stops the order', (field) => {
    const order = orderOf({ rows: [{ price: '10' }] });
    expect(refusalOf(changed(order, { [field]: '2.00', grandTotal: '12.00' }))).toMatchObject({
      reason: 'unknownTotal',
      field: expect.stringMatching(/^gw_/),
    });
  });

  test('a field that is zero is no money', () => {
    expect(
      draftOf({ rows: [{ price: '10' }], order: { unknownTotals: [{ field: 'base_fee', amount: '0.00' }] } }).totals
        .total,
    ).toBe('10.00');
  });

  test('amounts are the shop’s base currency; what the shopper saw stands in a note', () => {
    const currency = { base: 'USD', order: 'EUR', orderGrandTotal: '9.20', baseToOrderRate: '0.92' };
    const draft = draftOf({ rows: [{ price: '10' }], order: { currency } });
    expect(draft.totals.total).toBe('10.00');
    expect(draft.notes).toEqual([
      { id: 'CURRENCY', text: 'Placed in EUR: 9.20 EUR, at 0.92 EUR for 1 USD. All amounts here are in USD.' },
    ]);
  });
});
