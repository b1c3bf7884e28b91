import type { Memory } from '../../../domain/order/remembered';
import { DEFAULT_RULES } from '../../../domain/order/plan-rules';
import type { PlanRules } from '../../../domain/order/steps';
import { applyRepair, attentionOf, runUntilIdle } from './run';
import { World } from './world';

const twoLines = [
  { id: 11, ordered: '3' },
  { id: 12, ordered: '2' },
];

function imported(kind?: ConstructorParameters<typeof World>[2]): { world: World; memory: Memory } {
  const world = new World('000000012', twoLines, kind);
  const { memory } = runUntilIdle(world);
  return { world, memory };
}

describe('both sides at once', () => {
  it('C5-81 P-14 confirms at once when both sides were cancelled while nobody looked', () => {
    const { world, memory } = imported();
    world.cancelInShop();
    world.store = { ...world.store, document: 'cancelled' };
    const run = runUntilIdle(world, DEFAULT_RULES, memory);
    expect(run.did).toEqual(['setStatus confirmed_cancelled']);
    expect(run.last).toMatchObject({ next: 'end', state: 'cancelled' });
  });

  it('C5-83 confirms nothing while goods of an order that both sides cancelled are still released', () => {
    const { world, memory } = imported();
    world.release([[11, '1']]);
    world.shop = { ...world.shop, state: 'canceled', status: 'canceled' };
    world.store = { ...world.store, document: 'cancelled' };
    const run = runUntilIdle(world, DEFAULT_RULES, memory);
    expect(attentionOf(run)).toBe('cancelledInShop');
    expect(world.shop.status).toBe('needs_attention');
    expect(world.shop.invoices).toEqual([]);
  });

  it('C5-83 says so in the shop when a cancelled order holds a deposit that was added by hand', () => {
    const { world, memory } = imported();
    world.cancelInShop();
    world.store = { ...world.store, depositsDiffer: true };
    expect(attentionOf(runUntilIdle(world, DEFAULT_RULES, memory))).toBe('cancelledInShop');
    expect(world.shop.status).toBe('needs_attention');
  });

  it('C5-83 sees an order that is completed in the shop but cancelled in Counterpoint', () => {
    const { world, memory } = imported();
    world.invoiceByHand([
      [11, '3'],
      [12, '2'],
    ]);
    world.shipByHand([
      [11, '3'],
      [12, '2'],
    ]);
    world.store = { ...world.store, document: 'cancelled' };
    expect(world.shop.state).toBe('complete');
    expect(attentionOf(runUntilIdle(world, DEFAULT_RULES, memory))).toBe('cancelledInCounterpoint');
    expect(world.shop.status).toBe('needs_attention');
  });

  it('P-04 does not wait for a release that a closed document can no longer bring', () => {
    const { world, memory } = imported();
    world.store = { ...world.store, document: 'closed' };
    expect(attentionOf(runUntilIdle(world, DEFAULT_RULES, memory))).toBe('cancelledInCounterpoint');
  });

  it('P-04 asks what becomes of the rest when a document is closed after a part of it', () => {
    const { world, memory } = imported();
    world.release([[11, '3']], ['1Z1']);
    world.store = { ...world.store, document: 'closed' };
    const run = runUntilIdle(world, DEFAULT_RULES, memory);
    if (run.last.next !== 'wait' || !run.last.attention) throw new Error('no attention');
    expect(run.last.attention.reason).toBe('cancelledInCounterpoint');
    const repaired = applyRepair(run.memory, { kind: 'cancelRemainder' }, run.last.attention, world.seen);
    expect(runUntilIdle(world, DEFAULT_RULES, repaired).last).toMatchObject({ next: 'end', state: 'complete' });
  });
});

describe('the shop’s status while a person is needed', () => {
  const waiting = (rules: PlanRules): { world: World; did: readonly string[] } => {
    const { world, memory } = imported();
    world.invoiceByHand([[11, '1']]);
    return { world, did: runUntilIdle(world, rules, memory).did };
  };

  it('C5-77 C5-79 goes by the configured code, whatever it is called', () => {
    const statuses = { ...DEFAULT_RULES.statuses, needsAttention: 'somebody_look' };
    const { world, did } = waiting({ ...DEFAULT_RULES, statuses });
    expect(did).toEqual(['setStatus somebody_look']);
    expect(world.shop.status).toBe('somebody_look');
  });

  it('C5-84 is left alone where the setting says so', () => {
    const statuses = { ...DEFAULT_RULES.statuses, needsAttention: null };
    expect(waiting({ ...DEFAULT_RULES, statuses }).did).toEqual([]);
  });

  it('C5-83 is not fought over: what staff set meanwhile stays', () => {
    const { world, memory } = imported();
    world.invoiceByHand([[11, '1']]);
    const run = runUntilIdle(world, DEFAULT_RULES, memory);
    world.shop = { ...world.shop, status: 'processing' };
    expect(runUntilIdle(world, DEFAULT_RULES, run.memory).did).toEqual([]);
  });

  it('C5-82 is not set on an order that is on hold', () => {
    const { world, memory } = imported();
    world.store = { ...world.store, document: 'cancelled' };
    world.shop = { ...world.shop, state: 'holded', status: 'holded' };
    expect(runUntilIdle(world, DEFAULT_RULES, memory).did).toEqual([]);
  });
});
