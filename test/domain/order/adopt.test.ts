import { DEFAULT_RULES } from '../../../domain/order/plan-rules';
import type { PaymentKind } from '../../../domain/shop/payment-traits';
import { applyRepair, runUntilIdle, type Run } from './run';
import { World } from './world';

const asked = ({ last }: Run) => (last.next === 'wait' ? last.attention : undefined);

function adopt(world: World, run: Run, text: RegExp): Run {
  const attention = asked(run);
  if (!attention) throw new Error('nothing is asked');
  expect(attention.repairs).toContain('adopt');
  expect(attention.message).toMatch(text);
  return runUntilIdle(world, DEFAULT_RULES, applyRepair(run.memory, { kind: 'adopt' }, attention, world.seen));
}

it.each<PaymentKind>(['offline', 'authorised'])(
  'P-25 C5-83 a part invoiced by hand is adopted by one decision, its text says what that leaves out, and the order ends (%s)',
  (payment) => {
    const world = new World('000000041', [{ id: 11, ordered: '3' }], payment);
    const { memory } = runUntilIdle(world);
    world.invoiceByHand([[11, '2']]);
    world.releaseAll(['1ZA']);
    const run = runUntilIdle(world, DEFAULT_RULES, memory);
    expect(asked(run)).toMatchObject({ reason: 'manualInvoice', action: 'invoiceTicket:GUID-1' });
    const after = adopt(world, run, /does not cover is then invoiced by nobody/);
    expect(after.last).toMatchObject({ next: 'end', state: 'complete' });
    expect(after.did).toContain('shipTicket');
    expect(after.did).not.toContain('invoiceTicket');
    expect(world.charges).toEqual([]);
  },
);

it('P-25 a tracking number that the shop keeps otherwise is adopted: it is not sent again, and the order ends', () => {
  const world = new World('000000043', [{ id: 11, ordered: '2' }]);
  runUntilIdle(world);
  const ticket = world.release([[11, '1']], ['1ZA']);
  const { memory } = runUntilIdle(world);
  world.changeTicket(ticket.guid, { tracks: ['1ZA', '1ZB'] });
  const refused = { do: 'addTracks', reason: 'manualShipment', code: 'trackRefused' } as const;
  world.refusals.push(refused, refused, refused);
  const run = runUntilIdle(world, DEFAULT_RULES, memory);
  expect(asked(run)).toMatchObject({ reason: 'manualShipment', action: 'addTracks:GUID-1', code: 'trackRefused' });
  const after = adopt(world, run, /manualShipment/);
  expect(asked(after)).toBeUndefined();
  expect(world.refusals).toHaveLength(2);
  world.releaseAll(['1ZC']);
  expect(runUntilIdle(world, DEFAULT_RULES, after.memory).last).toMatchObject({ next: 'end', state: 'complete' });
  expect(world.refusals).toHaveLength(2);
});
