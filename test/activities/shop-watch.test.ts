import { watchMagentoPass } from '../../passes/watches';
import type { SandboxShop } from '../../sandbox/shop';
import { looking, type Looking } from '../support/looking';

const SKU = 'S1';

let late = 0;
let sides: Looking;
beforeAll(async () => {
  sides = await looking({ now: () => new Date(Date.now() + late * 1000) });
}, 60_000);
afterAll(() => sides.close());

/** Everything a staff action needs before it, then the action itself some seconds after the order was looked at. */
async function wakes(
  act: (shop: SandboxShop, order: string) => unknown,
  before?: (shop: SandboxShop, order: string) => unknown,
): Promise<boolean> {
  const { order } = await sides.imported('two-lines-checkmo');
  await before?.(sides.shop, order);
  await sides.look(order);
  late += 5;
  await act(sides.shop, order);
  sides.signalled.length = 0;
  await watchMagentoPass(sides.deps, null, () => undefined);
  return sides.signalled.includes(order);
}

type Act = (shop: SandboxShop, order: string) => unknown;
const shipped: Act = (shop, order) => shop.shipByHand(order, undefined, ['1Z1']);

describe('P-04 what is changed in the shop wakes its order by the next pass of the watch', () => {
  const seen: readonly [string, Act, Act?][] = [
    [
      'a hold and its end between two passes',
      async (shop, order) => {
        await shop.hold(order);
        shop.unhold(order);
      },
    ],
    [
      'a status and back again',
      (shop, order) => {
        const before = String(shop.order(order)['status']);
        shop.saveStatus(order, 'in_counterpoint');
        shop.saveStatus(order, before);
      },
    ],
    ['a hold', (shop, order) => shop.hold(order)],
    [
      'a quantity edited in place',
      (shop, order) => {
        shop.changeQuantity(order, SKU, 5);
      },
    ],
    [
      'another price',
      (shop, order) => {
        shop.changePrice(order, SKU, 9);
      },
    ],
    [
      'a row removed',
      (shop, order) => {
        shop.removeItem(order, SKU);
      },
    ],
    [
      'a row added',
      (shop, order) => {
        shop.addItem(order, { sku: 'NEW', price: 4, qty: 2 });
      },
    ],
    [
      'a line cancelled',
      (shop, order) => {
        shop.cancelItem(order, SKU, 1);
      },
    ],
    [
      'another way of shipping',
      (shop, order) => {
        shop.changeShippingMethod(order, 'ups_GND');
      },
    ],
    ['an invoice', (shop, order) => shop.invoiceByHand(order)],
    ['a shipment', shipped],
    ['a credit memo', (shop, order) => shop.refund(order, { [SKU]: 1 }), (shop, order) => shop.invoiceByHand(order)],
    ['a cancellation', (shop, order) => shop.cancel(order)],
  ];
  test.each(seen.map(([what, act, before]) => ({ what, act, before })))('$what', async ({ act, before }) => {
    expect(await wakes(act, before)).toBe(true);
  });

  // The order's own row stays as it is (contract §7): found when the order is next looked at for another reason.
  const unseen: readonly [string, Act, Act?][] = [
    [
      'an address',
      (shop, order) => {
        shop.changeAddress(order, 'shipping', { street: ['9 Elm Street'] });
      },
    ],
    [
      'a tracking number on a shipment',
      (shop, order) => {
        shop.addTrack(order, '1Z2');
      },
      shipped,
    ],
    [
      'a tracking number removed',
      (shop, order) => {
        shop.removeTracks(order);
      },
      shipped,
    ],
  ];
  test.each(unseen.map(([what, act, before]) => ({ what, act, before })))(
    '$what leaves the order’s row alone and waits for the next look',
    async ({ act, before }) => {
      expect(await wakes(act, before)).toBe(false);
    },
  );

  test('an order that nobody touched is left asleep', async () => {
    expect(await wakes(() => undefined)).toBe(false);
  });

  test('P-16 an order that has ended is told of once, and not found again by every pass', async () => {
    const { order } = await sides.imported('two-lines-checkmo');
    await sides.look(order);
    sides.running.delete(order);
    const census = (): Promise<unknown> => Promise.resolve([{ order, document: 'history' }]);
    const deps = { ...sides.deps, target: { ...sides.deps.target, census } } as typeof sides.deps;
    const news = (): number => sides.logged.filter(({ fields }) => fields['code'] === 'changedAfterEnd').length;
    late += 5;
    await sides.shop.shipByHand(order);
    await watchMagentoPass(deps, null, () => undefined);
    expect(news()).toBe(1);
    const kept = async (): Promise<unknown> => (await deps.notebook.shopFingerprints([order])).get(order);
    const [shown] = (await deps.shop.census({ numbers: [order] })).orders;
    expect(await kept()).toBe(shown?.fingerprint);
    await watchMagentoPass(deps, null, () => undefined);
    expect(news()).toBe(1);
  });

  test('a sign kept by an earlier release wakes nobody for its form alone', async () => {
    const { order } = await sides.imported('two-lines-checkmo');
    await sides.look(order);
    const kept = (await sides.bench.store.notebook.shopFingerprints([order])).get(order) ?? '';
    await sides.bench.store.notebook.rememberShop(order, kept.split('.')[0] ?? '');
    sides.signalled.length = 0;
    await watchMagentoPass(sides.deps, null, () => undefined);
    expect(sides.signalled).not.toContain(order);
    await sides.shop.hold(order);
    await watchMagentoPass(sides.deps, null, () => undefined);
    expect(sides.signalled).toContain(order);
  });
});
