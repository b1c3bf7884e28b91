import { startShop, type SandboxShop, type ShopVersion } from '../../../sandbox/shop';
import { at, call, itemId, listAt } from './shop-calls';

describe("what shoppers and the shop's staff do", () => {
  let shop: SandboxShop;
  const start = async (version: ShopVersion = '2.4.7'): Promise<void> => {
    shop = await startShop({ version });
  };
  beforeEach(() => start());
  afterEach(() => shop.close());

  const post = (entityId: number, action: string, body: unknown = {}) =>
    call(shop, 'POST', `/V1/orders/${String(entityId)}/${action}`, { body });

  it('a hold and its end bring state and custom status back', async () => {
    const { entityId, incrementId } = shop.place('simple-checkmo');
    await call(shop, 'POST', '/V1/orders', {
      body: { entity: { entity_id: entityId, increment_id: incrementId, status: 'in_counterpoint' } },
    });
    await post(entityId, 'hold');
    expect(shop.order(incrementId)).toMatchObject({ state: 'holded', status: 'holded' });
    await post(entityId, 'unhold');
    expect(shop.order(incrementId)).toMatchObject({ state: 'new', status: 'in_counterpoint' });
    expect(await post(entityId, 'unhold')).toMatchObject({
      status: 400,
      body: { message: 'You cannot remove the hold.' },
    });
  });

  it('a held, reviewed, finished or fully invoiced order is not cancelled: false with 200', async () => {
    const review = shop.place('payment-review');
    const invoiced = shop.place('simple-checkmo');
    await shop.invoiceByHand(invoiced.incrementId);
    for (const { entityId } of [review, invoiced])
      expect(await post(entityId, 'cancel')).toMatchObject({ status: 200, body: false });
  });

  it('a cancelled order shows what was cancelled, as a recorded one does', async () => {
    const { incrementId } = shop.place('authorised');
    expect(await shop.cancel(incrementId)).toBe(true);
    expect(shop.order(incrementId)).toMatchObject({
      state: 'canceled',
      total_canceled: 37.32,
      subtotal_canceled: 20,
      shipping_canceled: 15,
      tax_canceled: 2.32,
    });
    expect(shop.ledger(incrementId).transactions.map((row) => [row.txn_type, row.is_closed])).toEqual([
      ['authorization', 1],
      ['void', 1],
    ]);
  });

  it('a partly invoiced order cancels its rest: processing, or complete where the invoiced part has left', async () => {
    const open = shop.place('two-lines-checkmo').incrementId;
    const gone = shop.place('two-lines-checkmo').incrementId;
    for (const order of [open, gone]) await shop.invoiceByHand(order, { S1: 1 });
    await shop.shipByHand(gone, { S1: 1 });
    expect([await shop.cancel(open), await shop.cancel(gone)]).toEqual([true, true]);
    expect([shop.order(open)['state'], shop.order(gone)['state']]).toEqual(['processing', 'complete']);
    expect(listAt(shop.order(gone), 'items').map((item) => at(item, 'qty_canceled'))).toEqual([2, 2]);
  });

  it('bundles and configurables are cancelled whole, parents and children', async () => {
    const bundle = shop.place('bundle-dynamic-together').incrementId;
    const configurable = shop.place('configurable-authorised').incrementId;
    await shop.cancel(bundle);
    await shop.cancel(configurable);
    const cancelled = (order: string) => listAt(shop.order(order), 'items').map((item) => at(item, 'qty_canceled'));
    expect([cancelled(bundle), cancelled(configurable)]).toEqual([
      [2, 2, 2],
      [3, 3],
    ]);
  });

  it('an edit makes a new order with -1 and -2 and cancels the one before', async () => {
    const first = shop.place('authorised').incrementId;
    const second = await shop.edit(first);
    const third = await shop.edit(second.incrementId);
    expect([second.incrementId, third.incrementId]).toEqual([`${first}-1`, `${first}-2`]);
    expect(shop.order(first)).toMatchObject({
      state: 'canceled',
      relation_child_id: String(second.entityId),
      relation_child_real_id: `${first}-1`,
    });
    expect(shop.order(third.incrementId)).toMatchObject({
      state: 'processing',
      original_increment_id: first,
      edit_increment: 2,
      relation_parent_id: String(second.entityId),
      relation_parent_real_id: `${first}-1`,
    });
    expect(shop.ledger(third.incrementId).transactions.map((row) => row.txn_type)).toEqual(['authorization']);
    await shop.invoiceByHand(third.incrementId);
    await expect(shop.edit(third.incrementId)).rejects.toThrow(/cannot be edited/);
  });

  it('from 2.4.7 a reorder writes the same fields and leaves the old order alive; before it writes none', async () => {
    const old = shop.place('simple-checkmo').incrementId;
    const fresh = shop.reorder(old);
    expect(fresh.incrementId).toBe(`${old}-1`);
    expect(shop.order(fresh.incrementId)).toMatchObject({ relation_parent_real_id: old, edit_increment: 1 });
    expect(shop.order(old)).toMatchObject({ state: 'new', relation_child_real_id: `${old}-1` });
    const again = shop.reorder(old);
    expect(again.incrementId).toMatch(/^\d+$/);
    expect(shop.order(again.incrementId)).toMatchObject({ relation_parent_real_id: old });
    expect(shop.order(old)['relation_child_real_id']).toBe(again.incrementId);
    await shop.close();
    await start('2.4.6');
    const before = shop.reorder(shop.place('simple-checkmo').incrementId);
    expect(shop.order(before.incrementId)).not.toHaveProperty('relation_parent_id');
  });

  it('a shopper comes back from the payment page, a review is passed, an offline order is paid', async () => {
    const orders = (['pending-payment', 'payment-review', 'simple-checkmo'] as const).map(
      (kind) => shop.place(kind).incrementId,
    );
    for (const order of orders) await shop.pay(order);
    expect(orders.map((order) => shop.order(order)['state'])).toEqual(['processing', 'processing', 'processing']);
    expect(shop.order(orders[2] ?? '')['total_due']).toBe(0);
  });

  it('a refund of everything closes a shipped order; too much is refused with the sum left', async () => {
    const { entityId, incrementId } = shop.place('authorised');
    await shop.invoiceByHand(incrementId);
    await shop.shipByHand(incrementId);
    const body = {
      items: [{ order_item_id: itemId(shop, incrementId, 'S1'), qty: 2 }],
      arguments: { adjustment_positive: 100 },
    };
    expect(at((await call(shop, 'POST', `/V1/order/${String(entityId)}/refund`, { body })).body, 'message')).toBe(
      'Creditmemo Document Validation Error(s):\nThe most money available to refund is 37.32.',
    );
    await shop.refund(incrementId, undefined, { online: true });
    expect(shop.order(incrementId)).toMatchObject({ state: 'closed', total_refunded: 37.32 });
    expect(shop.ledger(incrementId).charges.map(({ amount }) => amount)).toEqual([37.32, -37.32]);
  });

  it('raw saves store whatever is sent and the order does not notice', async () => {
    const { entityId, incrementId } = shop.place('simple-checkmo');
    const before = shop.order(incrementId);
    const item = { order_item_id: itemId(shop, incrementId, 'S1'), qty: 50 };
    await call(shop, 'POST', '/V1/shipment/', { body: { entity: { order_id: entityId, items: [item] } } });
    await call(shop, 'POST', '/V1/invoices/', { body: { entity: { order_id: entityId, items: [item] } } });
    expect(shop.order(incrementId)).toEqual(before);
    expect(shop.ledger(incrementId)).toMatchObject({ shipments: [{ items: [{ qty: 50 }] }], invoices: [{ state: 1 }] });
  });
});
