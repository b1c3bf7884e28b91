import { paymentKind, type MoneyEvidence } from '../../../domain/shop/payment-kind';
import type { PaymentSetting } from '../../../domain/settings';
import type { ShopOrder } from '../../../domain/shop/order';
import { invoice, order, withTotals } from './shop-orders';

const MARKER = ['Counterpoint ticket 1-01 {AB}'];
const authorised = order('live-authorize-only-gift');
const total = authorised.totals.grandTotal;
const checkmo = order('live-configurable');
const cash: PaymentSetting = { kind: 'cash', payCode: 'CARD' };

const withMethod = (base: ShopOrder, method: string, amount = '0.00'): ShopOrder => ({
  ...base,
  payment: { ...base.payment, method, authorised: amount },
});
const kindOf = (of: ShopOrder, invoices: MoneyEvidence['invoices'] = [], setting: PaymentSetting = cash) =>
  paymentKind({ order: of, invoices }, { '*': setting });

describe('how the money of an order is taken', () => {
  test('an authorised and unpaid order is captured with its releases', () => {
    expect(kindOf(authorised)).toBe('authorised');
  });

  test('it stays authorised after captures of ours, part or whole', () => {
    const part = withTotals(authorised, { paid: '10.00' });
    expect(kindOf(part, [invoice([], { grandTotal: '10.00', comments: MARKER })])).toBe('authorised');
    expect(
      kindOf(withTotals(authorised, { paid: total }), [invoice([], { grandTotal: total, comments: MARKER })]),
    ).toBe('authorised');
  });

  test('what the shop invoiced and took at sale is never taken again, whatever the settings say', () => {
    const paid = withTotals(authorised, { paid: total });
    const atSale = [invoice([], { grandTotal: total })];
    expect(kindOf(paid, atSale)).toBe('paid');
    expect(kindOf(paid, atSale, { ...cash, capture: 'onRelease' })).toBe('paid');
  });

  test('a part invoiced by hand leaves it authorised', () => {
    expect(kindOf(withTotals(authorised, { paid: '10.00' }), [invoice([], { grandTotal: '10.00' })])).toBe(
      'authorised',
    );
  });

  test.each([
    ['onRelease', 'authorised'],
    ['never', 'offline'],
  ] as const)('the setting capture: %s makes it %s', (capture, kind) => {
    expect(kindOf(authorised, [], { ...cash, capture })).toBe(kind);
  });

  test.each([
    // paid, authorised, open authorisation, invoices made by others, ours, setting → who holds the money
    ['0.00', total, true, [], [], undefined, 'authorised'],
    ['0.00', '0.00', true, [], [], undefined, 'authorised'],
    ['0.00', '0.00', false, [], [], undefined, 'unknown'],
    ['0.00', total, true, [[total, 1]], [], undefined, 'authorised'],
    ['0.00', '0.00', false, [[total, 1]], [], undefined, 'unknown'],
    [total, total, false, [[total, 2]], [], undefined, 'paid'],
    [total, '0.00', false, [], [], undefined, 'paid'],
    ['0.00', total, false, [[total, 2]], [], undefined, 'authorised'],
    [total, total, false, [], [[total, 2]], undefined, 'authorised'],
    // An open invoice is nobody's money, whoever made it.
    [total, total, true, [[total, 1]], [[total, 2]], undefined, 'authorised'],
    [total, '0.00', false, [], [[total, 1]], undefined, 'paid'],
    ['0.00', '0.00', false, [], [], 'atSale', 'unknown'],
    ['0.00', total, true, [], [], 'atSale', 'unknown'],
    ['0.00', '0.00', false, [[total, 1]], [], 'atSale', 'unknown'],
    ['0.00', '0.00', false, [[total, 2]], [], 'atSale', 'unknown'],
    ['10.00', '0.00', false, [['10.00', 2]], [], 'atSale', 'unknown'],
    [total, '0.00', false, [], [], 'atSale', 'paid'],
    [total, total, false, [[total, 2]], [], 'atSale', 'paid'],
    ['0.00', '0.00', false, [], [], 'onRelease', 'authorised'],
  ] as const)(
    'P-06 paid %s, authorised %s (open: %s), invoices of others %j and ours %j, capture %s: %s',
    (paid, amount, openAuthorisation, others, ours, capture, kind) => {
      const of = withTotals(withMethod(authorised, 'some_gateway', amount), { paid });
      const invoices = [
        ...others.map(([grandTotal, state]) => invoice([], { grandTotal, state })),
        ...ours.map(([grandTotal, state]) => invoice([], { grandTotal, state, comments: MARKER })),
      ];
      const setting = capture === undefined ? cash : { ...cash, capture };
      expect(paymentKind({ order: of, invoices, openAuthorisation }, { '*': setting })).toBe(kind);
    },
  );

  test.each(['checkmo', 'banktransfer', 'cashondelivery'])('%s moves no money', (method) => {
    expect(kindOf(withMethod(checkmo, method))).toBe('offline');
  });

  test('a purchase order and any method mapped to A/R are on account', () => {
    expect(kindOf(order('live-purchase-order-coupon-tax'))).toBe('onAccount');
    expect(kindOf(checkmo, [], { kind: 'ar', payCode: 'AR' })).toBe('onAccount');
  });

  test('an order over nothing needs no payment', () => {
    expect(kindOf(withTotals(withMethod(checkmo, 'free'), { grandTotal: '0.00' }))).toBe('none');
  });

  test('a free sample with paid shipping is an ordinary authorised order', () => {
    expect(kindOf(order('04-zero-subtotal-paid-shipping'))).toBe('authorised');
  });

  test('a gateway order that is neither authorised nor paid is not guessed at', () => {
    expect(kindOf(withMethod(checkmo, 'some_gateway'))).toBe('unknown');
  });
});
