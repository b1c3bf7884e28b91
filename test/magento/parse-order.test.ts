import { CantusError } from '../../domain/errors';
import { decimal, money } from '../../domain/money';
import { parseOrder } from '../../magento';
import { sampleOrder } from './recorded-shop';

const SAMPLES = [
  '01-configurable-coupon-tax-gift',
  '02-purchase-order-tax-exempt',
  '04-zero-subtotal-paid-shipping',
  'live-authorised-invoiced-in-four',
  'live-authorize-only-gift',
  'live-bundle-together',
  'live-configurable',
  'live-edited-new',
  'live-edited-old',
  'live-purchase-order-coupon-tax',
];

describe('parsing an order of the shop', () => {
  test.each(SAMPLES)('%s is read with totals that add up and no unknown money', (name) => {
    const { totals, unknownTotals } = parseOrder(sampleOrder(name));
    const added = decimal(totals.subtotal)
      .minus(totals.discount)
      .plus(totals.shipping)
      .plus(totals.tax)
      .plus(totals.compensation)
      .plus(totals.shippingCompensation);
    expect(money(added)).toBe(totals.grandTotal);
    expect(unknownTotals).toEqual([]);
  });

  test('rows, coupon, gift message and address come in the shop’s own words', () => {
    const order = parseOrder(sampleOrder('01-configurable-coupon-tax-gift'));
    expect(order).toMatchObject({
      incrementId: '000000501',
      createdAt: '2025-03-11T15:42:07Z',
      coupons: ['SPRING10'],
      discountDescription: 'Spring 10% off',
      shippingMethod: 'flatrate_flatrate',
      giftMessage: { from: 'Dana', to: 'Lee', message: 'Happy housewarming!' },
      totals: { discount: '8.55', paid: '0.00', due: '91.24' },
    });
    expect(order.items[0]).toMatchObject({
      rowTotal: '33.75',
      discount: '3.75',
      price: '12.5',
      ordered: '3',
      giftMessage: { message: 'For your new kitchen' },
    });
    expect(order.items[2]).toMatchObject({ parentId: 1102, type: 'simple', price: '0' });
  });

  test('relation ids that come as strings become numbers', () => {
    expect(parseOrder(sampleOrder('live-edited-new')).relations).toEqual({
      parent: '000000066',
      parentEntityId: 69,
      child: null,
      originalIncrementId: '000000066',
    });
    expect(parseOrder(sampleOrder('live-edited-old')).relations.child).toBe('000000066-1');
  });

  test('P-10 money in a field without a place is named, whether on the order or among its extension attributes', () => {
    const order = sampleOrder('live-configurable');
    const extended = {
      ...order,
      base_surcharge_amount: 2.5,
      base_nothing_amount: 0,
      extension_attributes: {
        ...(order['extension_attributes'] as object),
        handling_fee: '1.2000',
        base_handling_fee: '1.1000',
        insurance_fee: { base_amount: 3, amount: 3 },
        reward_points_balance: 40,
        customer_balance_amount: 5,
      },
    };
    const parsed = parseOrder(extended);
    expect(parsed.unknownTotals).toEqual([
      { field: 'base_surcharge_amount', amount: '2.50' },
      { field: 'extension_attributes.base_handling_fee', amount: '1.10' },
      { field: 'extension_attributes.insurance_fee.base_amount', amount: '3.00' },
    ]);
    expect(parsed.totals.storeCredit).toBe('5.00');
  });

  test('totals of a partly refunded order are no unknown money', () => {
    const counters = {
      base_total_online_refunded: 5,
      base_total_offline_refunded: 1,
      base_adjustment_positive: 1,
      base_shipping_tax_refunded: 0.66,
      base_discount_tax_compensation_refunded: 0.1,
      base_subtotal_refunded: 4,
    };
    expect(parseOrder({ ...sampleOrder('live-configurable'), ...counters }).unknownTotals).toEqual([]);
  });

  test('numbers may come as strings, and fields without a value may be missing', () => {
    const { status: _status, base_total_due: _due, ...order } = sampleOrder('live-configurable');
    const parsed = parseOrder({ ...order, entity_id: '12', base_grand_total: '63.9800' });
    expect(parsed).toMatchObject({ entityId: 12, status: null, totals: { grandTotal: '63.98', due: '63.98' } });
  });

  test('an order without a readable field is refused by order and field, without its content', () => {
    const broken = { ...sampleOrder('live-configurable'), created_at: 'ada@example.com' };
    const error = catchError(() => parseOrder(broken));
    expect(error.facts).toMatchObject({ kind: 'refused', code: 'shopRecordUnreadable', field: 'created_at' });
    expect(error.message).toContain(sampleOrder('live-configurable')['increment_id']);
    expect(error.message).not.toContain('ada@example.com');
  });
});

function catchError(run: () => unknown): CantusError {
  try {
    run();
  } catch (error) {
    if (error instanceof CantusError) return error;
    throw error;
  }
  throw new Error('nothing was thrown');
}
