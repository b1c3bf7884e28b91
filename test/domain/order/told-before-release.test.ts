import { DEFAULT_RULES } from '../../../domain/order/plan-rules';
import type { PlanRules } from '../../../domain/order/steps';
import { attentionsOf, runUntilIdle, type Run } from './run';
import { World } from './world';

const LINES = [
  { id: 11, ordered: '3' },
  { id: 12, ordered: '2' },
];

/** One piece of the first row is released and invoiced. */
function partReleased(rules: PlanRules = DEFAULT_RULES): { world: World; run: Run } {
  const world = new World('000000012', LINES);
  const begun = runUntilIdle(world, rules);
  world.release([[11, '1']]);
  return { world, run: runUntilIdle(world, rules, begun.memory) };
}

it('P-12 a remainder cancelled in the shop after a part release is told before it is released, every line of it named', () => {
  const { world, run } = partReleased();
  world.cancelInShop();
  const [attention] = attentionsOf(runUntilIdle(world, DEFAULT_RULES, run.memory));
  expect(attention).toMatchObject({ reason: 'cancelledInShop', action: 'notOwed:11x2,12x2' });
  expect(attention?.message).toMatch(
    /no longer owes 2 of SKU-11 and 2 of SKU-12 of order 000000012: cancelled there\. Lower the line or cancel the remainder in Counterpoint before it is released\./,
  );
});

it('C5-83 a remainder that the store gave up is told with every line of it', () => {
  const { world, run } = partReleased();
  world.store = {
    ...world.store,
    lines: world.store.lines.map((line) => ({ ...line, cancelled: '2' })),
  };
  const [attention] = attentionsOf(runUntilIdle(world, DEFAULT_RULES, run.memory));
  expect(attention).toMatchObject({ reason: 'cancelledInCounterpoint', action: 'remainder:11x2,12x2' });
  expect(attention?.message).toMatch(/will not release 2 of SKU-11 and 2 of SKU-12/);
});

it('P-12 goods refunded between invoice and shipment are named with what has to come back from the parcel', () => {
  const { world, run } = partReleased();
  world.shop = {
    ...world.shop,
    items: world.shop.items.map((item) => (item.id === 11 ? { ...item, refunded: '3' } : item)),
  };
  const asked = attentionsOf(runUntilIdle(world, DEFAULT_RULES, run.memory));
  expect(asked).toContainEqual(expect.objectContaining({ reason: 'cancelledInShop', action: 'takenBack:GUID-1' }));
  expect(asked.find(({ action }) => action === 'takenBack:GUID-1')?.message).toMatch(
    /^1 of SKU-11 on ticket 000000012-01 .* refunded by a credit memo in the shop before it was shipped\. Take 1 of SKU-11 out of the parcel and back into stock/,
  );
});

describe('C5-78 P-22 with tracking off', () => {
  const rules: PlanRules = { ...DEFAULT_RULES, tracking: false };
  const step = (world: World, run: Run): unknown => {
    const steps: unknown[] = [];
    const carryOut = world.carryOut.bind(world);
    world.carryOut = (action) => {
      steps.push(action);
      carryOut(action);
    };
    world.shop = { ...world.shop, status: 'processing' };
    runUntilIdle(world, rules, run.memory);
    return steps.at(-1);
  };

  it('`complete` after one of three pieces says how far the order is, not that everything was released', () => {
    const { world, run } = partReleased(rules);
    const said = step(world, run) as { comment: string };
    expect(said.comment).toBe('Released in Counterpoint so far: ticket 000000012-01.');
    world.releaseAll();
    expect(step(world, run)).toMatchObject({ comment: 'Everything was released and invoiced.' });
  });
});
