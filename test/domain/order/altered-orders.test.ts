import { EMPTY_MEMORY, type Memory } from '../../../domain/order/remembered';
import type { ShopItem, Altered } from '../../../domain/order/observation';
import { DEFAULT_RULES } from '../../../domain/order/plan-rules';
import type { Attention, PlanRules } from '../../../domain/order/steps';
import { applyRepair, runUntilIdle, type Run } from './run';
import { World } from './world';

const A = 11;
const B = 12;

const imported = (
  kind?: ConstructorParameters<typeof World>[2],
  rules: PlanRules = DEFAULT_RULES,
): { world: World; memory: Memory } => {
  const world = new World(
    '000000012',
    [
      { id: A, ordered: '3' },
      { id: B, ordered: '2' },
    ],
    kind,
  );
  return { world, memory: runUntilIdle(world, rules).memory };
};

const change = (world: World, id: number, counters: Partial<ShopItem>, altered?: Altered): void => {
  world.shop = {
    ...world.shop,
    items: world.shop.items.map((item) => (item.id === id ? { ...item, ...counters } : item)),
    ...(altered ? { altered } : {}),
  };
};

function attentions({ last }: Run): readonly Attention[] {
  if (last.next !== 'wait' || !last.attention) return [];
  return [last.attention, ...(last.also ?? [])];
}
function theAttention(run: Run): Attention {
  const [first, ...more] = attentions(run);
  if (!first) throw new Error(`expected an attention: ${JSON.stringify(run.last)}`);
  expect(more).toEqual([]);
  return first;
}
const accepted = (run: Run, world: World): Memory =>
  applyRepair(run.memory, { kind: 'acceptDifference' }, theAttention(run), world.seen);

describe('C5-83 P-25 what was changed in the shop after import is named before goods leave', () => {
  const cases: readonly [string, (world: World) => void, RegExp][] = [
    [
      'another total',
      (world) => {
        change(world, A, {}, { total: ['100.00', '90.00'] });
      },
      /total is now 90.00 instead of 100.00/,
    ],
    [
      'money given back without goods',
      (world) => {
        change(world, A, {}, { refunded: '5.00' });
      },
      /5.00 were refunded without any goods/,
    ],
    [
      'another delivery address',
      (world) => {
        change(world, A, {}, { shipTo: 'abc' });
      },
      /the delivery address/,
    ],
    [
      'another way of shipping and of paying',
      (world) => {
        change(world, A, {}, { shippingMethod: ['flat', 'ups_GND'], payment: ['checkmo', 'banktransfer'] });
      },
      /way of shipping \(now ups_GND instead of flat\) and the payment \(now banktransfer instead of checkmo\)/,
    ],
  ];
  it.each(cases)('%s', (_what, alter, says) => {
    const { world, memory } = imported();
    alter(world);
    const run = runUntilIdle(world, DEFAULT_RULES, memory);
    const attention = theAttention(run);
    expect(attention.reason).toBe('changedInShop');
    expect(attention.message).toMatch(says);
    expect(attention.repairs).toContain('acceptDifference');
    const after = runUntilIdle(world, DEFAULT_RULES, accepted(run, world));
    expect(after.last).toMatchObject({ next: 'wait', for: 'release' });
    expect(attentions(after)).toEqual([]);
  });

  it('a second, different change is told although the first was accepted', () => {
    const { world, memory } = imported();
    change(world, A, {}, { total: ['100.00', '90.00'] });
    const kept = accepted(runUntilIdle(world, DEFAULT_RULES, memory), world);
    expect(attentions(runUntilIdle(world, DEFAULT_RULES, kept))).toEqual([]);
    change(world, A, {}, { total: ['100.00', '80.00'] });
    expect(theAttention(runUntilIdle(world, DEFAULT_RULES, kept)).message).toContain('80.00');
    world.shop = { ...world.shop, altered: {} };
    expect(attentions(runUntilIdle(world, DEFAULT_RULES, kept))).toEqual([]);
  });

  it('C5-83 a line that the clerk raised to match ends what was told of it, and is released before the order ends', () => {
    const { world, memory } = imported();
    change(world, A, { ordered: '5' });
    expect(theAttention(runUntilIdle(world, DEFAULT_RULES, memory)).reason).toBe('amountsDiffer');
    const raised = world.store.lines.map((line) => (line.id === A ? { ...line, added: '2' } : line));
    world.store = { ...world.store, lines: raised };
    expect(attentions(runUntilIdle(world, DEFAULT_RULES, memory))).toEqual([]);
    world.release(
      [
        [A, '3'],
        [B, '2'],
      ],
      ['1Z'],
    );
    expect(runUntilIdle(world, DEFAULT_RULES, memory).last).toMatchObject({ next: 'wait', for: 'release' });
  });

  it('P-09 an order whose worth was changed is invoiced for nobody until a person says so', () => {
    const { world, memory } = imported();
    change(world, A, {}, { total: ['100.00', '90.00'] });
    world.releaseAll(['1Z']);
    const run = runUntilIdle(world, DEFAULT_RULES, memory);
    expect(run.did).not.toContain('invoiceTicket');
    expect(runUntilIdle(world, DEFAULT_RULES, accepted(run, world)).last).toMatchObject({ state: 'complete' });
  });

  it('another address holds back nothing that was released: the charge is for the goods', () => {
    const { world, memory } = imported();
    change(world, A, {}, { shipTo: 'abc' });
    world.releaseAll();
    const run = runUntilIdle(world, DEFAULT_RULES, memory);
    expect(run.did).toContain('invoiceTicket');
    expect(theAttention(run).message).toContain('delivery address');
  });
});

describe('P-15 C5-83 what was written says which rows were changed in the shop', () => {
  const lowered = (world: World): void => {
    change(world, A, { ordered: '2' }, { rows: [{ id: A, sku: 'SKU-11', wrote: '3' }] });
  };
  const lineOf = (world: World, id: number, now: Partial<World['store']['lines'][number]>): void => {
    world.store = {
      ...world.store,
      lines: world.store.lines.map((line) => (line.id === id ? { ...line, ...now } : line)),
    };
  };

  it('rows that the shop did not change raise nothing, whatever the document’s lines say; without a record the lines decide', () => {
    const { world, memory } = imported();
    lineOf(world, A, { added: '9' });
    lineOf(world, B, { ordered: '1' });
    change(world, A, {}, {});
    expect(attentions(runUntilIdle(world, DEFAULT_RULES, memory))).toEqual([]);
    const { altered: _record, ...unrecorded } = world.shop;
    world.shop = unrecorded;
    world.forgetsWhatItWrote = true;
    const asked = attentions(runUntilIdle(world, DEFAULT_RULES, memory));
    expect(asked.map(({ reason }) => reason)).toEqual(['cancelledInShop', 'amountsDiffer']);
  });

  it('C5-84 a row that shrank is named, and shown on the shop’s order though nothing was released yet', () => {
    const { world, memory } = imported();
    lowered(world);
    const run = runUntilIdle(world, DEFAULT_RULES, memory);
    expect(theAttention(run).message).toMatch(/no longer owes 1 of SKU-11 .*taken off the order/);
    expect(run.did).toEqual(['setStatus needs_attention']);
    expect(world.shop.status).toBe('needs_attention');
  });

  it('C5-81 an order that the shop cancelled as a whole says so itself: it is given no other status', () => {
    const { world, memory } = imported();
    world.cancelInShop();
    expect(runUntilIdle(world, DEFAULT_RULES, memory).did).toEqual([]);
  });

  it('a line that the clerk lowered to match is no remainder that the shop still expects: the order ends', () => {
    const { world, memory } = imported();
    lowered(world);
    const told = runUntilIdle(world, DEFAULT_RULES, memory);
    lineOf(world, A, { cancelled: '1' });
    world.releaseAll(['1Z']);
    const run = runUntilIdle(world, DEFAULT_RULES, told.memory);
    expect(run.last).toMatchObject({ next: 'end', state: 'complete' });
  });

  it('a line lowered further than the shop’s row is a remainder, as far as it goes further', () => {
    const { world, memory } = imported();
    lowered(world);
    lineOf(world, A, { cancelled: '2' });
    world.releaseAll(['1Z']);
    const { reason, message } = theAttention(runUntilIdle(world, DEFAULT_RULES, memory));
    expect([reason, message]).toEqual([
      'cancelledInCounterpoint',
      expect.stringContaining('will not release 1 of SKU-11'),
    ]);
  });

  it('P-25 a row taken off the order after its release is left out of the parcel that the shop is told of', () => {
    const { world, memory } = imported();
    world.releaseAll(['1Z']);
    world.shop = { ...world.shop, items: world.shop.items.filter(({ id }) => id !== B) };
    const run = runUntilIdle(world, DEFAULT_RULES, memory);
    expect(theAttention(run).message).toContain('releases a line that is not on shop order');
    const after = runUntilIdle(world, DEFAULT_RULES, accepted(run, world));
    expect(world.shop.shipments.map(({ items }) => items)).toEqual([[[A, '3']]]);
    expect(after.last).toMatchObject({ next: 'end', state: 'complete' });
  });

  it('a row that is gone is named by what it was', () => {
    const { world, memory } = imported();
    world.shop = { ...world.shop, items: world.shop.items.filter(({ id }) => id !== B) };
    change(world, A, {}, { rows: [{ id: B, sku: 'SKU-12', wrote: '2' }] });
    expect(theAttention(runUntilIdle(world, DEFAULT_RULES, memory)).message).toContain('2 of SKU-12');
  });
});

describe('P-22 remainders and refunds', () => {
  it('P-05 no status of progress is saved onto an order that the shop has completed', () => {
    const { world, memory } = imported();
    world.release([[A, '1']]);
    const ticket = world.store.tickets[0];
    if (!ticket) throw new Error('no ticket');
    world.carryOut({ do: 'invoiceTicket', ticket, items: ticket.lines, capture: false });
    world.shop = { ...world.shop, state: 'complete', status: 'complete' };
    expect(runUntilIdle(world, DEFAULT_RULES, memory).did).toEqual([]);
  });
});

describe('P-16 an order refunded as a whole is closed in the shop', () => {
  const closed = (world: World): void => {
    for (const { id, ordered } of world.shop.items) change(world, id, { refunded: ordered });
    world.shop = { ...world.shop, state: 'closed', status: 'closed' };
  };

  it('nothing released: people cancel its document, and it ends as cancelled', () => {
    const { world, memory } = imported('paid');
    closed(world);
    const run = runUntilIdle(world, DEFAULT_RULES, memory);
    expect(run.did).toEqual([]);
    expect(theAttention(run)).toMatchObject({ reason: 'cancelledInShop', repairs: ['retry', 'confirmCancelled'] });
    expect(theAttention(run).message).toMatch(/refunded and is closed in the shop/);
    world.store = { ...world.store, document: 'cancelled' };
    expect(runUntilIdle(world, DEFAULT_RULES, memory).last).toMatchObject({ next: 'end', state: 'cancelled' });
  });

  it('C5-79 untouched documents are removed where the setting says so', () => {
    const removing = { ...DEFAULT_RULES, removeUntouched: true };
    const { world, memory } = imported('paid', removing);
    closed(world);
    expect(runUntilIdle(world, removing, memory)).toMatchObject({
      did: ['removeDocument'],
      last: { next: 'end', state: 'cancelled' },
    });
  });

  it('shipped as a whole before the refund, it ends as what it was: complete', () => {
    const { world, memory } = imported('paid');
    world.releaseAll(['1Z']);
    world.carryOut({
      do: 'shipTicket',
      ticket: { no: '000000012-01', guid: 'GUID-1' },
      items: [
        [A, '3'],
        [B, '2'],
      ],
      tracks: ['1Z'],
    });
    closed(world);
    expect(runUntilIdle(world, DEFAULT_RULES, memory)).toMatchObject({
      did: [],
      last: { next: 'end', state: 'complete' },
    });
  });

  it('never imported, it is skipped', () => {
    const world = new World('000000012', [{ id: A, ordered: '1' }], 'paid');
    closed(world);
    expect(runUntilIdle(world, DEFAULT_RULES, EMPTY_MEMORY).last).toMatchObject({ next: 'end', state: 'skipped' });
  });
});
