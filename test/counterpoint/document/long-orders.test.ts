import { openEngine } from '../../../database/engines/open-engine';
import { inRequests } from '../../../database/engines/batch-limits';
import { sql } from '../../../database/kysely';
import { inPortions } from '../../../database/portions';
import type { CantusError } from '../../../domain/errors';
import { draft, line } from '../../support/drafts';
import { storeBench, type StoreBench } from '../../support/store';
import { place } from '../place';

let bench: StoreBench;
beforeAll(async () => {
  bench = await storeBench({}, place);
});
afterAll(() => bench.close());

const LINES = 600;

test('P-02 an order of 600 lines is written, read back and seen, in requests that SQL Server takes', async () => {
  const lines = Array.from({ length: LINES }, (_, at) => line({ itemId: at + 1, sku: at % 2 ? 'S1' : 'S2', qty: '1' }));
  const order = '810000001';
  expect((await bench.store.target.createDocument(draft({ order, lines }))).created).toBe(true);
  const side = await bench.store.target.observe(order);
  expect(side.lines).toHaveLength(LINES);
  expect(side.untouched).toBe(true);
  expect(await bench.store.target.census({ orders: [order] })).toEqual([
    expect.objectContaining({ order, lines: LINES }),
  ]);
  expect(await bench.store.target.removeUntouched(order)).toBe(true);
});

test('questions about thousands of orders and notes at once are cut, and nothing is left out', async () => {
  const orders = Array.from({ length: 2_500 }, (_, at) => String(820_000_000 + at));
  const asked = [...orders.slice(0, 2), ...orders.slice(-2)];
  for (const order of asked) {
    await bench.store.notebook.rememberShop(order, `f${order}`);
    await bench.store.target.markSeen([{ order, keys: ['M:1@log'], what: 'told' }]);
  }
  expect([...(await bench.store.notebook.shopFingerprints(orders)).keys()].sort()).toEqual(asked);
  const told = await bench.store.notebook.alreadyTold(orders.map((order) => ({ order, key: 'M:1@log' })));
  expect([...told].sort()).toEqual(asked.map((order) => `${order} M:1@log`));
  const many = orders.map((_, at) => ({ order: asked[0] ?? '', key: `M:${String(at)}@log` }));
  expect(await bench.store.notebook.alreadyTold(many)).toEqual(new Set([`${asked[0] ?? ''} M:1@log`]));
});

test('what SQL Server would refuse is refused before it is sent, on either engine, with nothing written', async () => {
  const engine = openEngine(bench.settings.counterpoint.connection, () => undefined);
  try {
    const row = sql`(${'test'}, ${'1'}, ${'f'}, ${'2026-01-01T00:00:00Z'})`;
    const insert = sql`insert into cantus.shop_seen (instance, order_no, fingerprint, seen_at) values ${sql.join(Array.from({ length: 600 }, () => row))}`;
    const error = (await engine.write([insert]).catch((thrown: unknown) => thrown)) as CantusError;
    expect(error.facts).toMatchObject({ kind: 'refused', code: 'requestTooLarge' });
  } finally {
    await engine.close();
  }
});

test('statements fill a request up to its limits, in their order', () => {
  const query = (parameters: number) =>
    ({ sql: 'select 1', parameters: Array.from({ length: parameters }, () => 'x') }) as unknown as Parameters<
      typeof inRequests
    >[0][number];
  expect(inRequests([query(1_500), query(400), query(200), query(2_050)]).map((each) => each.length)).toEqual([
    2, 1, 1,
  ]);
  expect(() => inRequests([query(2_099)])).toThrow(/2099 values/);
  const literal = {
    ...query(0),
    sql: `insert into t (a) values ${Array.from({ length: 1_001 }, () => '(1)').join(', ')}`,
  };
  expect(() => inRequests([literal])).toThrow(/1001 rows/);
  expect(inPortions([1, 2, 3], 450)).toEqual([[1, 2], [3]]);
});
