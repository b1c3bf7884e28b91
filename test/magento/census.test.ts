import { money } from '../../domain/money';
import { orderFingerprint } from '../../domain/shop/fingerprint';
import { createShop } from '../../magento';
import { SANDBOX_TOKEN, startShop, type SandboxShop } from '../../sandbox/shop';
import { settings } from '../support/store';
import { QUICK, list, settingsFor, startScriptedShop } from './recorded-shop';

const GUID = '7C9E6679-7425-40DE-944B-E07FC1F90AE7';

let sandbox: SandboxShop;
const shopOf = (to: SandboxShop) => {
  const { magento } = settings({ kind: 'sandbox', url: '', poolMax: 1 });
  return createShop({
    ...magento,
    baseUrl: to.baseUrl,
    auth: { kind: 'token', token: SANDBOX_TOKEN },
    requestsPerSecond: 1_000,
  });
};
beforeAll(async () => {
  sandbox = await startShop();
});
afterAll(() => sandbox.close());

it('P-02 reads 150 orders and their invoices from lists, with no call for a single order', async () => {
  const shop = shopOf(sandbox);
  const placed = Array.from({ length: 150 }, () => sandbox.place('two-lines-checkmo').incrementId);
  await sandbox.invoiceByHand(placed[3] ?? '');
  const { orders, parked } = await shop.census({ from: '2026-01-01T00:00:00Z' });
  expect(orders.map(({ order }) => order)).toEqual(placed);
  expect(parked).toEqual([]);
  const invoiced = orders.filter(({ invoices }) => invoices.length > 0);
  expect(
    invoiced.map(({ order, total, invoices }) => [order, invoices[0]?.total === total, invoices[0]?.ticket]),
  ).toEqual([[placed[3], true, null]]);
  expect(sandbox.requests()).toEqual({ 'GET /V1/orders': 2, 'GET /V1/invoices': 3 });
});

it('P-02 agrees with a full look about an order’s fingerprint, total and tender', async () => {
  const shop = shopOf(sandbox);
  const { incrementId, entityId } = sandbox.place('gift-card-and-store-credit');
  const { orders } = await shop.census({ numbers: [incrementId] });
  const { order } = await shop.look({ incrementId, entityId });
  expect(orders).toMatchObject([
    {
      entityId,
      total: order.totals.grandTotal,
      tenders: '25.50',
      fingerprint: orderFingerprint(order),
      method: 'checkmo',
    },
  ]);
});

it('P-16 lists credit memos with the order they belong to', async () => {
  const shop = shopOf(sandbox);
  const { incrementId, entityId } = sandbox.place('simple-checkmo');
  await sandbox.invoiceByHand(incrementId);
  const id = await sandbox.refund(incrementId, { S1: 1 });
  const [memo] = sandbox.ledger(incrementId).creditmemos;
  const total = money(String(memo?.base_grand_total));
  expect(await shop.creditMemos('2026-01-01T00:00:00Z')).toMatchObject([{ id, entityId, total }]);
  expect(await shop.creditMemos(new Date(Date.now() + 60_000).toISOString())).toEqual([]);
});

it('P-18 parks a record that breaks its page and counts the rest', async () => {
  const shop = shopOf(sandbox);
  const [before, broken, after] = [1, 2, 3].map(() => sandbox.place('simple-checkmo'));
  sandbox.faults.poison(broken?.incrementId ?? '');
  const ids = [before, broken, after].map((each) => each?.entityId ?? 0);
  const { orders, parked } = await shop.census({ entityIds: ids });
  expect(orders.map(({ entityId }) => entityId)).toEqual([ids[0], ids[2]]);
  expect(parked).toMatchObject([{ key: String(ids[1]) }]);
});

it('P-20 tells the shop’s clock by its answers', async () => {
  expect(Math.abs(Date.parse(await shopOf(sandbox).clock()) - Date.now())).toBeLessThan(60_000);
});

it('P-16 a token that may not read credit memos leaves them out instead of stopping the census', async () => {
  const remove = sandbox.faults.add({ kind: 'unauthorized', path: '/creditmemos', times: 'always' });
  expect(await shopOf(sandbox).creditMemos('2026-01-01T00:00:00Z')).toEqual([]);
  remove();
});

it('OF-G P-02 counts an order whatever shapes PHP gives its rows, its invoices’ comments and its empty objects', async () => {
  const order = {
    entity_id: '5',
    increment_id: 500,
    state: 'processing',
    status: 'in_counterpoint',
    store_id: '1',
    created_at: '2026-11-20 10:00:00',
    base_grand_total: '10.0000',
    payment: [],
    items: { '1': { item_id: '9', qty_invoiced: '1.0000' }, '3': { item_id: 11 } },
    extension_attributes: [],
  };
  const invoice = {
    entity_id: 7,
    order_id: '5',
    state: '2',
    base_grand_total: 10,
    created_at: '2026-11-20 11:00:00',
    comments: { '4': { comment: `Counterpoint ticket 1-01 {${GUID}}` } },
  };
  const scripted = await startScriptedShop({ 'GET /orders': list(order), 'GET /invoices': list(invoice) });
  const { orders, parked } = await createShop(settingsFor(scripted.baseUrl), QUICK).census({ entityIds: [5] });
  await scripted.close();
  expect(parked).toEqual([]);
  expect(orders).toMatchObject([
    {
      order: '500',
      updatedAt: '2026-11-20T10:00:00Z',
      total: '10.00',
      invoices: [{ id: 7, state: 'paid', ticket: GUID }],
    },
  ]);
});
