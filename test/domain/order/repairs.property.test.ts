import { EMPTY_MEMORY, type Memory } from '../../../domain/order/remembered';
import type { RepairKind } from '../../../domain/order/attention';
import { isAboutMoney } from '../../../domain/order/charge-again';
import { liveTickets } from '../../../domain/order/lifecycle';
import { refuseRepair } from '../../../domain/order/repair';
import { decisionRows, decisionsFrom } from '../../../domain/order/decision-rows';
import type { Attention, PlanRules } from '../../../domain/order/steps';
import { shipmentOf } from '../../../domain/order/tickets';
import fc from '../../support/properties';
import { everyMove, items, kind, make, rules, type Move } from './moves';
import { applyRepair, attentionsOf, runUntilIdle, type Run } from './run';
import { World } from './world';

/** `CANTUS_CASES` raises the number of cases of every property, for the long run. */
const numRuns = Number(process.env['CANTUS_CASES'] ?? 600);

type Deed =
  | { readonly deed: 'move'; readonly move: Move }
  | { readonly deed: 'repair'; readonly pick: number }
  | { readonly deed: 'forget' }
  | { readonly deed: 'refuse'; readonly refusal: World['refusals'][number] };

const refusal = fc.constantFrom<World['refusals'][number]>(
  { do: 'createDocument', reason: 'unknownSku', code: 'unknownSku' },
  { do: 'invoiceTicket', reason: 'captureRefused', code: 'captureRefused' },
  { do: 'invoiceTicket', reason: 'captureUnknown', code: 'captureUnknown' },
  { do: 'invoiceTicket', reason: 'amountsDiffer', code: 'amountsDiffer' },
  { do: 'invoiceTicket', reason: 'manualInvoice', code: 'invoiceRefused' },
  { do: 'shipTicket', reason: 'manualShipment', code: 'bundleNotWhole' },
  { do: 'setStatus', reason: 'statusRefused', code: 'statusRefused' },
);
const deed: fc.Arbitrary<Deed> = fc.oneof(
  { weight: 5, arbitrary: fc.record({ deed: fc.constant('move' as const), move: everyMove }) },
  { weight: 4, arbitrary: fc.record({ deed: fc.constant('repair' as const), pick: fc.nat({ max: 20 }) }) },
  { weight: 1, arbitrary: fc.record({ deed: fc.constant('refuse' as const), refusal }) },
  { weight: 1, arbitrary: fc.record({ deed: fc.constant('forget' as const) }) },
);

/** Repairs that decide nothing: the order is looked at again, or something is noted. */
const UNDECIDED: readonly RepairKind[] = ['retry', 'parcelHeld', 'note'];

const nameOf = ({ reason, action }: Attention): string => `${reason} ${action ?? ''}`;

/** What is asked and what may be answered: a repair changes at least one of the two. */
const offerOf = (attention: Attention): string => `${nameOf(attention)} ${attention.repairs.join()}`;

/** The order as it goes on after a wake-up: what only time or a change can lift is tried again. */
const woken = (memory: Memory): Memory => ({ ...memory, problems: memory.problems.filter(isAboutMoney) });

/** Takes one of the repairs that are offered, as a person would; it must be one the order accepts. */
function repair(world: World, run: Run, own: PlanRules, choose: (kinds: readonly RepairKind[]) => RepairKind): Run {
  const [attention] = attentionsOf(run);
  if (!attention) return run;
  const kind = choose(attention.repairs);
  const given = { kind, ...(kind === 'mapSku' ? { sku: 'A', itemNo: 'A' } : {}) };
  expect(refuseRepair(given, attention)).toBeNull();
  return runUntilIdle(world, own, woken(applyRepair(run.memory, given, attention, world.seen)));
}

function isTrue(world: World, own: PlanRules, run: Run): void {
  const { last } = run;
  if (last.next === 'end') return;
  const attentions = attentionsOf(run);
  expect(new Set(attentions.map(nameOf)).size).toBe(attentions.length);
  for (const { repairs } of attentions) expect(repairs.length).toBeGreaterThan(0);
  if (attentions.length > 0) return;
  expect(['release', 'tracking', 'payment', 'unhold']).toContain(last.for);
  if (last.for !== 'tracking') return;
  // A wait for what is already there is a stranded order.
  const unshipped = liveTickets(world.store).filter((ticket) => shipmentOf(ticket, world.shop) === undefined);
  expect(unshipped.filter(({ tracks }) => tracks.length === 0)).not.toEqual([]);
  expect(own.tracking).toBe(true);
}

/** A run that begins anew knows what our own table keeps; a charge that may have been taken is kept beside it. */
const keptOf = ({ problems, ...memory }: Memory): Memory => ({
  ...EMPTY_MEMORY,
  ...decisionsFrom(decisionRows(memory)),
  problems,
});

/** The engine forgets the run: the next one asks and does nothing that was settled before. */
function forgotten(world: World, run: Run, own: PlanRules): Run {
  const refusals = world.refusals.splice(0);
  const again = runUntilIdle(world, own, keptOf(run.memory));
  world.refusals.push(...refusals);
  expect(again.did.filter((did) => !did.startsWith('setStatus'))).toEqual([]);
  expect(attentionsOf(again).map(offerOf)).toEqual(attentionsOf(run).map(offerOf));
  expect([again.last.next, again.last.state]).toEqual([run.last.next, run.last.state]);
  return again;
}

function play(world: World, deeds: readonly Deed[], own: PlanRules): Run {
  // What is refused from the first step on.
  if (deeds[0]?.deed === 'refuse') world.refusals.push(deeds[0].refusal);
  let run = runUntilIdle(world, own, EMPTY_MEMORY);
  isTrue(world, own, run);
  for (const each of deeds) {
    if (run.last.next === 'end') return forgotten(world, run, own);
    if (each.deed === 'move') {
      make(world, each.move);
      run = runUntilIdle(world, own, woken(run.memory));
    } else if (each.deed === 'refuse') world.refusals.push(each.refusal);
    else if (each.deed === 'forget') run = forgotten(world, run, own);
    else run = repair(world, run, own, (kinds) => kinds[each.pick % kinds.length] ?? 'retry');
    isTrue(world, own, run);
  }
  return run;
}

/** What the people of both systems do when they are told to finish: release, track, unhold, and decide what is asked. */
function finish(world: World, own: PlanRules, start: Run): Run {
  world.refusals.length = 0;
  let run = start;
  for (let rounds = 0; rounds < 40 && run.last.next !== 'end'; rounds += 1) {
    const [attention] = attentionsOf(run);
    if (attention) {
      const before = attentionsOf(run).map(offerOf);
      const decided = attention.repairs.find((each) => !UNDECIDED.includes(each));
      run = repair(world, run, own, () => decided ?? 'retry');
      // Where no repair decides, the text says what to do; the person does it.
      if (decided === undefined) obey(world, attention);
      else
        expect({ after: attentionsOf(run).map(offerOf), ended: run.last.next }).not.toEqual({
          after: before,
          ended: 'wait',
        });
    } else {
      if (run.last.for === 'unhold') make(world, { move: 'unhold' });
      if (run.last.for === 'payment') make(world, { move: 'review' });
      if (run.last.for === 'release') make(world, { move: 'release', shares: [6, 6, 6], tracked: true });
      if (run.last.for === 'tracking')
        world.store.tickets.forEach((_, pick) => {
          make(world, { move: 'track', pick });
        });
    }
    run = runUntilIdle(world, own, woken(run.memory));
    isTrue(world, own, run);
  }
  return run;
}

/** Does what an attention without a deciding repair asks for. */
function obey(world: World, { reason }: Attention): void {
  if (reason === 'documentGone' || reason === 'cancelledInShop')
    world.store = { ...world.store, document: 'cancelled' };
}

it('P-25 P-26 every allowed repair, in any order, is not asked for again by a run that begins anew, and leads on to the end or to a wait with a true reason and a repair that fits', () => {
  fc.assert(
    fc.property(items, kind, rules, fc.array(deed, { maxLength: 14 }), (lines, payment, own, deeds) => {
      const world = new World('000000012', lines, payment);
      const run = finish(world, own, play(world, deeds, own));
      if (run.last.next === 'end') return;
      expect({ for: run.last.for, attentions: attentionsOf(run).map(nameOf) }).toEqual('an end');
    }),
    { numRuns },
  );
});

it('P-25 P-26 P-06 whatever a person decides, and whatever run is forgotten, no ticket is charged twice and nothing is invoiced beyond what was ordered', () => {
  fc.assert(
    fc.property(items, kind, rules, fc.array(deed, { maxLength: 14 }), (lines, payment, own, deeds) => {
      const world = new World('000000012', lines, payment);
      finish(world, own, play(world, deeds, own));
      expect(new Set(world.charges).size).toBe(world.charges.length);
      for (const item of world.shop.items) expect(Number(item.invoiced)).toBeLessThanOrEqual(Number(item.ordered));
    }),
    { numRuns },
  );
});
