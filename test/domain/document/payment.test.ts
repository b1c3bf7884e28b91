import { draftDocument } from '../../../domain/document';
import type { DraftPayment } from '../../../domain/document/draft';
import type { Settings } from '../../../domain/settings';
import { orderOf, type OrderSpec } from './orders';
import { refusalOf } from './refusal-of';
import { settingsWith } from './settings';

const paid = (spec: Partial<OrderSpec>, settings: Settings = settingsWith()): DraftPayment =>
  draftDocument(orderOf({ rows: [{ price: '10' }], shipping: { price: '5' }, ...spec }), settings).payment;
const by = (method: string, more: Partial<OrderSpec['payment']> = {}): Partial<OrderSpec> => ({
  payment: { method, ...more },
});

describe('cash-type methods', () => {
  test.each([
    ['C5-31', 'checkmo', 'CHECK'],
    ['C5-34', 'paypal_express', 'PAYPAL'],
    ['C5-34', 'paypal_standard', 'PAYPAL'],
    ['C5-34', 'payflowpro', 'PAYPAL'],
    ['C5-40', 'ccsave', 'SAVEDCC'],
    ['C5-41', 'checkmo', 'CHECK'],
    ['C5-42', 'banktransfer', 'WIRE'],
    ['C5-43', 'cashondelivery', 'COD'],
  ])('%s C5-32 %s is cash under %s with a deposit of the whole order', (_, method, payCode) => {
    expect(paid(by(method))).toMatchObject({ kind: 'cash', payCode, deposit: '15.00', others: [] });
  });

  test.each([
    ['C5-35', 'authorizenet_directpost'],
    ['C5-36', 'authorizenet_acceptjs'],
  ])('%s %s is cash whether the money was authorised or taken', (_, method) => {
    const authorised = paid(by(method, { authorised: '15.00' }));
    const taken = paid({ ...by(method), paid: 'all' });
    expect([authorised, taken].map(({ kind, deposit, toBeConfirmed }) => [kind, deposit, toBeConfirmed])).toEqual([
      ['cash', '15.00', false],
      ['cash', '15.00', false],
    ]);
  });

  test.each([
    ['C5-41', 'checkmo'],
    ['C5-43', 'cashondelivery'],
  ])('%s %s is A/R when configured so', (_, method) => {
    const settings = settingsWith({ payments: { [method]: { payCode: 'AR', kind: 'ar' } } });
    expect(paid(by(method), settings)).toMatchObject({ kind: 'ar', payCode: 'AR', deposit: null });
  });

  test('C5-44 a manual payment has its deposit, marked as a receipt to be confirmed', () => {
    expect(paid(by('banktransfer'))).toMatchObject({ deposit: '15.00', toBeConfirmed: true });
  });

  test('C5-44 nothing is to be confirmed that a gateway holds or the shop has received', () => {
    expect(paid({ ...by('checkmo'), paid: 'all' }).toBeConfirmed).toBe(false);
    expect(paid(by('authorizenet_acceptjs', { authorised: '15.00' })).toBeConfirmed).toBe(false);
    expect(paid(by('authnetcim')).toBeConfirmed).toBe(false);
  });

  test('deposits "whenPaid": no deposit before the shop was paid, and just what it was paid', () => {
    const whenPaid = settingsWith({ deposits: 'whenPaid' });
    expect(paid(by('checkmo'), whenPaid)).toMatchObject({
      kind: 'cash',
      payCode: 'CHECK',
      deposit: null,
      toBeConfirmed: false,
    });
    expect(paid({ ...by('checkmo'), paid: '6.00' }, whenPaid).deposit).toBe('6.00');
    expect(paid({ ...by('checkmo'), paid: 'all' }, whenPaid).deposit).toBe('15.00');
  });
});

describe('nothing to pay', () => {
  const free = { shipping: { price: '0' }, rows: [{ price: '0' }], payment: { method: 'free' } };

  test('C5-45 a zero order has no deposit and no payment', () => {
    expect(paid(free)).toEqual({ kind: 'none', payCode: null, deposit: null, others: [], toBeConfirmed: false });
  });

  test('C5-45 an order brought to zero by a coupon likewise, whatever its method', () => {
    expect(paid({ rows: [{ price: '10', discount: '10' }], shipping: { price: '0' } })).toMatchObject({
      kind: 'none',
      deposit: null,
    });
  });

  test('its lines stand on the document to be released like any others', () => {
    const draft = draftDocument(orderOf(free), settingsWith());
    expect(draft.lines.map(({ quantity, net }) => [quantity, net])).toEqual([['1', '0.00']]);
    expect(draft.shipVia).toBe('BEST');
  });

  test('C5-48 charged shipping on a zero subtotal makes a deposit', () => {
    expect(
      paid({ rows: [{ price: '0' }], shipping: { price: '6.50', tax: '5.5' }, payment: { method: 'paypal_express' } }),
    ).toMatchObject({
      payCode: 'PAYPAL',
      deposit: '6.86',
    });
  });

  test('money under a method that is mapped to none is not given away', () => {
    expect(refusalOf(orderOf({ rows: [{ price: '1' }], payment: { method: 'free' } }))).toMatchObject({
      reason: 'unmappedPayment',
      remedy: 'Map payments.free to a pay code, then retry.',
    });
  });
});

describe('on account', () => {
  const po = (poNumber: string | null): OrderSpec => ({
    rows: [{ price: '10' }],
    payment: { method: 'purchaseorder', poNumber },
  });

  test('C5-49 C5-50 a purchase order has its number on the document, an A/R pay code and no deposit', () => {
    const draft = draftDocument(orderOf(po(' PO-48813 ')), settingsWith());
    expect(draft.customerPoNo).toBe('PO-48813');
    expect(draft.payment).toEqual({ kind: 'ar', payCode: 'AR', deposit: null, others: [], toBeConfirmed: false });
  });

  test('C5-53 twenty characters pass, the twenty-first stops the order, and nothing is cut', () => {
    expect(draftDocument(orderOf(po('12345678901234567890')), settingsWith()).customerPoNo).toBe(
      '12345678901234567890',
    );
    const refusal = refusalOf(orderOf(po('123456789012345678901')));
    expect(refusal).toMatchObject({ reason: 'fieldTooLong', field: 'payment.po_number' });
    expect(refusal.message).toContain('has 21 characters, Counterpoint holds 20');
  });

  test('a purchase order number the database cannot hold is not respelled', () => {
    expect(refusalOf(orderOf(po('№ 7')))).toMatchObject({ reason: 'badText', field: 'payment.po_number' });
  });

  test.each(['always', 'whenPaid'] as const)(
    'C5-54 A/R makes no deposit under deposits "%s", even when paid',
    (deposits) => {
      expect(paid({ ...by('purchaseorder'), paid: 'all' }, settingsWith({ deposits })).deposit).toBeNull();
    },
  );

  test('an A/R order asks for an existing customer, others do not', () => {
    expect(draftDocument(orderOf(po('1')), settingsWith()).customer).toEqual({
      email: 'dana@example.com',
      shopCustomerId: null,
      mustExist: true,
    });
    expect(draftDocument(orderOf({ rows: [{ price: '1' }] }), settingsWith()).customer.mustExist).toBe(false);
  });

  test('C5-58 a purchase order mapped to cash, itself or by the fallback, stops the order', () => {
    for (const payments of [
      { purchaseorder: { payCode: 'X', kind: 'cash' as const } },
      { '*': { payCode: 'X', kind: 'cash' as const } },
    ]) {
      expect(refusalOf(orderOf(po('1')), settingsWith({ payments }))).toMatchObject({
        reason: 'unmappedPayment',
        message: expect.stringContaining('payments.purchaseorder'),
      });
    }
  });
});

describe('methods without a pay code', () => {
  test('an unmapped method stops the order by its name', () => {
    expect(refusalOf(orderOf({ rows: [{ price: '1' }], payment: { method: 'stripe_payments' } }))).toMatchObject({
      reason: 'unmappedPayment',
      field: 'payment.method',
      remedy: 'Add "stripe_payments" to payments, then retry.',
    });
  });

  test('what every object inherits is no setting', () => {
    expect(refusalOf(orderOf({ rows: [{ price: '1' }], payment: { method: 'constructor' } }))).toMatchObject({
      reason: 'unmappedPayment',
    });
  });

  test('C5-31 the fallback stands for every other method', () => {
    const settings = settingsWith({ payments: { '*': { payCode: 'OTHER', kind: 'cash' } } });
    expect(paid(by('stripe_payments'), settings)).toMatchObject({ payCode: 'OTHER', deposit: '15.00' });
  });
});

describe('the shop’s own tenders', () => {
  test.each([
    ['giftCards', 'GIFTCARD'],
    ['storeCredit', 'CREDIT'],
    ['rewardPoints', 'POINTS'],
  ] as const)('P-10 %s are a tender of their own beside the deposit', (tender, payCode) => {
    const draft = draftDocument(orderOf({ rows: [{ price: '10' }], [tender]: '4.00' }), settingsWith());
    expect(draft.payment).toMatchObject({ payCode: 'CHECK', deposit: '6.00', others: [{ payCode, amount: '4.00' }] });
    expect(draft.totals.total).toBe('10.00');
  });

  test('an order wholly paid by them has no other payment', () => {
    expect(paid({ giftCards: '15.00', payment: { method: 'free' } })).toEqual({
      kind: 'none',
      payCode: null,
      deposit: null,
      others: [{ payCode: 'GIFTCARD', amount: '15.00' }],
      toBeConfirmed: false,
    });
  });

  test.each([
    ['giftCards', 'giftcardaccount', 'base_gift_cards_amount'],
    ['storeCredit', 'customerbalance', 'base_customer_balance_amount'],
    ['rewardPoints', 'reward', 'base_reward_currency_amount'],
  ] as const)('P-10 %s without a pay code stop the order, and the fallback is not theirs', (tender, method, field) => {
    const settings = settingsWith({ payments: { '*': { payCode: 'OTHER', kind: 'cash' } } });
    expect(refusalOf(orderOf({ rows: [{ price: '10' }], [tender]: '4.00' }), settings)).toMatchObject({
      reason: 'unknownTotal',
      field,
      remedy: expect.stringContaining(`"${method}"`),
    });
  });
});
