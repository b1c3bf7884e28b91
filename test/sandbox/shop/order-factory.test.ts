import { cartOf } from '../../../sandbox/shop/order-factory/kinds';
import {
  ORDER_KINDS,
  randomCart,
  randomOrder,
  sampleOrder,
  sampleOrderNames,
  startShop,
  type Fields,
  type SandboxShop,
} from '../../../sandbox/shop';
import { add, negate, subtract } from '../../../sandbox/shop/money/amounts';
import fc from '../../support/properties';
import { at, listAt } from './shop-calls';

const number = (order: unknown, column: string): number => (at(order, column) as number | undefined) ?? 0;

/** Rows that carry money: no parts of a configurable or fixed bundle, no parent of a dynamic one. */
const priced = (order: Fields): unknown[] => {
  const items = listAt(order, 'items');
  const childrenOf = (id: unknown) => items.filter((item) => at(item, 'parent_item_id') === id);
  return items.filter((item) => {
    const children = childrenOf(at(item, 'item_id'));
    if (children.length > 0)
      return !(at(item, 'product_type') === 'bundle' && children.some((child) => number(child, 'price') !== 0));
    const parent = items.find((other) => at(other, 'item_id') === at(item, 'parent_item_id'));
    if (!parent) return true;
    return (
      at(parent, 'product_type') === 'bundle' &&
      childrenOf(at(parent, 'item_id')).some((child) => number(child, 'price') !== 0)
    );
  });
};

const commerce = (order: Fields, prefix: string): number => {
  const extension = at(order, 'extension_attributes');
  const wrapping = at(extension, prefix === '' ? 'gw_price' : 'gw_base_price') as string | undefined;
  const fee = prefix === '' ? 'weee_tax_applied_row_amount' : 'base_weee_tax_applied_row_amnt';
  return subtract(
    add(
      number(extension, `${prefix}acme_surcharge_amount`),
      wrapping,
      ...priced(order).map((item) => number(item, fee)),
    ),
    number(extension, `${prefix}gift_cards_amount`),
    number(extension, `${prefix}customer_balance_amount`),
  );
};

/** Sums that must hold in either currency (contract §4.1); the names of those that do not. */
const broken = (order: Fields, prefix: '' | 'base_'): string[] => {
  const sum = (column: string): number => add(...priced(order).map((item) => number(item, `${prefix}${column}`)));
  const total = (column: string): number => number(order, `${prefix}${column}`);
  const cent = (a: number, b: number): boolean => Math.abs(subtract(a, b)) < 0.005;
  const gross = add(
    ...priced(order).map((item) => {
      const discount = number(item, `${prefix}discount_amount`);
      const row = number(item, `${prefix}row_total`);
      if (row > 0 || discount === 0) return add(row, discount);
      // Cut off at 0: the total with tax still tells the row.
      const inclusive = subtract(
        add(number(item, `${prefix}row_total_incl_tax`), discount),
        number(item, `${prefix}tax_amount`),
      );
      return subtract(inclusive, number(item, `${prefix}discount_tax_compensation_amount`));
    }),
  );
  const checks: Record<string, boolean> = {
    'grand total': cent(
      total('grand_total'),
      add(
        total('subtotal'),
        total('discount_amount'),
        total('shipping_amount'),
        total('tax_amount'),
        total('discount_tax_compensation_amount'),
        commerce(order, prefix),
      ),
    ),
    subtotal: cent(total('subtotal'), gross),
    discount: cent(negate(total('discount_amount')), add(sum('discount_amount'), total('shipping_discount_amount'))),
    tax: cent(total('tax_amount'), add(sum('tax_amount'), total('shipping_tax_amount'))),
    due: cent(total('total_due'), subtract(total('grand_total'), total('total_paid'))),
  };
  return Object.entries(checks)
    .filter(([, holds]) => !holds)
    .map(([name]) => `${prefix}${name}`);
};

describe('the order factory', () => {
  let shop: SandboxShop;
  beforeEach(async () => {
    shop = await startShop();
  });
  afterEach(() => shop.close());

  it.each(ORDER_KINDS)('%s adds up to the cent in both currencies', (kind) => {
    const order = shop.order(shop.place(kind).incrementId);
    expect([...broken(order, ''), ...broken(order, 'base_')]).toEqual([]);
  });

  it('random orders add up to the cent in both currencies', () => {
    fc.assert(
      fc.property(fc.nat(100_000), (seed) => {
        const order = randomOrder(seed);
        expect([...broken(order, ''), ...broken(order, 'base_')]).toEqual([]);
      }),
      { numRuns: 500 },
    );
  });

  it('2.4.8 shows a row total of one piece, and with tax where its sales pages do; what it charges stays the same', async () => {
    const rowsOf = async (options: Parameters<typeof startShop>[0]) => {
      const other = await startShop(options);
      try {
        const order = other.order(other.place('tax-included-coupon').incrementId);
        const [item] = listAt(order, 'items');
        return [at(item, 'row_total'), at(item, 'base_row_total_incl_tax'), at(order, 'grand_total')];
      } finally {
        await other.close();
      }
    };
    // Three pieces of 10.66 with 6.625 % in it, 10 % off: the row is 29.99 before its discount of 3.20.
    expect(await rowsOf({ version: '2.4.7' })).toEqual([26.79, 28.78, 51.4]);
    expect(await rowsOf({ version: '2.4.7', showsTax: true })).toEqual([26.79, 28.78, 51.4]);
    expect(await rowsOf({ version: '2.4.8' })).toEqual([6.8, 28.78, 51.4]);
    expect(await rowsOf({ version: '2.4.8', showsTax: true })).toEqual([5.67, 28.78, 51.4]);
  });

  it('the same seed gives the same random order', () => {
    expect(randomOrder(42)).toEqual(randomOrder(42));
    expect(randomCart(42)).not.toEqual(randomCart(43));
  });

  const recorded = sampleOrderNames().filter((name) => !name.startsWith('field-'));
  it.each(recorded)('sample order %s is shown as it was recorded', (name) => {
    const { incrementId } = shop.seed(sampleOrder(name));
    expect(shop.order(incrementId)).toEqual(sampleOrder(name));
  });

  const reported = sampleOrderNames().filter((name) => name.startsWith('field-'));
  it.each(reported)('sample order %s, made after a report, keeps its totals and items', (name) => {
    const order = sampleOrder(name);
    const { incrementId } = shop.seed(order);
    const { items, payment, extension_attributes: extension, ...head } = order;
    const shown = shop.order(incrementId);
    expect(shown).toMatchObject(head);
    expect(at(shown, 'payment')).toMatchObject(payment as object);
    expect(listAt(shown, 'items')).toHaveLength((items as unknown[]).length);
    expect(Object.keys(at(shown, 'extension_attributes') as object).sort()).toEqual(
      Object.keys(extension as object).sort(),
    );
  });

  it('a sample order beside orders with its ids takes free ones and keeps its family together', () => {
    for (let placed = 0; placed < 45; placed += 1) shop.place('configurable-coupon');
    const { incrementId, entityId } = shop.seed(sampleOrder('live-configurable'));
    const items = listAt(shop.order(incrementId), 'items');
    expect(at(items[1], 'parent_item_id')).toBe(at(items[0], 'item_id'));
    expect(at(items[0], 'order_id')).toBe(entityId);
    expect(new Set(items.map((item) => at(item, 'item_id'))).size).toBe(3);
    expect(incrementId).not.toBe('000000042');
  });

  it('an edited pair names each other by the ids it got here', () => {
    for (let placed = 0; placed < 80; placed += 1)
      shop.place('simple-checkmo', { incrementId: `1${String(placed).padStart(8, '0')}` });
    const [fresh, old] = [shop.seed(sampleOrder('live-edited-new')), shop.seed(sampleOrder('live-edited-old'))];
    expect(shop.order(fresh.incrementId)).toMatchObject({
      relation_parent_id: String(old.entityId),
      relation_parent_real_id: old.incrementId,
    });
    expect(shop.order(old.incrementId)).toMatchObject({ relation_child_id: String(fresh.entityId) });
    expect(() => shop.place('simple-checkmo', { incrementId: old.incrementId })).toThrow(/already/);
  });

  it('a sample order that was invoiced brings invoices and charges that agree with its counters', () => {
    const { incrementId } = shop.seed(sampleOrder('live-authorised-invoiced-in-four'));
    const { invoices, charges } = shop.ledger(incrementId);
    expect(add(...invoices.flatMap((invoice) => invoice.items.map((item) => item.qty)))).toBe(5);
    expect(charges.map(({ amount }) => amount)).toEqual([37.32, 10.67, 7.86, 18.51]);
  });

  it('totals equal a recorded order of the same cart', () => {
    const recorded = sampleOrder('live-bundle-together');
    const cart = shop.placeCart({ ...cartWithShipping(10), payment: { method: 'authnetcim', action: 'authorize' } });
    const order = shop.order(cart.incrementId);
    for (const column of [
      'grand_total',
      'subtotal',
      'subtotal_incl_tax',
      'tax_amount',
      'shipping_incl_tax',
      'shipping_tax_amount',
    ]) {
      expect([column, order[column]]).toEqual([column, recorded[column]]);
    }
    expect(
      listAt(order, 'items').map((item) => [
        at(item, 'sku'),
        at(item, 'row_total'),
        at(item, 'tax_amount'),
        at(item, 'price_incl_tax'),
      ]),
    ).toEqual(
      listAt(recorded, 'items').map((item) => [
        at(item, 'sku'),
        at(item, 'row_total'),
        at(item, 'tax_amount'),
        at(item, 'price_incl_tax'),
      ]),
    );
  });
});

const cartWithShipping = (amount: number) => ({
  ...cartOf('bundle-dynamic-together'),
  shipping: { method: 'flatrate_flatrate', description: 'Flat Rate - Fixed', amount },
});
