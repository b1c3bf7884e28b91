import { openEngine } from '../../../database/engines/open-engine';
import { readColumns } from '../../../database/columns';
import { type Engine } from '../../../database/engine';
import { observe } from '../../../counterpoint/observe';
import { createTurns } from '../../../database/turns';
import type { SandboxDatabase } from '../../../sandbox/counterpoint';
import { draft, line } from '../../support/drafts';
import { storeBench, type StoreBench } from '../../support/store';
import { place } from '../place';

let bench: StoreBench;
let db: SandboxDatabase;
beforeAll(async () => {
  bench = await storeBench({}, place);
  db = bench.database;
});
afterAll(() => bench.close());

let next = 400_000_000;
async function newOrder(
  lines = [line({ itemId: 1, sku: 'S1', qty: '5' }), line({ itemId: 2, sku: 'S2', qty: '2', price: '7.37' })],
): Promise<string> {
  const order = String((next += 1));
  await bench.store.target.createDocument(draft({ order, lines }));
  return order;
}
const seen = async () => {
  const found = await bench.store.target.changes(100);
  await bench.store.target.markSeen(found);
  return found;
};

test('C5-07 C5-08 a release ticket shows its part as soon as it is saved, and the same after posting', async () => {
  const clerk = bench.clerk();
  const order = await newOrder();
  expect(await bench.store.target.observe(order)).toMatchObject({ document: 'open', untouched: true, tickets: [] });
  const no = await clerk.release({ order, lines: [{ sku: 'S1', qty: 2 }], shipVia: 'UPSG' });
  const saved = await bench.store.target.observe(order);
  expect(saved.untouched).toBeUndefined();
  expect(saved.tickets).toEqual([
    expect.objectContaining({
      no: `${order}-01`,
      state: 'saved',
      lines: [[1, '2']],
      amount: '25.00',
      shipVia: 'UPSG',
      tracks: [],
    }),
  ]);
  expect(saved.lines).toEqual([
    { id: 1, ordered: '5', released: '2' },
    { id: 2, ordered: '2', released: '0' },
  ]);
  await clerk.post(no);
  const posted = await bench.store.target.observe(order);
  expect(posted.tickets).toEqual([{ ...saved.tickets[0], state: 'posted' }]);
  expect(posted.lines).toEqual(saved.lines);
});

test.each(['atRelease', 'atPosting'] as const)(
  'a fully released order is closed with nothing cancelled, whether it leaves %s',
  async (orderLeaves) => {
    const clerk = bench.clerk({ orderLeaves });
    const order = await newOrder();
    await clerk.release({ order, lines: [{ sku: 'S1', qty: 3 }], post: true });
    const no = await clerk.release({ order });
    const saved = await bench.store.target.observe(order);
    expect(saved.document).toBe(orderLeaves === 'atRelease' ? 'closed' : 'open');
    expect(saved.lines).toEqual([
      { id: 1, ordered: '5', released: '5' },
      { id: 2, ordered: '2', released: '2' },
    ]);
    await clerk.post(no);
    expect(await bench.store.target.observe(order)).toMatchObject({ document: 'closed', lines: saved.lines });
  },
);

test('C5-09 twenty-five part releases add up, with the rest kept as rest or as whole', async () => {
  for (const quantityAfterRelease of ['whole', 'rest'] as const) {
    const clerk = bench.clerk({ quantityAfterRelease });
    const order = await newOrder([line({ qty: '26' })]);
    for (let ticket = 1; ticket <= 25; ticket += 1)
      await clerk.release({ order, lines: [{ sku: 'S1', qty: 1 }], post: ticket % 3 === 0 });
    const side = await bench.store.target.observe(order);
    expect(side.tickets).toHaveLength(25);
    expect(side.lines).toEqual([{ id: 1, ordered: '26', released: '25' }]);
  }
});

test('tickets without links are found by their number, and their lines by item', async () => {
  const clerk = bench.clerk({ linksTickets: false, linksLines: false });
  const order = await newOrder([line({ itemId: 1, qty: '2' }), line({ itemId: 2, qty: '3' })]);
  await clerk.release({
    order,
    lines: [
      { line: 1, qty: 2 },
      { line: 2, qty: 1 },
    ],
  });
  const side = await bench.store.target.observe(order);
  expect(side.tickets).toEqual([
    expect.objectContaining({
      lines: [
        [1, '2'],
        [2, '1'],
      ],
    }),
  ]);
});

test('lines the order never had stand as item 0', async () => {
  const clerk = bench.clerk({ linksLines: false });
  const order = await newOrder([line({ itemId: 1 })]);
  const no = await clerk.release({ order });
  const [ticket] = await db.rows('PS_DOC_HDR', { TKT_NO: no });
  await db.update('PS_DOC_LIN', { ITEM_NO: 'S3' }, { DOC_ID: String(ticket?.['DOC_ID']), LIN_TYP: 'S' });
  expect((await bench.store.target.observe(order)).tickets[0]?.lines).toEqual([[0, '2']]);
});

test.each([true, false])(
  'a voided ticket counts for nothing, whether its rows stay (%s) or vanish',
  async (voidKeepsRows) => {
    const clerk = bench.clerk({ voidKeepsRows });
    const order = await newOrder();
    const no = await clerk.release({ order });
    await seen();
    await clerk.voidTicket(no);
    const side = await bench.store.target.observe(order);
    expect(side.tickets).toEqual([expect.objectContaining({ no, state: 'voided' })]);
    expect(side.lines[0]).toEqual({ id: 1, ordered: '5', released: '0' });
    expect((await seen()).map((change) => change.order)).toEqual([order]);
  },
);

test('a deposit-only ticket is told apart from a release, saved and posted', async () => {
  const clerk = bench.clerk();
  const order = await newOrder();
  const no = await clerk.release({ order, depositOnly: true });
  expect((await bench.store.target.observe(order)).tickets).toEqual([
    expect.objectContaining({ no, depositOnly: true, lines: [] }),
  ]);
  await clerk.post(no);
  expect((await bench.store.target.observe(order)).tickets).toEqual([
    expect.objectContaining({ no, state: 'posted', depositOnly: true }),
  ]);
});

test('the deposit ticket is no release, before and after it is posted', async () => {
  const order = await newOrder();
  const { depositTicketNo } = await bench.store.target.createDocument(draft({ order, lines: [line()] }));
  await bench.clerk().post(depositTicketNo ?? '');
  expect((await bench.store.target.observe(order)).tickets).toEqual([]);
});

test('an order is cancelled only by its last word and without releases; with releases the rest is', async () => {
  const clerk = bench.clerk();
  const untouched = await newOrder();
  await clerk.cancelOrder(untouched);
  expect(await bench.store.target.observe(untouched)).toMatchObject({
    document: 'cancelled',
    lines: [
      { id: 1, ordered: '5', released: '0', cancelled: '5' },
      { id: 2, cancelled: '2' },
    ],
  });
  await clerk.reinstate(untouched);
  const back = await bench.store.target.observe(untouched);
  expect(back.document).toBe('open');
  expect(back.lines[0]).toEqual({ id: 1, ordered: '5', released: '0' });
  const part = await newOrder();
  await clerk.release({ order: part, lines: [{ sku: 'S1', qty: 2 }] });
  await clerk.cancelRemainder(part);
  expect(await bench.store.target.observe(part)).toMatchObject({
    document: 'closed',
    lines: [
      { id: 1, ordered: '5', released: '2', cancelled: '3' },
      { id: 2, ordered: '2', released: '0', cancelled: '2' },
    ],
  });
});

/** Dates a posted ticket, or an order in history, so many days back: children lead their parents, so they are written anew. */
async function daysBack(header: 'PS_TKT_HIST' | 'PS_ORD_HIST', number: string, days: number): Promise<void> {
  const children = {
    PS_TKT_HIST: ['PS_TKT_HIST_LIN', 'PS_TKT_HIST_ORIG_DOC', 'PS_TKT_HIST_PKG_TRK_NO'],
    PS_ORD_HIST: ['PS_ORD_HIST_LIN', 'PS_ORD_HIST_AUDIT_LOG'],
  }[header];
  const day = `${new Date(Date.now() - days * 86_400_000).toISOString().slice(0, 10)}T00:00:00`;
  const [document] = await db.rows(header, { TKT_NO: number });
  const of = { DOC_ID: document?.['DOC_ID'] ?? null };
  const kept = await Promise.all(children.map((table) => db.rows(table, of)));
  for (const table of children) await db.remove(table, of);
  await db.update(header, { BUS_DAT: day }, of);
  for (const [at, table] of children.entries())
    for (const { ROW_TS: _, ...row } of kept[at] ?? []) await db.insert(table, { ...row, BUS_DAT: day });
}

test('C5-07 P-27 a ticket of a former year that bears the number of a release is none of this order', async () => {
  const order = await newOrder();
  const no = await bench.clerk().release({ order: await newOrder(), lines: [{ sku: 'S1', qty: 1 }], post: true });
  const renamed = `${order}-01`;
  const [ticket] = await db.rows('PS_TKT_HIST', { TKT_NO: no });
  await db.remove('PS_TKT_HIST_ORIG_DOC', { DOC_ID: ticket?.['DOC_ID'] ?? null });
  await db.update('PS_TKT_HIST', { TKT_NO: renamed }, { TKT_NO: no });
  expect((await bench.store.target.observe(order)).tickets).toEqual([expect.objectContaining({ no: renamed })]);
  await daysBack('PS_TKT_HIST', renamed, 365);
  expect((await bench.store.target.observe(order)).tickets).toEqual([]);
});

test('C5-07 P-27 what was posted under a day long before its order was written is found where the recent days lack it', async () => {
  const clerk = bench.clerk();
  const known = await newOrder();
  const no = await clerk.release({ order: known, lines: [{ sku: 'S1', qty: 1 }] });
  await seen();
  await clerk.post(no);
  await daysBack('PS_TKT_HIST', no, 60);
  expect((await bench.store.target.observe(known)).tickets).toEqual([expect.objectContaining({ no, state: 'posted' })]);

  const whole = await newOrder();
  const only = await clerk.release({ order: whole, post: true });
  await daysBack('PS_TKT_HIST', only, 60);
  await daysBack('PS_ORD_HIST', whole, 60);
  expect(await bench.store.target.observe(whole)).toMatchObject({
    document: 'closed',
    tickets: [{ no: only, state: 'posted' }],
  });
});

test('C5-07 P-27 all of history is read once more while a ticket is missing, and not again when it is known to be gone', async () => {
  const engine = openEngine(bench.settings.counterpoint.connection, () => undefined);
  const columns = await readColumns(engine);
  let reads = 0;
  const counted: Engine = { ...engine, read: (...given) => ((reads += 1), engine.read(...given)) };
  const readsOfALook = async (order: string): Promise<number> => {
    reads = 0;
    const context = {
      engine: counted,
      settings: bench.settings,
      lastParts: new Map<string, number>(),
      numbersRead: new Map<string, string>(),
      turns: createTurns(),
      log: () => undefined,
    };
    await observe({ ...context, columns: () => Promise.resolve(columns) }, order);
    return reads;
  };
  try {
    const order = await newOrder();
    const no = await bench.clerk({ voidKeepsRows: false }).release({ order, lines: [{ sku: 'S1', qty: 1 }] });
    await seen();
    expect(await readsOfALook(order)).toBe(2);
    await bench.clerk({ voidKeepsRows: false }).voidTicket(no);
    expect(await readsOfALook(order)).toBe(3);
    await seen();
    expect(await readsOfALook(order)).toBe(2);
  } finally {
    await engine.close();
  }
});

test('a document in neither table is gone, never cancelled', async () => {
  const order = await newOrder();
  await bench.clerk().cancelOrder(order);
  await db.remove('PS_ORD_HIST_LIN', { TKT_NO: order });
  await db.remove('PS_ORD_HIST', { TKT_NO: order });
  expect((await bench.store.target.observe(order)).document).toBe('gone');
});

test('a lowered quantity and a deleted line are given up, before and after a part release', async () => {
  for (const habits of [{}, { quantityAfterRelease: 'rest' }] as const) {
    const clerk = bench.clerk(habits);
    const order = await newOrder();
    await clerk.editQuantity(order, 1, 3);
    await clerk.deleteLine(order, 2);
    expect((await bench.store.target.observe(order)).lines).toEqual([
      { id: 1, ordered: '5', released: '0', cancelled: '2' },
      { id: 2, ordered: '2', released: '0', cancelled: '2' },
    ]);
    await clerk.release({ order, lines: [{ sku: 'S1', qty: 2 }] });
    expect((await bench.store.target.observe(order)).lines[0]).toEqual({
      id: 1,
      ordered: '5',
      released: '2',
      cancelled: '2',
    });
  }
});

test('C5-83 a deposit added by hand is seen', async () => {
  const order = await newOrder();
  await bench.clerk().addDeposit(order, '10.00');
  expect(await bench.store.target.observe(order)).toMatchObject({ depositsDiffer: true });
});

test('every change is found once by difference: saved, tracked, posted, tracked late, moved, whatever the clock says', async () => {
  const clerk = bench.clerk();
  const order = await newOrder();
  await seen();
  const whats = async () => (await seen()).filter((change) => change.order === order).map((change) => change.what);
  const no = await clerk.release({ order });
  expect(await whats()).toEqual(['release ticket saved']);
  expect(await whats()).toEqual([]);
  await clerk.addTracking(no, '1Z1');
  expect(await whats()).toEqual(['tracking number entered']);
  await clerk.post(no);
  expect(await whats()).toEqual(['release ticket posted, order moved to history']);
  await clerk.addTracking(no, '1Z2');
  expect(await whats()).toEqual(['tracking number entered']);
  expect((await bench.store.target.observe(order)).tickets[0]?.tracks).toEqual(['1Z1', '1Z2']);
  expect(await whats()).toEqual([]);
});

test('edits, cancellations and reinstatements wake the order, and a change stays until it is marked seen', async () => {
  const clerk = bench.clerk();
  const order = await newOrder();
  await seen();
  await clerk.editQuantity(order, 1, 4);
  const first = await bench.store.target.changes(100);
  expect(first.map((change) => change.what)).toEqual(['order edited, cancelled or reinstated, line edited']);
  expect(await bench.store.target.changes(100)).toEqual(first);
  await bench.store.target.markSeen(first);
  await clerk.cancelOrder(order);
  expect((await seen())[0]?.what).toMatch(/cancelled.*moved to history/);
  await clerk.reinstate(order);
  expect((await seen())[0]?.what).toMatch(/back from history/);
  expect((await seen())[0]?.what).toMatch(/reinstated/);
  expect(await seen()).toEqual([]);
  await clerk.cancelOrder(order);
  expect((await seen())[0]?.what).toMatch(/moved to history/);
});

test('X-11 a picture of an order carries no names, addresses or e-mails', async () => {
  const order = await newOrder();
  await bench.clerk().release({ order });
  expect(JSON.stringify(await bench.store.target.observe(order))).not.toMatch(/Ada|Main Street|shop\.example/);
});
