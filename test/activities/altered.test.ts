import { looking, type Looking } from '../support/looking';
import type { SandboxShop } from '../../sandbox/shop';

let sides: Looking;
beforeAll(async () => {
  sides = await looking();
}, 60_000);
afterAll(() => sides.close());

const SKU = 'S1';

describe('P-15 C5-83 what was changed in the shop since its order was written', () => {
  test('an order that nobody changed is known as written, and one that is not written yet as nothing', async () => {
    const { incrementId } = sides.shop.place('two-lines-checkmo');
    expect((await sides.look(incrementId)).shop).not.toHaveProperty('altered');
    const { order } = await sides.imported('two-lines-checkmo');
    expect((await sides.look(order)).shop.altered).toEqual({});
  });

  const changes: readonly [string, (shop: SandboxShop, order: string) => unknown, object][] = [
    [
      'a quantity edited in place',
      (shop, order) => {
        shop.changeQuantity(order, SKU, 5);
      },
      { rows: [{ sku: SKU, wrote: '3' }] },
    ],
    [
      'a row removed',
      (shop, order) => {
        shop.removeItem(order, SKU);
      },
      { rows: [{ sku: SKU, wrote: '3' }] },
    ],
    [
      'a row added',
      (shop, order) => {
        shop.addItem(order, { sku: 'NEW', price: 4, qty: 2 });
      },
      { rows: [{ sku: 'NEW', wrote: '0' }] },
    ],
    [
      'a line cancelled',
      (shop, order) => {
        shop.cancelItem(order, SKU, 1);
      },
      { rows: [{ sku: SKU, wrote: '3' }] },
    ],
    [
      'goods refunded before they were shipped',
      async (shop, order) => {
        await shop.invoiceByHand(order);
        await shop.refund(order, { [SKU]: 1 });
      },
      { rows: [{ sku: SKU, wrote: '3' }] },
    ],
    [
      'another price',
      (shop, order) => {
        shop.changePrice(order, SKU, 9);
      },
      { total: [expect.any(String), expect.any(String)] },
    ],
    [
      'another way of shipping',
      (shop, order) => {
        shop.changeShippingMethod(order, 'ups_GND');
      },
      { shippingMethod: ['flatrate_flatrate', 'ups_GND'] },
    ],
    [
      'another payment',
      (shop, order) => {
        shop.changePayment(order, 'banktransfer');
      },
      { payment: ['checkmo', 'banktransfer'] },
    ],
    [
      'another delivery address',
      (shop, order) => {
        shop.changeAddress(order, 'shipping', { street: ['9 Elm Street'] });
      },
      { shipTo: expect.stringMatching(/^[0-9a-f]{16}$/) },
    ],
    [
      'another billing address',
      (shop, order) => {
        shop.changeAddress(order, 'billing', { postcode: '07001' });
      },
      { billing: expect.stringMatching(/^[0-9a-f]{16}$/) },
    ],
  ];
  test.each(changes)('%s is seen by the next look, and nothing else', async (_what, change, altered) => {
    const { order } = await sides.imported('two-lines-checkmo');
    await change(sides.shop, order);
    const { shop } = await sides.look(order);
    expect(Object.keys(shop.altered ?? {})).toEqual(Object.keys(altered));
    expect(shop.altered).toMatchObject(altered);
  });

  test('letter case and blanks make no other address, and no address can be read from what is kept (X-11)', async () => {
    const { order } = await sides.imported('two-lines-checkmo');
    const shown = sides.shop.order(order)['billing_address'] as Record<string, unknown>;
    sides.shop.changeAddress(order, 'billing', { city: `  ${String(shown['city']).toUpperCase()} ` });
    expect((await sides.look(order)).shop.altered).toEqual({});
    const kept = JSON.stringify(await sides.bench.store.notebook.written(order)).toLowerCase();
    for (const column of ['city', 'lastname', 'postcode', 'telephone'])
      expect(kept).not.toContain(String(shown[column]).toLowerCase());
  });

  test('the same address is signed differently for every order', async () => {
    const [one, two] = [await sides.imported('two-lines-checkmo'), await sides.imported('two-lines-checkmo')];
    const kept = await Promise.all([one, two].map(({ order }) => sides.bench.store.notebook.written(order)));
    expect(kept[0]?.billing).toMatch(/^[0-9a-f]{16}$/);
    expect(kept[0]?.billing).not.toBe(kept[1]?.billing);
  });

  test('P-04 an order written before this was kept has nothing to compare, whatever was changed', async () => {
    const { order } = await sides.imported('two-lines-checkmo');
    await sides.bench.database.query(`delete from cantus.order_written where order_no = '${order}'`);
    sides.shop.changeQuantity(order, SKU, 5);
    expect((await sides.look(order)).shop).not.toHaveProperty('altered');
  });
});
