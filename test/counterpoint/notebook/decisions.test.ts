import { NO_DECISIONS } from '../../../domain/order/decisions';
import { storeBench, type StoreBench } from '../../support/store';
import { place } from '../place';

let bench: StoreBench;
beforeAll(async () => {
  bench = await storeBench({}, place);
});
afterAll(() => bench.close());

const GUID = '7C9E6679-7425-40DE-944B-E07FC1F90AE7';

test('P-26 what people decided is read back as it was written, and writing it again changes nothing', async () => {
  const decided = {
    offline: [GUID],
    accepted: ['amountsDiffer', `manualShipment:${GUID}`],
    again: { [GUID]: '2026-01-02T03:04:05.678' },
    paidAtSale: true,
    skip: true,
    confirmedCancelled: true,
    cancelRemainder: true,
    parcelsHeld: [GUID],
    skus: { "S1's": 'ITEM-1', 'S%_2': 'ITEM-2' },
    ended: 'skipped' as const,
  };
  await bench.store.notebook.keepDecisions('1', decided);
  const times = await bench.database.query(`select kind, about, decided_at from cantus.decision order by kind, about`);
  const again = await bench.store.notebook.keepDecisions('1', decided);
  const kept = await bench.store.notebook.keptDecisions('1');
  expect(kept).toEqual(again);
  expect({ ...kept, accepted: [...(kept?.accepted ?? [])].sort() }).toEqual(decided);
  expect(
    await bench.database.query(`select kind, about, decided_at from cantus.decision order by kind, about`),
  ).toEqual(times);
});

test('P-26 a later word adds to what stands; only a request that came to nothing is taken back', async () => {
  await bench.store.notebook.keepDecisions('2', {
    ...NO_DECISIONS,
    skip: true,
    cancel: { by: 'ada', reason: 'she called' },
  });
  const [row] = await bench.database.query(`select * from cantus.decision where order_no = '2' and kind = 'cancel'`);
  expect(JSON.stringify(row)).not.toContain('she called');
  await bench.store.notebook.keepDecisions('2', { ...NO_DECISIONS, accepted: ['amountsDiffer'] });
  expect(await bench.store.notebook.keptDecisions('2')).toEqual({
    ...NO_DECISIONS,
    skip: true,
    accepted: ['amountsDiffer'],
  });
});

test('P-26 PC-A an order of which nobody decided anything has none, nor has its namesake of another instance', async () => {
  const other = await bench.another({}, 'other');
  await bench.store.notebook.keepDecisions('3', { ...NO_DECISIONS, skip: true, ended: 'skipped' });
  expect(await bench.store.notebook.keptDecisions('4')).toBeUndefined();
  expect(await other.notebook.keptDecisions('3')).toBeUndefined();
  expect(await bench.store.notebook.endedByDecision(['3', '4', '5'])).toEqual(new Map([['3', 'skipped']]));
  expect(await other.notebook.endedByDecision(['3'])).toEqual(new Map());
  expect(await bench.store.notebook.decisionsOf(['3', '4'])).toEqual(
    new Map([['3', { ...NO_DECISIONS, skip: true, ended: 'skipped' }]]),
  );
  expect(await other.notebook.decisionsOf(['3'])).toEqual(new Map());
  expect(await bench.store.notebook.endedByDecision([])).toEqual(new Map());
});

test('P-26 two workers that write at once leave both their words', async () => {
  const stores = [bench.store, await bench.another()];
  await Promise.all(
    Array.from({ length: 8 }, (_, at) =>
      (stores[at % 2] ?? bench.store).notebook.keepDecisions('6', {
        ...NO_DECISIONS,
        accepted: [`difference:${String(at)}`],
      }),
    ),
  );
  expect((await bench.store.notebook.keptDecisions('6'))?.accepted).toHaveLength(8);
});
