import { isAboutSku } from '../../domain/item-rules';

test.each([
  ['Order 1: Counterpoint has no item or barcode "MUG-1", "MUG-2". Add it.', 'mug-2', true],
  ['Order 1: item K is a kit (items.map for SKU "MUG-1"). Map it.', ' MUG-1 ', true],
  ['Order 1: Counterpoint has no item or barcode "MUG-10".', 'MUG-1', false],
  ['Order 1: item MUG-1 is a kit (SKU "BOX").', 'MUG-1', false],
])('P-13 an order waits for the SKU that its message names whole, whatever the case: %s', (message, sku, is) => {
  expect(isAboutSku(message, sku)).toBe(is);
});
