import '../support/quiet-runtime';
import { withCircuits } from '../../activities/outages';
import type { OrderView } from '../../domain/people/order-view';
import { violations } from '../../sandbox/play/invariants';
import { until } from '../../sandbox/play/until';
import { realSides, type RealSides, type Scene } from '../support/real-sides';

/** Ten minutes are ten minutes here: of the engine's time, which is skipped. */

let sides: RealSides;
beforeAll(async () => {
  sides = await realSides();
}, 120_000);
afterAll(async () => {
  await sides.close();
});

/** Both systems refuse every connection for so long. @returns how the order looked at the end of it */
async function refuse({ wake, status }: Scene, minutes: number): Promise<OrderView> {
  for (const line of sides.lines) {
    line.mode('refuse');
    line.reset();
  }
  await wake();
  await sides.env.sleep(minutes * 60_000);
  const view = await status();
  for (const line of sides.lines) line.mode('pass');
  return view;
}

/** One document, one invoice, one charge, one shipment, and every rule kept. */
async function expectOnceEach({ books }: Scene): Promise<void> {
  const found = await books();
  expect(violations(found)).toEqual([]);
  const { invoices, charges, shipments } = found.ledger;
  expect([found.documents.length, invoices.length, charges.length, shipments.length]).toEqual([1, 1, 1, 1]);
}

it('P-01 P-06 P-18 connections refused for ten minutes in each phase use up every try, and nothing is lost or doubled', async () => {
  await sides.withOrder('authorised', async (scene) => {
    const { handle, order, reach } = scene;
    const beforeDocument = await refuse(scene, 10);
    expect(beforeDocument).toMatchObject({ state: 'imported', attention: { reason: 'systemDown' } });
    await reach('in_counterpoint');

    const ticket = await sides.bench.clerk().release({ order });
    expect((await refuse(scene, 10)).attention?.reason).toBe('systemDown');
    expect(sides.shop.ledger(order).charges).toEqual([]);
    await reach('invoiced');

    await sides.bench.clerk().addTracking(ticket, '1Z999AA10123456788');
    expect((await refuse(scene, 10)).attention?.reason).toBe('systemDown');
    expect(await handle.result()).toMatchObject({ state: 'complete' });
    await expectOnceEach(scene);
  });
}, 120_000);

it('P-18 behind its circuits an order waits out an hour without an answer, writes little history and needs nobody', async () => {
  let clock = await sides.env.currentTimeMs();
  let playing = true;
  // No question may be under way when the engine goes: its client would ask again of a connection that is closed.
  const follow = (async () => {
    while (playing) {
      clock = await sides.env.currentTimeMs();
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
  })();
  const play = async (scene: Scene): Promise<void> => {
    const { handle, order, status, reach } = scene;
    await reach('in_counterpoint');
    const ticket = await sides.bench.clerk().release({ order });
    await sides.bench.clerk().addTracking(ticket, '1Z999AA10123456789');
    expect((await refuse(scene, 60)).attention).toBeNull();
    // The circuits look again by the clock of this machine.
    await until('the circuits to let calls through', async () => {
      await sides.env.sleep('1 minute');
      return (await status()).state !== 'in_counterpoint';
    });
    expect(await handle.result()).toMatchObject({ state: 'complete' });
    expect((await status()).timeline.filter(({ what }) => what.startsWith('Needs attention'))).toEqual([]);
    expect((await handle.describe()).historyLength).toBeLessThan(250);
    await expectOnceEach(scene);
  };
  try {
    await sides.withOrder('authorised', play, (deps) => withCircuits(deps, () => clock));
  } finally {
    playing = false;
    await follow;
  }
}, 120_000);
