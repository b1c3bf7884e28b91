import { startShop, type SandboxShop } from '../../../sandbox/shop';
import { at, call, itemId, listAt } from './shop-calls';

describe('two calls on one order at once', () => {
  let shop: SandboxShop;
  beforeEach(async () => {
    shop = await startShop();
  });
  afterEach(() => shop.close());

  const invoice = (entityId: number, items?: unknown) =>
    call(shop, 'POST', `/V1/order/${String(entityId)}/invoice`, {
      body: { capture: true, ...(items === undefined ? {} : { items }) },
    });

  /** An invoice that has reached the gateway and waits there. */
  const running = async (kind: 'authorised' | 'authorised-two-lines', part?: string) => {
    const placed = shop.place(kind);
    const capture = shop.gateway.holdNext(placed.incrementId);
    const items = part === undefined ? undefined : [{ order_item_id: itemId(shop, placed.incrementId, part), qty: 1 }];
    const answered = invoice(placed.entityId, items);
    await capture.reached;
    return { ...placed, answered, resume: capture.resume };
  };

  /** Sends a call, waits until the shop has taken it in, and only then lets the gateway go on. */
  const during = async (order: { resume: () => void }, method: string, path: string, body?: unknown) => {
    const total = (): number => Object.values(shop.requests()).reduce((sum, count) => sum + count, 0);
    const before = total();
    const answered = call(shop, method, path, { body: body ?? {} });
    while (total() === before) await new Promise((resolve) => setImmediate(resolve));
    await new Promise((resolve) => setImmediate(resolve));
    order.resume();
    return answered;
  };

  it('reads are never blocked and see the order as it was', async () => {
    const order = await running('authorised');
    expect((await call(shop, 'GET', `/V1/orders/${String(order.entityId)}/statuses`)).body).toBe('processing');
    expect(shop.order(order.incrementId)['total_due']).toBe(37.32);
    order.resume();
    expect((await order.answered).status).toBe(200);
  });

  it('a second full invoice waits and is refused; the gateway is asked once', async () => {
    const order = await running('authorised');
    const second = await during(order, 'POST', `/V1/order/${String(order.entityId)}/invoice`, { capture: true });
    expect([(await order.answered).status, second.status]).toEqual([200, 400]);
    expect(shop.ledger(order.incrementId).charges).toHaveLength(1);
  });

  it('a second partial invoice waits and captures too', async () => {
    const order = await running('authorised-two-lines', 'S1');
    const second = await during(order, 'POST', `/V1/order/${String(order.entityId)}/invoice`, {
      capture: true,
      items: [{ order_item_id: itemId(shop, order.incrementId, 'S1'), qty: 1 }],
    });
    expect([(await order.answered).status, second.status]).toEqual([200, 200]);
    expect(shop.ledger(order.incrementId).charges).toHaveLength(2);
  });

  it('a comment is answered with a 500 and not stored; the invoice is unharmed and a repeat is safe', async () => {
    const order = await running('authorised');
    const body = { statusHistory: { comment: 'note', entity_name: 'order' } };
    const path = `/V1/orders/${String(order.entityId)}/comments`;
    const answered = await during(order, 'POST', path, body);
    expect(answered.status).toBe(500);
    expect(at(answered.body, 'message')).toMatch(/^Internal Error\. .* Report ID: webapi-/);
    expect((await order.answered).status).toBe(200);
    const notes = () => shop.ledger(order.incrementId).statusHistory.filter((line) => line.comment === 'note').length;
    expect(notes()).toBe(0);
    expect((await call(shop, 'POST', path, { body })).body).toBe(true);
    expect(notes()).toBe(1);
  });

  it('a hold wipes totals and counters, though invoice and charge exist; the goods can be charged again', async () => {
    const order = await running('authorised-two-lines', 'S1');
    const held = await during(order, 'POST', `/V1/orders/${String(order.entityId)}/hold`);
    expect([(await order.answered).status, held.body]).toEqual([200, true]);
    const seen = shop.order(order.incrementId);
    expect(seen).toMatchObject({ state: 'holded', status: 'holded' });
    expect(seen).not.toHaveProperty('total_paid');
    expect(listAt(seen, 'items').map((item) => at(item, 'qty_invoiced'))).toEqual([0, 0]);
    expect(shop.ledger(order.incrementId)).toMatchObject({ invoices: [{ state: 2 }], charges: [{ amount: 26.67 }] });
    expect(shop.ledger(order.incrementId).statusHistory.at(-1)?.comment).toMatch(/^Captured amount/);
    await call(shop, 'POST', `/V1/orders/${String(order.entityId)}/unhold`);
    expect((await invoice(order.entityId)).status).toBe(200);
    expect(shop.ledger(order.incrementId).charges).toHaveLength(2);
  });

  it('a save keeps the totals but rewrites payment and items from a stale copy', async () => {
    const order = await running('authorised');
    const entity = { entity_id: order.entityId, increment_id: order.incrementId, status: 'in_counterpoint' };
    await during(order, 'POST', '/V1/orders', { entity });
    await order.answered;
    const seen = shop.order(order.incrementId);
    expect(seen).toMatchObject({ total_paid: 37.32, status: 'in_counterpoint' });
    expect(at(seen, 'payment')).not.toHaveProperty('amount_paid');
    expect(at(seen, 'payment', 'last_trans_id')).toMatch(/^AUTH-/);
    expect(at(seen, 'items', 0, 'qty_invoiced')).toBe(0);
  });

  it('a cancel waits and voids what is left of the authorisation', async () => {
    const order = await running('authorised-two-lines', 'S1');
    const cancelled = await during(order, 'POST', `/V1/orders/${String(order.entityId)}/cancel`);
    expect([(await order.answered).status, cancelled.body]).toEqual([200, true]);
    expect(shop.ledger(order.incrementId).transactions.map((row) => row.txn_type)).toEqual([
      'authorization',
      'capture',
      'void',
    ]);
    expect(listAt(shop.order(order.incrementId), 'items').map((item) => at(item, 'qty_canceled'))).toEqual([1, 1]);
  });

  it('a client that gives up does not stop the shop', async () => {
    const placed = shop.place('authorised');
    const capture = shop.gateway.holdNext(placed.incrementId);
    const giving = new AbortController();
    const answered = fetch(`${shop.baseUrl}/rest/V1/order/${String(placed.entityId)}/invoice`, {
      method: 'POST',
      headers: { authorization: `Bearer ${String(shop.auth.token)}`, 'content-type': 'application/json' },
      body: JSON.stringify({ capture: true, comment: { comment: 'marker', is_visible_on_front: 0 } }),
      signal: giving.signal,
    });
    await capture.reached;
    giving.abort();
    await expect(answered).rejects.toThrow();
    capture.resume();
    const found = () => shop.ledger(placed.incrementId).invoices[0]?.comments[0]?.comment;
    while (found() === undefined) await new Promise((resolve) => setImmediate(resolve));
    expect(found()).toBe('marker');
  });
});
