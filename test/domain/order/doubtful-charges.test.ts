import { EMPTY_MEMORY, type Memory } from '../../../domain/order/remembered';
import { plan } from '../../../domain/order/plan';
import { DEFAULT_RULES } from '../../../domain/order/plan-rules';
import { remember } from '../../../domain/order/memory';
import type { RepairKind } from '../../../domain/order/attention';
import type { ReleaseTicket } from '../../../domain/order/observation';
import type { Attention, Step } from '../../../domain/order/steps';
import { World } from './world';

const lines = [
  { id: 11, ordered: '2' },
  { id: 12, ordered: '1' },
];
const rules = { ...DEFAULT_RULES, statuses: { ...DEFAULT_RULES.statuses, needsAttention: null } };
const MARKED: Memory = { ...EMPTY_MEMORY, marked: true };

/** An authorised order whose first ticket was charged with an unknown outcome, and was voided then. */
function voidedAfterCharge(kind: 'authorised' | 'offline' = 'authorised', rowsStay = true): World {
  const world = new World('000000012', lines, kind);
  world.carryOut({ do: 'createDocument' });
  const { guid } = world.release([[11, '1']]);
  const change = (ticket: ReleaseTicket): ReleaseTicket =>
    ticket.guid === guid
      ? { ...ticket, state: 'voided', charge: '2026-11-20T10:00:00.000', ...(rowsStay ? {} : { lines: [] }) }
      : ticket;
  world.store = {
    ...world.store,
    tickets: world.store.tickets.map(change),
    lines: world.store.lines.map((line) => ({ ...line, released: '0' })),
  };
  return world;
}
const stepOf = (world: World, memory: Memory = MARKED): Step => plan(world.order, world.seen, rules, memory);

function attentionIn(step: Step): Attention {
  if (step.next === 'end' || !step.attention) throw new Error(`nobody is asked: ${JSON.stringify(step)}`);
  return step.attention;
}
const after = (world: World, kind: RepairKind): Memory =>
  remember(MARKED, {
    what: 'repaired',
    repair: { kind },
    attention: attentionIn(stepOf(world)),
    seen: world.seen,
  });

describe('P-24 goods of a voided ticket whose charge had been sent', () => {
  it.each([true, false])(
    'are not charged a second time when they are released again (the void keeps its rows: %s)',
    (stay) => {
      const world = voidedAfterCharge('authorised', stay);
      const again = world.release([[11, '1']], ['1ZA']);
      const attention = attentionIn(stepOf(world));
      expect(attention).toMatchObject({ reason: 'captureUnknown', action: `invoiceTicket:${again.guid}` });
      expect(attention.message).toMatch(/voided ticket .* Look there first/);
    },
  );

  it('are charged on the word of a person who has looked, and without a charge where the money stays taken', () => {
    const world = voidedAfterCharge();
    world.release([[11, '1']]);
    expect(stepOf(world, after(world, 'retry'))).toMatchObject({ action: { do: 'invoiceTicket', capture: true } });
    expect(stepOf(world, after(world, 'invoiceOffline'))).toMatchObject({
      action: { do: 'invoiceTicket', capture: false },
    });
  });

  it('stand in no way of other goods, nor of an order by which nobody is charged', () => {
    const world = voidedAfterCharge();
    world.release([[12, '1']]);
    expect(stepOf(world)).toMatchObject({ action: { do: 'invoiceTicket', capture: true } });
    const offline = voidedAfterCharge('offline');
    offline.release([[11, '1']]);
    expect(stepOf(offline)).toMatchObject({ action: { do: 'invoiceTicket', capture: false } });
  });

  it('are named until a person has looked, although nobody releases them again', () => {
    const world = voidedAfterCharge();
    const attention = attentionIn(stepOf(world));
    expect(attention).toMatchObject({ reason: 'captureUnknown', repairs: ['acceptDifference'] });
    expect(stepOf(world, after(world, 'acceptDifference'))).toMatchObject({ next: 'wait', for: 'release' });
  });

  it('are nobody’s concern once the shop shows their invoice', () => {
    const world = voidedAfterCharge();
    const [voided] = world.store.tickets;
    if (!voided) throw new Error('no ticket');
    world.carryOut({ do: 'invoiceTicket', ticket: voided, items: [[11, '1']], capture: true });
    expect(attentionIn(stepOf(world)).reason).toBe('ticketVoided');
  });
});
