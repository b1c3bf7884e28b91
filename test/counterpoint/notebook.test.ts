import { storeBench, type StoreBench } from '../support/store';
import { place } from './place';

let bench: StoreBench;
beforeAll(async () => {
  bench = await storeBench({}, place);
});
afterAll(() => bench.close());

test('P-18 a parked record keeps its reason until it is unparked, and parking it again replaces it', async () => {
  const { store } = bench;
  await store.park({ key: 'entity:9', order: null, reason: 'first' });
  await store.park({ key: 'entity:9', order: '100000009', reason: 'x'.repeat(2_000) });
  const [record, ...others] = await store.parked();
  expect(others).toEqual([]);
  expect(record).toMatchObject({ key: 'entity:9', order: '100000009', reason: 'x'.repeat(1_000) });
  expect(Date.parse(record?.at ?? '')).toBeGreaterThan(0);
  expect(await (await bench.another({}, 'other')).parked()).toEqual([]);
  await store.unpark('entity:9');
  expect(await store.parked()).toEqual([]);
});

test("the shop's fingerprints are remembered per order and instance, also by two at once", async () => {
  const { store } = bench;
  await Promise.all([store.rememberShop('1', 'a'), store.rememberShop('1', 'b'), store.rememberShop('2', 'c')]);
  await store.rememberShop('1', 'd');
  expect(await store.shopFingerprints(['1', '2', '3'])).toEqual(
    new Map([
      ['1', 'd'],
      ['2', 'c'],
    ]),
  );
  expect(await store.shopFingerprints([])).toEqual(new Map());
  expect(await (await bench.another({}, 'other')).shopFingerprints(['1'])).toEqual(new Map());
});
