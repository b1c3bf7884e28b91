import { startShop, type SandboxShop } from '../../../sandbox/shop';
import { at, call, itemId } from './shop-calls';

const ORDERS = '/V1/orders?searchCriteria=';

describe('how the shop speaks', () => {
  let shop: SandboxShop;
  beforeEach(async () => {
    shop = await startShop();
    shop.place('two-lines-checkmo');
  });
  afterEach(() => shop.close());

  it('store codes: any known one, or none; an unknown one is refused', async () => {
    for (const prefix of ['/rest', '/rest/all', '/rest/default'])
      expect((await call(shop, 'GET', `${prefix}${ORDERS}`)).status).toBe(200);
    expect(await call(shop, 'GET', `/rest/nowhere${ORDERS}`)).toMatchObject({
      status: 400,
      body: { message: 'Specified request cannot be processed.' },
    });
  });

  it.each([
    [
      'GET',
      '/V1/orders/abc',
      {},
      400,
      'The "abc" value\'s type is invalid. The "int" type was expected. Verify and try again.',
    ],
    ['GET', '/V1/orders/0', {}, 400, 'An ID is needed. Set the ID and try again.'],
    ['PUT', '/V1/orders/1/hold', { body: {} }, 404, 'Request does not match any route.'],
    [
      'POST',
      '/V1/orders/77/hold',
      { body: {} },
      404,
      "The entity that was requested doesn't exist. Verify the entity and try again.",
    ],
    [
      'POST',
      '/V1/order/77/invoice',
      { body: {} },
      404,
      "The entity that was requested doesn't exist. Verify the entity and try again.",
    ],
    [
      'POST',
      '/V1/order/1/ship',
      { raw: '{}', headers: { 'content-type': 'text/plain' } },
      400,
      'Server cannot understand Content-Type HTTP header media type text/plain',
    ],
    ['POST', '/V1/orders/1/comments', { body: {} }, 400, '"%fieldName" is required. Enter and try again.'],
    [
      'GET',
      '/V1/invoices/12',
      {},
      404,
      "The entity that was requested doesn't exist. Verify the entity and try again.",
    ],
  ])('%s %s', async (method, path, options, status, message) => {
    const answered = await call(shop, method, path, options);
    expect([answered.status, at(answered.body, 'message')]).toEqual([status, message]);
  });

  it('a scalar where a list is due breaks the application: plain text', async () => {
    const answered = await call(shop, 'POST', '/V1/order/1/invoice', { body: { items: 'zzz' } });
    expect([answered.status, answered.text]).toEqual([
      500,
      'An error has happened during application run. See exception log for details.',
    ]);
    expect(answered.headers.get('content-type')).toMatch(/^text\/plain/);
  });

  it('who asks for HTML gets an error page', async () => {
    const answered = await call(shop, 'GET', ORDERS, { headers: { accept: 'text/html' } });
    expect([answered.status, answered.headers.get('content-type')]).toEqual([500, 'text/html; charset=UTF-8']);
  });

  it('names come in snake_case or camelCase, numbers as numeric strings', async () => {
    const answered = await call(shop, 'POST', '/V1/order/1/invoice', {
      body: { items: [{ orderItemId: '1', qty: '1' }] },
    });
    expect(answered).toMatchObject({ status: 200, body: '1' });
  });

  it('every answer sets a session cookie and tells the time of the shop', async () => {
    const answered = await call(shop, 'GET', ORDERS);
    expect(answered.headers.get('set-cookie')).toMatch(/^PHPSESSID=/);
    expect(Number.isNaN(Date.parse(answered.headers.get('date') ?? ''))).toBe(false);
  });

  it('calls are counted by route', async () => {
    await call(shop, 'GET', '/V1/orders/1');
    await call(shop, 'GET', '/V1/orders/77');
    expect(shop.requests()).toEqual({ 'GET /V1/orders/:id': 2 });
  });
});

describe('updated_at', () => {
  it('moves only where a column of the order really changed', async () => {
    let now = new Date('2026-11-22T12:00:00Z');
    const shop = await startShop({ now: () => now });
    const { entityId, incrementId } = shop.place('authorised-two-lines');
    const path = `/V1/order/${String(entityId)}`;
    const moved: string[] = [];
    const step = async (name: string, work: () => Promise<unknown>): Promise<void> => {
      const before = shop.order(incrementId)['updated_at'];
      now = new Date(now.getTime() + 60_000);
      await work();
      if (shop.order(incrementId)['updated_at'] !== before) moved.push(name);
    };
    const s1 = itemId(shop, incrementId, 'S1');
    const save = (status: string) =>
      call(shop, 'POST', '/V1/orders', {
        body: { entity: { entity_id: entityId, increment_id: incrementId, status } },
      });
    await step('ship', () => call(shop, 'POST', `${path}/ship`, { body: { items: [{ order_item_id: s1, qty: 1 }] } }));
    await step('comment', () =>
      call(shop, 'POST', `/V1/orders/${String(entityId)}/comments`, { body: { statusHistory: { comment: 'x' } } }),
    );
    await step('same save', () => save('processing'));
    await step('status', () => save('in_counterpoint'));
    const entity = { order_id: entityId, parent_id: 1, track_number: '1Z', title: 'UPS', carrier_code: 'ups' };
    await step('track', () => call(shop, 'POST', '/V1/shipment/track', { body: { entity } }));
    shop.gateway.refuseNext();
    await step('failed invoice', () => call(shop, 'POST', `${path}/invoice`, { body: { capture: true } }));
    await step('invoice', () =>
      call(shop, 'POST', `${path}/invoice`, { body: { items: [{ order_item_id: s1, qty: 1 }] } }),
    );
    await step('hold', () => shop.hold(incrementId));
    await step('unhold', () => Promise.resolve(shop.unhold(incrementId)));
    await step('refund', () => shop.refund(incrementId, { S1: 1 }));
    await shop.close();
    expect(moved).toEqual(['status', 'invoice', 'hold', 'unhold', 'refund']);
  });
});
