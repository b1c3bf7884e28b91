import { draftDocument } from '../../../domain/document';
import { order, withRows, withTotals } from '../shop/shop-orders';
import { refusalOf } from './refusal-of';
import { settingsWith } from './settings';

const base = order('live-configurable');
const [first] = base.items;

describe('P-09 P-10 an order of which something was taken back before it came here', () => {
  it.each([
    ['goods were refunded', withRows(base, { [first?.id ?? 0]: { refunded: '1' } }), /1 of .* refunded/],
    ['a line was cancelled', withRows(base, { [first?.id ?? 0]: { cancelled: '2' } }), /2 of .* cancelled/],
    ['money was given back', withTotals(base, { refunded: '5.00' }), /5\.00 of its money was refunded/],
  ])('waits and names it where %s', (_what, changed, says) => {
    const refusal = refusalOf(changed);
    expect(refusal).toMatchObject({ code: 'takenBackBeforeImport', reason: 'totalsDiffer' });
    expect(refusal.message).toMatch(says);
  });

  it('is written as ever where nothing was', () => {
    expect(() => draftDocument(base, settingsWith())).not.toThrow();
  });
});
