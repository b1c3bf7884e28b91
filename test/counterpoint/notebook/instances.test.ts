import { openStore, type Store } from '../../../counterpoint';
import { settings, type Place } from '../../support/store';
import { place } from '../place';

let where: Place;
let opened: Store[];
beforeEach(async () => {
  where = await place();
  opened = [];
});
afterEach(async () => {
  await Promise.all(opened.map((store) => store.close()));
  await where.close();
});

async function instance(
  name: string,
  storeViews: readonly number[] = [],
  baseUrl = 'http://shop.example',
): Promise<Store> {
  const own = settings(where.connection, {}, name);
  const store = await openStore({
    ...own,
    magento: { ...own.magento, baseUrl, import: { ...own.magento.import, storeViews } },
  });
  opened.push(store);
  await store.notebook.prepare();
  return store;
}

const sharing = async (store: Store): Promise<string[]> =>
  (await store.target.check()).filter((problem) => problem.startsWith('Instances'));

it('PC-A P-01 an instance that would import another one’s orders is refused by name, by the database they share', async () => {
  await (await instance('first')).notebook.register();
  const second = await instance('second');
  expect(await sharing(second)).toEqual([
    expect.stringMatching(/Instances second and first share the shop shop\.example.*setup --retire first/),
  ]);
  await expect(second.notebook.register()).rejects.toMatchObject({ code: 'instancesShare', kind: 'misconfigured' });
  // What was refused left no trace, and the first goes on.
  const first = await instance('first');
  expect(await sharing(first)).toEqual([]);
  await first.notebook.register();
});

it('PC-A instances that name their own store views work side by side', async () => {
  await (await instance('first', [1])).notebook.register();
  const second = await instance('second', [2, 3]);
  expect(await sharing(second)).toEqual([]);
  await second.notebook.register();
  expect(await sharing(await instance('third', [3]))).toEqual([expect.stringContaining('both import store view 3')]);
});

it('PC-A an instance that is retired makes room', async () => {
  const first = await instance('first');
  await first.notebook.register();
  const second = await instance('second');
  expect(await second.notebook.retire('nobody')).toBe(false);
  expect(await second.notebook.retire('first')).toBe(true);
  await second.notebook.register();
  expect(await sharing(second)).toEqual([]);
});

it('PC-A of two that come at one moment one is refused', async () => {
  const both = [await instance('first'), await instance('second')];
  const outcomes = await Promise.allSettled(both.map((store) => store.notebook.register()));
  expect(outcomes.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
});
