import type { RepairKind } from '../../../domain/order/attention';
import { isAboutMoney } from '../../../domain/order/charge-again';
import { EMPTY_MEMORY, type Memory } from '../../../domain/order/remembered';
import { newsOf } from '../../../domain/people/order-news';
import { DEFAULT_RULES } from '../../../domain/order/plan-rules';
import type { Attention, PlanRules } from '../../../domain/order/steps';
import fc from '../../support/properties';
import { everyMove, items, kind, make, providerMove, rules, type Move } from './moves';
import { applyRepair, attentionsOf, runUntilIdle, type Run } from './run';
import { World } from './world';

/** `CANTUS_CASES` raises the number of cases of every property, for the long run. */
const numRuns = Number(process.env['CANTUS_CASES'] ?? 600);

type Deed =
  | { readonly deed: 'move'; readonly move: Move }
  | { readonly deed: 'repair'; readonly pick: number }
  | { readonly deed: 'refuse'; readonly reason: 'captureRefused' | 'captureUnknown' };

const byHand: fc.Arbitrary<Move> = fc.record({
  move: fc.constantFrom('invoiceByHand' as const, 'shipByHand' as const),
  shares: fc.array(fc.integer({ min: 0, max: 3 }), { minLength: 3, maxLength: 3 }),
});
const deed: fc.Arbitrary<Deed> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      deed: fc.constant('move' as const),
      move: fc.oneof(
        { weight: 5, arbitrary: everyMove },
        { weight: 2, arbitrary: byHand },
        { weight: 1, arbitrary: providerMove },
      ),
    }),
  },
  { weight: 1, arbitrary: fc.record({ deed: fc.constant('repair' as const), pick: fc.nat({ max: 20 }) }) },
  {
    weight: 1,
    arbitrary: fc.record({
      deed: fc.constant('refuse' as const),
      reason: fc.constantFrom('captureRefused' as const, 'captureUnknown' as const),
    }),
  },
);

const woken = (memory: Memory): Memory => ({ ...memory, problems: memory.problems.filter(isAboutMoney) });

/** Plays the deeds and hands every rest of the order to `look`. */
function play(world: World, deeds: readonly Deed[], own: PlanRules, look: (run: Run) => void): void {
  let run = runUntilIdle(world, own, EMPTY_MEMORY);
  for (const each of deeds) {
    look(run);
    if (run.last.next === 'end') return;
    let { memory } = run;
    if (each.deed === 'move') make(world, each.move);
    else if (each.deed === 'refuse')
      world.refusals.push({ do: 'invoiceTicket', reason: each.reason, code: each.reason });
    else {
      const [attention] = attentionsOf(run);
      if (!attention) continue;
      const kind: RepairKind = attention.repairs[each.pick % attention.repairs.length] ?? 'retry';
      memory = applyRepair(memory, { kind }, attention, world.seen);
    }
    run = runUntilIdle(world, own, woken(memory));
  }
  look(run);
}

/** The documents a sentence names: invoices count from 100 in this world, shipments from 500. */
const namedIn = ({ message }: Attention): string[] => [
  ...new Set([
    ...[...message.matchAll(/\b([15]\d\d)\b/g)].map(([, id]) =>
      id?.startsWith('1') ? `invoice ${id}` : `shipment ${id}`,
    ),
    ...[...message.matchAll(/\b\d{9}-\d\d\b/g)].map(([no]) => `ticket ${no}`),
  ]),
];

const twice = (names: readonly string[]): string[] => names.filter((name, at) => names.indexOf(name) !== at);

const sentences = (text: string): string[] =>
  text
    .split(/(?<=[.:;])\s+/)
    .map((each) => each.toLowerCase().replace(/[.:;]$/, ''))
    .filter((each) => each !== '');

it('P-25 no two open attentions speak of one invoice, one shipment or one ticket', () => {
  fc.assert(
    fc.property(items, kind, rules, fc.array(deed, { maxLength: 14 }), (lines, payment, own, deeds) => {
      play(new World('000000012', lines, payment), deeds, own, (run) => {
        const open = attentionsOf(run);
        expect({ twice: twice(open.flatMap(namedIn)), open: open.map(({ message }) => message) }).toMatchObject({
          twice: [],
        });
      });
    }),
    { numRuns },
  );
});

it('P-25 no message says the same thing twice', () => {
  fc.assert(
    fc.property(items, kind, rules, fc.array(deed, { maxLength: 14 }), (lines, payment, own, deeds) => {
      play(new World('000000012', lines, payment), deeds, own, (run) => {
        for (const { message } of attentionsOf(run)) expect(twice(sentences(message))).toEqual([]);
      });
    }),
    { numRuns },
  );
});

describe('one cause, one question', () => {
  const lines = [{ id: 11, ordered: '4' }];
  const begun = (payment: 'offline' | 'authorised'): { world: World; memory: Memory } => {
    const world = new World('000000012', lines, payment);
    return { world, memory: runUntilIdle(world).memory };
  };
  const wake = (world: World, { memory }: Pick<Run, 'memory'>): Run =>
    runUntilIdle(world, DEFAULT_RULES, woken(memory));
  const answer = (world: World, run: Run, kind: RepairKind): Run => {
    const [attention] = attentionsOf(run);
    if (!attention) throw new Error('nothing is asked');
    return wake(world, { memory: applyRepair(run.memory, { kind }, attention, world.seen) });
  };

  it('P-25 C5-83 an invoice made by hand in the way of two tickets is asked about once, and adopted once', () => {
    const { world, memory } = begun('offline');
    world.invoiceByHand([[11, '4']]);
    const first = world.release([[11, '2']], ['1ZA']);
    const second = world.release([[11, '1']], ['1ZB']);
    const asked = wake(world, { memory });
    expect(attentionsOf(asked).map(({ reason, action }) => [reason, action])).toEqual([
      ['manualInvoice', `invoiceTicket:${first.guid}`],
    ]);
    expect(attentionsOf(asked)[0]?.message).toMatch(
      new RegExp(`invoice 100 was made by hand.*the same goes for ticket ${second.no}`),
    );
    expect(attentionsOf(answer(world, asked, 'adopt'))).toEqual([]);
  });

  it('P-25 the invoice of a voided ticket is asked about once, also where it stands in the way of another', () => {
    const { world, memory } = begun('offline');
    const voided = world.release([[11, '4']]);
    const invoiced = wake(world, { memory });
    world.voidTicket(voided);
    const asked = wake(world, invoiced);
    expect(attentionsOf(asked)).toMatchObject([{ reason: 'ticketVoided', action: `voided:${voided.guid}` }]);
    const again = world.release([[11, '2']]);
    const blocked = wake(world, asked);
    expect(attentionsOf(blocked)).toMatchObject([{ reason: 'ticketVoided', action: `quantities:${again.guid}` }]);
    expect(attentionsOf(answer(world, blocked, 'acceptDifference'))).toEqual([]);
  });

  it('P-25 several invoices made by hand are one question, which names them all', () => {
    const { world, memory } = begun('offline');
    world.invoiceByHand([[11, '1']]);
    world.invoiceByHand([[11, '2']]);
    const asked = wake(world, { memory });
    expect(attentionsOf(asked)).toMatchObject([{ reason: 'manualInvoice', action: 'manualInvoice:100' }]);
    expect(attentionsOf(asked)[0]?.message).toMatch(/^Invoices 100 and 101 of order 000000012 were made by hand/);
    expect(attentionsOf(answer(world, asked, 'adopt'))).toEqual([]);
  });

  it('P-24 P-25 a refused charge stays in question under its name when its authorisation is closed, and no retry is offered', () => {
    const { world, memory } = begun('authorised');
    world.refusals.push({ do: 'invoiceTicket', reason: 'captureRefused', code: 'captureRefused' });
    const { guid } = world.releaseAll(['1ZA']);
    const refused = wake(world, { memory });
    make(world, { move: 'closeAuthorization' });
    const closed = wake(world, refused);
    expect(attentionsOf(closed)).toMatchObject([{ reason: 'captureRefused', action: `invoiceTicket:${guid}` }]);
    const [attention] = attentionsOf(closed);
    expect(attention?.message).toMatch(/closed at the payment provider/);
    expect(attention?.repairs).toContain('invoiceOffline');
    expect(attention?.repairs).not.toContain('retry');
    expect(
      newsOf(
        world.order,
        closed.last,
        { ...closed.memory, told: [{ reason: 'captureRefused', action: `invoiceTicket:${guid}` }] },
        world.seen,
      ),
    ).toEqual([]);
    expect(attentionsOf(answer(world, closed, 'invoiceOffline'))).toEqual([]);
    expect(world.charges).toEqual([]);
  });

  it('P-24 P-25 an invoice made by hand for other goods does not give the all-clear for a refused charge', () => {
    const { world, memory } = begun('authorised');
    world.refusals.push({ do: 'invoiceTicket', reason: 'captureRefused', code: 'captureRefused' });
    const { guid } = world.release([[11, '2']], ['1ZA']);
    const refused = wake(world, { memory });
    world.invoiceByHand([[11, '3']]);
    const asked = wake(world, refused);
    expect(attentionsOf(asked)).toMatchObject([{ reason: 'captureRefused', action: `invoiceTicket:${guid}` }]);
    expect(attentionsOf(asked)[0]?.repairs).toContain('adopt');
    expect(attentionsOf(answer(world, asked, 'adopt'))).toEqual([]);
  });

  it('C5-83 P-25 a shipment made by hand in the way of a ticket is asked about once, and adopted once', () => {
    const { world, memory } = begun('offline');
    world.shipByHand([[11, '3']]);
    const { guid } = world.release([[11, '2']], ['1ZA']);
    const asked = wake(world, { memory });
    expect(attentionsOf(asked)).toMatchObject([{ reason: 'manualShipment', action: `shipTicket:${guid}` }]);
    expect(attentionsOf(answer(world, asked, 'adopt'))).toEqual([]);
  });

  it('C5-83 P-25 two shipments under the marker of one ticket are named by every look, until somebody adopts them', () => {
    const { world, memory } = begun('offline');
    const { guid } = world.release([[11, '2']], ['1ZA']);
    const shipped = wake(world, { memory });
    const second = world.shop.shipments.map((shipment) => ({ ...shipment, id: shipment.id + 1, no: '000000077' }));
    world.shop = { ...world.shop, shipments: [...world.shop.shipments, ...second] };
    const asked = wake(world, wake(world, shipped));
    expect(attentionsOf(asked)).toMatchObject([{ reason: 'manualShipment', action: `shippedTwice:${guid}` }]);
    expect(attentionsOf(asked)[0]?.message).toMatch(/^Shipments 500 and 000000077 of order/);
    expect(attentionsOf(answer(world, asked, 'adopt'))).toEqual([]);
  });
});

it('P-08 the day on which an authorisation lapses is told by the store’s calendar', () => {
  const world = new World('000000012', [{ id: 11, ordered: '1' }], 'authorised');
  const { memory } = runUntilIdle(world);
  const lapses = '2026-12-01T02:00:00.000Z';
  world.shop = { ...world.shop, payment: { ...world.shop.payment, lapses, lapsesOn: '2026-11-30' } };
  const [attention] = attentionsOf(runUntilIdle(world, DEFAULT_RULES, { ...memory, lapsing: lapses }));
  expect(attention?.message).toMatch(/until 2026-11-30.*Release the order in Counterpoint before that day/);
  world.store = { ...world.store, lines: world.store.lines.map((line) => ({ ...line, released: line.ordered })) };
  const [released] = attentionsOf(runUntilIdle(world, DEFAULT_RULES, { ...memory, lapsing: lapses }));
  expect(released?.message).not.toMatch(/Release/);
});
