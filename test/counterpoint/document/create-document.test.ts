import { CantusError } from '../../../domain/errors';
import { roundTrips } from '../../../counterpoint';
import type { SandboxDatabase } from '../../../sandbox/counterpoint';
import { draft, line, PERSON } from '../../support/drafts';
import { storeBench, type StoreBench } from '../../support/store';
import { created } from './created';
import { place } from '../place';

let bench: StoreBench;
let db: SandboxDatabase;
beforeAll(async () => {
  bench = await storeBench({}, place);
  db = bench.database;
});
afterAll(() => bench.close());

let next = 200_000_000;
const orderNo = (): string => String((next += 1));

const only = async (table: string, where: Record<string, string | number>) => {
  const rows = await db.rows(table, where);
  expect(rows).toHaveLength(1);
  return rows[0] ?? {};
};
const amount = (value: unknown): string => Number(value).toFixed(2);
async function refusal(work: Promise<unknown>): Promise<CantusError> {
  const error: unknown = await work.then(
    () => null,
    (thrown: unknown) => thrown,
  );
  expect(error).toBeInstanceOf(CantusError);
  return error as CantusError;
}

test("C5-88 C5-17 C5-22 C5-24 C5-26 C5-27 the order carries the shop's number, names, overridden prices and discounts as line discounts", async () => {
  const order = orderNo();
  const made = await bench.store.target.createDocument(
    draft({
      order,
      lines: [
        line({ itemId: 11, qty: '3', price: '10.00', discount: '4.50', description: 'Simple one, hand-made' }),
        line({ itemId: 12, sku: 'S2', qty: '1', price: '7.37' }),
      ],
    }),
  );
  const header = await only('PS_DOC_HDR', { DOC_ID: made.docId });
  expect(header).toMatchObject({
    TKT_NO: order,
    DOC_TYP: 'O',
    DRW_SESSION_ID: null,
    STR_ID: 'WEB',
    BILL_TO_CONTACT_ID: 1,
    SHIP_TO_CONTACT_ID: 2,
  });
  const [first, second] = (await db.rows('PS_DOC_LIN', { DOC_ID: made.docId })).sort(
    (a, b) => Number(a['LIN_SEQ_NO']) - Number(b['LIN_SEQ_NO']),
  );
  expect(first).toMatchObject({
    DESCR: 'Simple one, hand-made',
    LIN_TYP: 'O',
    USR_ENTD_PRC: 'Y',
    HAS_PRC_OVRD: 'Y',
    PRC_OVRD_REAS: 'MAGENTO',
  });
  expect([first?.['PRC_1'], first?.['CALC_PRC'], first?.['GROSS_EXT_PRC'], first?.['EXT_PRC']].map(amount)).toEqual([
    '10.00',
    '8.50',
    '30.00',
    '25.50',
  ]);
  expect([second?.['PRC_1'], second?.['CALC_PRC']].map(amount)).toEqual(['7.37', '7.37']);
  const discount = await only('PS_DOC_DISC', { DOC_ID: made.docId });
  expect(discount).toMatchObject({ LIN_SEQ_NO: 1, APPLY_TO: 'L', DISC_TYP: 'B' });
  expect(amount(discount['DISC_AMT'])).toBe('4.50');
});

test('C5-18 C5-59 C5-60 shipping is misc charge 1 and all tax is an override with its reason', async () => {
  const order = orderNo();
  const made = await bench.store.target.createDocument(
    draft({ order, lines: [line({ tax: '1.65' })], shipping: { amount: '5.00', tax: '0.41' } }),
  );
  const charge = await only('PS_DOC_HDR_MISC_CHRG', { DOC_ID: made.docId });
  expect(charge).toMatchObject({ TOT_TYP: 'O', MISC_CHRG_NO: 1, MISC_TYP: 'A' });
  expect([charge['MISC_AMT'], charge['MISC_TAX_AMT_ALLOC']].map(amount)).toEqual(['5.00', '0.41']);
  expect(await only('PS_DOC_HDR', { DOC_ID: made.docId })).toMatchObject({
    TAX_COD: 'MAGENTO',
    TAX_OVRD_REAS: 'MAGENTO',
  });
  const tax = await only('PS_DOC_TAX', { DOC_ID: made.docId });
  expect(tax).toMatchObject({ AUTH_COD: 'MAGENTO', RUL_COD: 'TAX', TAX_DOC_PART: 'O' });
  expect([tax['TAX_AMT'], tax['NORM_TAX_AMT']].map(amount)).toEqual(['2.06', '0.00']);
});

test("C5-32 C5-44 a cash order gets a deposit and a deposit ticket, with totals O, R and V that follow Counterpoint's arithmetic", async () => {
  const order = orderNo();
  const made = await bench.store.target.createDocument(
    draft({ order, lines: [line({ qty: '2', price: '10.00', tax: '1.80' })] }),
  );
  const totals = new Map((await db.rows('PS_DOC_HDR_TOT', { DOC_ID: made.docId })).map((row) => [row['TOT_TYP'], row]));
  expect([...totals.keys()].sort()).toEqual(['O', 'R', 'V']);
  const figures = (type: string) =>
    ['SUB_TOT', 'TAX_AMT', 'TOT_MISC', 'TOT', 'TOT_TND', 'AMT_DUE'].map((name) => amount(totals.get(type)?.[name]));
  expect(figures('O')).toEqual(['20.00', '1.80', '5.00', '26.80', '26.80', '0.00']);
  expect(figures('R')).toEqual(['20.00', '0.00', '0.00', '20.00', '0.00', '-6.80']);
  expect(figures('V')).toEqual(['0.00', '0.00', '0.00', '0.00', '0.00', '0.00']);
  const ticket = await only('PS_DOC_HDR', { TKT_NO: made.depositTicketNo ?? '' });
  expect(ticket).toMatchObject({ DOC_TYP: 'T', IS_REL_TKT: 'N', DRW_SESSION_ID: '20111' });
  expect(await only('PS_DOC_HDR_ORIG_DOC', { DOC_ID: String(ticket['DOC_ID']) })).toMatchObject({
    ORIG_DOC_ID: made.docId,
  });
  expect((await db.rows('PS_DOC_LIN', { DOC_ID: String(ticket['DOC_ID']) })).map((row) => row['LIN_TYP'])).toEqual([
    'U',
  ]);
  for (const docId of [made.docId, String(ticket['DOC_ID'])]) {
    const payment = await only('PS_DOC_PMT', { DOC_ID: docId });
    expect(payment).toMatchObject({ PAY_COD: 'CHECK', FINAL_PMT: 'N' });
    expect(amount(payment['AMT'])).toBe('26.80');
  }
  expect(amount((await only('PS_DOC_HDR_DOC_STAT', { DOC_ID: made.docId }))['TOT_DEP_RECEIVED'])).toBe('26.80');
  expect(await only('PS_DOC_AUDIT_LOG', { DOC_ID: made.docId })).toMatchObject({ ACTIV: 'N', DOC_TYP: 'O' });
});

test('C5-45 C5-50 without a deposit there is no deposit ticket, and the pay code stands as final payment of zero', async () => {
  const order = orderNo();
  const made = await bench.store.target.createDocument(
    draft({
      order,
      customerPoNo: 'PO-4711',
      payment: { kind: 'ar', payCode: 'AR', deposit: null, others: [], toBeConfirmed: false },
    }),
  );
  expect(made.depositTicketNo).toBeUndefined();
  expect(await db.rows('PS_DOC_HDR_ORIG_DOC', { ORIG_DOC_ID: made.docId })).toEqual([]);
  const payment = await only('PS_DOC_PMT', { DOC_ID: made.docId });
  expect(payment).toMatchObject({ PAY_COD: 'AR', FINAL_PMT: 'Y' });
  expect(amount(payment['AMT'])).toBe('0.00');
  expect(await only('PS_DOC_HDR', { DOC_ID: made.docId })).toMatchObject({ CUST_PO_NO: 'PO-4711' });
});

test('C5-66 a gift message becomes a note in RTF and in plain text', async () => {
  const made = await bench.store.target.createDocument(
    draft({ order: orderNo(), notes: [{ id: 'GIFT', text: 'Many {happy} returns\nJosé' }] }),
  );
  const note = await only('PS_DOC_NOTE', { DOC_ID: made.docId });
  expect(note['NOTE_ID']).toBe('GIFT');
  expect(note['NOTE_TXT']).toBe('Many {happy} returns\r\nJosé');
  expect(note['NOTE']).toContain('Many \\{happy\\} returns\\par\r\nJos\\u233?');
});

test('P-13 every SKU that Counterpoint lacks is named at once, and nothing is written', async () => {
  const order = orderNo();
  const error = await refusal(
    bench.store.target.createDocument(
      draft({ order, lines: [line({ sku: 'NOPE-1' }), line({ itemId: 2 }), line({ itemId: 3, sku: 'NOPE-2' })] }),
    ),
  );
  expect(error.facts).toMatchObject({ kind: 'refused', reason: 'unknownSku', order });
  expect(error.message).toMatch(/"NOPE-1" and "NOPE-2"/);
  expect(await db.rows('PS_DOC_HDR', { TKT_NO: order })).toEqual([]);
  expect((await bench.store.target.observe(order)).document).toBe('none');
});

test('a missing pay code, ship-via code or open drawer session, and a number in use, each stop the order by name', async () => {
  const unmapped = await refusal(
    bench.store.target.createDocument(
      draft({
        order: orderNo(),
        payment: { kind: 'cash', payCode: 'NOPAY', deposit: '32.37', others: [], toBeConfirmed: false },
      }),
    ),
  );
  expect(unmapped.facts.reason).toBe('unmappedPayment');
  expect(
    (await refusal(bench.store.target.createDocument(draft({ order: orderNo(), shipVia: 'NOSHIP' })))).facts.reason,
  ).toBe('unmappedShipping');
  await db.update('PS_DRW_SESSION', { STAT: 'C' }, { STR_ID: 'WEB' });
  const closed = await refusal(bench.store.target.createDocument(draft({ order: orderNo() })));
  expect(closed.facts).toMatchObject({ kind: 'misconfigured', code: 'drawerClosed' });
  expect(closed.facts.remedy).toMatch(/open the drawer/i);
  await db.update('PS_DRW_SESSION', { STAT: 'A' }, { STR_ID: 'WEB' });
  const order = orderNo();
  await db.insert('PS_DOC_HDR', {
    DOC_ID: '42',
    DOC_TYP: 'O',
    STR_ID: 'WEB',
    STA_ID: '1',
    TKT_NO: order,
    DOC_GUID: '6F9619FF-8B86-D011-B42D-00C04FC964FF',
  });
  expect((await refusal(bench.store.target.createDocument(draft({ order })))).facts.reason).toBe('numberTaken');
});

test('an order number leaves room for the suffix of its release tickets', async () => {
  const error = await refusal(bench.store.target.createDocument(draft({ order: '1234567890123' })));
  expect(error.facts).toMatchObject({ reason: 'fieldTooLong', field: 'PS_DOC_HDR.TKT_NO' });
  expect(error.message).toMatch(/13 characters, Counterpoint allows 12/);
  await db.update('PS_STR_CFG_PS', { USE_ORD_NO_AS_TKT_NO: 'N' }, { STR_ID: 'WEB' });
  expect((await bench.store.target.createDocument(draft({ order: '1234567890123' }))).created).toBe(true);
  await db.update('PS_STR_CFG_PS', { USE_ORD_NO_AS_TKT_NO: 'Y' }, { STR_ID: 'WEB' });
});

test('long names are cut to the real column and long identifiers are not; both are told', async () => {
  const long = { ...PERSON, name: 'A'.repeat(60), city: 'Żółć and a very long city name' };
  const made = await bench.store.target.createDocument(draft({ order: orderNo(), billing: long }));
  expect(made.changes).toEqual(
    expect.arrayContaining([
      { field: 'PS_DOC_CONTACT.NAM', change: 'truncated', from: 60, to: 40 },
      expect.objectContaining({ field: 'PS_DOC_CONTACT.CITY', change: 'transliterated' }),
      expect.objectContaining({ field: 'PS_DOC_CONTACT.CITY', change: 'truncated', to: 20 }),
    ]),
  );
  expect((await only('PS_DOC_CONTACT', { DOC_ID: made.docId, CONTACT_ID: 1 }))['NAM']).toBe('A'.repeat(40));
  const error = await refusal(
    bench.store.target.createDocument(
      draft({ order: orderNo(), billing: { ...PERSON, state: 'North Rhine-Westphalia' } }),
    ),
  );
  expect(error.facts).toMatchObject({ reason: 'fieldTooLong', field: 'PS_DOC_CONTACT.STATE' });
});

test('with textPolicy reject, text outside the code page stops the order', async () => {
  const strict = await bench.another({ textPolicy: 'reject' });
  const error = await refusal(
    strict.target.createDocument(draft({ order: orderNo(), billing: { ...PERSON, city: 'Łódź' } })),
  );
  expect(error.facts).toMatchObject({ reason: 'badText', field: 'PS_DOC_CONTACT.CITY' });
});

test('P-01 ten writers at once and a repeated run make one document', async () => {
  const order = orderNo();
  const before = await db.rows('PS_DOC_HDR');
  const other = await bench.another();
  const made = await Promise.all(
    Array.from({ length: 10 }, (_, index) => created(index % 2 === 0 ? bench.store : other, draft({ order }))),
  );
  expect(made.filter((each) => each.created)).toHaveLength(1);
  expect(new Set(made.map((each) => each.docId)).size).toBe(1);
  expect((await db.rows('PS_DOC_HDR')).length - before.length).toBe(2);
  expect(await bench.store.target.createDocument(draft({ order }))).toMatchObject({
    created: false,
    docId: made[0]?.docId,
  });
});

test('PC-A two instances keep their links apart, and different orders at once get numbers of their own', async () => {
  const other = await bench.another({}, 'other');
  const orders = Array.from({ length: 12 }, orderNo);
  const made = await Promise.all(
    orders.map((order, index) => created(index % 2 === 0 ? bench.store : other, draft({ order }))),
  );
  expect(new Set(made.map((each) => each.docId)).size).toBe(12);
  expect(new Set(made.map((each) => each.depositTicketNo)).size).toBe(12);
  expect((await other.target.observe(orders[0] ?? '')).document).toBe('none');
});

test('deposit ticket numbers keep prefix and padding, pass numbers in use, and come from the station when the store says so', async () => {
  await db.update('PS_STR_CFG_PS', { NXT_TKT_NO: 'M-00999' }, { STR_ID: 'WEB' });
  await db.insert('PS_DOC_HDR', {
    DOC_ID: '43',
    DOC_TYP: 'T',
    STR_ID: 'WEB',
    STA_ID: '1',
    TKT_NO: 'M-00999',
    DOC_GUID: '6F9619FF-8B86-D011-B42D-00C04FC96400',
  });
  expect((await bench.store.target.createDocument(draft({ order: orderNo() }))).depositTicketNo).toBe('M-01000');
  expect((await only('PS_STR_CFG_PS', { STR_ID: 'WEB' }))['NXT_TKT_NO']).toBe('M-01001');
  await db.update('PS_STR_CFG_PS', { TKT_NO_METH: 'T' }, { STR_ID: 'WEB' });
  await db.update('PS_STA_CFG_PS', { NXT_TKT_NO: '7' }, { STR_ID: 'WEB' });
  expect((await bench.store.target.createDocument(draft({ order: orderNo() }))).depositTicketNo).toBe('7');
  await db.update('PS_STR_CFG_PS', { TKT_NO_METH: 'S' }, { STR_ID: 'WEB' });
});

test('a grid item is found by the barcode of its cell, and stock is committed on item and cell', async () => {
  const before = await only('IM_INV_CELL', { ITEM_NO: 'TEE', DIM_1_UPR: 'RED', DIM_2_UPR: 'M' });
  const made = await bench.store.target.createDocument(
    draft({ order: orderNo(), lines: [line({ sku: 'TEE-RED-M', qty: '2', price: '24.00' })] }),
  );
  expect(await only('PS_DOC_LIN', { DOC_ID: made.docId })).toMatchObject({
    ITEM_NO: 'TEE',
    BARCOD: 'TEE-RED-M',
    TRK_METH: 'G',
  });
  expect(await only('PS_DOC_LIN_CELL', { DOC_ID: made.docId })).toMatchObject({ DIM_1_UPR: 'RED', DIM_2_UPR: 'M' });
  const after = await only('IM_INV_CELL', { ITEM_NO: 'TEE', DIM_1_UPR: 'RED', DIM_2_UPR: 'M' });
  expect(Number(after['QTY_COMMIT']) - Number(before['QTY_COMMIT'])).toBe(2);
  expect(Number((await only('IM_INV', { ITEM_NO: 'TEE' }))['QTY_ON_ORD'])).toBe(2);
});

test('without commitInventory neither stock nor customer is touched', async () => {
  const quiet = await bench.another({ commitInventory: false });
  const stock = await only('IM_INV', { ITEM_NO: 'S3' });
  const made = await quiet.target.createDocument(
    draft({ order: orderNo(), lines: [line({ sku: 'S3', price: '25.00' })] }),
  );
  expect(await only('IM_INV', { ITEM_NO: 'S3' })).toEqual(stock);
  expect(made.created).toBe(true);
});

test("an order takes at most eight round trips on SQL Server's terms", async () => {
  await bench.store.target.createDocument(draft({ order: orderNo() }));
  const before = roundTrips();
  await bench.store.target.createDocument(
    draft({ order: orderNo(), lines: Array.from({ length: 10 }, (_, index) => line({ itemId: index + 1 })) }),
  );
  expect(roundTrips() - before).toBeLessThanOrEqual(8);
});

/** A trigger that raises every extended price by one. */
const SPOILING = {
  postgres: [
    `create function dbo.spoil() returns trigger language plpgsql as $$ begin new."EXT_PRC" := new."EXT_PRC" + 1; return new; end $$`,
    'create trigger spoil before insert on dbo."PS_DOC_LIN" for each row execute function dbo.spoil()',
  ],
  sqlserver: [
    'create trigger dbo.spoil on dbo.PS_DOC_LIN after insert as update n set EXT_PRC = n.EXT_PRC + 1 from dbo.PS_DOC_LIN n join inserted i on i.DOC_ID = n.DOC_ID and i.LIN_SEQ_NO = n.LIN_SEQ_NO',
  ],
} as const;

test('P-03 a database that changes what was written keeps nothing of it', async () => {
  for (const statement of SPOILING[db.engine]) await db.query(statement);
  const order = orderNo();
  const error = await refusal(bench.store.target.createDocument(draft({ order })));
  await db.query(db.engine === 'postgres' ? 'drop trigger spoil on dbo."PS_DOC_LIN"' : 'drop trigger dbo.spoil');
  expect(error.facts).toMatchObject({ code: 'readBackDiffers', field: 'PS_DOC_LIN' });
  expect(await db.rows('PS_DOC_HDR', { TKT_NO: order })).toEqual([]);
  expect((await bench.store.target.createDocument(draft({ order }))).created).toBe(true);
});
