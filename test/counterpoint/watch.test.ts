import { PER_PASS } from '../../counterpoint/changes/slices';
import { DOCUMENT_TABLES } from '../../sandbox/counterpoint/schema-documents';
import { draft } from '../support/drafts';
import { storeBench, type StoreBench } from '../support/store';
import { place } from './place';

let bench: StoreBench;
beforeEach(async () => {
  bench = await storeBench({}, place);
});
afterEach(() => bench.close());

const newOrder = async (order: string, entityId?: number): Promise<string> => {
  await bench.store.target.createDocument(draft({ order, ...(entityId === undefined ? {} : { entityId }) }));
  return order;
};

/** One pass, as the schedule makes it. */
async function pass(): Promise<string[]> {
  const told: string[] = [];
  for (;;) {
    const found = await bench.store.target.changes(100);
    if (found.length === 0) break;
    told.push(...found.map(({ order, what }) => `${order} ${what}`));
    await bench.store.target.markSeen(found);
  }
  await bench.store.target.finishWatch();
  return told;
}

const move = (table: string, days: number): Promise<unknown> =>
  bench.database.query(`update dbo."${table}" set "BUS_DAT" = ?`, [daysAgo(days)]);
const daysAgo = (days: number): string =>
  `${new Date(Date.now() - days * 86_400_000).toISOString().slice(0, 10)}T00:00:00`;

/** What history holds of tickets, all dated so many days back: children lead their parents, so both are written anew. */
async function backdate(days: number): Promise<void> {
  const children = ['PS_TKT_HIST_LIN', 'PS_TKT_HIST_ORIG_DOC', 'PS_TKT_HIST_PKG_TRK_NO'];
  const kept = await Promise.all(children.map((table) => bench.database.rows(table)));
  for (const table of children) await bench.database.query(`delete from dbo."${table}"`);
  await move('PS_TKT_HIST', days);
  for (const [at, table] of children.entries())
    for (const { ROW_TS: _, ...row } of kept[at] ?? [])
      await bench.database.insert(table, { ...row, BUS_DAT: daysAgo(days) });
}

test('P-27 C5-07 a release ticket without a link is told by its number, also where the number itself has dashes', async () => {
  const clerk = bench.clerk();
  const order = await newOrder('W-1-0_0%7');
  const no = await clerk.release({ order });
  await bench.database.query('delete from dbo."PS_DOC_HDR_ORIG_DOC"');
  expect(no).toBe(`${order}-01`);
  expect(await pass()).toEqual([`${order} release ticket saved`]);
  expect(await pass()).toEqual([]);
});

test('P-27 a number that only looks like another order’s pattern wakes nobody', async () => {
  const clerk = bench.clerk();
  await newOrder('10_0', 1);
  await newOrder('10%0', 2);
  const order = await newOrder('1000');
  await clerk.release({ order });
  await bench.database.query('delete from dbo."PS_DOC_HDR_ORIG_DOC"');
  expect(await pass()).toEqual(['1000 release ticket saved']);
});

test('P-27 a ticket posted on a business day long past is noticed at once, for it left the unposted documents', async () => {
  const clerk = bench.clerk();
  const order = await newOrder('500000001');
  const no = await clerk.release({ order, lines: [{ sku: 'S1', qty: 1 }] });
  expect(await pass()).toEqual([`${order} release ticket saved`]);
  await clerk.post(no);
  await backdate(60);
  expect((await pass()).join()).toContain('release ticket posted');
  expect(await pass()).toEqual([]);
});

test('P-27 C5-74 a tracking number typed on a ticket that was posted weeks ago is found, of an order that ended too', async () => {
  const clerk = bench.clerk();
  const order = await newOrder('500000002');
  const no = await clerk.release({ order });
  await clerk.post(no);
  await pass();
  await backdate(45);
  await pass();
  const [ticket] = await bench.database.rows('PS_TKT_HIST', { TKT_NO: no });
  await bench.database.insert('PS_TKT_HIST_PKG_TRK_NO', {
    BUS_DAT: daysAgo(45),
    DOC_ID: ticket?.['DOC_ID'] ?? null,
    PKG_TRK_NO: '1Z-LATE',
  });
  expect(await pass()).toEqual([`${order} tracking number entered`]);
  expect(await pass()).toEqual([]);
});

test('P-27 C5-07 a ticket without a link, released and posted between two passes, is told by the next round', async () => {
  const clerk = bench.clerk({ linksTickets: false });
  const order = await newOrder('500000005');
  await pass();
  await clerk.post(await clerk.release({ order, lines: [{ sku: 'S1', qty: 1 }] }));
  expect((await pass()).join()).toContain('release ticket posted');
  expect(await pass()).toEqual([]);
});

test('P-27 a ticket that vanished unposted is told as gone, and once', async () => {
  const order = await newOrder('500000003');
  const no = await bench.clerk().release({ order, lines: [{ sku: 'S1', qty: 1 }] });
  await pass();
  const [ticket] = await bench.database.rows('PS_DOC_HDR', { TKT_NO: no });
  await bench.database.transaction(async (tx) => {
    for (const { name } of [...DOCUMENT_TABLES].reverse())
      await tx.query(`delete from dbo."${name}" where "DOC_ID" = ?`, [ticket?.['DOC_ID'] ?? null]);
  });
  expect((await pass()).join()).toContain('release ticket gone');
  expect(await pass()).toEqual([]);
});

test('P-27 more open orders than one pass compares are all come round to', async () => {
  await manyOrders(PER_PASS.orders + 10);
  expect(await pass()).toEqual([]);
  // The last by number: it is in the second slice.
  await bench.database.query(`update dbo."PS_DOC_HDR_DOC_STAT" set "TOT_DEP_RECEIVED" = 5 where "DOC_ID" = ?`, [
    FIRST_ID + PER_PASS.orders + 9,
  ]);
  expect(await pass()).toEqual([`7${String(100_000 + PER_PASS.orders + 9)} deposit added or given back`]);
  expect(await pass()).toEqual([]);
});

test('P-27 what could not be told now stays new, and the rest is compared all the same', async () => {
  const order = await newOrder('500000007');
  await manyOrders(PER_PASS.orders + 10);
  await pass();
  await pass();
  await bench.clerk().post(await bench.clerk().release({ order }));
  const [found] = await bench.store.target.changes(100);
  expect(found).toMatchObject({ order });
  await bench.store.target.finishWatch('someLeft');
  await bench.database.query(`update dbo."PS_DOC_HDR_DOC_STAT" set "TOT_DEP_RECEIVED" = 5 where "DOC_ID" = ?`, [
    FIRST_ID + PER_PASS.orders + 9,
  ]);
  const next = await bench.store.target.changes(100);
  expect(next.find((each) => each.order === order)?.keys).toEqual(found?.keys);
  expect(next.map((each) => each.order)).toContain(`7${String(100_000 + PER_PASS.orders + 9)}`);
});

const FIRST_ID = 9_000_000_000_000;

/** Orders of one header and one status row each, set-based on either engine. */
async function manyOrders(count: number): Promise<void> {
  const digits = '(values (0),(1),(2),(3),(4),(5),(6),(7),(8),(9))';
  const numbers = `(select a.d * 1000 + b.d * 100 + c.d * 10 + e.d as n from ${digits} a(d) cross join ${digits} b(d) cross join ${digits} c(d) cross join ${digits} e(d)) x where x.n < ${String(count)}`;
  const id = `${String(FIRST_ID)} + x.n`;
  const guid = `'7C9E6679-7425-40DE-944B-E07FC1F90AE7'`;
  await bench.database.query(
    `insert into dbo."PS_DOC_HDR" ("DOC_ID", "DOC_GUID", "DOC_TYP", "STR_ID", "STA_ID", "TKT_NO") select ${id}, ${guid}, 'O', 'WEB', '1', concat('7', 100000 + x.n) from ${numbers}`,
  );
  await bench.database.query(`insert into dbo."PS_DOC_HDR_DOC_STAT" ("DOC_ID") select ${id} from ${numbers}`);
  await bench.database.query(
    `insert into cantus.order_link (instance, order_no, entity_id, doc_id, doc_guid, ticket_no, str_id, deposit, written_at, fingerprint, effects, settled)
select 'test', concat('7', 100000 + x.n), x.n, ${id}, ${guid}, concat('7', 100000 + x.n), 'WEB', 0, '2026-01-01T00:00:00Z', '', '', 'N' from ${numbers}`,
  );
}

test('P-27 what was seen of an order settled long ago is forgotten, and is not found anew', async () => {
  const clerk = bench.clerk();
  const order = await newOrder('500000004');
  await clerk.post(await clerk.release({ order }));
  await pass();
  await backdate(200);
  await bench.database.query(`update cantus.seen set seen_at = '2020-01-01T00:00:00Z'`);
  await bench.database.query(`update cantus.order_link set settled = 'Y'`);
  await bench.database.query(`update cantus.watch set finished_at = '2020-01-01T00:00:00.000'`);
  await pass();
  const kept = await bench.database.query('select seen_key from cantus.seen');
  expect(kept.filter((row) => /^[PKAT]:/.test(String(row['seen_key'])))).toEqual([]);
  expect(await pass()).toEqual([]);
});
