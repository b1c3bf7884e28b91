import { EMPTY_MEMORY, type Memory } from '../../../domain/order/remembered';
import { plan } from '../../../domain/order/plan';
import { DEFAULT_RULES } from '../../../domain/order/plan-rules';
import { decimal, sum } from '../../../domain/money';
import type { PlanRules } from '../../../domain/order/steps';
import fc from '../../support/properties';
import { everyMove, items, kind, make, rules, storeMove, type Move } from './moves';
import { runUntilIdle, type Run } from './run';
import { World } from './world';

/** `CANTUS_CASES` raises the number of cases of every property, for the long run. */
const numRuns = Number(process.env['CANTUS_CASES'] ?? 400);

/** Plays the moves and lets the order act whenever it is awake; the last wake-up always comes, as the census makes sure. */
function play(world: World, moves: readonly Move[], own: PlanRules, awake: (at: number) => boolean): Run {
  let memory: Memory = EMPTY_MEMORY;
  let run = runUntilIdle(world, own, memory);
  memory = run.memory;
  moves.forEach((move, at) => {
    if (run.last.next === 'end') return;
    make(world, move);
    if (!awake(at)) return;
    run = runUntilIdle(world, own, memory);
    memory = run.memory;
  });
  return run.last.next === 'end' ? run : runUntilIdle(world, own, memory);
}

it('X-09 every run ends, or waits with a reason, and the two systems refuse nothing of what it does', () => {
  fc.assert(
    fc.property(items, kind, rules, fc.array(everyMove, { maxLength: 15 }), (lines, payment, own, moves) => {
      const world = new World('000000012', lines, payment);
      const { last } = play(world, moves, own, () => true);
      if (last.next === 'wait')
        expect(last.attention !== undefined || ['release', 'tracking', 'payment', 'unhold'].includes(last.for)).toBe(
          true,
        );
      else expect(['complete', 'cancelled', 'skipped']).toContain(last.state);
    }),
    { numRuns },
  );
});

it('P-12 what Cantus invoices and ships never exceeds what was ordered or released', () => {
  fc.assert(
    fc.property(items, kind, rules, fc.array(everyMove, { maxLength: 15 }), (lines, payment, own, moves) => {
      const world = new World('000000012', lines, payment);
      play(world, moves, own, () => true);
      const live = world.store.tickets.filter(({ state }) => state !== 'voided').map(({ guid }) => guid);
      for (const item of world.shop.items) {
        expect(decimal(item.invoiced).lessThanOrEqualTo(item.ordered)).toBe(true);
        const byTicket = sum(
          world.shop.invoices
            .filter((each) => each.state !== 'canceled' && live.includes(each.ticket ?? ''))
            .flatMap((each) => each.items.filter(([id]) => id === item.id).map(([, qty]) => qty)),
        );
        const released = world.store.lines.find((line) => line.id === item.id)?.released ?? '0';
        expect(byTicket.lessThanOrEqualTo(released)).toBe(true);
      }
      expect(new Set(world.charges).size).toBe(world.charges.length);
    }),
    { numRuns },
  );
});

it('P-01 P-06 signals lost, doubled or late change nothing about what reaches the shop', () => {
  fc.assert(
    fc.property(
      items,
      kind,
      fc.array(storeMove, { maxLength: 12 }),
      fc.array(fc.boolean(), { minLength: 12, maxLength: 12 }),
      (lines, payment, moves, awake) => {
        const prompt = new World('000000012', lines, payment);
        const sleepy = new World('000000012', lines, payment);
        const first = play(prompt, moves, DEFAULT_RULES, () => true);
        const second = play(sleepy, moves, DEFAULT_RULES, (at) => awake[at] ?? false);
        // A run that ended early saw nothing of the later moves; only what both saw is compared.
        if (first.last.next === 'end' || second.last.next === 'end') return;
        const books = (world: World): unknown => ({
          invoices: Object.fromEntries(world.shop.invoices.map((each) => [each.ticket ?? 'sale', each.items])),
          shipments: Object.fromEntries(world.shop.shipments.map((each) => [each.ticket, [...each.tracks].sort()])),
          charges: [...world.charges].sort(),
        });
        expect(books(sleepy)).toEqual(books(prompt));
      },
    ),
    { numRuns },
  );
});

it('X-09 the same picture always gives the same step', () => {
  fc.assert(
    fc.property(items, kind, rules, fc.array(everyMove, { maxLength: 10 }), (lines, payment, own, moves) => {
      const world = new World('000000012', lines, payment);
      const { memory } = play(world, moves, own, () => true);
      const copy = JSON.parse(JSON.stringify(world.seen)) as typeof world.seen;
      expect(plan(world.order, copy, own, memory)).toEqual(plan(world.order, world.seen, own, memory));
    }),
    { numRuns },
  );
});
