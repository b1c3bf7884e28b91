import { shippable } from '../../../domain/shop/bundle-sets';
import { moneyRows } from '../../../domain/shop/rows';
import { countersDiffer, shopSide } from '../../../domain/shop/side';
import { invoice, order, shipment, withRows, withTotals } from './shop-orders';

const GUID = '7C9E6679-7425-40DE-944B-E07FC1F90AE7';
const MARKER = [`Counterpoint ticket 100000012-01 {${GUID}}`];
const PAYMENTS = { '*': { kind: 'cash', payCode: 'CARD' } } as const;

/** Bundle 52 holds one each of 53 and 54; two bundles were ordered. */
const bundle = order('live-bundle-together');
const fixedBundle = withRows(bundle, { 53: { price: '0' }, 54: { price: '0' } });
const configurable = order('live-configurable');
const [parent, child] = configurable.items.filter((item) => item.type === 'configurable' || item.parentId !== null);
const parentId = parent?.id ?? 0;
const childId = child?.id ?? 0;

const sideOf = (look: Partial<Parameters<typeof shopSide>[0]>) =>
  shopSide({ order: bundle, invoices: [], shipments: [], ...look }, PAYMENTS);
const counted = (items: ReturnType<typeof sideOf>['items'], what: 'invoiced' | 'shipped') =>
  items.map((item) => [item.id, item[what]]);

describe('the rows that carry the money', () => {
  test('P-11 a dynamic bundle counts in its parts, a fixed one in its own row, a configurable in its parent', () => {
    expect(moneyRows(bundle).map(({ row, bundle: of }) => [row.id, of])).toEqual([
      [53, { parent: 52, perSet: '1' }],
      [54, { parent: 52, perSet: '1' }],
    ]);
    expect(moneyRows(fixedBundle).map(({ row }) => row.id)).toEqual([52]);
    expect(moneyRows(configurable).map(({ row }) => row.id)).not.toContain(childId);
    expect(moneyRows(configurable).map(({ row }) => row.id)).toContain(parentId);
  });

  test('a part of which a bundle holds two is counted twice for each bundle', () => {
    const twoEach = withRows(bundle, { 53: { ordered: '4' } });
    expect(moneyRows(twoEach)[0]?.bundle).toEqual({ parent: 52, perSet: '2' });
    expect(counted(sideOf({ order: twoEach, shipments: [shipment([[52, '1']])] }).items, 'shipped')).toEqual([
      [53, '2'],
      [54, '1'],
    ]);
  });
});

describe('what was invoiced and shipped', () => {
  test('P-21 comes from the invoices that stand, not from the counters', () => {
    const side = sideOf({
      invoices: [
        invoice([
          [52, '2'],
          [53, '1'],
        ]),
        invoice([[53, '1']], { state: 3 }),
        invoice([[54, '2']], { state: 1 }),
      ],
    });
    expect(counted(side.items, 'invoiced')).toEqual([
      [53, '1'],
      [54, '2'],
    ]);
    expect(side.invoices.map(({ items }) => items)).toEqual([[[53, '1']], [[53, '1']], [[54, '2']]]);
  });

  test('P-22 a bundle shipped as a whole counts in its parts, and shipped in parts its own row counts for nothing', () => {
    expect(counted(sideOf({ shipments: [shipment([[52, '1']])] }).items, 'shipped')).toEqual([
      [53, '1'],
      [54, '1'],
    ]);
    expect(
      counted(
        sideOf({
          shipments: [
            shipment([
              [52, '2'],
              [53, '1'],
            ]),
          ],
        }).items,
        'shipped',
      ),
    ).toEqual([
      [53, '1'],
      [54, '0'],
    ]);
  });

  test('a fixed-price bundle shipped in parts counts the whole bundles they make up', () => {
    const shipments = [
      shipment([
        [52, '2'],
        [53, '2'],
        [54, '1'],
      ]),
    ];
    expect(counted(sideOf({ order: fixedBundle, shipments }).items, 'shipped')).toEqual([[52, '1']]);
  });

  test('a configurable counts the rows that name its parent', () => {
    const side = sideOf({
      order: configurable,
      invoices: [
        invoice([
          [parentId, '2'],
          [childId, '2'],
        ]),
      ],
      shipments: [shipment([[parentId, '1']])],
    });
    expect(side.items.find(({ id }) => id === parentId)).toMatchObject({ invoiced: '2', shipped: '1' });
  });

  test('a virtual row needs no shipping', () => {
    expect(sideOf({ order: order('04-zero-subtotal-paid-shipping') }).items.map(({ virtual }) => virtual)).toEqual([
      undefined,
      true,
    ]);
  });
});

describe('P-21 counters that lie', () => {
  const paid = withTotals(withRows(bundle, { 53: { invoiced: '1' } }), { paid: '20.00' });
  const invoices = [
    invoice(
      [
        [52, '2'],
        [53, '1'],
      ],
      { grandTotal: '20.00' },
    ),
  ];

  test('counters that agree with the invoices are no difference, though the bundle’s own row drifts', () => {
    expect(countersDiffer(withRows(paid, { 52: { invoiced: '5' } }), invoices)).toBe(false);
  });

  test('a counter put back to zero by a hold is one', () => {
    expect(countersDiffer(withRows(paid, { 53: { invoiced: '0' } }), invoices)).toBe(true);
    expect(sideOf({ order: withRows(paid, { 53: { invoiced: '0' } }), invoices }).countersDiffer).toBe(true);
  });

  test('a paid invoice that the order does not count as paid is one', () => {
    expect(countersDiffer(withTotals(paid, { paid: '0.00' }), invoices)).toBe(true);
  });

  test('a cancelled invoice counts on neither side', () => {
    expect(countersDiffer(paid, [...invoices, invoice([[54, '1']], { state: 3, grandTotal: '9.00' })])).toBe(false);
  });
});

describe('documents and relations', () => {
  test('an invoice carries its ticket and whether a transaction stands behind it', () => {
    const side = sideOf({
      invoices: [invoice([[53, '1']], { comments: MARKER, transactionId: 'CAP-1' }), invoice([[54, '1']])],
    });
    expect(side.invoices.map(({ ticket, captured }) => [ticket, captured])).toEqual([
      [GUID, true],
      [undefined, undefined],
    ]);
  });

  test('a shipment carries its ticket and numbers', () => {
    const tracks = [{ number: '1ZA', title: null, carrier: 'ups' }];
    expect(sideOf({ shipments: [shipment([[53, '1']], { comments: MARKER, tracks })] }).shipments[0]).toMatchObject({
      ticket: GUID,
      tracks: ['1ZA'],
      items: [[53, '1']],
    });
  });

  test('P-15 a predecessor comes with its state, so that a reorder is told from an edit', () => {
    const edited = sideOf({ order: order('live-edited-new'), predecessor: { order: '000000066', state: 'canceled' } });
    expect(edited.predecessor).toEqual({ order: '000000066', state: 'canceled' });
    expect(sideOf({ order: order('live-edited-old') }).successor).toEqual({ order: '000000066-1' });
  });

  test('X-11 nothing personal is in it', () => {
    const text = JSON.stringify(sideOf({ order: order('live-authorize-only-gift') }));
    expect(text).not.toMatch(/ada|byron|elm st|example\.com|2015550100/i);
  });
});

describe('naming rows for a shipment', () => {
  const parts = [
    ['53', '1'],
    ['54', '1'],
  ].map(([id, qty]) => [Number(id), qty ?? ''] as const);

  test('parts of a bundle that ships as a whole become whole bundles', () => {
    expect(shippable(bundle, parts, () => 'whole')).toEqual([[52, '1']]);
    expect(shippable(bundle, parts, () => 'parts')).toEqual(parts);
  });

  test('parts that make up no whole bundle cannot be named', () => {
    expect(shippable(bundle, [[53, '1']], () => 'whole')).toBeNull();
    expect(
      shippable(
        bundle,
        [
          [53, '2'],
          [54, '1'],
        ],
        () => 'whole',
      ),
    ).toBeNull();
  });

  test('a fixed-price bundle that ships in parts is named by them', () => {
    expect(shippable(fixedBundle, [[52, '2']], () => 'parts')).toEqual([
      [53, '2'],
      [54, '2'],
    ]);
    expect(shippable(fixedBundle, [[52, '2']], () => 'whole')).toEqual([[52, '2']]);
  });
});
