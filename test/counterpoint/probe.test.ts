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

const TABLES = ['PS_DOC_HDR', 'PS_DOC_LIN', 'PS_DOC_HDR_TOT', 'PS_DOC_PMT', 'PS_DOC_HDR_DOC_STAT', 'IM_INV', 'AR_CUST'];
const everything = async (): Promise<unknown> => Promise.all(TABLES.map((table) => db.rows(table)));

/** An order as the store's staff would have keyed it: nothing of ours points at it. */
async function keyedByHand(letters: { readonly ovrd: string; readonly appl: string; readonly stat: string }) {
  const order = '900000001';
  const made = await bench.store.target.createDocument(draft({ order, lines: [line({ tax: '1.80' })] }));
  await db.update('PS_DOC_HDR_TOT', { HAS_TAX_OVRD: letters.ovrd }, { DOC_ID: made.docId, TOT_TYP: 'O' });
  await db.update('PS_DOC_PMT_APPLY', { APPL_TYP: letters.appl }, { DOC_ID: made.docId });
  await db.update('PS_DOC_HDR_DOC_STAT', { DOC_STAT: letters.stat }, { DOC_ID: made.docId });
  await db.query("delete from cantus.line_link where order_no = '900000001'");
  await db.query("delete from cantus.order_link where order_no = '900000001'");
  return made.docId;
}

test('a probe answers the open points from what the database holds, and writes nothing', async () => {
  await keyedByHand({ ovrd: 'T', appl: 'D', stat: 'X' });
  const before = await everything();
  const report = await bench.store.target.probe();
  expect(await everything()).toEqual(before);
  expect(report.suggested).toEqual({ taxOverridden: 'T', depositAppliesTo: 'D' });
  expect(report.findings.join('\n')).toMatch(/DOC_STAT of orders also holds X/);
  const evidence = (id: string) => report.answers.find((answer) => answer.id === id)?.evidence ?? [];
  expect(evidence('linkColumns')).toContainEqual({
    TABLE: 'PS_DOC_PKG_TRK_NO',
    COLUMN: 'PKG_TRK_NO',
    TYPE: expect.stringMatching(/char.*\(\d+\)/),
    NULL: 'no',
    DEFAULT: 'no',
  });
  expect(evidence('linkKeys').map((row) => `${row['TABLE'] ?? ''}.${row['COLUMN'] ?? ''}`)).toContain(
    'PS_DOC_HDR_ORIG_DOC.ORIG_DOC_ID',
  );
  expect(evidence('required').map((row) => row['COLUMN'])).toContain('INITIAL_MIN_DUE');
  expect(evidence('committed')).toHaveLength(1);
  expect(evidence('codeTables').map((row) => row['TABLE'])).toContain('SY_TAX_COD');
});

test('every question is answered or says what the database lacks', async () => {
  const { answers } = await bench.store.target.probe();
  const refused = answers.filter(({ unanswered }) => unanswered !== undefined);
  expect(refused.map(({ id, unanswered }) => `${id}: ${unanswered ?? ''}`)).toEqual(
    refused.map(({ id }): unknown => expect.stringMatching(new RegExp(`^${id}: not in this database: `))),
  );
  expect(JSON.stringify(answers)).not.toMatch(/Ada|shop\.example/);
});

test('what the probe found overrules the guess: the documents are written with it', async () => {
  const told = await bench.another({ guesses: { taxOverridden: 'T', depositAppliesTo: 'D' } });
  const made = await told.target.createDocument(
    draft({ order: '900000002', lines: [line({ itemId: 2, tax: '1.80' })] }),
  );
  expect(await db.rows('PS_DOC_HDR_TOT', { DOC_ID: made.docId, TOT_TYP: 'O' })).toMatchObject([{ HAS_TAX_OVRD: 'T' }]);
  expect(await db.rows('PS_DOC_PMT_APPLY', { DOC_ID: made.docId })).toMatchObject([{ APPL_TYP: 'D' }]);
  expect((await told.target.probe()).suggested).toEqual({});
});

test('C5-21 C5-64 whether misc charge 1 is taxed is read from what people keyed, or from the column that is named', async () => {
  await db.query("delete from cantus.order_link where order_no = '900000001'");
  expect(await bench.store.target.miscChargeTaxed()).toBe(false);
  await db.query(
    'update dbo."PS_DOC_TAX" set "TXBL_MISC_CHG_AMT_1" = 5 where "DOC_ID" not in (select doc_id from cantus.order_link)',
  );
  expect(await bench.store.target.miscChargeTaxed()).toBe(true);
  const named = await bench.another({ guesses: { miscChargeTaxed: 'PS_STR_CFG_PS.USE_MISC_2' } });
  expect(await named.target.miscChargeTaxed()).toBe(false);
  const nothing = await storeBench({}, place);
  try {
    expect(await nothing.store.target.miscChargeTaxed()).toBeNull();
  } finally {
    await nothing.close();
  }
});
