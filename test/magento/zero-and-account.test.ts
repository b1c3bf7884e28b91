import type { Shop } from '../../domain/ports/shop';
import { moneyRows } from '../../domain/shop/rows';
import { createShop } from '../../magento';
import { SANDBOX_TOKEN, startShop, type OrderKind, type SandboxShop } from '../../sandbox/shop';
import { QUICK, settingsFor } from './recorded-shop';

let sandbox: SandboxShop;
let shop: Shop;
beforeAll(async () => {
  sandbox = await startShop();
  shop = createShop(settingsFor(sandbox.baseUrl, { auth: { kind: 'token', token: SANDBOX_TOKEN } }), QUICK);
});
afterAll(() => sandbox.close());

/** Places an order and uploads a ticket with one piece of its first row, then one with the rest. */
async function releasedInTwo(kind: OrderKind) {
  const { entityId, incrementId: order } = sandbox.place(kind);
  const before = await shop.order(entityId);
  const items = moneyRows(before).map(({ row }) => [row.id, row.ordered] as const);
  const [first] = items;
  if (first === undefined) throw new Error(`${kind} has no row`);
  const upload = (n: number, part: typeof items) =>
    shop.invoice({
      order,
      entityId,
      ticket: { no: `${order}-0${String(n)}`, guid: `7C9E6679-7425-40DE-944B-E07FC1F90AE${String(n)}` },
      items: part,
      capture: false,
    });
  await upload(1, [[first[0], '1']]);
  const rest = [[first[0], String(Number(first[1]) - 1)] as const, ...items.slice(1)];
  await upload(
    2,
    rest.filter(([, qty]) => qty !== '0'),
  );
  return { before, look: await shop.look({ incrementId: order, entityId }), after: await shop.order(entityId) };
}

test('C5-47 a zero order is invoiced in the shop ticket by ticket, like any other', async () => {
  const { before, look } = await releasedInTwo('free-zero-subtotal');
  expect(before.totals.grandTotal).toBe('0.00');
  expect(look.invoices.map(({ items }) => items.reduce((sum, { qty }) => sum + Number(qty), 0))).toEqual([1, 1]);
  expect(look.invoices.map(({ grandTotal }) => grandTotal)).toEqual(['0.00', '0.00']);
});

test('C5-52 a purchase order is invoiced ticket by ticket, and how it was paid in Counterpoint is not written back', async () => {
  const { before, look, after } = await releasedInTwo('simple-purchaseorder');
  expect(look.invoices).toHaveLength(2);
  expect(after.payment).toMatchObject({ method: before.payment.method, poNumber: before.payment.poNumber });
  expect(after.payment.method).toBe('purchaseorder');
  expect(after.payment.authorised).toBe('0.00');
});
