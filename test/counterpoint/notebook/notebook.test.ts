import { storeBench, type StoreBench } from '../../support/store';
import { place } from '../place';

let bench: StoreBench;
beforeAll(async () => {
  bench = await storeBench({}, place);
});
afterAll(() => bench.close());

test('P-18 a parked record keeps its reason until it is unparked, and parking it again replaces it', async () => {
  const { store } = bench;
  await store.notebook.park({ key: 'entity:9', order: null, reason: 'first' });
  await store.notebook.park({ key: 'entity:9', order: '100000009', reason: 'x'.repeat(2_000) });
  const [record, ...others] = await store.notebook.parked();
  expect(others).toEqual([]);
  expect(record).toMatchObject({ key: 'entity:9', order: '100000009', reason: 'x'.repeat(1_000) });
  expect(Date.parse(record?.at ?? '')).toBeGreaterThan(0);
  expect(await (await bench.another({}, 'other')).notebook.parked()).toEqual([]);
  await store.notebook.unpark('entity:9');
  expect(await store.notebook.parked()).toEqual([]);
});

test("the shop's fingerprints are remembered per order and instance, also by two at once", async () => {
  const { store } = bench;
  await Promise.all([
    store.notebook.rememberShop('1', 'a'),
    store.notebook.rememberShop('1', 'b'),
    store.notebook.rememberShop('2', 'c'),
  ]);
  await store.notebook.rememberShop('1', 'd');
  expect(await store.notebook.shopFingerprints(['1', '2', '3'])).toEqual(
    new Map([
      ['1', 'd'],
      ['2', 'c'],
    ]),
  );
  expect(await store.notebook.shopFingerprints([])).toEqual(new Map());
  expect(await (await bench.another({}, 'other')).notebook.shopFingerprints(['1'])).toEqual(new Map());
});
