import { draftDocument } from '../../domain/document';
import { CantusError } from '../../domain/errors';
import { parseInvoice, parseOrder, parseShipment } from '../../magento';
import { sampleOrder, sampleOrderNames } from '../../sandbox/shop/order/sample-orders';
import { settingsWith } from '../domain/document/settings';
import fc from '../support/properties';

/**
 * PHP's JSON: the same record in any shape that PHP, a release or an extension may give it, field by field. Whatever is
 * done to a sample here, it says what it said before.
 */

type Path = readonly string[];
const isFields = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;

function* paths(value: unknown, at: Path = []): Generator<Path> {
  if (at.length > 0) yield at;
  if (isFields(value)) for (const key of Object.keys(value)) yield* paths(value[key], [...at, key]);
}
const valueAt = (record: unknown, path: Path): unknown =>
  path.reduce<unknown>((value, key) => (isFields(value) ? value[key] : undefined), record);

const MISSING = Symbol('missing');
function withValue(record: unknown, path: Path, value: unknown): unknown {
  const copy: unknown = structuredClone(record);
  const parent = valueAt(copy, path.slice(0, -1));
  const last = path.at(-1) ?? '';
  if (!isFields(parent)) throw new Error('no such place');
  if (value !== MISSING) parent[last] = value;
  else if (Array.isArray(parent)) parent[Number(last)] = null;
  else Reflect.deleteProperty(parent, last);
  return copy;
}

/** Other shapes of the same value. */
function shapesOf(value: unknown): readonly unknown[] {
  if (value === null) return [MISSING, [], '', false];
  if (typeof value === 'number')
    return [String(value), value.toFixed(4), ...(value === 0 ? [MISSING, null, '', false] : [])];
  if (typeof value === 'string' && /^[1-9]\d{0,14}$/.test(value)) return [Number(value)];
  if (!Array.isArray(value)) return isFields(value) && Object.keys(value).length === 0 ? [MISSING, null, []] : [];
  const withGaps = Object.fromEntries(value.map((entry: unknown, at) => [String(at * 2 + 1), entry]));
  return [withGaps, ...(value.length === 0 ? [MISSING, null, '', false] : [])];
}

const base = settingsWith();
const settings = settingsWith({
  payments: { ...base.payments, testgateway: { payCode: 'CARD', kind: 'cash' } },
});
const saidBy = (order: unknown): unknown => {
  try {
    return draftDocument(parseOrder(order), settings);
  } catch (error) {
    if (error instanceof CantusError) return error.message;
    throw error;
  }
};

const samples = new Map(sampleOrderNames().map((name) => [name, sampleOrder(name)]));
const sample = fc.constantFrom(...samples.keys());

test('OF-G P-18 an order in whatever shapes PHP gives its fields is the same document', () => {
  fc.assert(
    fc.property(sample, fc.array(fc.tuple(fc.nat(), fc.nat()), { minLength: 1, maxLength: 12 }), (name, changes) => {
      const order = samples.get(name);
      const places = [...paths(order)].filter((path) => shapesOf(valueAt(order, path)).length > 0);
      // Each field at most once, for another shape of another shape may mean something else; parts before their wholes.
      const turned = [...new Map(changes.map(([where, how]) => [where % places.length, how]))]
        .map(([at, how]) => ({ path: places[at] ?? [], how }))
        .sort((one, other) => other.path.length - one.path.length)
        .reduce<unknown>((record, { path, how }) => {
          const shapes = shapesOf(valueAt(record, path));
          return withValue(record, path, shapes[how % shapes.length]);
        }, order);
      expect(saidBy(turned)).toEqual(saidBy(order));
    }),
    { numRuns: 150 },
  );
});

/** What an order needs to be read; any other field of it may hold anything at all. */
const NEEDED =
  /^(entity_id|increment_id|state|store_id|created_at|base_(grand_total|subtotal|tax_amount|shipping_amount|discount_amount|total_paid|total_refunded)|base_.*(tax|shipping|discount).*|items|billing_address|payment|extension_attributes)(\.|$)/;
const GARBAGE: readonly unknown[] = ['n/a', {}, [1], [], true, { a: 'x' }, -7, null, '', MISSING];

test('OF-G P-18 a field that an order does not need never stops it, whatever stands there', () => {
  const stopped = new Set<string>();
  const seen = new Set<string>();
  for (const order of samples.values()) {
    for (const path of Object.keys(order).map((key) => [key])) {
      const [key = ''] = path;
      if (NEEDED.test(key) || seen.has(key)) continue;
      seen.add(key);
      for (const value of GARBAGE)
        try {
          parseOrder(withValue(order, path, value));
        } catch {
          stopped.add(key);
        }
    }
  }
  expect([...stopped]).toEqual([]);
  expect(seen.size).toBeGreaterThan(60);
});

test.each(['base_original_price', 'base_price_incl_tax', 'base_row_total_incl_tax'])(
  'OF-G P-18 nor does %s of a row, which only helps to read the others',
  (field) => {
    const order = samples.get('live-configurable');
    for (const value of GARBAGE)
      expect(parseOrder(withValue(order, ['items', '0', field], value)).items[0]).toMatchObject({ sku: 'C-Red' });
  },
);

const INVOICE = {
  entity_id: 7,
  increment_id: '000000007',
  order_id: 5,
  state: 2,
  base_grand_total: 21.32,
  base_shipping_amount: 0,
  base_tax_amount: 1.33,
  transaction_id: null,
  created_at: '2026-11-20 10:00:00',
  items: [
    { order_item_id: 9, qty: 2, base_price: 10 },
    { order_item_id: 11, qty: 1, base_price: 0 },
  ],
  comments: [],
};
const SHIPMENT = {
  entity_id: 8,
  increment_id: '000000008',
  created_at: '2026-11-20 10:00:00',
  items: [{ order_item_id: 9, qty: 2 }],
  tracks: [{ track_number: '1Z1', title: 'UPS', carrier_code: 'ups' }],
  comments: [{ comment: 'Counterpoint ticket 1-01 {AB}' }],
};

test.each([
  ['an invoice', INVOICE, parseInvoice],
  ['a shipment', SHIPMENT, parseShipment],
] as const)('OF-G P-18 %s in whatever shapes PHP gives its fields is the same', (_what, record, read) => {
  for (const path of paths(record))
    for (const value of shapesOf(valueAt(record, path)))
      // A row without its key `base_price` is one that carries no money: what is there in another shape still does.
      if (path.at(-1) !== 'base_price' || value !== MISSING)
        expect(read(withValue(record, path, value))).toEqual(read(record));
});

test('OF-G P-18 a document without a readable date is still what was invoiced or shipped', () => {
  for (const value of GARBAGE) {
    expect(parseInvoice(withValue(INVOICE, ['created_at'], value))).toMatchObject({ id: 7, createdAt: null });
    expect(parseShipment(withValue(SHIPMENT, ['created_at'], value))).toMatchObject({ id: 8, createdAt: null });
  }
});
