import { documentsIn, listed, numberOf } from '../../domain/text/listing';

const skus = (count: number): string[] => Array.from({ length: count }, (_, at) => `SKU-${String(at + 1)}`);

test.each([
  [0, ''],
  [1, 'SKU-1'],
  [2, 'SKU-1 and SKU-2'],
  [3, 'SKU-1, SKU-2 and SKU-3'],
  [9, 'SKU-1, SKU-2, SKU-3, SKU-4, SKU-5, SKU-6, SKU-7, SKU-8 and SKU-9'],
  [1200, 'SKU-1, SKU-2, SKU-3, SKU-4, SKU-5, SKU-6, SKU-7, SKU-8 and 1192 more'],
])('P-25 of %i things a sentence names the first few and counts the rest', (count, words) => {
  expect(listed(skus(count))).toBe(words);
});

test('P-25 an invoice has the number that people see in the shop, one or several', () => {
  expect(documentsIn('invoice', [{ id: 7, no: '000000031' }])).toBe('invoice 000000031');
  expect(documentsIn('shipment', [{ id: 7, no: '31' }, { id: 8 }])).toBe('shipments 31 and 8');
  expect(numberOf({ id: 8 })).toBe('8');
});
