import type { SandboxDatabase } from '../../../sandbox/counterpoint';
import { draft } from '../../support/drafts';
import { storeBench, type StoreBench } from '../../support/store';
import { place } from '../place';

let bench: StoreBench;
let db: SandboxDatabase;
beforeAll(async () => {
  bench = await storeBench({}, place);
  db = bench.database;
});
afterAll(() => bench.close());

/** Everything of Counterpoint but numbering. */
async function books() {
  const tables = [
    'PS_DOC_HDR',
    'PS_DOC_LIN',
    'PS_DOC_PMT',
    'PS_DOC_HDR_TOT',
    'PS_DOC_NOTE',
    'PS_DOC_HDR_ORIG_DOC',
    'IM_INV',
    'IM_INV_CELL',
  ];
  const rows = await Promise.all(tables.map((table) => db.rows(table)));
  const customers = (await db.rows('AR_CUST', { EMAIL_ADRS_1: 'ada@shop.example' })).map((row) => [
    row['NO_OF_ORDS'],
    Number(row['ORD_BAL']),
  ]);
  return JSON.stringify([...rows.map((each) => each.map((row) => JSON.stringify(row)).sort()), customers]);
}

test('P-14 an untouched document is removed with its deposit ticket and all its effects, and never written again', async () => {
  await bench.store.target.createDocument(draft({ order: '500000001' }));
  const before = await books();
  await bench.store.target.createDocument(draft({ order: '500000002', notes: [{ id: 'GIFT', text: 'x' }] }));
  expect(await bench.store.target.removeUntouched('500000002')).toBe(true);
  expect(await books()).toBe(before);
  expect((await bench.store.target.observe('500000002')).document).toBe('gone');
  expect(await bench.store.target.removeUntouched('500000002')).toBe(false);
  expect((await bench.store.target.createDocument(draft({ order: '500000002' }))).created).toBe(false);
});

test.each([
  ['released', (order: string) => bench.clerk().release({ order })],
  ['edited', (order: string) => bench.clerk().changePrice(order, 1, '9.00')],
  ['given a deposit', (order: string) => bench.clerk().addDeposit(order, '1.00')],
  ['cancelled', (order: string) => bench.clerk().cancelOrder(order)],
] as const)('a document that was %s is left alone', async (what, touch) => {
  const order = `5100000${String(what.length).padStart(2, '0')}`;
  await bench.store.target.createDocument(draft({ order }));
  await touch(order);
  const before = await books();
  expect(await bench.store.target.removeUntouched(order)).toBe(false);
  expect(await books()).toBe(before);
});

test('a document whose deposit ticket was posted is left alone', async () => {
  const made = await bench.store.target.createDocument(draft({ order: '520000001' }));
  await bench.clerk().post(made.depositTicketNo ?? '');
  expect(await bench.store.target.removeUntouched('520000001')).toBe(false);
});
