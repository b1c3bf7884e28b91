import { EMPTY_MEMORY, type Memory } from '../../../domain/order/remembered';
import { plan } from '../../../domain/order/plan';
import { DEFAULT_RULES } from '../../../domain/order/plan-rules';
import { refuseRepair, type Repair } from '../../../domain/order/repair';
import type { PlanRules, Problem } from '../../../domain/order/steps';
import { applyRepair, attentionOf, runUntilIdle } from './run';
import { World } from './world';

const twoLines = [
  { id: 11, ordered: '3' },
  { id: 12, ordered: '2' },
];
const trackingOff: PlanRules = { ...DEFAULT_RULES, tracking: false };

const imported = (
  kind?: ConstructorParameters<typeof World>[2],
  items: ConstructorParameters<typeof World>[1] = twoLines,
  rules?: PlanRules,
): { world: World; memory: Memory } => {
  const world = new World('000000012', items, kind);
  const { memory } = runUntilIdle(world, rules);
  return { world, memory };
};

describe('the source of a shipment', () => {
  it('C5-72 a shipment names the locations its goods left from, each once, where a setting hangs on them', () => {
    const { world, memory } = imported(undefined, [...twoLines, { id: 13, ordered: '1', virtual: true }]);
    const ticket = world.releaseAll(['1ZA']);
    const goTo = (locations?: readonly (readonly [number, string])[]): void => {
      const tickets = world.store.tickets.map((each) => (locations === undefined ? each : { ...each, locations }));
      world.store = { ...world.store, tickets };
    };
    world.carryOut({ do: 'invoiceTicket', ticket, items: ticket.lines, capture: false });
    const step = () => plan(world.order, world.seen, DEFAULT_RULES, memory);
    expect(step()).toMatchObject({ action: { do: 'shipTicket' } });
    expect(step()).not.toMatchObject({ action: { locations: expect.anything() as unknown } });
    goTo([
      [11, 'EAST'],
      [12, 'EAST'],
      [13, 'MAIN'],
    ]);
    expect(step()).toMatchObject({ action: { do: 'shipTicket', locations: ['EAST'] } });
  });
});

describe('from the shop into Counterpoint', () => {
  it('C5-04 writes the document first, then marks the shop order, then waits for a release', () => {
    const world = new World('000000012', twoLines);
    const run = runUntilIdle(world);
    expect(run.did).toEqual(['createDocument', 'setStatus in_counterpoint']);
    expect(run.last).toMatchObject({ next: 'wait', for: 'release', state: 'in_counterpoint' });
  });

  it.each(['complete', 'closed'])('C5-15 C5-80 skips an order that is already %s in the shop', (state) => {
    const world = new World('000000012', twoLines);
    world.shop = { ...world.shop, state, status: state };
    expect(runUntilIdle(world).last).toMatchObject({ next: 'end', state: 'skipped' });
  });

  it('C5-82 leaves a held order alone until it is released from hold', () => {
    const world = new World('000000012', twoLines);
    world.shop = { ...world.shop, state: 'holded', status: 'holded' };
    expect(runUntilIdle(world)).toMatchObject({ did: [], last: { next: 'wait', for: 'unhold' } });
    world.shop = { ...world.shop, state: 'new', status: 'pending' };
    expect(runUntilIdle(world).did[0]).toBe('createDocument');
  });

  it('C5-33 waits while the payment is under review', () => {
    const world = new World('000000012', twoLines, 'authorised');
    world.shop = { ...world.shop, state: 'payment_review' };
    expect(runUntilIdle(world)).toMatchObject({ did: [], last: { next: 'wait', for: 'payment' } });
  });

  it('P-15 C5-71 keeps an edited order out while the one it replaced is open in Counterpoint, and names the pair', () => {
    const world = new World('000000012-1', twoLines);
    world.shop = { ...world.shop, predecessor: { order: '000000012', state: 'canceled', document: 'open' } };
    const run = runUntilIdle(world);
    expect(attentionOf(run)).toBe('waitingForPredecessor');
    expect(run.last).toMatchObject({
      attention: { message: expect.stringMatching(/000000012-1.*000000012\b/) as string },
    });
    world.shop = { ...world.shop, predecessor: { order: '000000012', state: 'canceled', document: 'cancelled' } };
    expect(runUntilIdle(world).did[0]).toBe('createDocument');
  });

  it('P-15 imports a reorder at once, because the order it came from is alive', () => {
    const world = new World('000000012-1', twoLines);
    world.shop = { ...world.shop, predecessor: { order: '000000012', state: 'new' } };
    expect(runUntilIdle(world).did[0]).toBe('createDocument');
  });
});

describe('release tickets', () => {
  it('C5-06 C5-08 C5-12 invoices a partial release with just its quantities and keeps the order open', () => {
    const { world, memory } = imported();
    world.release([[11, '1']]);
    const run = runUntilIdle(world, DEFAULT_RULES, memory);
    // The shop shows processing by itself once it has invoiced: the words are written all the same, once.
    expect(run.did).toEqual(['invoiceTicket', 'setStatus processing']);
    expect(world.shop.invoices).toMatchObject([{ items: [[11, '1']], ticket: 'GUID-1' }]);
    expect(world.shop.status).toBe('processing');
    expect(run.last).toMatchObject({ next: 'wait', for: 'release', state: 'partially_released' });
    world.release([[11, '1']]);
    expect(runUntilIdle(world, DEFAULT_RULES, run.memory).did).toEqual(['invoiceTicket']);
  });

  it('C5-12 sets the configured status after a partial release where the shop sets another', () => {
    const rules: PlanRules = {
      ...DEFAULT_RULES,
      statuses: { ...DEFAULT_RULES.statuses, partiallyReleased: 'being_packed' },
    };
    const { world, memory } = imported();
    world.release([[11, '1']]);
    expect(runUntilIdle(world, rules, memory).did).toEqual(['invoiceTicket', 'setStatus being_packed']);
  });

  it('C5-07 invoices a ticket that is saved, without waiting for its posting', () => {
    const { world, memory } = imported();
    expect(world.releaseAll().state).toBe('saved');
    expect(runUntilIdle(world, DEFAULT_RULES, memory).did).toEqual(['invoiceTicket']);
  });

  it('C5-09 makes one invoice and one shipment for each of 25 partial releases', () => {
    const { world, memory } = imported('authorised', [{ id: 11, ordered: '25' }]);
    for (let ticket = 1; ticket <= 25; ticket += 1) {
      world.release([[11, '1']], [`1Z${String(ticket)}`]);
      runUntilIdle(world, DEFAULT_RULES, memory);
    }
    expect(world.shop.invoices).toHaveLength(25);
    expect(world.shop.shipments).toHaveLength(25);
    expect(new Set(world.charges).size).toBe(25);
    expect(runUntilIdle(world, DEFAULT_RULES, memory).last).toMatchObject({ next: 'end', state: 'complete' });
  });

  it('C5-72 C5-73 ships a ticket when its first tracking number appears', () => {
    const { world, memory } = imported();
    const ticket = world.releaseAll();
    expect(runUntilIdle(world, DEFAULT_RULES, memory).last).toMatchObject({
      next: 'wait',
      for: 'tracking',
      state: 'invoiced',
    });
    world.changeTicket(ticket.guid, { tracks: ['1Z1'] });
    expect(runUntilIdle(world, DEFAULT_RULES, memory).did).toEqual(['shipTicket']);
    expect(world.shop.shipments).toMatchObject([{ tracks: ['1Z1'], ticket: 'GUID-1' }]);
  });

  it('C5-74 adds every later number of a ticket to its one shipment', () => {
    const { world, memory } = imported();
    const ticket = world.release([[11, '1']], ['1Z1']);
    const shipped = runUntilIdle(world, DEFAULT_RULES, memory);
    world.changeTicket(ticket.guid, { tracks: ['1Z1', '1Z2'] });
    expect(runUntilIdle(world, DEFAULT_RULES, shipped.memory).did).toEqual(['addTracks']);
    expect(world.shop.shipments).toMatchObject([{ tracks: ['1Z1', '1Z2'] }]);
  });

  it('C5-14 C5-75 is complete only when everything is released, invoiced and tracked', () => {
    const { world, memory } = imported();
    world.release([[11, '3']], ['1Z1']);
    expect(runUntilIdle(world, DEFAULT_RULES, memory).last.next).toBe('wait');
    world.releaseAll(['1Z2']);
    expect(runUntilIdle(world, DEFAULT_RULES, memory).last).toMatchObject({ next: 'end', state: 'complete' });
  });

  it('C5-16 P-05 sets a final status that the shop does not reach by itself', () => {
    const rules: PlanRules = { ...DEFAULT_RULES, statuses: { ...DEFAULT_RULES.statuses, final: 'handed_over' } };
    const { world, memory } = imported();
    world.releaseAll(['1Z1']);
    const run = runUntilIdle(world, rules, memory);
    expect(run.did).toEqual(['invoiceTicket', 'shipTicket', 'setStatus handed_over']);
    expect(run.last).toMatchObject({ next: 'end', state: 'complete' });
  });

  it('C5-78 with tracking off sets the final status for every uploaded ticket, and ends when nothing is open', () => {
    const { world, memory } = imported('offline', twoLines, trackingOff);
    world.release([[11, '3']]);
    const part = runUntilIdle(world, trackingOff, memory);
    expect(part.did).toEqual(['invoiceTicket', 'setStatus complete']);
    expect(part.last.next).toBe('wait');
    world.releaseAll();
    const rest = runUntilIdle(world, trackingOff, memory);
    expect(rest.did).toEqual(['invoiceTicket', 'setStatus complete']);
    expect(rest.last).toMatchObject({ next: 'end', state: 'complete' });
    expect(world.shop.shipments).toEqual([]);
  });

  it('C5-76 sends no tracking number while the option is off', () => {
    const { world, memory } = imported('offline', twoLines, trackingOff);
    world.release([[11, '1']], ['1Z1']);
    expect(runUntilIdle(world, trackingOff, memory).did).not.toContain('shipTicket');
  });

  it('C5-89 ships a posted ticket without a number only where the setting says so', () => {
    const rules: PlanRules = { ...DEFAULT_RULES, shipPostedWithoutNumber: true };
    const { world, memory } = imported();
    const ticket = world.releaseAll();
    world.changeTicket(ticket.guid, { state: 'posted' });
    expect(runUntilIdle(world, DEFAULT_RULES, memory).did).toEqual(['invoiceTicket']);
    expect(runUntilIdle(world, rules, memory).did).toEqual(['shipTicket']);
  });

  it('never ships or invoices a ticket that only gives a deposit back', () => {
    const { world, memory } = imported();
    const ticket = world.release([]);
    world.changeTicket(ticket.guid, { depositOnly: true });
    expect(runUntilIdle(world, DEFAULT_RULES, memory).did).toEqual([]);
  });

  it('ships a virtual line with nothing', () => {
    const { world, memory } = imported('offline', [
      { id: 11, ordered: '1' },
      { id: 12, ordered: '1', virtual: true as const },
    ]);
    world.releaseAll(['1Z1']);
    runUntilIdle(world, DEFAULT_RULES, memory);
    expect(world.shop.shipments).toMatchObject([{ items: [[11, '1']] }]);
  });

  it('completes an order of virtual goods without any tracking number', () => {
    const { world, memory } = imported('offline', [{ id: 12, ordered: '1', virtual: true as const }]);
    world.releaseAll();
    expect(runUntilIdle(world, DEFAULT_RULES, memory).last).toMatchObject({ next: 'end', state: 'complete' });
  });
});

describe('money', () => {
  it('C5-37 P-06 never invoices or captures what was paid at sale', () => {
    const { world, memory } = imported('paid');
    world.releaseAll(['1Z1']);
    const run = runUntilIdle(world, DEFAULT_RULES, memory);
    expect(run.did).toEqual(['shipTicket']);
    expect(world.charges).toEqual([]);
    expect(run.last).toMatchObject({ next: 'end', state: 'complete' });
  });

  it('C5-38 captures each ticket of an authorised order once, and an offline one never', () => {
    const authorised = imported('authorised');
    authorised.world.release([[11, '1']]);
    runUntilIdle(authorised.world, DEFAULT_RULES, authorised.memory);
    runUntilIdle(authorised.world, DEFAULT_RULES, authorised.memory);
    expect(authorised.world.charges).toEqual(['GUID-1']);
    const offline = imported('offline');
    offline.world.release([[11, '1']]);
    runUntilIdle(offline.world, DEFAULT_RULES, offline.memory);
    expect(offline.world.charges).toEqual([]);
  });

  it('P-21 captures nothing while the counters and the invoices disagree', () => {
    const { world, memory } = imported('authorised');
    world.releaseAll(['1Z1']);
    world.shop = { ...world.shop, countersDiffer: true };
    const run = runUntilIdle(world, DEFAULT_RULES, memory);
    expect(run.did).toEqual(['setStatus needs_attention']);
    expect(attentionOf(run)).toBe('captureUnknown');
  });

  it('P-06 sees an invoice that took no money, and does not ship it without a word', () => {
    const { world, memory } = imported('authorised');
    const ticket = world.releaseAll();
    world.invoiceByHand(ticket.lines);
    const run = runUntilIdle(world, DEFAULT_RULES, memory);
    expect(attentionOf(run)).toBe('authorizationExpired');
    expect(world.shop.invoices).toHaveLength(1);
  });

  it('refuses to charge a gateway order that is neither authorised nor paid', () => {
    const { world, memory } = imported('unknown');
    world.releaseAll();
    expect(attentionOf(runUntilIdle(world, DEFAULT_RULES, memory))).toBe('captureUnknown');
  });
});

describe('what a person left as it is', () => {
  it('C5-70 an order whose every line was given up in the store asks for a decision, and ends once it is made', () => {
    const { world, memory } = imported();
    world.store = { ...world.store, lines: world.store.lines.map((line) => ({ ...line, cancelled: line.ordered })) };
    const asked = runUntilIdle(world, DEFAULT_RULES, memory);
    expect(attentionOf(asked)).toBe('cancelledInCounterpoint');
    const left = { ...asked.memory, accepted: [...asked.memory.accepted, 'cancelledInCounterpoint'] };
    expect(runUntilIdle(world, DEFAULT_RULES, left).last).toMatchObject({ next: 'end', state: 'cancelled' });
  });

  it('C5-83 an order whose ticket is left without a shipment by somebody’s word ends, and waits for no tracking number', () => {
    const { world, memory } = imported();
    const { guid } = world.releaseAll();
    const invoiced = runUntilIdle(world, DEFAULT_RULES, memory);
    expect(invoiced.last).toMatchObject({ next: 'wait', for: 'tracking' });
    const left = { ...invoiced.memory, accepted: [`manualShipment:shipTicket:${guid}`] };
    const run = runUntilIdle(world, DEFAULT_RULES, left);
    expect(run.last).toMatchObject({ next: 'end', state: 'complete' });
    expect(world.shop.shipments).toHaveLength(0);
  });
});

describe('an outage', () => {
  const away = (action: string): Problem => ({
    action,
    reason: 'systemDown',
    code: 'shopOutage',
    message: 'The shop has not answered since 14:02.',
    attempts: 1,
    retryAt: 1,
  });

  it('P-18 is nobody’s attention: the order waits, and nothing is written past it', () => {
    const { world, memory } = imported('authorised');
    const { guid } = world.releaseAll(['1Z1']);
    const step = plan(world.order, world.seen, DEFAULT_RULES, { ...memory, problems: [away(`invoiceTicket:${guid}`)] });
    expect(step).toEqual({ next: 'wait', for: 'outage', state: 'in_counterpoint' });
  });

  it.each(['confirmedCancelled', 'attentionOver'])(
    'P-18 loses no label at the end: %s waits until the shop answers',
    (because) => {
      const { world, memory } = imported();
      world.cancelInShop();
      world.store = { ...world.store, document: 'cancelled' };
      if (because === 'attentionOver') world.shop = { ...world.shop, status: 'needs_attention' };
      const flagged = because === 'attentionOver' ? { flagged: { key: 'unknownSku:', from: 'canceled' } } : {};
      const statuses = {
        ...DEFAULT_RULES.statuses,
        confirmedCancelled: because === 'attentionOver' ? null : 'given_up',
      };
      const rules: PlanRules = { ...DEFAULT_RULES, statuses: { ...statuses, needsAttention: 'needs_attention' } };
      const told: Memory = { ...memory, ...flagged };
      expect(plan(world.order, world.seen, rules, told)).toMatchObject({ next: 'act', action: { because } });
      const unheard = { ...told, problems: [away(`setStatus:${because}`)] };
      expect(plan(world.order, world.seen, rules, unheard)).toMatchObject({ next: 'wait', for: 'outage' });
    },
  );

  it('C5-33 an imported order whose payment is open again waits for it', () => {
    const { world, memory } = imported('authorised');
    world.releaseAll();
    world.shop = { ...world.shop, state: 'pending_payment', status: 'pending_payment' };
    expect(plan(world.order, world.seen, DEFAULT_RULES, memory)).toMatchObject({ next: 'wait', for: 'payment' });
  });

  it('P-18 ends no order whose last status the shop has not heard of', () => {
    const { world, memory } = imported();
    world.releaseAll(['1Z1']);
    const rules: PlanRules = { ...DEFAULT_RULES, statuses: { ...DEFAULT_RULES.statuses, final: 'delivered' } };
    const done = runUntilIdle(world, rules, memory);
    expect(done.did.at(-1)).toBe('setStatus delivered');
    world.shop = { ...world.shop, status: 'complete' };
    const unheard = { ...done.memory, problems: [away('setStatus:final')] };
    expect(plan(world.order, world.seen, rules, unheard)).toMatchObject({ next: 'wait', for: 'outage' });
    expect(plan(world.order, world.seen, rules, done.memory)).toMatchObject({ next: 'act' });
  });
});

describe('work by hand', () => {
  it('C5-83 adopts an invoice and a shipment made by hand when they hold exactly the ticket’s goods', () => {
    const { world, memory } = imported();
    const ticket = world.release([[11, '2']], []);
    world.invoiceByHand(ticket.lines);
    world.shipByHand(ticket.lines);
    const run = runUntilIdle(world, DEFAULT_RULES, memory);
    expect(run.did).toEqual(['setStatus processing']);
    expect(attentionOf(run)).toBeUndefined();
    expect(world.shop.invoices).toHaveLength(1);
  });

  it('C5-83 asks a person when an invoice made by hand matches no ticket', () => {
    const { world, memory } = imported();
    world.invoiceByHand([
      [11, '1'],
      [12, '1'],
    ]);
    const run = runUntilIdle(world, DEFAULT_RULES, memory);
    expect(attentionOf(run)).toBe('manualInvoice');
  });

  it('C5-83 asks a person when a ticket was voided after the shop had invoiced it', () => {
    const { world, memory } = imported();
    const ticket = world.release([[11, '1']]);
    runUntilIdle(world, DEFAULT_RULES, memory);
    world.changeTicket(ticket.guid, { state: 'voided' });
    expect(attentionOf(runUntilIdle(world, DEFAULT_RULES, memory))).toBe('ticketVoided');
  });

  it('asks a person about a ticket line that is not on the shop’s order, and goes on with the other tickets', () => {
    const { world, memory } = imported();
    world.release([[0, '1']]);
    world.release([[11, '1']]);
    const run = runUntilIdle(world, DEFAULT_RULES, memory);
    expect(run.did).toEqual(['invoiceTicket', 'setStatus needs_attention']);
    expect(attentionOf(run)).toBe('amountsDiffer');
  });
});

describe('cancelling', () => {
  it('P-14 ends an order that was cancelled before it was imported', () => {
    const world = new World('000000012', twoLines);
    world.cancelInShop();
    expect(runUntilIdle(world)).toMatchObject({ did: [], last: { next: 'end', state: 'cancelled' } });
  });

  it('P-14 C5-81 asks for the document to be cancelled, and confirms only when both sides are', () => {
    const { world, memory } = imported();
    world.cancelInShop();
    expect(attentionOf(runUntilIdle(world, DEFAULT_RULES, memory))).toBe('cancelledInShop');
    expect(world.shop.status).toBe('canceled');
    world.store = { ...world.store, document: 'cancelled' };
    const run = runUntilIdle(world, DEFAULT_RULES, memory);
    expect(run.did).toEqual(['setStatus confirmed_cancelled']);
    expect(run.last).toMatchObject({ next: 'end', state: 'cancelled' });
  });

  it('P-14 removes an untouched document by itself only where the setting says so', () => {
    const rules: PlanRules = { ...DEFAULT_RULES, removeUntouched: true };
    const { world, memory } = imported();
    world.cancelInShop();
    expect(runUntilIdle(world, rules, memory).did).toEqual(['removeDocument']);
    const touched = imported();
    const { untouched: _gone, ...store } = touched.world.store;
    touched.world.store = store;
    touched.world.cancelInShop();
    expect(attentionOf(runUntilIdle(touched.world, rules, touched.memory))).toBe('cancelledInShop');
  });

  it('C5-83 asks a person when goods are released of an order that was cancelled in the shop', () => {
    const { world, memory } = imported();
    world.release([[11, '1']]);
    world.shop = { ...world.shop, state: 'canceled', status: 'canceled' };
    expect(attentionOf(runUntilIdle(world, DEFAULT_RULES, memory))).toBe('cancelledInShop');
    expect(world.shop.invoices).toEqual([]);
  });

  it('C5-83 asks a person when only Counterpoint cancelled, and can cancel the shop’s order for them', () => {
    const { world, memory } = imported();
    world.store = { ...world.store, document: 'cancelled' };
    const run = runUntilIdle(world, DEFAULT_RULES, memory);
    if (run.last.next !== 'wait' || !run.last.attention) throw new Error('no attention');
    expect(run.last.attention.reason).toBe('cancelledInCounterpoint');
    expect(refuseRepair({ kind: 'cancel' }, run.last.attention)).toBeNull();
    const repaired = applyRepair(memory, { kind: 'cancel', by: 'ada' }, run.last.attention, world.seen);
    expect(runUntilIdle(world, DEFAULT_RULES, repaired)).toMatchObject({
      did: ['cancelShopOrder', 'setStatus confirmed_cancelled'],
      last: { next: 'end', state: 'cancelled' },
    });
  });

  it('asks a person about a document that is gone, and never takes it for cancelled', () => {
    const { world, memory } = imported();
    world.store = { document: 'gone', lines: [], tickets: [] };
    expect(attentionOf(runUntilIdle(world, DEFAULT_RULES, memory))).toBe('documentGone');
  });

  it('asks a person about a remainder that the store gave up', () => {
    const { world, memory } = imported();
    world.release(
      [
        [11, '3'],
        [12, '1'],
      ],
      ['1Z1'],
    );
    world.store = {
      ...world.store,
      document: 'closed',
      lines: world.store.lines.map((line) => (line.id === 12 ? { ...line, cancelled: '1' } : line)),
    };
    const run = runUntilIdle(world, DEFAULT_RULES, memory);
    expect(attentionOf(run)).toBe('cancelledInCounterpoint');
    if (run.last.next !== 'wait' || !run.last.attention) throw new Error('no attention');
    const repaired = applyRepair(memory, { kind: 'cancelRemainder' }, run.last.attention, world.seen);
    expect(runUntilIdle(world, DEFAULT_RULES, repaired).last).toMatchObject({ next: 'end', state: 'complete' });
  });
});

describe('problems and repairs', () => {
  const stuck: Memory = {
    ...EMPTY_MEMORY,
    problems: [
      {
        action: 'createDocument',
        reason: 'unknownSku',
        code: 'unknownSku',
        message: 'Order 000000012: SKU X is unknown.',
        attempts: 1,
        retryAt: null,
      },
    ],
  };

  it('X-01 P-13 waits with the refused step’s reason, and the same order goes on after a retry', () => {
    const world = new World('000000012', twoLines);
    const step = runUntilIdle(world, DEFAULT_RULES, stuck).last;
    if (step.next !== 'wait' || !step.attention) throw new Error('no attention');
    expect(step.attention).toMatchObject({ reason: 'unknownSku', repairs: ['retry', 'mapSku', 'skip', 'cancel'] });
    const repaired = applyRepair(stuck, { kind: 'retry' }, step.attention, world.seen);
    expect(plan(world.order, world.seen, DEFAULT_RULES, repaired)).toMatchObject({
      next: 'act',
      action: { do: 'createDocument' },
    });
  });

  it('P-13 remembers a mapped SKU for the next try', () => {
    const world = new World('000000012', twoLines);
    const step = runUntilIdle(world, DEFAULT_RULES, stuck).last;
    if (step.next !== 'wait' || !step.attention) throw new Error('no attention');
    expect(refuseRepair({ kind: 'mapSku' }, step.attention)).toMatch(/sku and itemNo/);
    expect(applyRepair(stuck, { kind: 'mapSku', sku: 'X', itemNo: '4711' }, step.attention, world.seen).skus).toEqual({
      X: '4711',
    });
  });

  it('P-13 P-25 keeps an item for every order by the repair that maps a SKU, and by no other', () => {
    const attention = { reason: 'unknownSku', message: '', repairs: ['retry', 'mapSku'] } as const;
    const mapped = { kind: 'mapSku', sku: 'X', itemNo: '4711' } as const;
    expect(refuseRepair({ ...mapped, always: true }, attention)).toBeNull();
    expect(refuseRepair({ ...mapped, always: false }, attention)).toBeNull();
    expect(refuseRepair({ kind: 'retry', always: true }, attention)).toMatch(/goes with 'mapSku' alone/);
    const asText = JSON.parse('{"kind":"mapSku","sku":"X","itemNo":"4711","always":"yes"}') as Repair;
    expect(refuseRepair(asText, attention)).toMatch(/goes with 'mapSku' alone/);
    expect(refuseRepair({ kind: 'mapSku', always: true }, attention)).toMatch(/sku and itemNo/);
  });

  it('X-01 refuses a repair that does not fit, with the ones that do', () => {
    expect(refuseRepair({ kind: 'retry' }, null)).toMatch(/nothing to repair/);
    expect(refuseRepair({ kind: 'adopt' }, { reason: 'unknownSku', message: '', repairs: ['retry', 'skip'] })).toMatch(
      /retry, skip/,
    );
  });

  it('skips an order when a person says so', () => {
    const world = new World('000000012', twoLines);
    expect(runUntilIdle(world, DEFAULT_RULES, { ...stuck, skip: true })).toMatchObject({
      did: [],
      last: { next: 'end', state: 'skipped' },
    });
  });

  it('P-07 a refused capture holds back its own ticket only', () => {
    const { world, memory } = imported('authorised');
    world.release([[11, '1']], ['1Z1']);
    world.release([[12, '1']], ['1Z2']);
    const refused: Memory = {
      ...memory,
      problems: [
        {
          action: 'invoiceTicket:GUID-1',
          reason: 'captureRefused',
          code: 'captureRefused',
          message: 'refused',
          attempts: 1,
          retryAt: null,
        },
      ],
    };
    const run = runUntilIdle(world, DEFAULT_RULES, refused);
    expect(run.did).toEqual(['invoiceTicket', 'shipTicket', 'setStatus needs_attention']);
    expect(world.charges).toEqual(['GUID-2']);
    expect(attentionOf(run)).toBe('captureRefused');
  });

  it('P-21 saves no progress onto an order one of whose invoices may still be under way, though the shop shows no attention', () => {
    const { statuses } = DEFAULT_RULES;
    const rules: PlanRules = {
      ...DEFAULT_RULES,
      statuses: { ...statuses, needsAttention: null, partiallyReleased: 'part_released' },
    };
    const { world, memory } = imported('authorised', twoLines, rules);
    world.release([[11, '1']]);
    world.release([[12, '1']]);
    const unknown: Problem = {
      action: 'invoiceTicket:GUID-1',
      reason: 'captureUnknown',
      code: 'captureUnknown',
      message: 'unknown',
      attempts: 1,
      retryAt: null,
    };
    const during = runUntilIdle(world, rules, { ...memory, problems: [unknown] });
    expect(during.did).toEqual(['invoiceTicket']);
    expect(attentionOf(during)).toBe('captureUnknown');
    const after = runUntilIdle(world, rules, { ...during.memory, problems: [] });
    expect(after.did).toEqual(['invoiceTicket', 'setStatus part_released']);
  });

  it('P-21 saves no progress onto an order that the shop has completed', () => {
    const rules: PlanRules = {
      ...DEFAULT_RULES,
      statuses: { ...DEFAULT_RULES.statuses, partiallyReleased: 'part_released' },
    };
    const { world, memory } = imported();
    world.release([[11, '1']]);
    world.refusals.push({ do: 'setStatus', reason: 'statusRefused', code: 'statusRefused' });
    const invoiced = runUntilIdle(world, rules, memory);
    expect(invoiced.did[0]).toBe('invoiceTicket');
    const again: Memory = { ...invoiced.memory, problems: [] };
    world.shop = { ...world.shop, state: 'complete', status: 'complete' };
    expect(runUntilIdle(world, rules, again).did).not.toContain('setStatus part_released');
    world.shop = { ...world.shop, state: 'processing', status: 'processing' };
    expect(runUntilIdle(world, rules, again).did).toContain('setStatus part_released');
  });

  it('C5-16 saves the final status of the merchant onto an order that the shop has completed, and none onto a closed one', () => {
    const rules: PlanRules = { ...DEFAULT_RULES, statuses: { ...DEFAULT_RULES.statuses, final: 'handed_over' } };
    const { world, memory } = imported('offline', twoLines, rules);
    world.releaseAll(['1Z1']);
    const before = runUntilIdle(world, DEFAULT_RULES, memory);
    expect(world.shop.state).toBe('complete');
    const step = plan(world.order, world.seen, rules, before.memory);
    expect(step).toMatchObject({ next: 'act', action: { do: 'setStatus', status: 'handed_over', because: 'final' } });
    expect(step).not.toMatchObject({ action: { commentOnly: true } });
    world.shop = { ...world.shop, state: 'closed', status: 'closed' };
    expect(runUntilIdle(world, rules, before.memory).did).toEqual([]);
  });

  it('does not let a refused label stop the goods', () => {
    const { world } = imported();
    const refused: Memory = {
      ...EMPTY_MEMORY,
      problems: [
        {
          action: 'setStatus:inCounterpoint',
          reason: 'statusRefused',
          code: 'statusRefused',
          message: 'refused',
          attempts: 1,
          retryAt: null,
        },
      ],
    };
    expect(attentionOf(runUntilIdle(world, DEFAULT_RULES, refused))).toBe('statusRefused');
    world.releaseAll(['1Z1']);
    expect(runUntilIdle(world, DEFAULT_RULES, refused).last).toMatchObject({ next: 'end', state: 'complete' });
  });
});
