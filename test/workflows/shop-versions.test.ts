import '../support/quiet-runtime';
import type { OrderView } from '../../domain/people/order-view';
import { violations } from '../../sandbox/play/invariants';
import { until } from '../../sandbox/play/until';
import { SHOP_VERSIONS } from '../../sandbox/shop';
import { realSides, type RealSides } from '../support/real-sides';

/** A merchant who gave every status a name of his own, and assigned them in the shop. */
const STATUSES = {
  inCounterpoint: 'at_the_store',
  partiallyReleased: 'partly_delivered',
  final: 'delivered',
  needsAttention: 'ask_us',
  confirmedCancelled: 'given_up',
};
const ASSIGNED = {
  new: ['at_the_store', 'ask_us'],
  processing: ['at_the_store', 'partly_delivered', 'ask_us'],
  complete: ['delivered', 'ask_us'],
  closed: ['ask_us'],
  canceled: ['given_up', 'ask_us'],
};

describe.each(SHOP_VERSIONS)('a shop of the release %s', (version) => {
  let sides: RealSides;
  beforeAll(async () => {
    sides = await realSides({ version, statuses: ASSIGNED }, { statuses: STATUSES });
  }, 120_000);
  afterAll(async () => {
    await sides.close();
  });

  const statusOf = (order: string): unknown => sides.shop.order(order)['status'];

  it('C5-80 C5-12 takes every status of its life by the merchant’s own names, and keeps the last', async () => {
    await sides.withOrder('authorised-two-lines', async ({ handle, order, reach, wake, books }) => {
      await reach('in_counterpoint');
      await until('the mark', () => statusOf(order) === 'at_the_store');
      const clerk = sides.bench.clerk();
      const first = await clerk.release({ order, lines: [{ line: 1, qty: 1 }] });
      await clerk.addTracking(first, '1ZA');
      await wake();
      await reach('partially_released');
      await until('the progress', () => statusOf(order) === 'partly_delivered');
      await clerk.addTracking(await clerk.release({ order }), '1ZB');
      await wake();
      expect(await handle.result()).toMatchObject({ state: 'complete' });
      expect(sides.shop.order(order)).toMatchObject({ state: 'complete', status: 'delivered' });
      expect(violations(await books())).toEqual([]);
    });
  });

  it('C5-70 C5-81 is marked as given up when both sides have cancelled, and not before', async () => {
    await sides.withOrder('two-lines-checkmo', async ({ handle, order, reach, wake, status }) => {
      await reach('in_counterpoint');
      await sides.bench
        .clerk()
        .release({ order, lines: [{ line: 1, qty: 1 }] })
        .then((no) => sides.bench.clerk().voidTicket(no));
      await sides.shop.cancel(order);
      await wake();
      const attention = (view: OrderView): string | undefined => view.attention?.reason;
      await until('the other side to be asked for', async () => attention(await status()) === 'cancelledInShop');
      expect(statusOf(order)).not.toBe('given_up');
      await sides.bench.clerk().cancelOrder(order);
      await wake();
      expect(await handle.result()).toMatchObject({ state: 'cancelled' });
      expect(sides.shop.order(order)).toMatchObject({ state: 'canceled', status: 'given_up' });
    });
  });

  it('C5-83 C5-84 shows in the shop that somebody is needed, and takes it back', async () => {
    await sides.withOrder('authorised', async ({ handle, order, reach, wake, status }) => {
      await reach('in_counterpoint');
      sides.shop.gateway.refuseNext();
      const clerk = sides.bench.clerk();
      await clerk.addTracking(await clerk.release({ order }), '1ZC');
      await wake();
      await until('the refusal', async () => (await status()).attention?.reason === 'captureRefused');
      await until('the shop to show it', () => statusOf(order) === 'ask_us');
      await handle.executeUpdate('repair', { args: [{ kind: 'retry', by: 'ada' }] });
      expect(await handle.result()).toMatchObject({ state: 'complete' });
      expect(statusOf(order)).toBe('delivered');
      expect(sides.shop.ledger(order).charges).toHaveLength(1);
    });
  });
});

describe('a shop that shows by itself, once it has invoiced, what stands for a part', () => {
  let sides: RealSides;
  beforeAll(async () => {
    sides = await realSides({ statuses: ASSIGNED });
  }, 120_000);
  afterAll(async () => {
    await sides.close();
  });

  it('C5-12 is told in words, once, that an authorised order is partly released', async () => {
    await sides.withOrder('authorised-two-lines', async ({ handle, order, reach, wake }) => {
      const told = (): number =>
        (sides.shop.order(order)['status_histories'] as { comment: string | null }[]).filter(
          ({ comment }) => comment === 'Partly released in Counterpoint.',
        ).length;
      await reach('in_counterpoint');
      const clerk = sides.bench.clerk();
      const first = await clerk.release({ order, lines: [{ line: 1, qty: 1 }] });
      await wake();
      await reach('partially_released');
      await until('the words', () => told() === 1);
      expect(sides.shop.order(order)['status']).toBe('processing');
      await clerk.addTracking(first, '1ZA');
      await wake();
      await clerk.addTracking(await clerk.release({ order }), '1ZB');
      await wake();
      expect(await handle.result()).toMatchObject({ state: 'complete' });
      expect(told()).toBe(1);
    });
  });
});
