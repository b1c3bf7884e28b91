import { lateNews } from '../../passes/late-news';
import type { Deps } from '../../passes/deps';

test('P-16 X-02 what was told since the store’s day before began is named by order and by what it is', async () => {
  const asked: unknown[] = [];
  const at = '2026-11-01T12:00:00Z';
  const told = [
    { order: '12', key: 'E:12:0a1b', at },
    { order: '12', key: 'E:T:7C9E6679-7425-40DE-944B-E07FC1F90AE7', at },
    { order: '*', key: 'M:7', at },
    { order: '*', key: 'M:8', at },
    { order: '14', key: 'R:990', at },
  ];
  const notebook = {
    toldSince: (...question: unknown[]) => {
      asked.push(...question);
      return Promise.resolve(told);
    },
  };
  const deps = { notebook, settings: { timezone: 'America/New_York' } } as unknown as Deps;
  // An hour is repeated on this day; the day before began in summer time.
  expect(await lateNews(deps, '2026-11-01T11:00:00.000Z', [{ key: 'M:7', order: '13' }])).toEqual([
    { order: '12', code: 'changedAfterEnd', at },
    { order: '12', code: 'releasedAfterEnd', at },
    { order: '13', code: 'refundedInShop', at },
    { order: '14', code: 'returnedInCounterpoint', at },
  ]);
  expect(asked).toEqual(['2026-10-31T04:00:00Z', ['E', 'M', 'R']]);
});
