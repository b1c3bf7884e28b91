import { temporal } from '@temporalio/proto';
import { orderWorkflowId } from '../../domain/identities';
import type { OrderView } from '../../domain/people/order-view';
import type { Stage } from '../../sandbox/play/stage';
import { until } from '../../sandbox/play/until';
import type { OrderKind } from '../../sandbox/shop';
import { stageWithWorker } from '../support/stage';

/** Orders of which the shop's staff change something after they came to Counterpoint, with the settings every merchant starts from. */
jest.setTimeout(120_000);

const PLACED = {
  mended: 'coupon-authorised',
  accepted: 'coupon-authorised',
  removed: 'two-lines-checkmo',
  partRefunded: 'paid-at-sale',
  refunded: 'paid-at-sale',
  moved: 'authorised-two-lines',
} as const satisfies Record<string, OrderKind>;
const SECRET = '9 Hidden Orchard Lane';

let stage: Stage;
let orders: Record<keyof typeof PLACED, string>;

beforeAll(async () => {
  stage = await stageWithWorker();
  const placed = Object.entries(PLACED).map(([name, kind]) => [
    name,
    stage.shop.place(kind, { quantities: { S1: 3, S2: 2 } }).incrementId,
  ]);
  orders = Object.fromEntries(placed) as typeof orders;
  await Promise.all(
    Object.values(orders).map((order) =>
      until(`${order} in Counterpoint`, async () => (await stage.view(order))?.waitingFor === 'release'),
    ),
  );
}, 240_000);
afterAll(() => stage.close());

const run = (order: string) => stage.client.workflow.getHandle(orderWorkflowId(stage.instance, order));
const asked = (order: string, reason: string): Promise<NonNullable<OrderView['attention']>> =>
  until(`${order} to ask for ${reason}`, async () => {
    const attention = (await stage.view(order))?.attention;
    return attention?.reason === reason && attention;
  });
const askedNothing = (order: string): Promise<unknown> =>
  until(`nobody to be asked about ${order}`, async () => (await stage.view(order))?.attention === null);
const accepted = (order: string): Promise<unknown> =>
  run(order).executeUpdate('repair', { args: [{ kind: 'acceptDifference', by: 'desk' }] });
const status = (order: string): unknown => stage.shop.order(order)['status'];
const said = (order: string): string => JSON.stringify(stage.shop.order(order)['status_histories']);

async function released(order: string, lines?: { line: number; qty: number }[]): Promise<void> {
  const ticket = await stage.clerk.release({ order, ...(lines ? { lines } : {}) });
  await stage.clerk.addTracking(ticket, `1Z999AA1${order}`);
}

/** The order ended complete, with one parcel, and nobody was asked for anything on its way there. */
async function endsComplete(order: string): Promise<void> {
  expect(await run(order).result()).toMatchObject({ state: 'complete' });
  expect(stage.shop.order(order)).toMatchObject({ state: 'complete', status: 'complete' });
  expect(stage.shop.ledger(order).shipments).toHaveLength(1);
}

function isPaidOnce(order: string): void {
  const { invoices, charges } = stage.shop.ledger(order);
  const total = stage.shop.order(order)['base_grand_total'];
  expect(invoices.map((invoice) => invoice.base_grand_total)).toEqual([total]);
  expect(charges.map(({ amount }) => amount)).toEqual([total]);
}

it('P-15 C5-83 C5-84 a quantity edited down is named in the shop before goods leave, and the order ends when the clerk has lowered the line', async () => {
  const order = orders.mended;
  stage.shop.changeQuantity(order, 'S1', 2);
  expect((await asked(order, 'cancelledInShop')).message).toContain('no longer owes 1 of S1');
  await until('the shop to show it', () => status(order) === 'needs_attention');
  expect(said(order)).toContain('no longer owes 1 of S1');
  await stage.clerk.editQuantity(order, 1, 2);
  await askedNothing(order);
  await until('the shop to show that it is over', () => status(order) === 'in_counterpoint');
  await released(order);
  await endsComplete(order);
  isPaidOnce(order);
});

it('C5-83 P-25 a quantity edited down that a person accepts ends right when the store releases what is owed and gives up the rest', async () => {
  const order = orders.accepted;
  stage.shop.changeQuantity(order, 'S1', 2);
  expect((await asked(order, 'cancelledInShop')).repairs).toContain('acceptDifference');
  await accepted(order);
  await askedNothing(order);
  await released(order, [
    { line: 1, qty: 2 },
    { line: 2, qty: 2 },
  ]);
  await until('the parcel to be told', () => stage.shop.ledger(order).shipments.length === 1);
  await stage.clerk.cancelRemainder(order);
  await endsComplete(order);
  isPaidOnce(order);
});

it('C5-83 a row taken off the order is named, and the order ends without it', async () => {
  const order = orders.removed;
  stage.shop.removeItem(order, 'S2');
  expect((await asked(order, 'cancelledInShop')).message).toMatch(/no longer owes 2 of S2 .*taken off the order/);
  await until('the shop to show it', () => status(order) === 'needs_attention');
  await stage.clerk.deleteLine(order, 2);
  await askedNothing(order);
  await released(order);
  await endsComplete(order);
  expect(stage.shop.ledger(order).invoices.map((invoice) => invoice.base_grand_total)).toEqual([
    stage.shop.order(order)['base_grand_total'],
  ]);
});

it('P-22 C5-83 a part refunded before shipping is named, and is not shipped', async () => {
  const order = orders.partRefunded;
  await stage.shop.refund(order, { S1: 1 });
  expect((await asked(order, 'cancelledInShop')).message).toMatch(/no longer owes 1 of S1 .*refunded/);
  await until('the shop to show it', () => status(order) === 'needs_attention');
  await stage.clerk.editQuantity(order, 1, 2);
  await askedNothing(order);
  await released(order);
  await endsComplete(order);
  const [shipment] = stage.shop.ledger(order).shipments;
  expect(shipment?.items.map(({ qty }) => qty)).toEqual([2, 2]);
});

it('P-16 C5-83 an order refunded as a whole is closed in the shop: the clerk is asked to cancel it, and it ends as cancelled', async () => {
  const order = orders.refunded;
  await stage.shop.refund(order);
  expect(stage.shop.order(order)['state']).toBe('closed');
  expect((await asked(order, 'cancelledInShop')).message).toMatch(/refunded and is closed.*Cancel it in Counterpoint/);
  await stage.clerk.cancelOrder(order);
  expect(await run(order).result()).toMatchObject({ state: 'cancelled' });
  expect(stage.shop.order(order)).toMatchObject({ state: 'closed', status: 'closed' });
  expect(stage.shop.ledger(order).shipments).toEqual([]);
});

it('C5-83 X-11 an address changed before the release is named while the goods are here, and shown to nobody', async () => {
  const order = orders.moved;
  stage.shop.changeAddress(order, 'shipping', { street: [SECRET] });
  await stage.clerk.release({ order });
  expect((await asked(order, 'changedInShop')).message).toContain('the delivery address');
  await until('the shop to show it', () => status(order) === 'needs_attention');
  expect(stage.shop.ledger(order).shipments).toEqual([]);
  await accepted(order);
  await askedNothing(order);
  await stage.clerk.addTracking(`${order}-01`, '1Z999AA10000000001');
  await endsComplete(order);
  isPaidOnce(order);
  const { events } = await run(order).fetchHistory();
  const encoded = temporal.api.history.v1.History.encode(temporal.api.history.v1.History.fromObject({ events }));
  const history = Buffer.from(encoded.finish()).toString('latin1');
  expect(history).toContain(order);
  const shown = JSON.stringify(await stage.view(order));
  for (const text of [history, shown, said(order)]) expect(text).not.toContain('Orchard');
  expect(shown).toContain('changedInShop');
});
