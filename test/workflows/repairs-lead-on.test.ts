import '../support/quiet-runtime';
import type { RepairKind } from '../../domain/order/attention';
import type { OrderView } from '../../domain/people/order-view';
import { DEFAULT_RULES } from '../../domain/order/plan-rules';
import type { Repair } from '../../domain/order/repair';
import { until } from '../../sandbox/play/until';
import type { OrderKind } from '../../sandbox/shop';
import { realSides, type RealSides, type Scene } from '../support/real-sides';

/** Orders that once stranded on a running shop: each is brought to its end by the repairs it offers itself. */

let sides: RealSides;
beforeAll(async () => {
  // The shop shows that it waits for somebody, as it does where nothing else is configured.
  sides = await realSides({}, { statuses: DEFAULT_RULES.statuses });
}, 120_000);
afterAll(async () => {
  await sides.close();
});

interface Desk extends Scene {
  readonly clerk: ReturnType<RealSides['bench']['clerk']>;
  asks(reason: string): Promise<NonNullable<OrderView['attention']>>;
  repair(kind: RepairKind): Promise<OrderView>;
  shipments(): number;
  charged(): number;
  /** Answers whatever else is asked by the first repair that decides it. @returns what was asked */
  answer(): Promise<readonly string[]>;
}

const DECIDES: readonly RepairKind[] = ['invoiceOffline', 'acceptDifference', 'adopt'];

const at = (kind: OrderKind, play: (desk: Desk) => Promise<void>): Promise<void> =>
  sides.withOrder(kind, async (scene) => {
    const { order, status, handle } = scene;
    await scene.reach('in_counterpoint');
    await play({
      ...scene,
      clerk: sides.bench.clerk(),
      asks: async (reason) => {
        await until(`${order} to ask for ${reason}`, async () => (await status()).attention?.reason === reason);
        const { attention } = await status();
        if (!attention) throw new Error('nothing is asked');
        return attention;
      },
      repair: (kind) => handle.executeUpdate<OrderView, [Repair]>('repair', { args: [{ kind, by: 'desk' }] }),
      answer: async () => {
        const asked: string[] = [];
        for (;;) {
          if ((await handle.describe()).status.name !== 'RUNNING') return asked;
          const { attention } = await status();
          const kind = DECIDES.find((each) => attention?.repairs.includes(each));
          if (!attention || kind === undefined || asked.length > 5) return asked;
          asked.push(attention.message);
          await handle.executeUpdate<OrderView, [Repair]>('repair', { args: [{ kind, by: 'desk' }] });
        }
      },
      shipments: () => sides.shop.ledger(order).shipments.length,
      charged: () => sides.shop.ledger(order).charges.filter(({ kind }) => kind === 'capture').length,
    });
  });

it('P-25 P-24 after a charge that nobody knows of was accepted as it is, the parcel is shipped and the order ends', async () => {
  await at('authorised', async ({ order, clerk, wake, asks, repair, handle, shipments, charged }) => {
    sides.shop.gateway.chargeThenFailNext(1, order);
    await clerk.addTracking(await clerk.release({ order }), '1ZA');
    await wake();
    const { repairs } = await asks('captureRefused');
    expect(repairs).toContain('invoiceOffline');
    expect(shipments()).toBe(0);
    await repair('invoiceOffline');
    expect(await handle.result()).toMatchObject({ state: 'complete' });
    expect({ shipments: shipments(), charged: charged() }).toEqual({ shipments: 1, charged: 1 });
  });
});

it('P-25 P-09 a price that the clerk changed is asked about before anybody is charged, accepted, and the order ends', async () => {
  await at('authorised', async ({ order, clerk, wake, asks, repair, handle, charged }) => {
    await clerk.changePrice(order, 1, '1.00');
    await clerk.addTracking(await clerk.release({ order }), '1ZA');
    await wake();
    await asks('amountsDiffer');
    expect(charged()).toBe(0);
    await repair('acceptDifference');
    expect(await handle.result()).toMatchObject({ state: 'complete' });
    expect(charged()).toBe(1);
  });
});

it('P-25 P-09 the same of an order that nobody is charged for', async () => {
  await at('two-lines-checkmo', async ({ order, clerk, wake, asks, repair, handle }) => {
    await clerk.changePrice(order, 1, '1.00');
    await clerk.addTracking(await clerk.release({ order }), '1ZA');
    await wake();
    await asks('amountsDiffer');
    await repair('acceptDifference');
    expect(await handle.result()).toMatchObject({ state: 'complete' });
  });
});

it('P-25 P-21 where a hold during a charge has put the counters back, invoicing without charging is done as it is offered', async () => {
  await at('authorised-two-lines', async ({ order, clerk, wake, asks, repair, handle, charged, answer }) => {
    const held = sides.shop.gateway.holdNext(order);
    await clerk.addTracking(await clerk.release({ order, lines: [{ line: 1, qty: 1 }] }), '1ZA');
    await wake();
    await held.reached;
    const holding = sides.shop.hold(order);
    held.resume();
    await holding;
    await until('the invoice', () => sides.shop.ledger(order).invoices.length === 1);
    sides.shop.unhold(order);
    await clerk.addTracking(await clerk.release({ order }), '1ZB');
    await wake();
    await asks('captureUnknown');
    expect(charged()).toBe(1);
    await repair('invoiceOffline');
    expect(sides.shop.ledger(order).invoices).toHaveLength(2);
    // Who decided has compared the counters with the payment provider: nothing else is asked.
    expect(await answer()).toEqual([]);
    expect(await handle.result()).toMatchObject({ state: 'complete' });
    expect(charged()).toBe(1);
  });
});

it('P-25 the invoice of a voided ticket passes to the ticket that releases the same goods, and nobody pays twice', async () => {
  await at('authorised', async ({ order, clerk, wake, asks, status, handle, shipments, charged, books }) => {
    const first = await clerk.release({ order });
    await wake();
    await until('the invoice', async () => (await status()).tickets[0]?.invoice !== null && charged() === 1);
    await clerk.voidTicket(first);
    await wake();
    expect((await asks('ticketVoided')).message).toMatch(/on one ticket/);
    await clerk.addTracking(await clerk.release({ order }), '1ZA');
    await wake();
    expect(await handle.result()).toMatchObject({ state: 'complete' });
    expect({ shipments: shipments(), charged: charged() }).toEqual({ shipments: 1, charged: 1 });
    expect((await books()).ledger.invoices).toHaveLength(1);
  });
});

it('P-25 P-11 a part of a bundle that only ships as a whole waits for the rest, and what its text advises mends it', async () => {
  await at('bundle-dynamic-together', async ({ order, clerk, wake, asks, repair, handle, status }) => {
    await clerk.addTracking(await clerk.release({ order, lines: [{ line: 1, qty: 1 }] }), '1ZA');
    await wake();
    expect((await asks('manualShipment')).message).toMatch(/ship .*by hand/i);
    await clerk.addTracking(await clerk.release({ order }), '1ZB');
    await sides.shop.shipByHand(order, undefined, ['1ZA', '1ZB']);
    await wake();
    for (let asked = 0; asked < 6 && (await handle.describe()).status.name === 'RUNNING'; asked += 1) {
      const { attention } = await status();
      if (attention?.repairs.includes('adopt') === true) await repair('adopt');
      else await wake();
    }
    expect(await handle.result()).toMatchObject({ state: 'complete' });
  });
});
it('P-25 P-07 C5-83 goods on a closed authorisation stay here until somebody says how they are paid; then every ticket goes on', async () => {
  await at('authorised-two-lines', async ({ order, clerk, wake, asks, repair, handle, status, shipments, charged }) => {
    sides.shop.gateway.closeAuthorization(order);
    await clerk.addTracking(await clerk.release({ order, lines: [{ line: 1, qty: 1 }] }), '1ZA');
    await wake();
    await asks('authorizationExpired');
    await until('the shop to show it', () => sides.shop.order(order)['status'] === 'needs_attention');
    for (let looks = 0; looks < 3; looks += 1) {
      await wake();
      await asks('authorizationExpired');
    }
    expect(shipments()).toBe(0);
    await repair('invoiceOffline');
    expect(shipments()).toBe(1);
    await clerk.addTracking(await clerk.release({ order }), '1ZB');
    await wake();
    await until('the second ticket to ask', async () => (await status()).attention !== null);
    await repair('invoiceOffline');
    expect(await handle.result()).toMatchObject({ state: 'complete' });
    expect({ shipments: shipments(), charged: charged() }).toEqual({ shipments: 2, charged: 0 });
  });
});

it('P-25 C5-82 what is decided while the order is on hold shows at once that it was, and is done when the hold ends', async () => {
  await at('two-lines-checkmo', async ({ order, clerk, wake, asks, repair, handle, status }) => {
    await clerk.deleteLine(order, 2);
    await clerk.addTracking(await clerk.release({ order }), '1ZA');
    await wake();
    await asks('cancelledInCounterpoint');
    await sides.shop.hold(order);
    await wake();
    await until('the hold to show', async () => (await status()).waitingFor === 'unhold');
    expect((await status()).attention?.reason).toBe('cancelledInCounterpoint');
    expect(await repair('acceptDifference')).toMatchObject({ attention: null, waitingFor: 'unhold' });
    await expect(repair('acceptDifference')).rejects.toThrow();
    sides.shop.unhold(order);
    await wake();
    expect(await handle.result()).toMatchObject({ state: 'complete' });
  });
});
