import fc from 'fast-check';
import { decisionRows, decisionsFrom, toKeep } from '../../domain/order/decision-rows';
import { NO_DECISIONS } from '../../domain/order/decisions';

const flag = fc.constant(true);
const keys = fc.uniqueArray(fc.string({ minLength: 1, maxLength: 20 }), { maxLength: 3 });
const pairs = fc.dictionary(fc.stringMatching(/^[A-Z]{1,8}$/), fc.string({ maxLength: 8 }), { minKeys: 1, maxKeys: 3 });
const anyDecisions = fc.record(
  {
    offline: keys,
    accepted: keys,
    paidAtSale: flag,
    cancel: fc.record({ by: fc.string({ minLength: 1 }), reason: fc.constant('') }),
    again: pairs,
    skip: flag,
    confirmedCancelled: flag,
    cancelRemainder: flag,
    skus: pairs,
    ended: fc.constantFrom('complete' as const, 'cancelled' as const, 'skipped' as const),
  },
  { requiredKeys: ['offline', 'accepted'] },
);

test('P-26 every decision is the same after it was put into rows and read from them', () => {
  fc.assert(
    fc.property(anyDecisions, (decided) => {
      const kept = decisionsFrom(decisionRows(decided));
      expect({ ...kept }).toEqual({ ...decided });
      expect(toKeep(kept, kept, kept.ended)).toBeUndefined();
    }),
  );
});

test('P-26 an order of which nobody decided anything has nothing to write down, however it ends', () => {
  expect(toKeep(NO_DECISIONS, NO_DECISIONS, undefined)).toBeUndefined();
  expect(toKeep(NO_DECISIONS, NO_DECISIONS, 'complete')).toBeUndefined();
  const paid = { ...NO_DECISIONS, paidAtSale: true };
  expect(toKeep(paid, paid, 'complete')).toBeUndefined();
});

test('P-26 a new decision, one taken back, and the end of an order with one are to be written down', () => {
  const skipped = { ...NO_DECISIONS, skip: true };
  expect(toKeep(skipped, NO_DECISIONS, undefined)).toEqual(skipped);
  expect(toKeep(skipped, skipped, undefined)).toBeUndefined();
  expect(toKeep(skipped, skipped, 'skipped')).toEqual({ ...skipped, ended: 'skipped' });
  expect(toKeep(NO_DECISIONS, { ...NO_DECISIONS, cancel: { by: 'ada', reason: '' } }, undefined)).toEqual(NO_DECISIONS);
});
