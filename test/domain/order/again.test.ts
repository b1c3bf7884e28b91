import { EMPTY_MEMORY, type Memory } from '../../../domain/order/remembered';
import { ATTENTION } from '../../../domain/order/attention';
import { plan } from '../../../domain/order/plan';
import { DEFAULT_RULES } from '../../../domain/order/plan-rules';
import type { Problem, Step } from '../../../domain/order/steps';
import { applyRepair, runUntilIdle } from './run';
import { World } from './world';

const SENT_AT = '2026-11-20T10:00:00.000';
/** What the shop's order shows meanwhile is another matter. */
const RULES = { ...DEFAULT_RULES, statuses: { ...DEFAULT_RULES.statuses, needsAttention: null } };

/** An authorised order whose only release was charged with an unknown outcome. */
function unknownCharge(): { world: World; memory: Memory } {
  const world = new World('000000012', [{ id: 11, ordered: '1' }], 'authorised');
  world.carryOut({ do: 'createDocument' });
  const { guid } = world.releaseAll(['1Z1']);
  const stuck: Problem = {
    action: `invoiceTicket:${guid}`,
    reason: 'captureUnknown',
    code: 'captureUnknown',
    message: 'Nobody knows.',
    attempts: 1,
    retryAt: null,
    sentAt: SENT_AT,
  };
  return { world, memory: { ...EMPTY_MEMORY, marked: true, problems: [stuck] } };
}

function repaired({ world, memory }: { world: World; memory: Memory }, kind: 'retry' | 'invoiceOffline'): Step {
  const waiting = plan(world.order, world.seen, RULES, memory);
  if (waiting.next !== 'wait' || !waiting.attention) throw new Error('expected an attention');
  expect(ATTENTION[waiting.attention.reason].repairs).toContain(kind);
  return plan(world.order, world.seen, RULES, applyRepair(memory, { kind }, waiting.attention, world.seen));
}

test('P-06 X-01 a person’s "retry" of a charge nobody knows of names the one sending that came to nothing', () => {
  expect(repaired(unknownCharge(), 'retry')).toMatchObject({
    next: 'act',
    action: { do: 'invoiceTicket', capture: true, again: SENT_AT },
  });
});

test('"invoice offline" charges nobody, so it needs no such word', () => {
  expect(repaired(unknownCharge(), 'invoiceOffline')).toMatchObject({
    next: 'act',
    action: { do: 'invoiceTicket', capture: false },
  });
});

test('P-06 without anybody’s word the order waits, however often it is woken', () => {
  const { world, memory } = unknownCharge();
  expect(plan(world.order, world.seen, RULES, memory)).toMatchObject({
    next: 'wait',
    attention: { reason: 'captureUnknown' },
  });
});

describe.each(['captureUnknown', 'captureRefused'] as const)('"adopt" of a charge (%s)', (reason) => {
  const { world, memory } = unknownCharge();
  const problems = memory.problems.map((problem): Problem => ({ ...problem, reason, code: reason }));
  const step = (remembered: Memory): Step => plan(world.order, world.seen, RULES, remembered);

  test('P-25 is not offered while the shop shows no invoice that could stand for it', () => {
    const before = step({ ...memory, problems });
    if (before.next !== 'wait' || before.attention?.reason !== reason) throw new Error(`expected ${reason}`);
    expect(before.attention.repairs).not.toContain('adopt');
    expect(before.attention.repairs).toContain('invoiceOffline');
  });

  test('P-07 C5-83 P-25 charges nobody: an invoice that was made for other goods stands for it, and its parcel is shipped', () => {
    const [ticket] = world.seen.store.tickets;
    if (!ticket) throw new Error('expected a ticket');
    world.shop = { ...world.shop, items: world.shop.items.map((item) => ({ ...item, ordered: '3' })) };
    world.invoiceByHand([[11, '2']]);
    const before = step({ ...memory, problems });
    if (before.next !== 'wait' || before.attention?.reason !== reason) throw new Error(`expected ${reason}`);
    const adopted = applyRepair({ ...memory, problems }, { kind: 'adopt' }, before.attention, world.seen);
    expect(step(adopted)).toMatchObject({ next: 'act', action: { do: 'shipTicket' } });
  });
});

test('P-06 C5-75 once the shop shows the invoice, an unknown charge stands in the way of no status', () => {
  const { world, memory } = unknownCharge();
  const [ticket] = world.seen.store.tickets;
  if (!ticket) throw new Error('expected a ticket');
  world.carryOut({ do: 'invoiceTicket', ticket, items: ticket.lines, capture: true });
  const rules = { ...DEFAULT_RULES, statuses: { ...DEFAULT_RULES.statuses, final: 'delivered' } };
  const run = runUntilIdle(world, rules, memory);
  expect(run.did).toEqual(['shipTicket', 'setStatus delivered']);
  expect(run.last).toMatchObject({ next: 'end', state: 'complete' });
});
