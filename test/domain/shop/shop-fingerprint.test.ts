import { orderFingerprint, sameFingerprint } from '../../../domain/shop/fingerprint';
import { order, withRows, withTotals } from './shop-orders';

const base = order('live-bundle-together');
const print = orderFingerprint(base);

describe('the fingerprint of an order in the shop', () => {
  test('is short and the same for the same state, in whatever order the rows come', () => {
    expect(print).toMatch(/^[0-9a-z]{8,13}(\.[0-9a-z]{8,13}){5}$/);
    expect(orderFingerprint({ ...base, items: [...base.items].reverse() })).toBe(print);
  });

  test.each([
    ['the status', { ...base, status: 'in_counterpoint' }],
    ['the state', { ...base, state: 'holded' }],
    ['what was paid', withTotals(base, { paid: '1.00' })],
    ['what was refunded', withTotals(base, { refunded: '1.00' })],
    ['the total', withTotals(base, { grandTotal: '1.00' })],
    ['a shipped quantity', withRows(base, { 53: { shipped: '1' } })],
    ['an invoiced quantity', withRows(base, { 53: { invoiced: '1' } })],
    ['a refunded quantity', withRows(base, { 53: { refunded: '1' } })],
    ['a cancelled quantity', withRows(base, { 53: { cancelled: '1' } })],
  ])('changes with %s', (_what, changed) => {
    expect(orderFingerprint(changed)).not.toBe(print);
  });

  test('P-04 moves with a hold and its end, after which the order looks as before', () => {
    expect(sameFingerprint(print, orderFingerprint({ ...base, updatedAt: '2027-01-01T00:00:00Z' }))).toBe(false);
  });

  test('one of an earlier release wakes nobody for its form, and still tells a change', () => {
    const [earlier = ''] = print.split('.');
    expect(sameFingerprint(earlier, print)).toBe(true);
    expect(sameFingerprint(earlier, orderFingerprint({ ...base, state: 'holded' }))).toBe(false);
  });
});
