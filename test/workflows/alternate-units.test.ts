import '../support/quiet-runtime';
import { violations } from '../../sandbox/play/invariants';
import { realSides, type RealSides } from '../support/real-sides';

/** A shop that sells S1 by the case of twelve and S2 by the piece. */
let sides: RealSides;
beforeAll(async () => {
  sides = await realSides();
}, 120_000);
afterAll(async () => {
  await sides.close();
});

const placed = () =>
  sides.shop.place('authorised-two-lines', { skus: { S1: 'S1-CASE12' }, quantities: { S1: 2, S2: 1 } });

const committed = async (): Promise<number> =>
  Number((await sides.bench.database.rows('IM_INV', { ITEM_NO: 'S1' }))[0]?.['QTY_COMMIT']);

type Rows = readonly { readonly items: readonly { readonly sku: string; readonly qty: number }[] }[];
const quantities = (rows: Rows) =>
  rows.map(({ items }) => Object.fromEntries(items.filter(({ qty }) => qty > 0).map(({ sku, qty }) => [sku, qty])));

it('P-11 C5-07 an order by the case is released in cases or in pieces, and invoiced and shipped by the case', async () => {
  const before = await committed();
  await sides.withOrder(placed, async ({ handle, order, reach, wake, books }) => {
    await reach('in_counterpoint');
    expect((await committed()) - before).toBe(24);
    const clerk = sides.bench.clerk();
    const pieces = await clerk.release({ order, lines: [{ line: 1, qty: 12, stockingUnits: true }] });
    await clerk.addTracking(pieces, '1ZA');
    await wake();
    await reach('partially_released');
    const { invoices, shipments } = sides.shop.ledger(order);
    expect(quantities(invoices)).toEqual([{ 'S1-CASE12': 1 }]);
    expect(quantities(shipments)).toEqual([{ 'S1-CASE12': 1 }]);
    const rest = await clerk.release({ order });
    await clerk.addTracking(rest, '1ZB');
    await clerk.post(rest);
    await clerk.post(pieces);
    await wake();
    expect(await handle.result()).toMatchObject({ state: 'complete' });
    const all = [{ 'S1-CASE12': 1 }, { 'S1-CASE12': 1, S2: 1 }];
    expect(quantities(sides.shop.ledger(order).invoices)).toEqual(all);
    expect(quantities(sides.shop.ledger(order).shipments)).toEqual(all);
    expect(sides.shop.order(order)).toMatchObject({ state: 'complete' });
    expect(violations(await books())).toEqual([]);
  });
});
