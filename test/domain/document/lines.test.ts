import { draftDocument } from '../../../domain/document';
import type { DraftLine } from '../../../domain/document/draft';
import { orderOf, type OrderSpec } from './orders';
import { settingsWith } from './settings';
import { refusalOf } from './refusal-of';

const settings = settingsWith();
const linesOf = (spec: OrderSpec): readonly DraftLine[] => draftDocument(orderOf(spec), settings).lines;
const picked = (spec: OrderSpec): unknown[] =>
  linesOf(spec).map(({ sku, quantity, gross, net }) => [sku, quantity, gross, net]);

describe('which rows become lines', () => {
  test.each(['simple', 'virtual', 'downloadable', 'giftcard', 'grouped', 'somethingNew'])(
    'P-11 a %s product is its own line',
    (type) => {
      expect(picked({ rows: [{ type, sku: 'A', price: '12.50', qty: '3' }] })).toEqual([['A', '3', '37.50', '37.50']]);
    },
  );

  test('P-11 a configurable is one line: the chosen variant’s SKU with the parent’s money', () => {
    const lines = linesOf({
      rows: [
        {
          type: 'configurable',
          sku: 'TEE-RED-M',
          name: 'Crew Tee',
          price: '24',
          qty: '2',
          parts: [{ sku: 'TEE-RED-M', perSet: '1' }],
        },
      ],
    });
    expect(lines).toHaveLength(1);
    expect(lines[0]).toMatchObject({
      itemId: 101,
      sku: 'TEE-RED-M',
      description: 'Crew Tee',
      quantity: '2',
      gross: '48.00',
    });
  });

  test('P-11 a bundle with a dynamic price is its parts, its own row no line', () => {
    const rows = [
      {
        type: 'bundle',
        sku: 'BD-S1-S2',
        price: '0',
        qty: '2',
        priced: [
          { sku: 'S1', price: '10' },
          { sku: 'S2', price: '7.37' },
        ],
      },
    ];
    expect(picked({ rows })).toEqual([
      ['S1', '2', '20.00', '20.00'],
      ['S2', '2', '14.74', '14.74'],
    ]);
  });

  test('P-11 a free part of a dynamic bundle is a line at nothing, for it has to be packed', () => {
    const rows = [
      {
        type: 'bundle',
        price: '0',
        priced: [
          { sku: 'S1', price: '10' },
          { sku: 'GIFT', price: '0' },
        ],
      },
    ];
    expect(picked({ rows })).toEqual([
      ['S1', '1', '10.00', '10.00'],
      ['GIFT', '1', '0.00', '0.00'],
    ]);
  });

  test('P-11 a bundle that costs nothing is its parts too, for the store knows no bundle of that SKU', () => {
    const { lines } = draftDocument(
      orderOf({
        rows: [
          {
            type: 'bundle',
            sku: 'SET-S1-S2',
            price: '0',
            priced: [
              { sku: 'S1', price: '0' },
              { sku: 'S2', price: '0' },
            ],
          },
          { sku: 'MUG', price: '10' },
        ],
      }),
      settingsWith(),
    );
    expect(lines.map((line) => line.sku)).toEqual(['S1', 'S2', 'MUG']);
  });

  test('P-11 a bundle with a fixed price is one line with all the money, and a note says what it holds', () => {
    const draft = draftDocument(
      orderOf({
        rows: [
          {
            type: 'bundle',
            sku: 'KIT',
            name: 'Gift set',
            price: '49.90',
            qty: '2',
            parts: [
              { sku: 'S1', perSet: '1' },
              { sku: 'S2', perSet: '3' },
            ],
          },
          { sku: 'A', price: '1' },
        ],
      }),
      settings,
    );
    expect(draft.lines.map(({ sku, gross }) => [sku, gross])).toEqual([
      ['KIT', '99.80'],
      ['A', '1.00'],
    ]);
    expect(draft.notes).toEqual([
      { id: 'CONTENTS', text: '2 x Gift set (KIT) holds in all:\n2 x Item 102 (S1)\n6 x Item 103 (S2)' },
    ]);
  });

  test('custom options reach the store in a note, for the document has no column for them', () => {
    const rows = [{ sku: 'RING', name: 'Ring', price: '90', options: [{ id: '7', value: 'For ever' }] }];
    expect(draftDocument(orderOf({ rows }), settings).notes).toEqual([
      { id: 'OPTIONS', text: 'Ring (RING)\nOption 7: For ever' },
    ]);
  });

  test('decimal quantities keep their four places', () => {
    const [line] = linesOf({ rows: [{ sku: 'ROPE', price: '3.1999', qty: '1.2345', decimalQty: true }] });
    expect(line).toMatchObject({ quantity: '1.2345', grossPrice: '3.1999', gross: '3.95' });
  });
});

describe('what a line says', () => {
  test('C5-17 the description is the item’s name on the order', () => {
    expect(linesOf({ rows: [{ name: ' Stoneware\tMug, Blue ', price: '5' }] })[0]?.description).toBe(
      'Stoneware Mug, Blue',
    );
  });

  test('C5-24 a discounted line keeps its price before the discount and the one after it', () => {
    const [line] = linesOf({ rows: [{ price: '12.50', qty: '3', discount: '3.75' }] });
    expect(line).toMatchObject({
      grossPrice: '12.50',
      netPrice: '11.25',
      gross: '37.50',
      discount: '3.75',
      net: '33.75',
    });
  });

  test('the price is the shop’s to four places, whatever the amounts round to', () => {
    const [line] = linesOf({ inclusive: true, shown: 'bare', rows: [{ price: '10', qty: '3', tax: '21' }] });
    expect(line).toMatchObject({ grossPrice: '8.2645', netPrice: '8.2645', gross: '24.79', net: '24.79', tax: '5.21' });
  });

  test('a SKU that was renamed by a repair takes its Counterpoint number, others stay', () => {
    const order = orderOf({
      rows: [
        { sku: 'OLD', price: '1' },
        { sku: 'constructor', price: '1' },
      ],
    });
    const draft = draftDocument(order, settings, { skus: { OLD: 'ITEM-9' } });
    expect(draft.lines.map(({ sku }) => sku)).toEqual(['ITEM-9', 'constructor']);
  });

  test('a row without SKU stops the order by its item', () => {
    expect(refusalOf(orderOf({ rows: [{ sku: ' ', price: '1' }] }))).toMatchObject({
      reason: 'unknownSku',
      field: 'items.sku',
      message:
        'Order 000000501: item 101 has no SKU (items.sku). Give the product a SKU in the shop, or name the Counterpoint item by the repair mapSku.',
    });
  });
});

describe('the proof of the gross amounts (contract §4.1)', () => {
  const rows = [
    { sku: 'A', price: '10', qty: '3', discount: '3' },
    { sku: 'B', price: '7.37', qty: '2', discount: '14.74' },
  ];

  test('row totals after discount get it back', () => {
    expect(orderOf({ rows }).items.map(({ rowTotal }) => rowTotal)).toEqual(['27', '0']);
    expect(picked({ rows })).toEqual([
      ['A', '3', '30.00', '27.00'],
      ['B', '2', '14.74', '0.00'],
    ]);
  });

  test('row totals of an older shop, before discount, give the same lines', () => {
    expect(linesOf({ rows, shown: 'stored' })).toEqual(linesOf({ rows }));
  });

  test('a row cut off at zero by a discount that includes tax is rebuilt from its price', () => {
    const spec: OrderSpec = {
      inclusive: true,
      rows: [
        { sku: 'A', price: '121', tax: '21', discount: '108.90' },
        { sku: 'B', price: '5' },
      ],
    };
    expect(orderOf(spec).items[0]).toMatchObject({ rowTotal: '0', discount: '108.9', compensation: '18.9' });
    expect(picked(spec)).toEqual([
      ['A', '1', '100.00', '10.00'],
      ['B', '1', '5.00', '5.00'],
    ]);
  });

  test('a subtotal that no reading explains stops the order', () => {
    const order = orderOf({ rows });
    expect(refusalOf({ ...order, totals: { ...order.totals, subtotal: '45.74' } })).toMatchObject({
      reason: 'totalsDiffer',
      field: 'base_subtotal',
      message: expect.stringContaining('the lines add up to 44.74, but the subtotal is 45.74'),
    });
  });

  test('an order without items is stopped, not written empty', () => {
    expect(refusalOf({ ...orderOf({ rows: [{ price: '1' }] }), items: [] })).toMatchObject({
      reason: 'totalsDiffer',
      code: 'noLines',
    });
  });

  test('P-09 parts of cents that the shop sends per row go to the last line', () => {
    const order = orderOf({ rows: [{ price: '1' }, { price: '1' }, { price: '1' }] });
    const items = order.items.map((item) => ({ ...item, rowTotal: '3.3333' }));
    const totals = { ...order.totals, subtotal: '10.00', grandTotal: '10.00' };
    expect(draftDocument({ ...order, items, totals }, settings).lines.map(({ net }) => net)).toEqual([
      '3.33',
      '3.33',
      '3.34',
    ]);
  });
});
