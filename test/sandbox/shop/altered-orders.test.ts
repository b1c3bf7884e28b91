import { startShop, type SandboxShop } from '../../../sandbox/shop';
import { at, listAt } from './shop-calls';

describe('what modules and staff change in an order that stays the same order', () => {
  let shop: SandboxShop;
  let now = Date.parse('2026-11-25T10:00:00Z');
  beforeEach(async () => {
    shop = await startShop({ now: () => new Date((now += 1_000)) });
  });
  afterEach(() => shop.close());

  const total = (order: string): number => at(shop.order(order), 'grand_total') as number;
  const rows = (order: string) =>
    listAt(shop.order(order), 'items').map((item) => [at(item, 'sku'), at(item, 'qty_ordered')]);

  it('a quantity edited in place moves the row, the totals and updated_at, and the order stays payable to the cent', async () => {
    const order = shop.place('two-lines-checkmo').incrementId;
    const before = [total(order), at(shop.order(order), 'updated_at')];
    shop.changeQuantity(order, 'S1', 6);
    expect(rows(order)[0]).toEqual(['S1', 6]);
    expect(total(order)).toBeGreaterThan(before[0] as number);
    expect(at(shop.order(order), 'updated_at')).not.toBe(before[1]);
    await shop.invoiceByHand(order);
    expect(at(shop.order(order), 'total_paid')).toBe(total(order));
  });

  it('goods that were invoiced or shipped cannot be edited away, nor can an order that has ended be edited', async () => {
    const order = shop.place('two-lines-checkmo').incrementId;
    await shop.invoiceByHand(order, { S1: 2 });
    expect(() => {
      shop.changeQuantity(order, 'S1', 1);
    }).toThrow(/invoiced or shipped/);
    expect(() => {
      shop.removeItem(order, 'S1');
    }).toThrow(/invoiced or shipped/);
    await shop.cancel(order);
    await shop.shipByHand(order);
    expect(at(shop.order(order), 'state')).toBe('complete');
    expect(() => {
      shop.addItem(order, { sku: 'N', price: 1, qty: 1 });
    }).toThrow(/it is complete/);
  });

  it('a removed and an added row keep the sum of the rows equal to the subtotal', () => {
    const order = shop.place('two-lines-checkmo').incrementId;
    shop.removeItem(order, 'S2');
    shop.addItem(order, { sku: 'NEW', price: 4.5, qty: 2 });
    expect(rows(order)).toEqual([
      ['S1', 3],
      ['NEW', 2],
    ]);
    const sum = listAt(shop.order(order), 'items').reduce<number>(
      (all, item) => all + (at(item, 'row_total') as number),
      0,
    );
    expect(at(shop.order(order), 'subtotal')).toBe(sum);
  });

  it('a cancelled line leaves the grand total and can no longer be invoiced', async () => {
    const order = shop.place('two-lines-checkmo').incrementId;
    const before = total(order);
    shop.cancelItem(order, 'S1', 1);
    expect(total(order)).toBe(before);
    expect(shop.order(order)).toMatchObject({ total_canceled: expect.any(Number) as number });
    await expect(shop.invoiceByHand(order, { S1: 3 })).rejects.toThrow();
    expect(() => {
      shop.cancelItem(order, 'S1', 3);
    }).toThrow(/only 2 are open/);
  });

  it('an address and a track leave the date of the order as it was', async () => {
    const order = shop.place('two-lines-checkmo').incrementId;
    await shop.shipByHand(order, { S1: 1 });
    const before = at(shop.order(order), 'updated_at');
    shop.changeAddress(order, 'shipping', { city: 'Elsewhere' });
    shop.addTrack(order, '1Z9');
    expect(at(shop.order(order), 'updated_at')).toBe(before);
    expect(shop.ledger(order).shipments[0]?.tracks.map(({ track_number }) => track_number)).toEqual(['1Z9']);
    shop.removeTracks(order);
    expect(shop.ledger(order).shipments[0]?.tracks).toEqual([]);
  });

  it('a status saved by a module is stored unchecked', async () => {
    const order = shop.place('simple-checkmo').incrementId;
    await shop.invoiceByHand(order);
    await shop.shipByHand(order);
    shop.saveStatus(order, 'processing');
    expect(shop.order(order)).toMatchObject({ state: 'complete', status: 'processing' });
  });
});
