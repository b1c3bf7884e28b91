import { roundTrips } from '../../database/engines/engine-on';
import type { StoreFact } from '../../domain/census';
import type { SandboxDatabase } from '../../sandbox/counterpoint';
import { draft, line } from '../support/drafts';
import { storeBench, type StoreBench } from '../support/store';
import { place } from './place';

let bench: StoreBench;
let db: SandboxDatabase;
beforeAll(async () => {
  bench = await storeBench({}, place);
  db = bench.database;
});
afterAll(() => bench.close());

let next = 600_000_000;
async function newOrder(): Promise<string> {
  const order = String((next += 1));
  await bench.store.target.createDocument(
    draft({
      order,
      lines: [line({ itemId: 1, sku: 'S1', qty: '5' }), line({ itemId: 2, sku: 'S2', qty: '2', price: '7.37' })],
    }),
  );
  return order;
}
const factOf = async (order: string): Promise<StoreFact | undefined> =>
  (await bench.store.target.census({ orders: [order] }))[0];
const LONG_AGO = '2020-01-01T00:00:00Z';

describe.each([{}, { linksTickets: false }, { orderLeaves: 'atRelease', showsUnshipped: false }] as const)(
  'with a clerk of habits %j',
  (habits) => {
    test('P-02 a document and its tickets read the same in the census as in a look', async () => {
      const clerk = bench.clerk(habits);
      const order = await newOrder();
      expect(await factOf(order)).toMatchObject({
        document: 'open',
        edited: false,
        lines: 2,
        tickets: [],
        tenders: '0.00',
        shopSeen: null,
      });
      await clerk.release({ order, lines: [{ sku: 'S1', qty: 2 }] });
      const second = await clerk.release({ order, lines: [{ sku: 'S1', qty: 1 }] });
      await clerk.voidTicket(second);
      const last = await clerk.release({ order, post: false });
      await clerk.post(`${order}-01`);
      await bench.store.notebook.rememberShop(order, 'seen');
      const fact = await factOf(order);
      const { tickets } = await bench.store.target.observe(order);
      const look = tickets.map(({ guid, no, state, amount }) => ({ guid, no, voided: state === 'voided', amount }));
      expect([...(fact?.tickets ?? [])].sort((a, b) => a.no.localeCompare(b.no))).toEqual(look);
      expect(fact?.shopSeen).toBe('seen');
      expect(last).toBe(`${order}-03`);
    });
  },
);

test('P-02 a document in history and one that is gone are told apart, and an edit is known', async () => {
  const clerk = bench.clerk();
  const [past, gone, edited] = [await newOrder(), await newOrder(), await newOrder()];
  const total = (await factOf(past))?.total;
  await clerk.cancelOrder(past);
  await clerk.cancelOrder(gone);
  await db.remove('PS_ORD_HIST_LIN', { TKT_NO: gone });
  await db.remove('PS_ORD_HIST', { TKT_NO: gone });
  await clerk.editQuantity(edited, 1, 3);
  expect(await factOf(past)).toMatchObject({ document: 'history', total, edited: true });
  expect(await factOf(gone)).toMatchObject({ document: 'gone', total: null });
  expect(await factOf(edited)).toMatchObject({ document: 'open', edited: true });
});

test('P-02 the window holds what is open or was written in it, and costs the same however many orders there are', async () => {
  const tomorrow = new Date(Date.now() + 24 * 3_600_000).toISOString();
  const cost = async (): Promise<number> => {
    const before = roundTrips();
    await bench.store.target.census({ since: LONG_AGO });
    return roundTrips() - before;
  };
  const few = await cost();
  const settled = await newOrder();
  await bench.clerk().cancelOrder(settled);
  await bench.store.target.markSeen(await bench.store.target.changes(100));
  const open = await newOrder();
  for (let count = 0; count < 5; count += 1) await newOrder();
  expect(await cost()).toBe(few);
  const orders = async (since: string): Promise<string[]> =>
    (await bench.store.target.census({ since })).map(({ order }) => order);
  expect(await orders(LONG_AGO)).toEqual(expect.arrayContaining([settled, open]));
  expect(await orders(tomorrow)).toContain(open);
  expect(await orders(tomorrow)).not.toContain(settled);
  expect(await (await bench.another({}, 'other')).target.census({ since: LONG_AGO })).toEqual([]);
});

test('P-16 finds goods that came back against an order or its posted ticket, and no other ticket', async () => {
  const clerk = bench.clerk();
  const order = await newOrder();
  const ticket = await clerk.release({ order });
  await clerk.post(ticket);
  expect(await bench.store.target.returns(LONG_AGO)).toEqual([]);
  const [posted] = await db.rows('PS_TKT_HIST', { TKT_NO: ticket });
  const [goods] = await db.rows('PS_TKT_HIST_LIN', { TKT_NO: ticket, LIN_TYP: 'S' });
  if (!posted || !goods) throw new Error('nothing was posted');
  const day = posted['BUS_DAT'] ?? null;
  const key = { BUS_DAT: day, DOC_ID: '990000000000009' };
  await db.insert('PS_TKT_HIST', {
    ...posted,
    ...key,
    DOC_GUID: 'B0000000-0000-4000-8000-000000000001',
    TKT_NO: 'R-9',
  });
  await db.insert('PS_TKT_HIST_ORIG_DOC', { ...key, ORIG_DOC_ID: posted['DOC_ID'] ?? null });
  await db.insert('PS_TKT_HIST_LIN', {
    ...goods,
    ...key,
    TKT_NO: 'R-9',
    LIN_TYP: 'R',
    LIN_GUID: 'B0000000-0000-4000-8000-000000000002',
    QTY_SOLD: '-1',
    EXT_PRC: '-12.50',
  });
  expect(await bench.store.target.returns(LONG_AGO)).toEqual([
    { order, docId: key.DOC_ID, no: 'R-9', amount: '12.50' },
  ]);
  expect(await bench.store.target.returns(new Date(Date.now() + 48 * 3_600_000).toISOString())).toEqual([]);
});

test('P-16 P-27 goods that come back after what was seen of their ticket is forgotten are known by our own table', async () => {
  const order = await newOrder();
  const id = '990000000000020';
  await bench.store.target.markSeen([{ order, keys: [`P:${id}`], what: 'release ticket posted' }]);
  await db.query('delete from cantus.seen');
  const key = { BUS_DAT: `${new Date().toISOString().slice(0, 10)}T00:00:00`, DOC_ID: '990000000000021' };
  const [ticket] = await db.rows('PS_TKT_HIST');
  const [goods] = await db.rows('PS_TKT_HIST_LIN', { LIN_TYP: 'S' });
  const guid = 'B0000000-0000-4000-8000-000000000003';
  await db.insert('PS_TKT_HIST', { ...ticket, ...key, DOC_GUID: guid, TKT_NO: 'R-10' });
  await db.insert('PS_TKT_HIST_ORIG_DOC', { ...key, ORIG_DOC_ID: id });
  await db.insert('PS_TKT_HIST_LIN', { ...goods, ...key, TKT_NO: 'R-10', LIN_TYP: 'R', LIN_GUID: guid, EXT_PRC: '-3' });
  expect(await bench.store.target.returns(key.BUS_DAT + 'Z')).toContainEqual({
    order,
    docId: key.DOC_ID,
    no: 'R-10',
    amount: '3.00',
  });
});

test('P-16 what was marked is told apart from what was not, order by order', async () => {
  await bench.store.target.markSeen([{ order: '1', keys: ['M:1@log'], what: 'refundedInShop' }]);
  const notes = [
    { order: '1', key: 'M:1@log' },
    { order: '1', key: 'M:2@log' },
    { order: '2', key: 'M:1@log' },
  ];
  expect(await bench.store.notebook.alreadyTold(notes)).toEqual(new Set(['1 M:1@log']));
  expect(await bench.store.notebook.alreadyTold([])).toEqual(new Set());
});

test('P-16 X-02 what was told since an instant is listed by its kind, once however many channels took it', async () => {
  const { target, notebook } = bench.store;
  const keys = ['E:7:ab@log', 'E:7:ab@email', 'E:T:GUID@log', 'T:1:2:3', 'Y:noOrders@log', 'R:9@log'];
  await target.markSeen([{ order: '7', keys, what: 'changedAfterEnd' }]);
  await target.markSeen([{ order: '8', keys: ['E:8:cd@log'], what: 'changedAfterEnd' }]);
  await db.query(`update cantus.seen set seen_at = '2026-01-02T00:00:00Z' where order_no = '8'`);
  const told = (since: string): Promise<unknown> => notebook.toldSince(since, ['E', 'R']);
  const at = expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/) as unknown;
  const today = ['E:7:ab', 'E:T:GUID', 'R:9'].map((key) => ({ order: '7', key, at }));
  expect(await told('2026-01-02T00:00:01Z')).toEqual(today);
  expect(await told('2026-01-02T00:00:00.000Z')).toEqual([
    { order: '8', key: 'E:8:cd', at: '2026-01-02T00:00:00Z' },
    ...today,
  ]);
  const other = await bench.another({}, 'other');
  expect(await other.notebook.toldSince(LONG_AGO, ['E'])).toEqual([]);
});

test('P-20 tells the database’s clock', async () => {
  expect(Math.abs(Date.parse(await bench.store.target.clock()) - Date.now())).toBeLessThan(60_000);
});
