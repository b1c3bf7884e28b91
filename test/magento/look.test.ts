import { createShop } from '../../magento';
import { shopSide } from '../../domain/shop/side';
import { failure } from './calls';
import {
  QUICK,
  list,
  ok,
  recorded,
  replay,
  sampleOrder,
  settingsFor,
  startScriptedShop,
  type Script,
  type ScriptedShop,
} from './recorded-shop';

type Json = Record<string, unknown>;
const PAYMENTS = { '*': { kind: 'cash', payCode: 'CARD' } } as const;
let server: ScriptedShop | undefined;
afterEach(async () => {
  await server?.close();
  server = undefined;
});

async function shopWith(script: Script) {
  server = await startScriptedShop({
    'GET /invoices': list(),
    'GET /shipments': list(),
    'GET /transactions': list(),
    ...script,
  });
  return { server, shop: createShop(settingsFor(server.baseUrl), QUICK) };
}

describe('looking at an order', () => {
  test('the recorded shop’s order, documents and authorisation are brought home together', async () => {
    const { shop, server: seen } = await shopWith({
      ...replay(recorded('authorised-declined-then-captured')),
      'GET /shipments': list(),
    });
    const look = await shop.look({ incrementId: '000000151', entityId: 159 });
    expect(look).toMatchObject({
      order: { incrementId: '000000151', payment: { authorised: '45.18' } },
      invoices: [],
      authorisedAt: '2026-11-22T02:51:15Z',
    });
    expect(shopSide(look, PAYMENTS).payment).toEqual({
      method: 'testgateway',
      kind: 'authorised',
      authorised: '45.18',
      paid: '0.00',
      since: '2026-11-22T02:51:15Z',
    });
    // Transactions have no entity_id; a sort by it would be answered with a 500.
    expect(seen.calls('GET /transactions')[0]?.url).not.toContain('sortOrders');
  });

  test('P-06 P-21 the recorded closed authorisation shows an invoice as paid that the order does not count', async () => {
    const exchanges = recorded('closed-authorisation');
    const invoices = exchanges.find(({ call }) => call.path.includes('/invoices?'))?.answer.body as { items: Json[] };
    const item = {
      ...(sampleOrder('live-configurable')['items'] as Json[])[0],
      item_id: 260,
      product_type: 'simple',
      qty_ordered: 2,
      qty_invoiced: 2,
    };
    const order = { ...sampleOrder('live-authorize-only-gift'), entity_id: 160, base_total_paid: 21.33, items: [item] };
    const { shop } = await shopWith({ 'GET /orders/160': ok(order), 'GET /invoices': ok(invoices) });
    const side = shopSide(await shop.look({ incrementId: '000000152', entityId: 160 }), PAYMENTS);
    expect(side.payment.paid).toBe('21.33');
    expect(side.countersDiffer).toBeUndefined();
    expect(side.invoices.map(({ captured, total }) => [captured, total])).toEqual([
      [true, '21.33'],
      [undefined, '10.66'],
    ]);
  });

  test('P-15 the order it came from is read with its state', async () => {
    const order = sampleOrder('live-edited-new');
    const { shop, server: seen } = await shopWith({
      [`GET /orders/${String(order['entity_id'])}`]: ok(order),
      'GET /orders': list({ increment_id: '000000066', state: 'canceled' }),
    });
    const look = await shop.look({ incrementId: '000000066-1', entityId: Number(order['entity_id']) });
    expect(look.predecessor).toEqual({ order: '000000066', state: 'canceled' });
    expect(seen.calls('GET /orders')[0]?.query.get('searchCriteria[filter_groups][0][filters][0][value]')).toBe('69');
  });

  test('P-08 of an authorisation that was renewed the one that stands tells the age', async () => {
    const base = sampleOrder('live-authorize-only-gift');
    const row = { txn_type: 'authorization', is_closed: 1 };
    const { shop } = await shopWith({
      [`GET /orders/${String(base['entity_id'])}`]: ok(base),
      'GET /transactions': list(
        { ...row, entity_id: 1, created_at: '2026-11-01 10:00:00' },
        { ...row, entity_id: 2, created_at: '2026-11-20 10:00:00', is_closed: 0 },
        { ...row, entity_id: 3, created_at: '2026-11-21 10:00:00' },
      ),
    });
    const look = await shop.look({ incrementId: String(base['increment_id']), entityId: Number(base['entity_id']) });
    expect(look).toMatchObject({ authorisedAt: '2026-11-20T10:00:00Z', openAuthorisation: true });
  });

  test('C5-38 a payment action of “order” leaves a transaction that money is captured from', async () => {
    const base = sampleOrder('live-authorize-only-gift');
    const payment = { ...(base['payment'] as Json), base_amount_authorized: null };
    const { shop } = await shopWith({
      [`GET /orders/${String(base['entity_id'])}`]: ok({ ...base, payment }),
      'GET /transactions': list({ entity_id: 1, txn_type: 'order', is_closed: 0, created_at: '2026-11-20 10:00:00' }),
    });
    const look = await shop.look({ incrementId: String(base['increment_id']), entityId: Number(base['entity_id']) });
    expect(look).toMatchObject({ authorisedAt: '2026-11-20T10:00:00Z', openAuthorisation: true });
    expect(shopSide(look, PAYMENTS).payment.kind).toBe('authorised');
  });

  test('a token that may not read transactions takes the authorisation to be as old as the order', async () => {
    const order = sampleOrder('live-authorize-only-gift');
    const denied = {
      status: 401,
      body: {
        message: "The consumer isn't authorized to access %resources.",
        parameters: { resources: 'Magento_Sales::transactions_fetch' },
      },
    };
    const { shop } = await shopWith({
      [`GET /orders/${String(order['entity_id'])}`]: ok(order),
      'GET /transactions': denied,
    });
    const look = await shop.look({ incrementId: String(order['increment_id']), entityId: Number(order['entity_id']) });
    expect(look.authorisedAt).toBe(look.order.createdAt);
  });

  test.each([
    [0, 'authorised'],
    [1, 'unknown'],
  ])('P-06 an authorisation that only the transactions show (closed: %i) makes the order %s', async (closed, kind) => {
    const sample = sampleOrder('live-authorize-only-gift');
    const payment = { ...(sample['payment'] as object), base_amount_authorized: undefined, method: 'some_gateway' };
    const row = { transaction_id: 9, txn_type: 'authorization', created_at: '2026-11-22 02:51:15', is_closed: closed };
    const { shop } = await shopWith({
      [`GET /orders/${String(sample['entity_id'])}`]: ok({ ...sample, payment }),
      'GET /transactions': list(row),
    });
    const order = { incrementId: String(sample['increment_id']), entityId: Number(sample['entity_id']) };
    expect(shopSide(await shop.look(order), PAYMENTS).payment.kind).toBe(kind);
  });

  test('transactions are not asked for where nothing is left to capture', async () => {
    const order = sampleOrder('live-authorised-invoiced-in-four');
    const { shop, server: seen } = await shopWith({ [`GET /orders/${String(order['entity_id'])}`]: ok(order) });
    await shop.look({ incrementId: String(order['increment_id']), entityId: Number(order['entity_id']) });
    expect(seen.calls('GET /transactions')).toHaveLength(0);
  });

  test('an order is found by its number, and only by exactly that', async () => {
    const order = sampleOrder('live-configurable');
    const number = String(order['increment_id']);
    const { shop } = await shopWith({ 'GET /orders': list(order) });
    await expect(shop.findOrder(number)).resolves.toMatchObject({ incrementId: number });
    await expect(shop.findOrder(number.replace(/^0+/, ''))).resolves.toBeNull();
    expect((await failure(shop.look({ incrementId: '7' }))).facts).toMatchObject({
      kind: 'refused',
      code: 'orderNotFound',
      order: '7',
    });
  });

  test('more documents than fit a page are all read', async () => {
    const order = sampleOrder('live-configurable');
    const invoices = Array.from({ length: 130 }, (_, index) => ({
      entity_id: index + 1,
      state: 2,
      created_at: '2026-11-22 02:51:13',
      items: [],
    }));
    const { shop } = await shopWith({
      [`GET /orders/${String(order['entity_id'])}`]: ok(order),
      'GET /invoices': ({ query }) => {
        const after = query.get('searchCriteria[filter_groups][1][filters][0][value]');
        return list(
          ...invoices
            .filter(({ entity_id: id }) => id > Number(after ?? 0))
            .slice(0, Number(query.get('searchCriteria[pageSize]'))),
        );
      },
    });
    expect(
      (await shop.look({ incrementId: String(order['increment_id']), entityId: Number(order['entity_id']) })).invoices,
    ).toHaveLength(130);
  });
});

describe('facts about the shop', () => {
  const configs = recorded('lists').find(({ call }) => call.path.endsWith('storeConfigs'))?.answer.body;

  test('store views with zone and currency, and modules where the token may see them', async () => {
    const { shop } = await shopWith({
      'GET /store/storeConfigs': ok(configs),
      'GET /modules': ok(['Magento_Store', 'Magento_Sales']),
    });
    await expect(shop.facts()).resolves.toMatchObject({
      modules: ['Magento_Store', 'Magento_Sales'],
      storeConfigs: [{ id: 1, code: 'default', timezone: 'America/New_York', currency: 'USD' }],
    });
  });

  test('modules the token may not see are no failure', async () => {
    const denied = {
      status: 401,
      body: {
        message: "The consumer isn't authorized to access %resources.",
        parameters: { resources: 'Magento_Backend::admin' },
      },
    };
    const { shop } = await shopWith({ 'GET /store/storeConfigs': ok(configs), 'GET /modules': denied });
    await expect(shop.facts()).resolves.toMatchObject({ modules: null });
  });
});
