import { startShop, type SandboxShop } from '../../../sandbox/shop';
import { at, call, filtered, listAt } from './shop-calls';

describe('searchCriteria', () => {
  let shop: SandboxShop;
  beforeAll(async () => {
    shop = await startShop();
    shop.place('simple-checkmo', { createdAt: '2026-11-01 10:00:00', email: 'lee@example.com' });
    shop.place('authorised', { createdAt: '2026-11-02 10:00:00' });
    shop.place('coupon-percent', { createdAt: '2026-11-03 10:00:00', storeId: 2 });
    shop.place('paid-at-sale', { createdAt: '2026-11-04 10:00:00' });
  });
  afterAll(() => shop.close());

  const ids = async (query: string): Promise<unknown[]> => {
    const { body } = await call(shop, 'GET', `/V1/orders?${query}`);
    return listAt(body, 'items').map((item) => at(item, 'entity_id'));
  };

  it.each([
    ['status', 'pending', 'eq', [1, 3]],
    ['status', 'pending', 'neq', [2, 4]],
    ['status', 'pending,processing', 'in', [1, 2, 3, 4]],
    ['status', 'pending', 'nin', [2, 4]],
    ['entity_id', '2', 'gt', [3, 4]],
    ['entity_id', '2', 'lt', [1]],
    ['entity_id', '2', 'gteq', [2, 3, 4]],
    ['entity_id', '2', 'lteq', [1, 2]],
    ['created_at', '2026-11-03 10:00:00', 'from', [3, 4]],
    ['created_at', '2026-11-02 10:00:00', 'to', [1, 2]],
    ['customer_email', 'LEE@%', 'like', [1]],
    ['customer_email', 'lee%', 'nlike', [2, 3, 4]],
    ['coupon_code', '', 'notnull', [3]],
    ['coupon_code', '', 'null', [1, 2, 4]],
    ['applied_rule_ids', '1', 'finset', [3]],
    ['applied_rule_ids', '2', 'nfinset', [3]],
    ['entity_id', '2', 'moreq', [2]],
    ['store_id', '2', 'eq', [3]],
    ['total_paid', '45', 'gt', [4]],
  ])('%s %s %s finds %j', async (field, value, condition, expected) => {
    expect(await ids(filtered(field, value, condition))).toEqual(expected);
  });

  it('filters are joined by OR inside a group and by AND between groups', async () => {
    const filter = (group: number, index: number, field: string, value: string): string =>
      `searchCriteria[filterGroups][${String(group)}][filters][${String(index)}][field]=${field}&searchCriteria[filterGroups][${String(group)}][filters][${String(index)}][value]=${value}`;
    expect(
      await ids(
        [filter(0, 0, 'entity_id', '1'), filter(0, 1, 'entity_id', '2'), filter(1, 0, 'status', 'pending')].join('&'),
      ),
    ).toEqual([1]);
  });

  it('sorts, descending by default, and pages from one', async () => {
    const sorted = 'searchCriteria[sortOrders][0][field]=entity_id';
    expect(await ids(sorted)).toEqual([4, 3, 2, 1]);
    expect(
      await ids(
        `${sorted}&searchCriteria[sortOrders][0][direction]=ASC&searchCriteria[pageSize]=2&searchCriteria[currentPage]=2`,
      ),
    ).toEqual([3, 4]);
    expect(await ids('searchCriteria[pageSize]=2&searchCriteria[currentPage]=0')).toEqual([1, 2]);
    expect(await ids('searchCriteria[pageSize]=-1')).toEqual([1]);
    expect(await ids('searchCriteria[pageSize]=0')).toEqual([1, 2, 3, 4]);
    expect(await ids('searchCriteria[pageSize]=3&searchCriteria[currentPage]=9')).toEqual([]);
  });

  it('counts all matches whatever the page', async () => {
    const { body } = await call(shop, 'GET', '/V1/orders?searchCriteria[pageSize]=1');
    expect([listAt(body, 'items').length, at(body, 'total_count')]).toEqual([1, 4]);
  });

  it('refuses a mistyped direction and a criteria that is a list', async () => {
    const direction = await call(
      shop,
      'GET',
      '/V1/orders?searchCriteria[sortOrders][0][field]=entity_id&searchCriteria[sortOrders][0][direction]=UPWARDS',
    );
    expect([direction.status, at(direction.body, 'message')]).toEqual([
      400,
      'The sort order has to be specified as %1 for ascending order or %2 for descending order.',
    ]);
    expect((await call(shop, 'GET', '/V1/orders?searchCriteria[]=')).status).toBe(400);
  });

  it('documents are filtered by order and date', async () => {
    const { body } = await call(shop, 'GET', `/V1/invoices?${filtered('order_id', '4')}`);
    expect(listAt(body, 'items').map((item) => at(item, 'order_id'))).toEqual([4]);
    expect(
      at((await call(shop, 'GET', `/V1/invoices?${filtered('created_at', '2020-01-01', 'lt')}`)).body, 'total_count'),
    ).toBe(0);
  });
});
