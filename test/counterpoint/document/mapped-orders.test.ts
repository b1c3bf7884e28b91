import { draftDocument } from '../../../domain/document';
import { decimal, money } from '../../../domain/money';
import type { Settings } from '../../../domain/settings';
import { openStore } from '../../../counterpoint';
import { parseOrder } from '../../../magento/parse/order';
import type { SandboxDatabase } from '../../../sandbox/counterpoint';
import { sampleOrder } from '../../../sandbox/shop';
import { storeBench, type StoreBench } from '../../support/store';
import { place } from '../place';

let bench: StoreBench;
let db: SandboxDatabase;
beforeAll(async () => {
  bench = await storeBench({}, place);
  db = bench.database;
});
afterAll(() => bench.close());

const written = async (order: unknown, totals: Settings['totals'] = {}): Promise<string> => {
  const { store, settings } = bench;
  const room = { codePage: await store.target.codePage(), addressLengths: await store.target.addressLengths() };
  const payments: Settings['payments'] = { ...settings.payments, testgateway: { payCode: 'CARD', kind: 'cash' } };
  const draft = draftDocument(parseOrder(order), { ...settings, payments, totals }, room);
  return (await store.target.createDocument(draft)).docId;
};

const numbered = (name: string, incrementId: string, more: object = {}): object => ({
  ...sampleOrder(name),
  increment_id: incrementId,
  entity_id: Number(incrementId),
  ...more,
});

test('a long street is written into the next address lines of the document, whole', async () => {
  const docId = await written(numbered('field-long-street-line', '300000001'));
  const contacts = await db.rows('PS_DOC_CONTACT', { DOC_ID: docId });
  const shipTo = contacts.find((row) => Number(row['CONTACT_ID']) === 2);
  expect(shipTo).toMatchObject({
    ADRS_1: 'Eerste Jan van der Heijdenstraat 157 H,',
    ADRS_2: 'Gebouw B, derde etage links',
    ADRS_3: null,
  });
});

test('the lengths of the database’s own address columns are the ones that count', async () => {
  const short = await storeBench({}, place);
  try {
    const type = short.database.engine === 'postgres' ? 'type varchar(60)' : 'varchar(60)';
    await short.database.query(`alter table dbo."PS_DOC_CONTACT" alter column "ADRS_1" ${type}`);
    const store = await openStore(short.settings);
    expect(await store.target.addressLengths()).toEqual([60, 40, 40]);
    await store.close();
  } finally {
    await short.close();
  }
});

test('the shopper’s notes stand as a note of the document, as RTF and plain', async () => {
  const docId = await written(numbered('field-shopper-notes', '300000002', { customer_note: 'Back {door} 👍\nZoë' }));
  const [note] = await db.rows('PS_DOC_NOTE', { DOC_ID: docId });
  expect(note?.['NOTE_ID']).toBe('SHOPPER');
  expect(note?.['NOTE_TXT']).toMatch(/^Back \{door\} ?\r\nZoë\r\n\r\nBold order comment: Ring twice$/);
  expect(note?.['NOTE']).toContain('Back \\{door\\}');
});

test.each([
  ['live-tax-before-discount-all-off', '300000003', ['0.00', '50.00', '10.00', '60.00']],
  ['live-tax-included-all-off', '300000004', ['0.00', '20.83', '4.17', '25.00']],
  ['field-sub-cent-amounts', '300000005', ['11.51', '7.95', '1.10', '20.56']],
  ['field-row-total-without-quantity', '300000006', ['27.37', '0.00', '1.82', '29.19']],
])('P-09 %s is written with a ledger that closes', async (name, number, figures) => {
  const items = (sampleOrder(name)['items'] as { sku: string }[]).map((item) => ({
    ...item,
    sku: item.sku === 'C-Red' ? 'S1' : item.sku,
  }));
  const docId = await written(numbered(name, number, { items }));
  const totals = (await db.rows('PS_DOC_HDR_TOT', { DOC_ID: docId })).find((row) => row['TOT_TYP'] === 'O');
  expect(['SUB_TOT', 'TOT_MISC', 'TAX_AMT', 'TOT'].map((column) => money(Number(totals?.[column])))).toEqual(figures);
  const [sub, misc, tax, total] = figures.map((figure) => decimal(figure));
  expect(
    total
      ?.minus(sub ?? 0)
      .minus(misc ?? 0)
      .minus(tax ?? 0)
      .toFixed(2),
  ).toBe('0.00');
});

describe('totals with a place in the configuration', () => {
  const carrying = (incrementId: string): object => {
    const order = sampleOrder('field-empty-product-option');
    const total = Number(order['base_grand_total']);
    return numbered('field-empty-product-option', incrementId, {
      base_surcharge_amount: 4,
      base_grand_total: total + 4.8,
      grand_total: total + 4.8,
      base_tax_amount: 0.8,
    });
  };

  test('P-10 a misc charge stands on the document with its tax, and a charge that is off is named', async () => {
    const totals = { surcharge: { miscCharge: 2 } };
    await expect(written(carrying('300000010'), totals)).rejects.toThrow(
      /misc charge 2 is not enabled for store WEB, and the order carries base_surcharge_amount/,
    );
    await db.update('PS_STR_CFG_PS', { USE_MISC_2: 'Y' }, { STR_ID: 'WEB' });
    const docId = await written(carrying('300000010'), totals);
    const charges = await db.rows('PS_DOC_HDR_MISC_CHRG', { DOC_ID: docId, MISC_CHRG_NO: 2 });
    expect(
      charges.map((row) => [row['MISC_AMT'], row['MISC_TAX_AMT_ALLOC']].map((each) => money(Number(each)))),
    ).toEqual([['4.00', '0.80']]);
    const [tax] = await db.rows('PS_DOC_TAX', { DOC_ID: docId });
    expect(money(Number(tax?.['TXBL_MISC_CHG_AMT_2']))).toBe('4.00');
    const header = (await db.rows('PS_DOC_HDR_TOT', { DOC_ID: docId })).find((row) => row['TOT_TYP'] === 'O');
    expect([header?.['TOT_MISC'], header?.['TOT']].map((each) => money(Number(each)))).toEqual(['4.00', '14.80']);
  });

  test('P-10 an item is a line that no row of the shop is tied to; an unknown one waits by its number', async () => {
    await expect(written(carrying('300000011'), { surcharge: { item: 'NO-SUCH' } })).rejects.toMatchObject({
      facts: { reason: 'unknownSku' },
    });
    const docId = await written(carrying('300000011'), { surcharge: { item: 'S2' } });
    const lines = await db.rows('PS_DOC_LIN', { DOC_ID: docId });
    expect(lines.map((row) => [row['ITEM_NO'], row['REF'], money(Number(row['EXT_PRC']))])).toEqual(
      expect.arrayContaining([['S2', null, '4.00']]),
    );
    const before = await bench.store.target.observe('300000011');
    expect(before.lines.map(({ ordered, released }) => [ordered, released])).toEqual([['1', '0']]);
    await bench.clerk().release({ order: '300000011' });
    const { tickets, lines: open } = await bench.store.target.observe('300000011');
    // The charge left with the goods, and is nothing that the shop could invoice.
    expect(tickets.map(({ lines: released, amount }) => [released, amount])).toEqual([[[[1, '1']], '14.80']]);
    expect(open).toHaveLength(1);
  });

  test('P-10 a pay code is a payment beside the order’s own', async () => {
    const order = numbered('field-empty-product-option', '300000012', {
      base_grand_total: 7.5,
      grand_total: 7.5,
      base_voucher_amount: 2.5,
    });
    const docId = await written(order, { voucher: { payCode: 'COD' } });
    const payments = await db.rows('PS_DOC_PMT', { DOC_ID: docId });
    expect(payments.map((row) => [row['PAY_COD'], money(Number(row['AMT']))]).sort()).toEqual([
      ['CHECK', '7.50'],
      ['COD', '2.50'],
    ]);
    // The shop's own total is net of it, so the census has to know what was written.
    expect(await bench.store.target.census({ orders: ['300000012'] })).toMatchObject([
      { total: '10.00', tenders: '2.50' },
    ]);
  });

  test('P-10 preflight names every place of totals that Counterpoint does not have', async () => {
    const fresh = await storeBench({}, place);
    const store = await openStore({
      ...fresh.settings,
      totals: { voucher: { payCode: 'NOPAY' }, surcharge: { miscCharge: 3 }, gift_wrap: { item: 'NOITEM' } },
    });
    try {
      const problems = (await store.target.check()).join('\n');
      expect(problems).toMatch(/Pay code NOPAY of totals.voucher is not in Counterpoint/);
      expect(problems).toMatch(/Misc charge 3 of totals.surcharge is not enabled for store WEB/);
      expect(problems).toMatch(/Item NOITEM of totals.gift_wrap is not in Counterpoint/);
    } finally {
      await store.close();
      await fresh.close();
    }
  });
});
