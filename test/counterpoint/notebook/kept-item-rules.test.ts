import { openStore, type Store } from '../../../counterpoint';
import { draft, line } from '../../support/drafts';
import { storeBench, type StoreBench } from '../../support/store';
import { place } from '../place';

let bench: StoreBench;
beforeAll(async () => {
  bench = await storeBench({}, place);
});
afterAll(() => bench.close());
afterEach(async () => {
  for (const { sku } of await bench.store.notebook.itemRules()) await bench.store.notebook.dropItemRule(sku);
});

let next = 710_000_000;

const asked = (sku: string, itemNo: string, order = '700000001') => ({ sku, itemNo, decidedBy: 'ada', order });

async function written(store: Store, sku: string) {
  const order = String((next += 1));
  const made = await store.target.createDocument(draft({ order, lines: [line({ sku })] }));
  const [row] = await bench.database.rows('PS_DOC_LIN', { DOC_ID: made.docId });
  return { item: row?.['ITEM_NO'], unit: row?.['SELL_UNIT'], notes: made.notes };
}

test('P-13 a rule that a person kept holds for every later order, whatever the case, and is taken back', async () => {
  const { store } = bench;
  await expect(written(store, 'MUG-2024')).rejects.toThrow(/no item or barcode "MUG-2024"/);
  await store.target.keepItemRule(asked(' MUG-2024 ', 's1'));
  expect(await store.notebook.itemRules()).toEqual([
    { sku: 'MUG-2024', itemNo: 's1', decidedBy: 'ada', decidedAt: expect.any(String) as string, order: '700000001' },
  ]);
  expect(await written(store, 'mug-2024')).toMatchObject({
    item: 'S1',
    notes: ['"mug-2024" was taken for item S1 (rule of the desk).'],
  });
  expect(await store.notebook.dropItemRule('Mug-2024')).toBe(true);
  expect(await store.notebook.dropItemRule('Mug-2024')).toBe(false);
  await expect(written(store, 'MUG-2024')).rejects.toThrow(/no item or barcode "MUG-2024"/);
});

test('P-13 a later word about the same SKU replaces the one before, and may name the barcode of a case', async () => {
  await bench.store.target.keepItemRule(asked('BOX', 'S2'));
  await bench.store.target.keepItemRule(asked('box', 'S1-CASE12', '700000002'));
  expect(await bench.store.notebook.itemRules()).toMatchObject([
    { sku: 'box', itemNo: 'S1-CASE12', order: '700000002' },
  ]);
  expect(await written(bench.store, 'BOX')).toMatchObject({ item: 'S1', unit: '1' });
});

test.each([
  ['NOPE', /no rule was kept for SKU "A-1", because Counterpoint has no item or barcode "NOPE"/],
  ['TEE', /item TEE is sold by its cells.*barcodes such as/],
  ['MUG-GIFT', /item MUG-GIFT is a kit/],
  ['MUG-OLD', /item MUG-OLD is not active/],
  ['4006381333931', /stands for more than one thing/],
])('P-13 no rule is kept for an item that no line could be written with: %s', async (itemNo, why) => {
  await expect(bench.store.target.keepItemRule(asked('A-1', itemNo))).rejects.toThrow(why);
  expect(await bench.store.notebook.itemRules()).toEqual([]);
});

test('P-13 rules are the instance’s own', async () => {
  const other = await bench.another({}, 'other');
  await other.target.keepItemRule(asked('MUG-2024', 'S2'));
  expect(await bench.store.notebook.itemRules()).toEqual([]);
  expect(await bench.store.notebook.dropItemRule('MUG-2024')).toBe(false);
  expect(await other.notebook.itemRules()).toHaveLength(1);
});

test('P-13 what stops an order names the shop’s SKU beside the item that somebody made of it', async () => {
  const map = { 'A-1': 'NOPE', 'A-2': 'MUG-GIFT' };
  const store = await openStore({ ...bench.settings, items: { map, rules: [] } });
  try {
    await expect(written(store, 'A-1')).rejects.toThrow(/no item or barcode "NOPE" \(items.map for SKU "A-1"\)/);
    await expect(written(store, 'A-2')).rejects.toThrow(/MUG-GIFT is a kit.* \(items.map for SKU "A-2"\)/);
    await expect(written(store, 'MUG-GIFT')).rejects.toThrow(/\(SKU "MUG-GIFT"\)/);
  } finally {
    await store.close();
  }
});

test('P-13 a map of thousands is checked, and what is wrong is found wherever it stands', async () => {
  const map = Object.fromEntries(Array.from({ length: 3_000 }, (_, at) => [`A-${String(at)}`, at % 2 ? 'S1' : 'S2']));
  const numbered = Array.from({ length: 3_000 }, (_, at) => [`B-${String(at)}`, `NO-${String(at)}`] as const);
  const store = await openStore({
    ...bench.settings,
    items: { map: { ...map, ...Object.fromEntries(numbered) }, rules: [] },
  });
  try {
    const found = await store.target.checkItems();
    expect(found).toHaveLength(3_000);
    expect(found.at(-1)).toMatch(/names "NO-2999" for SKU "B-2999"/);
  } finally {
    await store.close();
  }
});

test('P-13 an order of hundreds of unknown SKUs waits with the first few named and all counted', async () => {
  const lines = Array.from({ length: 1_200 }, (_, at) => line({ itemId: at + 1, sku: `NO-${String(at)}`, qty: '1' }));
  const order = String((next += 1));
  await expect(bench.store.target.createDocument(draft({ order, lines }))).rejects.toThrow(
    /"NO-0", .*"NO-7" and 1192 more\./,
  );
});

test('P-13 the check names what map and rules say of items that are not there, or that no line can be written with', async () => {
  const store = await openStore({
    ...bench.settings,
    items: { map: { A: 'S1', B: 'NOPE', C: 'MUG-GIFT' }, rules: [] },
  });
  try {
    await store.target.keepItemRule(asked('D', 'S2'));
    await store.target.keepItemRule(asked('E', 'S3'));
    await bench.database.update('IM_ITEM', { STAT: 'I' }, { ITEM_NO: 'S3' });
    expect(await store.target.checkItems()).toEqual([
      'items.map names "NOPE" for SKU "B", but Counterpoint has no item or barcode "NOPE". Correct items.map, or set the item right in Counterpoint.',
      expect.stringMatching(/^items.map names "MUG-GIFT" for SKU "C", but item MUG-GIFT is a kit/),
      expect.stringMatching(
        /^A rule of the desk names "S3" for SKU "E", but item S3 is not active.*orders rules --remove "E"/,
      ),
    ]);
    expect(await bench.store.target.checkItems()).toHaveLength(1);
  } finally {
    await bench.database.update('IM_ITEM', { STAT: 'A' }, { ITEM_NO: 'S3' });
    await store.close();
  }
});
