import { EMPTY_MEMORY } from '../../../domain/order/remembered';
import type { RepairKind } from '../../../domain/order/attention';
import { money } from '../../../domain/money';
import { DEFAULT_RULES } from '../../../domain/order/plan-rules';
import fc from '../../support/properties';
import { applyRepair, runUntilIdle, type Run } from './run';
import { World } from './world';

const asked = ({ last }: Run) => (last.next === 'wait' ? last.attention : undefined);

/** An order of three, the first of which was paid when something put the shop's counters back. */
function wiped(kind: 'authorised' | 'offline', paid: number, rows: boolean): { world: World; run: Run } {
  const world = new World('000000031', [{ id: 11, ordered: '3' }], kind);
  runUntilIdle(world);
  world.release([[11, '1']], ['1ZA']);
  const { memory } = runUntilIdle(world);
  putBack(world, paid, rows);
  world.release([[11, '1']], ['1ZB']);
  return { world, run: runUntilIdle(world, DEFAULT_RULES, memory) };
}

function putBack(world: World, paid: number, rows: boolean): void {
  const { shop } = world;
  world.shop = {
    ...shop,
    payment: { ...shop.payment, paid: money(paid) },
    ...(rows ? { countersDiffer: true as const } : {}),
  };
}

/** Decides what is asked. */
function decide(world: World, run: Run, kind: RepairKind): Run {
  const attention = asked(run);
  if (!attention) throw new Error('nothing is asked');
  expect(attention.repairs).toContain(kind);
  return runUntilIdle(world, DEFAULT_RULES, applyRepair(run.memory, { kind }, attention, world.seen));
}

const decides = fc.constantFrom<RepairKind>('invoiceOffline', 'acceptDifference');
const kind = fc.constantFrom('authorised' as const, 'offline' as const);
/** What the shop still counts of the first invoice, which came to 10.00. */
const left = fc.integer({ min: 0, max: 9 });

it('P-25 P-21 after counters were put back one decision for a ticket is enough, whichever it is, and the parcel goes', () => {
  fc.assert(
    fc.property(kind, left, fc.boolean(), decides, decides, (payment, paid, rows, first, second) => {
      const { world, run } = wiped(payment, paid, rows);
      expect(asked(run)?.action).toBe('counters:GUID-2');
      const after = decide(world, run, first);
      expect(asked(after)).toBeUndefined();
      expect(after.did).toContain('shipTicket');
      world.release([[11, '1']], ['1ZC']);
      const last = runUntilIdle(world, DEFAULT_RULES, after.memory);
      // What was invoiced without a charge may explain the amount that is missing; then nothing is asked at all.
      const end = asked(last)?.action === 'counters:GUID-3' ? decide(world, last, second) : last;
      expect(end.last).toMatchObject({ next: 'end', state: 'complete' });
    }),
    { numRuns: 100 },
  );
});

it('P-25 P-07 another amount that is not counted is another question, and accepting that is enough as well', () => {
  fc.assert(
    fc.property(kind, left, decides, (payment, paid, first) => {
      const { world, run } = wiped(payment, paid, false);
      const { memory } = decide(world, run, first);
      putBack(world, paid + 21, false);
      const other = runUntilIdle(world, DEFAULT_RULES, memory);
      expect(asked(other)?.action).toMatch(/^counted:20\.00\//);
      expect(asked(decide(world, other, 'acceptDifference'))).toBeUndefined();
    }),
    { numRuns: 40 },
  );
});

it('P-24 a decision about a charge whose answer was lost says nothing of what the shop does not count', () => {
  const { world } = wiped('authorised', 0, false);
  const lost = {
    reason: 'captureUnknown' as const,
    action: 'invoiceTicket:GUID-2',
    code: 'captureUnknown',
    message: '',
    repairs: [],
  };
  expect(applyRepair(EMPTY_MEMORY, { kind: 'invoiceOffline' }, lost, world.seen).accepted).toEqual([]);
});
