import { draft } from '../support/drafts';
import { storeBench, type StoreBench } from '../support/store';

let bench: StoreBench;
beforeAll(async () => { bench = await storeBench(); });
afterAll(async () => { await bench.close(); });

test('smoke', async () => {
  const made = await bench.store.createDocument(draft());
  expect(made.created).toBe(true);
  console.log(made, JSON.stringify(await bench.store.observe('100000001')));
  const again = await bench.store.createDocument(draft());
  expect(again).toEqual({ ...made, created: false });
  const no = await bench.clerk().release({ order: '100000001', lines: [{ sku: 'S1', qty: 1 }] });
  console.log(no, JSON.stringify(await bench.store.observe('100000001')));
  const ch = await bench.store.changes(50); console.log(ch);
  await bench.store.markSeen(ch); console.log(await bench.store.changes(50));
});
