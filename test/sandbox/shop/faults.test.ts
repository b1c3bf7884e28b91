import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startShop, type SandboxShop } from '../../../sandbox/shop';
import { at, call, filtered, listAt } from './shop-calls';

const ORDERS = '/V1/orders?searchCriteria=';

describe('X-10 deliberate faults', () => {
  let shop: SandboxShop;
  beforeEach(async () => {
    shop = await startShop();
  });
  afterEach(() => shop.close());

  it('maintenance is a 503 page without Retry-After, as often as planned', async () => {
    shop.faults.add({ kind: 'maintenance', times: 2 });
    const first = await call(shop, 'GET', ORDERS);
    expect([first.status, first.headers.get('retry-after'), first.body]).toEqual([503, null, undefined]);
    expect([(await call(shop, 'GET', ORDERS)).status, (await call(shop, 'GET', ORDERS)).status]).toEqual([503, 200]);
  });

  it('throttling comes with Retry-After or without, a bad gateway as a page, an expired token as 401', async () => {
    shop.faults.add({ kind: 'throttled', retryAfter: 7 });
    shop.faults.add({ kind: 'throttled' });
    shop.faults.add({ kind: 'badGateway' });
    shop.faults.add({ kind: 'unauthorized' });
    const answers = [];
    for (let asked = 0; asked < 4; asked += 1) answers.push(await call(shop, 'GET', ORDERS));
    expect(answers.map((answer) => [answer.status, answer.headers.get('retry-after')])).toEqual([
      [429, '7'],
      [429, null],
      [502, null],
      [401, null],
    ]);
  });

  it('a fault meets only the calls it names, and can be taken back', async () => {
    shop.place('simple-checkmo');
    const remove = shop.faults.add({ kind: 'badGateway', method: 'POST', path: '/order/*/invoice', times: 'always' });
    expect((await call(shop, 'GET', '/V1/orders/1')).status).toBe(200);
    expect((await call(shop, 'POST', '/V1/order/1/ship', { body: {} })).status).toBe(200);
    expect((await call(shop, 'POST', '/V1/order/1/invoice', { body: {} })).status).toBe(502);
    remove();
    expect((await call(shop, 'POST', '/V1/order/1/invoice', { body: {} })).status).toBe(200);
  });

  it('a reset before the work leaves nothing, a reset after it loses only the reply', async () => {
    const { entityId, incrementId } = shop.place('authorised');
    const invoice = () => call(shop, 'POST', `/V1/order/${String(entityId)}/invoice`, { body: { capture: true } });
    shop.faults.add({ kind: 'resetBefore' });
    await expect(invoice()).rejects.toThrow();
    expect(shop.ledger(incrementId).charges).toEqual([]);
    shop.faults.add({ kind: 'resetAfter' });
    await expect(invoice()).rejects.toThrow();
    expect(shop.ledger(incrementId)).toMatchObject({ invoices: [{ state: 2 }], charges: [{ amount: 37.32 }] });
  });

  it('an answer cut short is a 200 that is no JSON; a slow one is the same answer later', async () => {
    shop.place('simple-checkmo');
    shop.faults.add({ kind: 'truncated' });
    expect(await call(shop, 'GET', ORDERS)).toMatchObject({ status: 200, body: undefined });
    shop.faults.add({ kind: 'slow', milliseconds: 1 });
    expect(await call(shop, 'GET', ORDERS)).toMatchObject({ status: 200, body: { total_count: 1 } });
  });

  it('a poisoned order breaks every list and answer it stands in, and only those', async () => {
    for (let placed = 0; placed < 3; placed += 1) shop.place('simple-checkmo');
    shop.faults.poison('000000002');
    expect(await call(shop, 'GET', ORDERS)).toMatchObject({ status: 200, body: undefined });
    expect((await call(shop, 'GET', '/V1/orders/2')).body).toBeUndefined();
    expect(
      listAt((await call(shop, 'GET', `/V1/orders?${filtered('entity_id', '1,3', 'in')}`)).body, 'items'),
    ).toHaveLength(2);
    shop.faults.cure('000000002');
    expect(at((await call(shop, 'GET', ORDERS)).body, 'total_count')).toBe(3);
  });
});

describe('the same from another process', () => {
  let shop: SandboxShop;
  beforeEach(async () => {
    shop = await startShop();
  });
  afterEach(() => shop.close());

  const control = (path: string, body: unknown) => call(shop, 'POST', `/sandbox/${path}`, { body, token: null });

  it('orders are placed, acted on and read', async () => {
    const { body } = await control('orders', {
      kind: 'authorised-two-lines',
      email: 'lee@example.com',
      quantities: { S1: 3 },
    });
    const order = String(at(body, 'incrementId'));
    expect((await control(`orders/${order}/invoice`, { items: { S1: 1 } })).body).toEqual({ invoiceId: 1 });
    expect((await control(`orders/${order}/ship`, { items: { S1: 1 }, tracks: ['1Z'] })).body).toEqual({
      shipmentId: 1,
    });
    expect((await control(`orders/${order}/hold`, {})).status).toBe(200);
    expect((await control(`orders/${order}/hold`, {})).body).toEqual({ message: 'A hold action is not available.' });
    expect((await control(`orders/${order}/unhold`, {})).status).toBe(200);
    const { body: ledger } = await call(shop, 'GET', `/sandbox/orders/${order}/ledger`);
    expect(ledger).toMatchObject({ invoices: [{ total_qty: 1 }], shipments: [{ tracks: [{ track_number: '1Z' }] }] });
    const { body: seen } = await call(shop, 'GET', `/sandbox/orders/${order}`);
    expect(seen).toMatchObject({ customer_email: 'lee@example.com', total_qty_ordered: 4 });
    expect((await control(`orders/${order}/cancel`, {})).body).toEqual({ cancelled: true });
  });

  it('samples and edits, reorders, payments and refunds', async () => {
    const order = String(
      at((await control('orders', { sample: '01-configurable-coupon-tax-gift' })).body, 'incrementId'),
    );
    expect((await control(`orders/${order}/edit`, {})).body).toMatchObject({ incrementId: `${order}-1` });
    expect((await control(`orders/${order}-1/pay`, {})).status).toBe(200);
    expect((await control(`orders/${order}-1/refund`, {})).body).toEqual({ creditmemoId: 1 });
    expect((await control(`orders/${order}/reorder`, {})).status).toBe(200);
    expect(listAt((await call(shop, 'GET', '/sandbox/orders')).body).length).toBe(3);
  });

  it('gateway and faults take the same switches; mistakes are named', async () => {
    const order = String(at((await control('orders', { kind: 'authorised' })).body, 'incrementId'));
    await control('gateway', { refuseNext: 1, order });
    expect((await control(`orders/${order}/invoice`, {})).status).toBe(400);
    await control('faults', { kind: 'throttled', retryAfter: 3, times: 1 });
    expect((await call(shop, 'GET', ORDERS)).headers.get('retry-after')).toBe('3');
    for (const [path, body] of [
      ['gateway', { refusNext: 1 }],
      ['faults', { kind: 'flood' }],
      ['orders', { kind: 'nothing' }],
      ['orders/9/cancel', {}],
    ] as const) {
      const answered = await control(path, body);
      expect([path, answered.status, typeof at(answered.body, 'error')]).toEqual([path, 400, 'string']);
    }
    expect((await call(shop, 'GET', '/sandbox/requests')).body).toEqual({ 'GET /V1/orders': 1 });
  });
});

describe('a shop with a state file', () => {
  it('finds orders, documents, authorisations and numbers again after a restart', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'sandbox-shop-'));
    const file = join(folder, 'shop.json');
    const first = await startShop({ file });
    const { incrementId } = first.place('authorised-two-lines');
    await first.invoiceByHand(incrementId, { S1: 1 });
    const before = first.order(incrementId);
    await first.close();
    const second = await startShop({ file });
    expect(second.order(incrementId)).toEqual(before);
    await second.invoiceByHand(incrementId);
    expect(second.ledger(incrementId).charges).toHaveLength(2);
    expect(second.place('simple-checkmo').incrementId).toBe('000000002');
    await second.close();
    rmSync(folder, { recursive: true });
  });
});
