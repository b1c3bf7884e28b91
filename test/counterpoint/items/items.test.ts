import type { CantusError } from '../../../domain/errors';
import type { SandboxDatabase } from '../../../sandbox/counterpoint';
import { seedItem } from '../../../sandbox/counterpoint/seed';
import { draft, line, type LineOptions } from '../../support/drafts';
import { storeBench, type StoreBench } from '../../support/store';
import { place } from '../place';

let bench: StoreBench;
let db: SandboxDatabase;
beforeAll(async () => {
  bench = await storeBench({}, place);
  db = bench.database;
});
afterAll(() => bench.close());

let next = 600_000_000;
const orderNo = (): string => String((next += 1));
const create = (lines: readonly LineOptions[], order = orderNo()) =>
  bench.store.target
    .createDocument(draft({ order, lines: lines.map((each, index) => line({ itemId: index + 1, ...each })) }))
    .then((made) => ({ ...made, order }));
const refusal = async (...lines: LineOptions[]): Promise<CantusError> =>
  create(lines).then(
    () => Promise.reject(new Error('the order was written')),
    (error: unknown) => error as CantusError,
  );
const lineOf = async (docId: string) => (await db.rows('PS_DOC_LIN', { DOC_ID: docId }))[0] ?? {};
const stock = async (itemNo: string) => {
  const [row] = await db.rows('IM_INV', { ITEM_NO: itemNo });
  return { committed: Number(row?.['QTY_COMMIT']), onOrder: Number(row?.['QTY_ON_ORD']) };
};
const num = (row: Readonly<Record<string, unknown>>, ...names: string[]) => names.map((name) => Number(row[name]));

describe('alternate units', () => {
  test('P-11 C5-24 a barcode of a case is a line by the case: its unit, price, cost and weight, and stock in pieces', async () => {
    await db.update('IM_ITEM', { REG_PRC: '10.0000', LST_COST: '4.0000', WEIGHT: '1' }, { ITEM_NO: 'S1' });
    const before = await stock('S1');
    const made = await create([{ sku: 'S1-CASE12', qty: '2', price: '110.00' }]);
    const row = await lineOf(made.docId);
    expect(row).toMatchObject({ ITEM_NO: 'S1', BARCOD: 'S1-CASE12', SELL_UNIT: '1', QTY_UNIT: 'CASE12' });
    expect(num(row, 'QTY_SOLD', 'QTY_NUMER', 'QTY_DENOM', 'ORIG_QTY', 'QTY_TO_REL')).toEqual([2, 12, 1, 2, 2]);
    expect(num(row, 'PRC', 'EXT_PRC', 'REG_PRC', 'UNIT_COST', 'EXT_COST', 'UNIT_WEIGHT')).toEqual([
      110, 220, 120, 48, 96, 12,
    ]);
    const totals = (await db.rows('PS_DOC_HDR_TOT', { DOC_ID: made.docId, TOT_TYP: 'O' }))[0] ?? {};
    expect(num(totals, 'SUB_TOT', 'TOT_EXT_COST', 'TOT_WEIGHT')).toEqual([220, 96, 24]);
    const after = await stock('S1');
    expect([after.committed - before.committed, after.onOrder - before.onOrder]).toEqual([24, 24]);
    expect(made.notes).toEqual(['"S1-CASE12" is sold by the CASE12: 12/1 EACH each.']);
  });

  test('C5-83 an untouched order by the case gives back what it had taken of the stock', async () => {
    const before = await stock('S1');
    const { order } = await create([{ sku: 'S1-CASE12', qty: '3', price: '110.00' }]);
    expect(await bench.store.target.removeUntouched(order)).toBe(true);
    expect(await stock('S1')).toEqual(before);
  });

  test('C5-07 cases and single pieces of one item are lines of their own, and a release of each is told in its unit', async () => {
    const clerk = bench.clerk();
    const { order } = await create([
      { sku: 'S1-CASE12', qty: '2', price: '110.00' },
      { sku: 'S1', qty: '3' },
    ]);
    const no = await clerk.release({
      order,
      lines: [
        { line: 1, qty: 1 },
        { line: 2, qty: 3 },
      ],
    });
    const saved = await bench.store.target.observe(order);
    expect(saved.tickets[0]?.lines).toEqual([
      [1, '1'],
      [2, '3'],
    ]);
    expect(saved.lines).toEqual([
      { id: 1, ordered: '2', released: '1' },
      { id: 2, ordered: '3', released: '3' },
    ]);
    await clerk.post(no);
    expect((await bench.store.target.observe(order)).tickets[0]?.lines).toEqual(saved.tickets[0]?.lines);
  });

  test('C5-07 pieces that a clerk releases of a case are told as cases, saved or posted, linked or not', async () => {
    for (const linksLines of [true, false]) {
      const clerk = bench.clerk({ linksLines });
      const { order } = await create([{ sku: 'S1-CASE12', qty: '2', price: '110.00' }]);
      const no = await clerk.release({ order, lines: [{ line: 1, qty: 24, stockingUnits: true }] });
      const saved = await bench.store.target.observe(order);
      expect(saved.tickets[0]).toMatchObject({ lines: [[1, '2']] });
      expect(saved.lines).toEqual([{ id: 1, ordered: '2', released: '2' }]);
      await clerk.post(no);
      const posted = await bench.store.target.observe(order);
      expect(posted.tickets[0]).toMatchObject({ state: 'posted', lines: [[1, '2']] });
      expect(posted).toMatchObject({ document: 'closed', lines: [{ id: 1, ordered: '2', released: '2' }] });
    }
  });

  test('C5-83 a line that staff turn from cases into pieces is still the same goods', async () => {
    const { order, docId } = await create([{ sku: 'S1-CASE12', qty: '2', price: '110.00' }]);
    await db.update(
      'PS_DOC_LIN',
      { QTY_SOLD: '24', QTY_TO_REL: '24', QTY_NUMER: '1', QTY_DENOM: '1', SELL_UNIT: '0', QTY_UNIT: 'EACH' },
      { DOC_ID: docId, LIN_SEQ_NO: 1 },
    );
    expect((await bench.store.target.observe(order)).lines).toEqual([{ id: 1, ordered: '2', released: '0' }]);
    await db.update('PS_DOC_LIN', { QTY_SOLD: '12', QTY_TO_REL: '12' }, { DOC_ID: docId, LIN_SEQ_NO: 1 });
    expect((await bench.store.target.observe(order)).lines).toEqual([
      { id: 1, ordered: '2', released: '0', cancelled: '1' },
    ]);
  });

  test('P-13 a barcode for a unit that its item does not have waits with both named', async () => {
    await db.insert('IM_BARCOD', { ITEM_NO: 'S3', SEQ_NO: 9, BARCOD: 'S3-PALLET', UNIT: '4' });
    const error = await refusal({ sku: 'S3-PALLET' });
    expect(error.facts).toMatchObject({ kind: 'refused', reason: 'unknownSku', code: 'unitMissing' });
    expect(error.message).toMatch(/"S3-PALLET" is for unit 4 of item S3/);
  });
});

describe('which item', () => {
  test('P-13 a barcode of two items waits with both named, and nothing is written', async () => {
    const order = orderNo();
    const error = await create([{ sku: '4006381333931' }], order).catch((thrown: unknown) => thrown as CantusError);
    expect((error as CantusError).facts).toMatchObject({ reason: 'unknownSku', code: 'barcodeAmbiguous' });
    expect((error as CantusError).message).toMatch(/item TEA-(GREEN|BLACK) and item TEA-(GREEN|BLACK)/);
    expect(await db.rows('PS_DOC_HDR', { TKT_NO: order })).toEqual([]);
  });

  test('P-13 a barcode of two cells of one item waits with both cells named', async () => {
    await db.insert('IM_BARCOD', { ITEM_NO: 'TEE', SEQ_NO: 8, BARCOD: 'TEE-RED', DIM_1_UPR: 'RED', DIM_2_UPR: 'M' });
    await db.insert('IM_BARCOD', { ITEM_NO: 'TEE', SEQ_NO: 9, BARCOD: 'TEE-RED', DIM_1_UPR: 'RED', DIM_2_UPR: 'L' });
    const error = await refusal({ sku: 'TEE-RED' });
    expect(error.code).toBe('barcodeAmbiguous');
    expect(error.message).toMatch(/item TEE \(RED M\) and item TEE \(RED L\)/);
  });

  test('a barcode that is entered twice for the same thing is no question', async () => {
    await db.insert('IM_BARCOD', { ITEM_NO: 'S2', SEQ_NO: 8, BARCOD: 'S2-AGAIN' });
    await db.insert('IM_BARCOD', { ITEM_NO: 'S2', SEQ_NO: 9, BARCOD: 'S2-AGAIN', UNIT: '0' });
    expect((await create([{ sku: 'S2-AGAIN' }])).created).toBe(true);
  });

  test('P-13 a grid item without a cell waits, and the message says what the shop should send', async () => {
    const error = await refusal({ sku: 'TEE' });
    expect(error.facts).toMatchObject({ reason: 'unknownSku', code: 'cellMissing' });
    expect(error.message).toMatch(/item TEE is sold by its cells.*TEE-RED-M/);
  });

  test('P-13 a kit and an item that is not active wait with their reason', async () => {
    const kit = await refusal({ sku: 'MUG-GIFT' });
    expect([kit.code, kit.message]).toEqual(['kitItem', expect.stringMatching(/item MUG-GIFT is a kit/)]);
    const old = await refusal({ sku: 'MUG-OLD' });
    expect([old.code, old.message]).toEqual(['itemInactive', expect.stringMatching(/MUG-OLD is not active.*status I/)]);
  });

  test('P-13 all that stops an order is told at once, each once', async () => {
    const error = await refusal({ sku: 'NOPE' }, { sku: 'TEE' }, { sku: 'NOPE' }, { sku: 'MUG-GIFT' });
    expect(error.code).toBe('unknownSku');
    expect(error.message).toMatch(/barcode "NOPE"; item TEE is sold by.*; item MUG-GIFT is a kit/);
    expect(error.message.match(/NOPE/g)).toHaveLength(1);
  });

  test('an item number wins over the same text as a barcode of another item, and the timeline says so', async () => {
    await db.insert('IM_BARCOD', { ITEM_NO: 'S3', SEQ_NO: 7, BARCOD: 'S2' });
    const made = await create([{ sku: 'S2' }]);
    expect(await lineOf(made.docId)).toMatchObject({ ITEM_NO: 'S2' });
    expect(made.notes).toEqual(['"S2" is the number of item S2, which was taken; it is a barcode of item S3 as well.']);
  });

  test('SKUs in another case or with blanks at the end of the number find their item, as SQL Server compares; zeros in front count', async () => {
    await seedItem(db, { itemNo: '00123', description: 'Zeros', price: '1.00' });
    const made = await create([{ sku: 'chair-oak' }, { sku: 'tee-red-m' }, { sku: '00123' }]);
    const rows = await db.rows('PS_DOC_LIN', { DOC_ID: made.docId });
    expect(rows.map((row) => row['ITEM_NO']).sort()).toEqual(['00123', 'CHAIR-OAK', 'TEE']);
    expect((await refusal({ sku: '123' })).message).toMatch(/"123"/);
  });

  test('P-13 a SKU longer than any item number waits by its whole name', async () => {
    const sku = 'S1-a-very-long-sku-that-no-item-number-can-be';
    expect((await refusal({ sku })).message).toContain(`"${sku}"`);
  });

  test('serial-numbered, non-inventory and unstocked items are entered; the serial number is the clerk’s at release', async () => {
    await seedItem(db, { itemNo: 'SERIAL', description: 'Serial', price: '99.00' });
    await db.update('IM_ITEM', { TRK_METH: 'S' }, { ITEM_NO: 'SERIAL' });
    await seedItem(db, { itemNo: 'FEE', description: 'Fee', price: '5.00', type: 'N' });
    await seedItem(db, { itemNo: 'ELSEWHERE', description: 'Elsewhere', price: '5.00' });
    await db.remove('IM_INV', { ITEM_NO: 'ELSEWHERE' });
    const made = await create([{ sku: 'SERIAL' }, { sku: 'FEE' }, { sku: 'ELSEWHERE' }]);
    expect((await db.rows('PS_DOC_LIN', { DOC_ID: made.docId })).map((row) => row['TRK_METH']).sort()).toEqual([
      'N',
      'N',
      'S',
    ]);
    expect(made.notes).toEqual(["Item ELSEWHERE has no stock record at the store's location: none was committed."]);
  });

  test('P-27 an order of 900 different SKUs is looked up in statements that SQL Server takes', async () => {
    const error = await refusal(...Array.from({ length: 900 }, (_, index) => ({ sku: `GONE-${String(index)}` })));
    expect(error.message).toMatch(/"GONE-0".* and 892 more\./);
  });
});
