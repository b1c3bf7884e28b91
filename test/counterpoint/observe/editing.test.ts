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

const figures = async (docId: string) => ({
  lines: (await db.rows('PS_DOC_LIN', { DOC_ID: docId }))
    .map((row) => ['LIN_SEQ_NO', 'PRC', 'CALC_PRC', 'EXT_PRC', 'TAX_AMT_ALLOC'].map((name) => Number(row[name])))
    .sort((a, b) => (a[0] ?? 0) - (b[0] ?? 0)),
  tax: (await db.rows('PS_DOC_HDR_TOT', { DOC_ID: docId, TOT_TYP: 'O' })).map((row) => Number(row['TAX_AMT'])),
});

/**
 * Opening and saving an order in Counterpoint: what it reckons anew is what nobody has given. Prices of lines without a
 * user's price or under a store that recalculates; the tax of documents without an override.
 */
async function saveInCounterpoint(docId: string): Promise<void> {
  const [header = {}] = await db.rows('PS_DOC_HDR', { DOC_ID: docId });
  const [store = {}] = await db.rows('PS_STR_CFG_PS', { STR_ID: 'WEB' });
  const repriceAll = header['REQ_REPRICE'] === 'Y' || store['RECALC_PRC_ON_ORD_EDIT'] === 'Y';
  for (const row of await db.rows('PS_DOC_LIN', { DOC_ID: docId })) {
    const key = { DOC_ID: docId, LIN_SEQ_NO: row['LIN_SEQ_NO'] ?? 0 };
    const given = row['USR_ENTD_PRC'] === 'Y' && row['HAS_PRC_OVRD'] === 'Y' && row['PRC_OVRD_REAS'] === 'MAGENTO';
    if (repriceAll || !given) await db.update('PS_DOC_LIN', { PRC: '1.00', CALC_PRC: '1.00', EXT_PRC: '1.00' }, key);
    if (header['TAX_OVRD_REAS'] !== 'MAGENTO') await db.update('PS_DOC_LIN', { TAX_AMT_ALLOC: '0.09' }, key);
  }
  const [totals = {}] = await db.rows('PS_DOC_HDR_TOT', { DOC_ID: docId, TOT_TYP: 'O' });
  if (header['TAX_OVRD_REAS'] !== 'MAGENTO' || totals['HAS_TAX_OVRD'] === '!')
    await db.update('PS_DOC_HDR_TOT', { TAX_AMT: '0.09' }, { DOC_ID: docId, TOT_TYP: 'O' });
}

test('C5-22 C5-23 C5-63 an edit in Counterpoint finds every price and the tax given, with the reason, and reckons none anew', async () => {
  const made = await bench.store.target.createDocument(
    draft({
      order: '400000001',
      lines: [
        line({ itemId: 1, qty: '3', price: '10.00', discount: '4.50', tax: '2.10' }),
        line({ itemId: 2, sku: 'S2', qty: '2', price: '6.99', tax: '1.15' }),
      ],
    }),
  );
  const before = await figures(made.docId);
  await bench.clerk().editQuantity('400000001', 2, 1);
  await saveInCounterpoint(made.docId);
  const after = await figures(made.docId);
  expect(after.lines[0]).toEqual(before.lines[0]);
  expect(after.lines[1]?.[1]).toBe(before.lines[1]?.[1]);
  expect(after.tax).toEqual(before.tax);
  expect((await bench.store.target.check()).join('\n')).not.toMatch(/RECALC_PRC_ON_ORD_EDIT/);
});

test('C5-23 a store that recalculates prices on edits is refused at set-up, with the reason', async () => {
  await db.update('PS_STR_CFG_PS', { RECALC_PRC_ON_ORD_EDIT: 'Y' }, { STR_ID: 'WEB' });
  const problems = (await bench.store.target.check()).join('\n');
  await db.update('PS_STR_CFG_PS', { RECALC_PRC_ON_ORD_EDIT: 'N' }, { STR_ID: 'WEB' });
  expect(problems).toMatch(/recalculates prices.*edits change imported prices/);
});

test('C5-25 a price that changes later is the new orders’ price; an imported order keeps its own, even when it is sent again', async () => {
  const at = (order: string, price: string) => draft({ order, lines: [line({ itemId: Number(order), price })] });
  const first = await bench.store.target.createDocument(at('400000002', '10.00'));
  const before = await figures(first.docId);
  const second = await bench.store.target.createDocument(at('400000003', '12.00'));
  expect(await bench.store.target.createDocument(at('400000002', '12.00'))).toMatchObject({ created: false });
  expect(await figures(first.docId)).toEqual(before);
  expect((await figures(second.docId)).lines[0]?.[1]).toBe(12);
});

test('C5-46 a zero order is released like any other: part by part, each ticket seen with its goods and no money', async () => {
  const order = '400000004';
  await bench.store.target.createDocument(
    draft({
      order,
      lines: [line({ itemId: 41, qty: '3', price: '0.00' })],
      shipping: { amount: '0.00', tax: '0.00' },
      payment: { kind: 'none', payCode: null, deposit: null, others: [], toBeConfirmed: false },
    }),
  );
  const clerk = bench.clerk();
  await clerk.release({ order, lines: [{ line: 1, qty: 1 }] });
  const part = await bench.store.target.observe(order);
  expect(part.tickets).toMatchObject([{ no: `${order}-01`, lines: [[41, '1']], amount: '0.00' }]);
  await clerk.release({ order, post: true });
  const whole = await bench.store.target.observe(order);
  expect(whole.tickets.map((ticket) => ticket.lines)).toEqual([[[41, '1']], [[41, '2']]]);
  expect(whole.lines).toMatchObject([{ id: 41, ordered: '3', released: '3' }]);
});

test('C5-51 a purchase order leaves its whole amount due, so that Counterpoint asks for a payment on the release ticket', async () => {
  const order = '400000005';
  const made = await bench.store.target.createDocument(
    draft({
      order,
      lines: [line({ itemId: 51, qty: '2', price: '10.00', tax: '1.40' })],
      payment: { kind: 'ar', payCode: 'AR', deposit: null, others: [], toBeConfirmed: false },
    }),
  );
  const [totals = {}] = await db.rows('PS_DOC_HDR_TOT', { DOC_ID: made.docId, TOT_TYP: 'O' });
  expect([totals['TOT_TND'], totals['AMT_DUE'], totals['TOT']].map(Number)).toEqual([0, 26.4, 26.4]);
  expect(await db.rows('PS_DOC_PMT_APPLY', { DOC_ID: made.docId })).toEqual([]);
  expect(await db.rows('PS_DOC_PMT', { DOC_ID: made.docId })).toMatchObject([{ PAY_COD: 'AR', FINAL_PMT: 'Y' }]);
  await bench.clerk().release({ order, lines: [{ line: 1, qty: 1 }] });
  expect((await bench.store.target.observe(order)).tickets).toMatchObject([{ lines: [[51, '1']], amount: '15.70' }]);
});
