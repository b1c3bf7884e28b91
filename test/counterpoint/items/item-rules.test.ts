import { openStore, type Store } from '../../../counterpoint';
import type { ItemSettings } from '../../../domain/item-rules';
import { draft, line } from '../../support/drafts';
import { storeBench, type StoreBench } from '../../support/store';
import { place } from '../place';

let bench: StoreBench;
beforeAll(async () => {
  bench = await storeBench({}, place);
});
afterAll(() => bench.close());

let next = 700_000_000;
const opened: Store[] = [];
afterEach(() => Promise.all(opened.splice(0).map((store) => store.close())));

async function itemOf(sku: string, items: Partial<ItemSettings>, named?: true) {
  const store = await openStore({ ...bench.settings, items: { map: {}, rules: [], ...items } });
  opened.push(store);
  const order = String((next += 1));
  const lines = [{ ...line({ sku }), ...(named ? { named } : {}) }];
  const made = await store.target.createDocument(draft({ order, lines }));
  const [row] = await bench.database.rows('PS_DOC_LIN', { DOC_ID: made.docId });
  return { item: row?.['ITEM_NO'], unit: row?.['SELL_UNIT'], notes: made.notes };
}
const OPTIONS = { pattern: '^(S\\d+)(-.*)?$', item: '$1' };

test('P-13 the SKU of a product with options is its base item by a rule, and the timeline says which', async () => {
  expect(await itemOf('S1-gold-L', { rules: [OPTIONS] })).toMatchObject({
    item: 'S1',
    notes: ['"S1-gold-L" was taken for item S1 (items.rules.0).'],
  });
});

test('P-13 a rule never takes a SKU that Counterpoint knows, and the first that yields an existing item is taken', async () => {
  expect(await itemOf('S1-CASE12', { rules: [OPTIONS] })).toMatchObject({ item: 'S1', unit: '1' });
  const rules = [{ pattern: '^(S2)-.*$', item: 'GONE-$1' }, OPTIONS];
  expect(await itemOf('S2-gold', { rules })).toMatchObject({ item: 'S2' });
});

test('P-13 the map wins over item numbers and rules whatever the case, and may name a barcode', async () => {
  expect(await itemOf('s1', { map: { S1: 'S2' }, rules: [OPTIONS] })).toMatchObject({ item: 'S2' });
  expect(await itemOf('BOX', { map: { BOX: 'S1-CASE12' } })).toMatchObject({ item: 'S1', unit: '1' });
});

test('P-13 an item that the map names and Counterpoint lacks stops the order: nothing else is tried', async () => {
  await expect(itemOf('S1', { map: { S1: 'NOPE' } })).rejects.toThrow(/no item or barcode "NOPE"/);
});

test('P-13 what a repair named is not mapped again', async () => {
  expect(await itemOf('S1', { map: { S1: 'S2' } }, true)).toMatchObject({ item: 'S1' });
});

test('P-13 a pattern without end costs its order a second, not the worker', async () => {
  const endless = itemOf(`${'a'.repeat(60)}!`, { rules: [{ pattern: '^(a+)+$', item: '$1' }] });
  await expect(endless).rejects.toMatchObject({ facts: { kind: 'misconfigured', code: 'itemRuleEndless' } });
});
