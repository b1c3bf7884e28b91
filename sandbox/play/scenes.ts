import { sampleOrder } from '../shop';
import type { Stage } from './stage';
import { until } from './until';
import type { Expectation } from './invariants';

export interface Scene {
  readonly name: string;
  readonly expected: Expectation & { readonly end: 'complete' | 'cancelled' | 'skipped'; readonly status: string };
  /** Places the order and plays shopper and clerk until nothing is left for them to do. */
  play(stage: Stage, placed: (order: string) => void): Promise<void>;
}

type Place = (stage: Stage) => string;

const kind =
  (name: Parameters<Stage['shop']['place']>[0], options?: Parameters<Stage['shop']['place']>[1]): Place =>
  ({ shop }) =>
    shop.place(name, options).incrementId;

const sample =
  (file: string): Place =>
  ({ shop }) =>
    shop.seed(sampleOrder(file)).incrementId;

let parcels = 0;
const trackingNumber = (): string => `1Z999AA1${String((parcels += 1)).padStart(8, '0')}`;

const inState = (stage: Stage, order: string, ...states: readonly string[]): Promise<true> =>
  until(`order ${order} to be ${states.join(' or ')}`, async () => {
    const view = await stage.view(order);
    return view !== undefined && states.includes(view.state) && view.attention === null ? true : undefined;
  });

const attention = (stage: Stage, order: string, reason: string): Promise<true> =>
  until(`order ${order} to need attention for ${reason}`, async () =>
    (await stage.view(order))?.attention?.reason === reason ? true : undefined,
  );

/** The store hands over everything that is open, as one parcel. */
async function releaseAndTrack({ clerk }: Stage, order: string): Promise<void> {
  await clerk.addTracking(await clerk.release({ order }), trackingNumber());
}

const complete = { end: 'complete', status: 'complete' } as const;
const cancelled = { end: 'cancelled', status: 'confirmed_cancelled' } as const;

/** Released in one go and shipped with one number. */
const plain = (name: string, place: Place, expected: Scene['expected'] = complete): Scene => ({
  name,
  expected,
  async play(stage, placed) {
    const order = place(stage);
    placed(order);
    await inState(stage, order, 'in_counterpoint');
    await releaseAndTrack(stage, order);
  },
});

/** Released piece by piece, each parcel with its own number; numbers of the first may come late. */
const inParts = (
  name: string,
  place: Place,
  parts: readonly { sku: string; qty: string }[][],
  late = false,
): Scene => ({
  name,
  expected: complete,
  async play(stage, placed) {
    const order = place(stage);
    placed(order);
    await inState(stage, order, 'in_counterpoint');
    for (const [at, lines] of parts.entries()) {
      const ticket = await stage.clerk.release({ order, lines });
      await stage.clerk.addTracking(ticket, trackingNumber());
      if (late && at === 0) {
        await until(`the first parcel of ${order}`, () => stage.shop.ledger(order).shipments.length === 1);
        await stage.clerk.addTracking(ticket, trackingNumber());
        await stage.clerk.post(ticket);
      }
      if (at < parts.length - 1) await inState(stage, order, 'partially_released');
    }
  },
});

/** The worker dies after Counterpoint committed the document and before it hears of it. */
const killedAfterCommit: Scene = {
  name: 'worker killed after the commit',
  expected: complete,
  async play(stage, placed) {
    const order = kind('configurable-authorised')(stage);
    placed(order);
    await stage.killAfterCommit(order);
    await stage.worker.start();
    await inState(stage, order, 'in_counterpoint');
    await releaseAndTrack(stage, order);
  },
};

const cancelledBeforeRelease: Scene = {
  name: 'cancelled before release',
  expected: cancelled,
  async play(stage, placed) {
    const order = kind('two-lines-checkmo')(stage);
    placed(order);
    await inState(stage, order, 'in_counterpoint');
    await stage.shop.cancel(order);
    await attention(stage, order, 'cancelledInShop');
    await stage.clerk.cancelOrder(order);
  },
};

const refusedCapture: Scene = {
  name: 'capture refused, then repaired',
  expected: complete,
  async play(stage, placed) {
    const order = kind('authorised-two-lines')(stage);
    placed(order);
    await inState(stage, order, 'in_counterpoint');
    stage.shop.gateway.refuseNext(1, order);
    await releaseAndTrack(stage, order);
    await attention(stage, order, 'captureRefused');
    await stage.cantus('orders', 'repair', order, 'retry', '--by', 'demo', '--json');
  },
};

/** The gateway takes the money and the shop fails to save that: it says what it says of a decline (P-24). */
const chargedUnsaved: Scene = {
  name: 'charged, but not saved by the shop',
  expected: complete,
  async play(stage, placed) {
    const order = kind('authorised-two-lines')(stage);
    placed(order);
    await inState(stage, order, 'in_counterpoint');
    stage.shop.gateway.chargeThenFailNext(1, order);
    await releaseAndTrack(stage, order);
    await attention(stage, order, 'captureRefused');
    // Somebody looks at the payment provider, and finds the charge.
    await stage.cantus('orders', 'repair', order, 'invoiceOffline', '--by', 'demo', '--json');
  },
};

const unknownSku: Scene = {
  name: 'unknown SKU, added later',
  expected: complete,
  async play(stage, placed) {
    const order = kind('simple-checkmo', { skus: { S1: 'BRAND-NEW' } })(stage);
    placed(order);
    await attention(stage, order, 'unknownSku');
    await stage.addItem('BRAND-NEW');
    await stage.cantus('orders', 'repair', order, 'retry', '--by', 'demo', '--json');
    await inState(stage, order, 'in_counterpoint');
    await releaseAndTrack(stage, order);
  },
};

/** A shop edit cancels the order and places its successor, which waits until the first is settled in Counterpoint. */
const edited: Scene = {
  name: 'edited in the shop',
  expected: complete,
  async play(stage, placed) {
    const first = kind('two-lines-checkmo')(stage);
    await inState(stage, first, 'in_counterpoint');
    const order = (await stage.shop.edit(first)).incrementId;
    placed(order);
    await attention(stage, order, 'waitingForPredecessor');
    await attention(stage, first, 'cancelledInShop');
    await stage.clerk.cancelOrder(first);
    await inState(stage, order, 'in_counterpoint');
    await releaseAndTrack(stage, order);
  },
};

const held: Scene = {
  name: 'held, then released from hold',
  expected: complete,
  async play(stage, placed) {
    const order = kind('authorised')(stage);
    placed(order);
    await inState(stage, order, 'in_counterpoint');
    await stage.shop.hold(order);
    await releaseAndTrack(stage, order);
    await until(`order ${order} to wait for its hold`, async () => (await stage.view(order))?.waitingFor === 'unhold');
    stage.shop.unhold(order);
  },
};

const accountCustomer: Scene = {
  name: 'purchase order, customer added later',
  expected: complete,
  async play(stage, placed) {
    const order = sample('02-purchase-order-tax-exempt')(stage);
    placed(order);
    await attention(stage, order, 'customerMissing');
    await stage.addAccountCustomer('AR-502', String(stage.shop.order(order)['customer_email']));
    await stage.cantus('orders', 'repair', order, 'retry', '--by', 'demo', '--json');
    await inState(stage, order, 'in_counterpoint');
    await releaseAndTrack(stage, order);
  },
};

export const SCENES: readonly Scene[] = [
  plain('configurable and simple (recorded)', sample('live-configurable')),
  plain('bundle shipped together (recorded)', sample('live-bundle-together')),
  inParts('authorised, in two parts (recorded)', sample('live-authorize-only-gift'), [
    [{ sku: 'S1', qty: '1' }],
    [{ sku: 'S2', qty: '1' }],
  ]),
  inParts(
    'coupon, tax, gift; late tracking',
    sample('01-configurable-coupon-tax-gift'),
    [[{ sku: 'MUG-BLUE', qty: '3' }], [{ sku: 'TEE-RED-M', qty: '2' }]],
    true,
  ),
  plain('free goods, paid shipping', sample('04-zero-subtotal-paid-shipping')),
  plain('invoiced at sale (recorded)', sample('live-authorised-invoiced-in-four'), { ...complete, paidAtSale: true }),
  plain('replacement of an edited order (recorded)', (stage) => {
    sample('live-edited-old')(stage);
    return sample('live-edited-new')(stage);
  }),
  accountCustomer,
  inParts(
    '25 pieces in five parts',
    kind('many-pieces-checkmo'),
    Array.from({ length: 5 }, () => [{ sku: 'S1', qty: '5' }]),
  ),
  plain('paid at sale by PayPal', kind('paypal-paid-at-sale'), { ...complete, paidAtSale: true }),
  plain('shipping discount', kind('shipping-discount')),
  plain('prices with tax and coupon', kind('tax-included-coupon')),
  edited,
  held,
  refusedCapture,
  chargedUnsaved,
  unknownSku,
  cancelledBeforeRelease,
  killedAfterCommit,
];
