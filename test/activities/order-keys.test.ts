import type { Namesake } from '../../domain/ports/shop';
import type { Deps } from '../../passes/deps';
import { giveOrderKeys } from '../../passes/order-keys';
import { keysOf, type GivenKey, type Numbered } from '../../domain/order-keys';

const NUMBER = '000000777';
const VIEWS: readonly Namesake[] = [1, 2, 3].map((storeId) => ({
  entityId: 50 + storeId,
  incrementId: NUMBER,
  storeId,
}));
const order = (storeId: number): Numbered => ({ entityId: 50 + storeId, incrementId: NUMBER });

/** A shop that sold one number in three views, and a database that keeps the keys it gives. */
function asked(storeViews: readonly number[]) {
  const kept: GivenKey[] = [];
  const shop = { namesakes: jest.fn(() => Promise.resolve([...VIEWS])) };
  const store = {
    givenKeys: (orders: readonly Numbered[]) =>
      Promise.resolve(kept.filter(({ entityId }) => orders.some((each) => each.entityId === entityId))),
    giveKeys: (orders: readonly Numbered[]) => {
      const keys = keysOf(orders, kept);
      for (const { entityId, incrementId } of orders) {
        const key = keys.get(entityId);
        if (key !== undefined && !kept.some((each) => each.entityId === entityId))
          kept.push({ entityId, number: incrementId, key });
      }
      return Promise.resolve(keys);
    },
  };
  const settings = { magento: { import: { storeViews } } };
  const deps = { shop, notebook: store, settings } as unknown as Pick<Deps, 'settings' | 'shop' | 'notebook'>;
  const key = async (view: number): Promise<string | undefined> =>
    (await giveOrderKeys(deps, [order(view)])).get(50 + view);
  return { key, shop };
}

it('P-01 whichever view’s order comes first, the earliest sale has the number alone', async () => {
  const { key, shop } = asked([]);
  expect([await key(3), await key(1), await key(2)]).toEqual([`${NUMBER}#53`, NUMBER, `${NUMBER}#52`]);
  expect([await key(2), await key(3)]).toEqual([`${NUMBER}#52`, `${NUMBER}#53`]);
  // What was given stands without another question.
  expect(shop.namesakes).toHaveBeenCalledTimes(1);
});

it('PC-A a view that this instance never imports takes no number from it', async () => {
  const { key } = asked([2, 3]);
  expect([await key(3), await key(2)]).toEqual([`${NUMBER}#53`, NUMBER]);
});
