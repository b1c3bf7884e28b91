import { decisionRows, decisionsFrom, toKeep } from '../../../domain/order/decision-rows';
import { ABOUT_LENGTH, NO_DECISIONS } from '../../../domain/order/decisions';
import { EMPTY_MEMORY } from '../../../domain/order/remembered';
import { DEFAULT_RULES } from '../../../domain/order/plan-rules';
import fc from '../../support/properties';
import { applyRepair, attentionsOf, runUntilIdle } from './run';
import { World } from './world';

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

test('P-25 P-26 a difference over many rows is not asked again after a restart, and one that differs at its end is', () => {
  const ids = Array.from({ length: 60 }, (_, at) => 100_011 + at);
  const world = new World(
    '000000012',
    ids.map((id) => ({ id, ordered: '3' })),
  );
  const { memory } = runUntilIdle(world);
  const lower = (gone: readonly number[], by: number): void => {
    world.shop = {
      ...world.shop,
      items: world.shop.items.map((item) =>
        gone.includes(item.id) ? { ...item, ordered: String(Number(item.ordered) - by) } : item,
      ),
    };
  };
  lower(ids, 1);
  const asked = runUntilIdle(world, DEFAULT_RULES, memory);
  const [attention] = attentionsOf(asked);
  if (!attention) throw new Error('nothing is asked');
  const decided = applyRepair(asked.memory, { kind: 'acceptDifference' }, attention, world.seen);
  const rows = decisionRows(decided).map((row) => ({ ...row, about: row.about.slice(0, ABOUT_LENGTH) }));
  const restarted = { ...EMPTY_MEMORY, marked: true, ...decisionsFrom(rows) };
  expect(attentionsOf(runUntilIdle(world, DEFAULT_RULES, restarted))).toEqual([]);
  lower(ids.slice(-1), 1);
  expect(attentionsOf(runUntilIdle(world, DEFAULT_RULES, restarted))).toHaveLength(1);
});
