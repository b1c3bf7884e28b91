import '../support/quiet-runtime';
import type { order as orderWorkflow } from '../../workflows';
import { taskQueue } from '../../domain/identities';
import type { OrderView } from '../../domain/people/order-view';
import type { Repair } from '../../domain/order/repair';
import { violations } from '../../sandbox/play/invariants';
import { realSides, type RealSides, type Scene } from '../support/real-sides';
import { putAway } from '../support/put-away';

/**
 * A gateway that takes the money of a shop which then fails to save that, and one that declines: the shop says the same.
 * Real clients, shop, gateway and store, with the settings of the reference; the gateway's ledger is what counts.
 */
let sides: RealSides;
beforeAll(async () => {
  sides = await realSides();
}, 120_000);
afterAll(async () => {
  await sides.close();
});

type Captured = 'chargeThenFailNext' | 'refuseNext';

async function until(scene: Pick<Scene, 'status'>, holds: (view: OrderView) => boolean): Promise<OrderView> {
  for (let asked = 0; asked < 800; asked += 1) {
    const view = await scene.status();
    if (holds(view)) return view;
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
  throw new Error(`it never came to that: ${JSON.stringify(await scene.status())}`);
}

const isRefused = (view: OrderView): boolean => view.attention?.reason === 'captureRefused';
const charges = (order: string): number => sides.shop.ledger(order).charges.length;
const repair = ({ handle }: Scene, kind: Repair['kind']): Promise<unknown> =>
  handle.executeUpdate('repair', { args: [{ kind, by: 'ada' }] });

/** An order whose release meets the gateway, up to the attention that follows. */
async function refused(scene: Scene, answer: Captured): Promise<OrderView> {
  const { order, reach, wake } = scene;
  await reach('in_counterpoint');
  sides.shop.gateway[answer](1, order);
  const clerk = sides.bench.clerk();
  await clerk.addTracking(await clerk.release({ order }), `1Z${order}`);
  await wake();
  return await until(scene, isRefused);
}

async function completeWithOneCharge({ handle, order, books }: Scene): Promise<void> {
  expect(await handle.result()).toMatchObject({ state: 'complete' });
  expect(charges(order)).toBe(1);
  expect(violations(await books())).toEqual([]);
}

it('P-24 C5-11 a charge whose save failed is repeated by nothing: not by changes, time, another worker or an order started anew', async () => {
  await sides.withOrder('authorised', async (scene) => {
    const { order, wake, handle } = scene;
    const { attention } = await refused(scene, 'chargeThenFailNext');
    expect(attention?.message).toMatch(/declined.*took the money.*payment provider first/s);
    for (let day = 0; day < 5; day += 1) {
      await wake();
      await sides.env.sleep('1 day');
    }
    await until(scene, isRefused);
    expect(charges(order)).toBe(1);

    // Somebody ends the run in the engine, and the order is started anew: it remembers nothing of what was.
    await putAway(handle);
    const entityId = Number(sides.shop.order(order)['entity_id']);
    const anew = await sides.env.client.workflow.start<typeof orderWorkflow>('order', {
      workflowId: handle.workflowId,
      taskQueue: taskQueue(sides.bench.settings.instance),
      args: [{ instance: sides.bench.settings.instance, order, entityId }],
    });
    const again: Scene = { ...scene, handle: anew, status: () => anew.query<OrderView>('status') };
    await until(again, isRefused);
    await sides.env.sleep('2 days');
    await until(again, isRefused);
    expect(charges(order)).toBe(1);

    // The person has looked: the provider has the money.
    await repair(again, 'invoiceOffline');
    await completeWithOneCharge(again);
  });
});

it('P-24 goods of a refused ticket that is voided and released again are not charged a second time', async () => {
  await sides.withOrder('authorised', async (scene) => {
    const { order, wake } = scene;
    const clerk = sides.bench.clerk();
    await refused(scene, 'chargeThenFailNext');
    await clerk.voidTicket(`${order}-01`);
    await wake();
    await until(scene, (view) => view.attention?.reason === 'captureUnknown');
    await clerk.addTracking(await clerk.release({ order }), `1Y${order}`);
    await wake();
    const again = await until(scene, (view) => view.attention?.message.includes(`${order}-02`) === true);
    expect(again.attention?.message).toMatch(/voided ticket .*-01/);
    await sides.env.sleep('3 days');
    expect(charges(order)).toBe(1);
    await repair(scene, 'invoiceOffline');
    expect(await scene.handle.result()).toMatchObject({ state: 'complete' });
    expect(charges(order)).toBe(1);
  });
});

it('P-24 X-01 after a decline a person who has looked sends it exactly once more', async () => {
  await sides.withOrder('authorised', async (scene) => {
    await refused(scene, 'refuseNext');
    await repair(scene, 'retry');
    await completeWithOneCharge(scene);
  });
});

it('P-24 C5-83 where the shop shows the invoice after all, made by hand for the same goods, the refusal is over', async () => {
  await sides.withOrder('authorised', async (scene) => {
    await refused(scene, 'chargeThenFailNext');
    await sides.shop.invoiceByHand(scene.order, undefined, { capture: false });
    await scene.wake();
    const asked = await until(
      scene,
      (view) => !isRefused(view) && (view.attention !== null || view.state === 'complete'),
    );
    // The shop shows no transaction behind it; the person knows of the charge.
    if (asked.attention) await repair(scene, 'acceptDifference');
    expect(await scene.handle.result()).toMatchObject({ state: 'complete' });
    expect(sides.shop.ledger(scene.order)).toMatchObject({ invoices: [{ state: 2 }], charges: [{ kind: 'capture' }] });
  });
});

it('P-24 P-06 the next ticket of the order is charged as ever: a refusal concerns its own goods', async () => {
  await sides.withOrder('authorised-two-lines', async (scene) => {
    const { order, reach, wake } = scene;
    await reach('in_counterpoint');
    const clerk = sides.bench.clerk();
    sides.shop.gateway.chargeThenFailNext(1, order);
    await clerk.addTracking(await clerk.release({ order, lines: [{ sku: 'S1', qty: 1 }] }), '1ZA');
    await wake();
    await until(scene, isRefused);
    await clerk.addTracking(await clerk.release({ order }), '1ZB');
    await wake();
    await until(scene, (view) => view.tickets.some(({ invoice }) => invoice !== null));
    expect(charges(order)).toBe(2);
    await repair(scene, 'invoiceOffline');
    expect(await scene.handle.result()).toMatchObject({ state: 'complete' });
    expect(charges(order)).toBe(2);
  });
});
