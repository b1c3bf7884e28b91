import type { ShopInvoice } from '../../../domain/order/observation';
import { DEFAULT_RULES } from '../../../domain/order/plan-rules';
import { applyRepair, attentionsOf, runUntilIdle } from './run';
import { World } from './world';

/** The invoice of a ticket stands, its tracking number is there, and something is wrong with the money. */
const WRONG: readonly (readonly [string, string, (invoice: ShopInvoice) => readonly ShopInvoice[]])[] = [
  ['is paid by nobody yet', 'open', (invoice) => [{ ...invoice, state: 'open' }]],
  ['was captured by nobody', 'captured', ({ captured: _none, ...invoice }) => [invoice]],
  ['is for other goods', 'invoiced', (invoice) => [{ ...invoice, items: [[11, '1']] }]],
  ['is worth something else', 'worth', (invoice) => [{ ...invoice, goods: ['7.00', '7.00'] }]],
  ['stands twice', 'twice', (invoice) => [invoice, { ...invoice, id: invoice.id + 1 }]],
];

it.each(WRONG)(
  'P-07 P-06 goods whose invoice %s stay in the shop until a person has decided, and leave once then',
  (_what, name, change) => {
    const world = new World('000000012', [{ id: 11, ordered: '3' }], 'authorised');
    const begun = runUntilIdle(world);
    const ticket = world.release([[11, '2']]);
    const invoiced = runUntilIdle(world, DEFAULT_RULES, begun.memory);
    const [invoice] = world.shop.invoices;
    if (!invoice) throw new Error('expected an invoice');
    const invoices = change(invoice);
    const paid = String(10 * invoices.filter(({ state }) => state === 'paid').length);
    world.shop = { ...world.shop, invoices, payment: { ...world.shop.payment, paid } };
    world.changeTicket(ticket.guid, { tracks: ['1Z1'] });
    const asked = runUntilIdle(world, DEFAULT_RULES, invoiced.memory);
    expect(attentionsOf(asked).map(({ action }) => action)).toContain(`${name}:${ticket.guid}`);
    expect(world.shop.shipments).toEqual([]);
    const [attention] = attentionsOf(asked);
    if (!attention) throw new Error('nothing is asked');
    const kind = attention.repairs.includes('adopt') ? 'adopt' : 'acceptDifference';
    runUntilIdle(world, DEFAULT_RULES, applyRepair(asked.memory, { kind }, attention, world.seen));
    expect(world.shop.shipments.map(({ ticket: of }) => of)).toEqual([ticket.guid]);
  },
);

it('P-07 P-21 goods of which the shop does not count the payment stay there until a person has looked, and leave once then', () => {
  const world = new World('000000012', [{ id: 11, ordered: '3' }], 'authorised');
  const begun = runUntilIdle(world);
  const ticket = world.release([[11, '2']]);
  const invoiced = runUntilIdle(world, DEFAULT_RULES, begun.memory);
  world.shop = { ...world.shop, payment: { ...world.shop.payment, paid: '4.00' } };
  world.changeTicket(ticket.guid, { tracks: ['1Z1'] });
  const asked = runUntilIdle(world, DEFAULT_RULES, invoiced.memory);
  const [attention] = attentionsOf(asked);
  expect(attention).toMatchObject({ reason: 'captureUnknown', action: 'counted:10.00/4.00' });
  expect(world.shop.shipments).toEqual([]);
  if (!attention) return;
  runUntilIdle(world, DEFAULT_RULES, applyRepair(asked.memory, { kind: 'acceptDifference' }, attention, world.seen));
  expect(world.shop.shipments).toHaveLength(1);
});
