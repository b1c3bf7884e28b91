import type { ReleaseTicket } from '../../../domain/order/observation';
import type { Store } from '../../../counterpoint';
import { openStore } from '../../../counterpoint';
import { draft, line } from '../../support/drafts';
import { storeBench, type StoreBench } from '../../support/store';
import { place } from '../place';

let bench: StoreBench;
let mapped: Store;
beforeAll(async () => {
  bench = await storeBench({}, place);
  mapped = await openStore({
    ...bench.settings,
    magento: { ...bench.settings.magento, source: { MAIN: 'main', '*': 'default' } },
  });
});
afterAll(async () => {
  await mapped.close();
  await bench.close();
});

let next = 410_000_000;
async function released(post: boolean): Promise<{ order: string; ticket: string }> {
  const order = String((next += 1));
  await bench.store.target.createDocument(
    draft({ order, lines: [line({ itemId: 1, sku: 'S1' }), line({ itemId: 2, sku: 'S2', qty: '1', price: '7.37' })] }),
  );
  const lines = [
    { sku: 'S1', qty: 2, location: 'EAST' },
    { sku: 'S2', qty: 1 },
  ];
  return { order, ticket: await bench.clerk().release({ order, lines, post }) };
}

const ticketsOf = async (store: Store, order: string): Promise<readonly ReleaseTicket[]> =>
  (await store.target.observe(order)).tickets;

test('C5-72 a release ticket tells from which location each item left, the order’s where the line says nothing', async () => {
  const { order } = await released(false);
  expect(await ticketsOf(mapped, order)).toMatchObject([
    {
      locations: [
        [1, 'EAST'],
        [2, 'MAIN'],
      ],
    },
  ]);
});

test('C5-72 pieces of one line that left from two places name both', async () => {
  const order = String((next += 1));
  await bench.store.target.createDocument(draft({ order, lines: [line({ itemId: 1, sku: 'S1', qty: '3' })] }));
  const lines = [
    { sku: 'S1', qty: 1, location: 'EAST' },
    { sku: 'S1', qty: 1, location: 'WEST' },
  ];
  await bench.clerk().release({ order, lines });
  const [ticket] = await ticketsOf(mapped, order);
  expect(ticket?.locations?.toSorted()).toEqual([
    [1, 'EAST'],
    [1, 'WEST'],
  ]);
});

test('no location is read where no setting hangs on it: pictures stay small', async () => {
  const { order } = await released(false);
  const [ticket] = await ticketsOf(bench.store, order);
  expect(ticket).toBeDefined();
  expect(ticket).not.toHaveProperty('locations');
});

test('what is posted has the location of the order’s line where history keeps none', async () => {
  const { order } = await released(true);
  expect(await ticketsOf(mapped, order)).toMatchObject([
    {
      state: 'posted',
      locations: [
        [1, 'MAIN'],
        [2, 'MAIN'],
      ],
    },
  ]);
});

test('a line that is not linked to the order is told by its item number', async () => {
  const order = String((next += 1));
  await bench.store.target.createDocument(draft({ order, lines: [line({ itemId: 1, sku: 'S1' })] }));
  await bench
    .clerk({ linksLines: false, linksTickets: false })
    .release({ order, lines: [{ sku: 'S1', qty: 1, location: 'EAST' }] });
  expect(await ticketsOf(mapped, order)).toMatchObject([{ locations: [[1, 'EAST']] }]);
});
