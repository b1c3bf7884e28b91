import { orderFingerprint } from '../../domain/shop/fingerprint';
import { createShop, parseOrder } from '../../magento';
import { failure } from './calls';
import {
  QUICK,
  internalError,
  ok,
  sampleOrder,
  settingsFor,
  startScriptedShop,
  type Answer,
  type ScriptedShop,
  type Seen,
} from './recorded-shop';

type Json = Record<string, unknown>;
const QUERY = { statuses: ['pending', 'processing'], from: '2026-11-01T05:00:00Z', storeViews: [], pageSize: 4 };

const row = (id: number, changes: Json = {}): Json => ({
  entity_id: id,
  increment_id: String(id).padStart(9, '0'),
  state: 'new',
  status: 'pending',
  store_id: 1,
  created_at: '2026-11-22 02:51:11',
  updated_at: '2026-11-22 02:51:12',
  base_grand_total: 10,
  ...changes,
});

const filtersOf = ({ query }: Seen): Map<string, string> => {
  const filters = new Map<string, string>();
  for (let group = 0; query.has(`searchCriteria[filter_groups][${group}][filters][0][field]`); group += 1) {
    const part = (name: string) => query.get(`searchCriteria[filter_groups][${group}][filters][0][${name}]`) ?? '';
    filters.set(`${part('field')} ${part('condition_type')}`, part('value'));
  }
  return filters;
};

/** The rows a call selects by entity_id, oldest first, and whether one of them breaks the page. */
function select(rows: readonly Json[], seen: Seen): Json[] {
  const filters = filtersOf(seen);
  const above = Number(filters.get('entity_id gt') ?? 0);
  const upTo = Number(filters.get('entity_id lteq') ?? Infinity);
  const below = Number(filters.get('entity_id lt') ?? Infinity);
  const size = Number(seen.query.get('searchCriteria[pageSize]'));
  return rows
    .filter(({ entity_id: id }) => Number(id) > above && Number(id) <= upTo && Number(id) < below)
    .slice(0, size);
}

const page = (rows: readonly Json[]): Answer =>
  ok({ items: rows.length === 0 ? null : rows, total_count: rows.length });

let server: ScriptedShop | undefined;
afterEach(async () => {
  await server?.close();
  server = undefined;
});

async function shopOf(answer: (seen: Seen) => Answer) {
  server = await startScriptedShop({ 'GET /orders': answer });
  return { server, shop: createShop(settingsFor(server.baseUrl), QUICK) };
}

async function readAll(shop: ReturnType<typeof createShop>) {
  const orders: number[] = [];
  const parked: { key: string; order: string | null }[] = [];
  let after: number | null | undefined;
  while (after !== null) {
    const read = await shop.candidates({ ...QUERY, ...(after === undefined ? {} : { after }) });
    orders.push(...read.orders.map(({ entityId }) => entityId));
    parked.push(...read.parked.map(({ key, order }) => ({ key, order })));
    after = read.next;
  }
  return { orders, parked };
}

describe('listing the orders to import', () => {
  test('C5-03 asks for status, day and store view, trimmed, by key and always for page 1', async () => {
    const { shop, server: seen } = await shopOf(() => page([row(6)]));
    const read = await shop.candidates({
      ...QUERY,
      storeViews: [1, 3],
      after: 5,
      updatedSince: '2026-11-20T00:00:00Z',
    });
    expect(read).toEqual({
      orders: [
        {
          entityId: 6,
          incrementId: '000000006',
          state: 'new',
          status: 'pending',
          storeId: 1,
          createdAt: '2026-11-22T02:51:11Z',
          updatedAt: '2026-11-22T02:51:12Z',
          total: '10.00',
        },
      ],
      parked: [],
      next: null,
    });
    const [call] = seen.seen;
    if (call === undefined) throw new Error('the shop was not asked');
    expect(Object.fromEntries(filtersOf(call))).toEqual({
      'status in': 'pending,processing',
      'created_at gteq': '2026-11-01 05:00:00',
      'store_id in': '1,3',
      'updated_at gteq': '2026-11-20 00:00:00',
      'entity_id gt': '5',
    });
    expect(call.query.get('searchCriteria[currentPage]')).toBe('1');
    expect(call.query.get('searchCriteria[sortOrders][0][direction]')).toBe('ASC');
    expect(call.query.get('fields')).toMatch(/^items\[/);
  });

  test.each([0, 1, 4, 5, 8, 9])(
    'P-17 %i orders are all read, each once, even where the last page is full',
    async (count) => {
      const rows = Array.from({ length: count }, (_, index) => row(index * 3 + 1));
      const { shop } = await shopOf((seen) => page(select(rows, seen)));
      expect((await readAll(shop)).orders).toEqual(rows.map((each) => each['entity_id']));
    },
  );

  test('a release that repeats its last page does not keep the reading going for ever', async () => {
    const rows = [1, 2, 3, 4].map((id) => row(id));
    const { shop } = await shopOf((seen) => page(select(rows, seen).length > 0 ? select(rows, seen) : rows));
    expect((await readAll(shop)).orders).toEqual([1, 2, 3, 4]);
  });

  test('P-18 a row without a number or state is parked by what is known of it, and the rest goes on', async () => {
    const { state: _state, ...stateless } = row(2);
    const { shop } = await shopOf((seen) => page(select([row(1), stateless, row(3, { increment_id: '' })], seen)));
    expect(await readAll(shop)).toEqual({
      orders: [1],
      parked: [
        { key: '2', order: '000000002' },
        { key: '3', order: null },
      ],
    });
  });

  const poisonous = [
    ['breaks the shop', internalError, (): boolean => true, null],
    ['breaks the shop’s JSON', { status: 200, text: '{"items":[{"entity_id":' }, (): boolean => true, null],
    [
      'breaks only when its content is shown',
      internalError,
      (seen: Seen): boolean => seen.query.get('fields') !== 'items[entity_id,increment_id],total_count',
      '000000907',
    ],
  ] as const;

  test.each(poisonous)(
    'P-18 a record that %s is found by halving and parked, and every other order is read once',
    async (_name, answer, spoils, order) => {
      const rows = [3, 5, 900, 907, 1300, 1301, 1302].map((id) => row(id));
      const { shop } = await shopOf((seen) => {
        const selected = select(rows, seen);
        return selected.some(({ entity_id: id }) => id === 907) && spoils(seen) ? answer : page(selected);
      });
      expect(await readAll(shop)).toEqual({ orders: [3, 5, 900, 1300, 1301, 1302], parked: [{ key: '907', order }] });
    },
  );

  test('P-18 a list full of broken records is left after a few, and goes on from there', async () => {
    const rows = Array.from({ length: 7 }, (_, index) => row(index + 1));
    const { shop } = await shopOf((seen) => (select(rows, seen).length > 0 ? internalError : page([])));
    expect((await readAll(shop)).parked.map(({ key }) => key)).toEqual(rows.map((_, index) => String(index + 1)));
  });

  test('a shop that fails whatever is asked has no broken record', async () => {
    const { shop } = await shopOf(() => internalError);
    expect((await failure(shop.candidates(QUERY))).facts).toMatchObject({ kind: 'transient', code: 'shopServerError' });
  });

  test('P-19 a throttled list is throttled, not halved', async () => {
    const { shop, server: seen } = await shopOf(() => ({
      status: 429,
      text: 'Too Many Requests',
      headers: { 'Retry-After': '5' },
    }));
    expect((await failure(shop.candidates(QUERY))).facts).toMatchObject({ kind: 'throttled', retryAfterMs: 5000 });
    expect(seen.seen).toHaveLength(1);
  });
});

describe('finding what changed in the shop', () => {
  const sample = sampleOrder('live-bundle-together');
  const trimmed = (changes: Json = {}): Json => ({ ...sample, ...changes });
  const SINCE = '2026-11-22T03:00:00Z';
  const nothing = page([]);

  const shopWith = async (script: Record<string, (seen: Seen) => Answer>) => {
    server = await startScriptedShop({
      'GET /orders': () => nothing,
      'GET /invoices': () => nothing,
      'GET /shipments': () => nothing,
      'GET /creditmemos': () => nothing,
      ...script,
    });
    return { server, shop: createShop(settingsFor(server.baseUrl), QUICK) };
  };

  test('a trimmed row and a full look give the same fingerprint', async () => {
    const { shop } = await shopWith({
      'GET /orders': (seen) => (filtersOf(seen).has('updated_at gteq') ? page([trimmed()]) : nothing),
    });
    const { changes } = await shop.changes(SINCE);
    expect(changes).toEqual([
      {
        entityId: sample['entity_id'],
        incrementId: sample['increment_id'],
        fingerprint: orderFingerprint(parseOrder(sample)),
      },
    ]);
  });

  test('OF-G a list with a gap and numbers as texts are the same row: the change is not lost', async () => {
    const given = trimmed();
    const items = Object.fromEntries((given['items'] as Json[]).map((item, at) => [String(at * 2 + 1), item]));
    const { shop } = await shopWith({
      'GET /orders': (seen) =>
        filtersOf(seen).has('updated_at gteq')
          ? ok({ items: { '3': { ...given, entity_id: String(given['entity_id']), items } }, total_count: 1 })
          : nothing,
    });
    const { changes } = await shop.changes(SINCE);
    expect(changes.map(({ fingerprint }) => fingerprint)).toEqual([orderFingerprint(parseOrder(sample))]);
  });

  test('P-17 ten minutes of overlap are read again, and the next start is the shop’s own clock', async () => {
    const at = {
      status: 200,
      body: { items: null, total_count: 0 },
      headers: { Date: 'Sun, 22 Nov 2026 03:05:00 GMT' },
    };
    const { shop, server: seen } = await shopWith({ 'GET /orders': () => at });
    await expect(shop.changes(SINCE)).resolves.toEqual({ changes: [], serverTime: '2026-11-22T03:05:00.000Z' });
    expect(seen.seen.map((call) => [call.path, ...filtersOf(call).values()])).toEqual([
      ['/orders', '2026-11-22 02:50:00'],
      ['/invoices', '2026-11-22 02:50:00'],
      ['/shipments', '2026-11-22 02:50:00'],
      ['/creditmemos', '2026-11-22 02:50:00'],
    ]);
  });

  test.each(['/invoices', '/shipments', '/creditmemos'])(
    'an order that only got a new document among %s is found, though its own date stood still',
    async (path) => {
      const { shop } = await shopWith({
        [`GET ${path}`]: () =>
          page([
            { entity_id: 7, order_id: sample['entity_id'] },
            { entity_id: 8, order_id: String(sample['entity_id']) },
          ]),
        'GET /orders': (seen) =>
          filtersOf(seen).get('entity_id in') === String(sample['entity_id']) ? page([trimmed()]) : nothing,
      });
      expect((await shop.changes(SINCE)).changes.map(({ incrementId }) => incrementId)).toEqual([
        sample['increment_id'],
      ]);
    },
  );

  test('P-18 a changed record that cannot be read does not hide the others', async () => {
    const { shop } = await shopWith({
      'GET /orders': (seen) =>
        filtersOf(seen).has('updated_at gteq') ? page([{ entity_id: 'x' }, trimmed()]) : nothing,
    });
    expect((await shop.changes(SINCE)).changes).toHaveLength(1);
  });
});
