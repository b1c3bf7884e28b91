import { compareShippingTax, shippingTaxOf } from '../../../domain/document/money/shipping-tax';
import { orderOf, type OrderSpec } from '../document/orders';

const order = (shipping: NonNullable<OrderSpec['shipping']>, tax = '8') =>
  orderOf({ rows: [{ price: '10', tax }], shipping });
const TAXED = order({ price: '5', tax: '8' });
const UNTAXED = order({ price: '5' });

test('C5-21 whether the shop taxes shipping is told by its orders with tax and shipping, and by no others', () => {
  expect(shippingTaxOf([TAXED, TAXED])).toBe('taxed');
  expect(shippingTaxOf([UNTAXED])).toBe('untaxed');
  expect(shippingTaxOf([TAXED, UNTAXED])).toBe('both');
  expect(shippingTaxOf([order({ price: '0' }), order({ price: '5' }, '0')])).toBe('unknown');
});

test('C5-21 C5-64 a warning is given when misc charge 1 and the shop’s shipping tax differ, and only then', () => {
  expect(compareShippingTax('taxed', false)).toMatchObject({
    level: 'warning',
    message: expect.stringMatching(/taxes shipping, but .* not taxed/),
  });
  expect(compareShippingTax('untaxed', true).level).toBe('warning');
  expect(compareShippingTax('taxed', true).level).toBe('ok');
  expect(compareShippingTax('untaxed', false).level).toBe('ok');
  for (const finding of [
    compareShippingTax('taxed', null),
    compareShippingTax('unknown', true),
    compareShippingTax('both', true),
  ])
    expect(finding.level).toBe('note');
});
