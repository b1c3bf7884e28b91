import { CantusError } from '../../domain/errors';
import { parseInvoice, parseShipment } from '../../magento/parse/documents';
import { parseOrder } from '../../magento/parse/order';
import { sampleOrder } from './recorded-shop';

type Fields = Record<string, unknown>;

const order = (change: (order: Fields, item: Fields) => void): Fields => {
  const copy = structuredClone(sampleOrder('01-configurable-coupon-tax-gift')) as Fields;
  change(copy, (copy['items'] as Fields[])[0] ?? {});
  return copy;
};
const plain = (): ReturnType<typeof parseOrder> => parseOrder(order(() => undefined));

/** PHP writes a list with a gap as an object. */
const gapped = (rows: readonly unknown[]): Fields =>
  Object.fromEntries(rows.map((row, index) => [String(index * 2), row]));

/** Every number of a record as the text a database driver gives. */
const asTexts = (value: unknown): unknown => {
  if (typeof value === 'number') return Number.isInteger(value) ? String(value) : value.toFixed(4);
  if (Array.isArray(value)) return value.map(asTexts);
  return typeof value === 'object' && value !== null
    ? Object.fromEntries(Object.entries(value).map(([key, each]) => [key, asTexts(each)]))
    : value;
};

const fieldOf = (json: unknown): string | undefined => {
  try {
    parseOrder(json);
  } catch (error) {
    if (error instanceof CantusError) return error.facts.field;
    throw error;
  }
  return undefined;
};

describe('an order in PHP’s JSON', () => {
  test('OF-G numbers, ids and flags as texts read like numbers', () => {
    expect(parseOrder(asTexts(order(() => undefined)))).toEqual(plain());
    expect(parseOrder(order((each) => (each['is_virtual'] = '0'))).virtual).toBe(false);
    expect(parseOrder(order((each) => (each['is_virtual'] = '1'))).virtual).toBe(true);
  });

  test('OF-G a list with a gap reads like the list, at every level', () => {
    const json = order((each) => {
      each['items'] = gapped(each['items'] as unknown[]);
      each['status_histories'] = gapped(each['status_histories'] as unknown[]);
      const extension = each['extension_attributes'] as Fields;
      extension['shipping_assignments'] = gapped(extension['shipping_assignments'] as unknown[]);
      extension['applied_taxes'] = gapped(extension['applied_taxes'] as unknown[]);
      const address = each['billing_address'] as Fields;
      address['street'] = gapped(address['street'] as unknown[]);
    });
    expect(parseOrder(json)).toEqual(plain());
  });

  test.each([[[]], [''], [false], [null], [{}], ['odd'], [7], [[{ odd: true }]]])(
    'OF-G what an order can do without may be %j',
    (nothing) => {
      const json = order((each, item) => {
        item['product_option'] = nothing;
        item['extension_attributes'] = nothing;
        each['status_histories'] = nothing;
        each['discount_description'] = nothing;
        (each['extension_attributes'] as Fields)['applied_taxes'] = nothing;
        (each['extension_attributes'] as Fields)['gift_message'] = nothing;
      });
      expect(parseOrder(json)).toMatchObject({ incrementId: '000000501', totals: plain().totals });
    },
  );

  test('an empty product option is an item without options', () => {
    expect(parseOrder(sampleOrder('field-empty-product-option')).items).toMatchObject([
      { sku: 'S1', customOptions: [] },
    ]);
  });

  test('extension attributes that are an empty list leave an order without shipping address, not unreadable', () => {
    expect(parseOrder(order((each) => (each['extension_attributes'] = [])))).toMatchObject({ shipping: null });
  });

  test.each(['', false, null])('money that is %j is none', (nothing) => {
    expect(parseOrder(order((each) => (each['base_shipping_discount_amount'] = nothing))).totals.shippingDiscount).toBe(
      '0.00',
    );
  });

  test.each([
    ['base_grand_total', (each: Fields) => delete each['base_grand_total']],
    ['base_grand_total', (each: Fields) => (each['base_grand_total'] = 'a lot')],
    ['base_tax_amount', (each: Fields) => (each['base_tax_amount'] = [3])],
    ['increment_id', (each: Fields) => (each['increment_id'] = '')],
    ['state', (each: Fields) => delete each['state']],
    ['items', (each: Fields) => (each['items'] = [])],
    ['items.0.qty_ordered', (_: Fields, item: Fields) => (item['qty_ordered'] = 'two')],
    ['items.0.item_id', (_: Fields, item: Fields) => (item['item_id'] = 'x')],
  ])('P-18 a broken field that is needed is named: %s', (field, change) => {
    expect(fieldOf(order(change))).toBe(field);
  });

  test('P-09 amounts keep four places where the shop has them', () => {
    const { totals } = parseOrder(sampleOrder('field-sub-cent-amounts'));
    expect(totals).toMatchObject({
      subtotal: '11.512',
      tax: '1.0935',
      exactGrandTotal: '20.5555',
      grandTotal: '20.56',
    });
  });

  test.each([
    ['a text', (rows: unknown) => JSON.stringify(rows)],
    ['a list', (rows: unknown) => rows],
    ['a list with a gap', (rows: unknown) => gapped(rows as unknown[])],
  ])('P-10 the tax on a fixed product tax is read from %s, its figures numbers or texts', (_what, written) => {
    const rows = [
      { title: 'FPT', base_row_amount: '10.0000', base_row_amount_incl_tax: '12.0000' },
      { title: 'FPT', base_row_amount: 1, base_row_amount_incl_tax: 1.2 },
    ];
    const read = parseOrder(order((_, item) => (item['weee_tax_applied'] = written(rows)))).items[0];
    expect(read).toMatchObject({ weeeTax: '2.2' });
  });

  test('a part that names its product only by embedding it belongs to it', () => {
    const json = order((each) => {
      const items = each['items'] as Fields[];
      const child = items.find((item) => item['parent_item_id'] !== undefined && item['parent_item_id'] !== null);
      if (child === undefined) throw new Error('The sample has a configurable product.');
      child['parent_item'] = { item_id: child['parent_item_id'] };
      delete child['parent_item_id'];
    });
    expect(parseOrder(json).items.map(({ parentId }) => parentId)).toEqual(
      plain().items.map(({ parentId }) => parentId),
    );
  });
});

describe('the shop’s documents in PHP’s JSON', () => {
  test('an invoice with texts for numbers and gaps in its lists', () => {
    const invoice = parseInvoice({
      entity_id: '17',
      state: '2',
      base_grand_total: '12.3400',
      created_at: '2026-11-20 10:00:00',
      transaction_id: false,
      items: { 0: { order_item_id: '3', qty: '1.0000', price: '12' }, 4: { order_item_id: 5, qty: 2 } },
      comments: { 2: { comment: 'Counterpoint ticket' }, 3: 'odd' },
    });
    expect(invoice).toMatchObject({
      id: 17,
      state: 2,
      grandTotal: '12.34',
      transactionId: null,
      items: [
        { orderItemId: 3, qty: '1' },
        { orderItemId: 5, qty: '2' },
      ],
      comments: ['Counterpoint ticket'],
    });
  });

  test('a shipment without lists', () => {
    expect(
      parseShipment({ entity_id: 9, created_at: '2026-11-20 10:00:00', items: {}, tracks: '', comments: null }),
    ).toMatchObject({ items: [], tracks: [], comments: [] });
  });
});
