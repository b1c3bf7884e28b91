import { ScheduleNotFoundError } from '@temporalio/client';
import type { Deps } from '../../activities/deps';
import { checkHealth, healthNews } from '../../activities/health';
import type { CandidateQuery } from '../../magento';
import { settings } from '../support/store';

interface Run {
  readonly status: string;
  readonly minutesAgo: number;
  readonly events?: number;
}

interface World {
  /** Newest last, as the engine lists them; null: there is no schedule. */
  readonly passes?: readonly Run[] | null;
  readonly orders?: number;
  readonly shopAheadMs?: number;
  readonly storeAheadMs?: number;
}

const ago = (minutes: number): Date => new Date(Date.now() - minutes * 60_000);
const RECENT: readonly Run[] = [{ status: 'COMPLETED', minutesAgo: 1 }];

function instance({ passes = RECENT, orders = 1, shopAheadMs = 0, storeAheadMs = 0 }: World): {
  deps: Deps;
  asked: CandidateQuery[];
} {
  const asked: CandidateQuery[] = [];
  const describe = (id: string) => {
    if (passes === null) return Promise.reject(new ScheduleNotFoundError('no schedule', id));
    const recentActions = passes.map((_, at) => ({
      action: { workflow: { workflowId: String(at), firstExecutionRunId: 'run' } },
    }));
    return Promise.resolve({ state: { paused: false }, info: { recentActions, createdAt: ago(100_000) } });
  };
  const describeRun = (at: string) => {
    const { status, minutesAgo, events = 20 } = passes?.[Number(at)] ?? { status: 'FAILED', minutesAgo: 0 };
    const time = ago(minutesAgo);
    return Promise.resolve({
      status: { name: status },
      startTime: time,
      closeTime: status === 'RUNNING' ? undefined : time,
      historyLength: events,
    });
  };
  const client = {
    schedule: { getHandle: (id: string) => ({ describe: () => describe(id) }) },
    workflow: { getHandle: (id: string) => ({ describe: () => describeRun(id) }) },
  };
  const clock = (aheadMs: number) => () => Promise.resolve(new Date(Date.now() + aheadMs).toISOString());
  const shop = {
    clock: clock(shopAheadMs),
    candidates: (query: CandidateQuery) => {
      asked.push(query);
      return Promise.resolve({ orders: Array.from({ length: orders }, () => ({})), parked: [], next: null });
    },
  };
  const own = {
    ...settings({ kind: 'sandbox', url: '', poolMax: 1 }),
    silence: { expectOrderEvery: 3_600, between: '00:00-24:00' },
  };
  return {
    deps: {
      client,
      shop,
      store: { clock: clock(storeAheadMs) },
      settings: own,
      log: () => undefined,
    } as unknown as Deps,
    asked,
  };
}

const codes = async (world: World, pass?: { since: string | null }): Promise<string[]> =>
  (await checkHealth(instance(world).deps, pass)).map(({ code, about }) => `${code} ${about}`);

it('P-20 asks the shop for one order of any status since the silence began', async () => {
  const { deps, asked } = instance({ orders: 0 });
  expect((await checkHealth(deps)).map(({ code }) => code)).toEqual(['noOrders']);
  expect(asked).toMatchObject([{ statuses: [], pageSize: 1 }]);
  expect(Math.round((Date.now() - Date.parse(asked[0]?.from ?? '')) / 60_000)).toBe(60);
  expect(await codes({ orders: 1 })).toEqual([]);
});

it('P-20 a pass that fails again and again is named, one that is at work is not', async () => {
  const failed = (minutesAgo: number): Run => ({ status: 'FAILED', minutesAgo });
  expect(await codes({ passes: [{ status: 'COMPLETED', minutesAgo: 20 }, failed(2), failed(1)] })).toEqual([
    'passesFail import',
    'passesFail watch-counterpoint',
  ]);
  expect(await codes({ passes: [failed(2), { status: 'RUNNING', minutesAgo: 1 }] })).toEqual([]);
});

it('P-20 a pass that no worker takes up is none', async () => {
  const waiting: Run = { status: 'RUNNING', minutesAgo: 30, events: 2 };
  expect(await codes({ passes: [{ status: 'COMPLETED', minutesAgo: 31 }, waiting] })).toEqual([
    'passesFail import',
    'passesFail watch-counterpoint',
  ]);
});

it('P-20 an instance without schedules is run on demand', async () => {
  expect(await codes({ passes: null })).toEqual([]);
});

it('P-20 a watch that lost its place is named, its very first pass is not', async () => {
  expect(await codes({}, { since: null })).toEqual(['watermarkLost watch-magento']);
  expect(await codes({ passes: [{ status: 'RUNNING', minutesAgo: 0, events: 20 }] }, { since: null })).toEqual([]);
  expect(await codes({ passes: null }, { since: null })).toEqual([]);
});

it('P-20 compares both clocks with this machine’s', async () => {
  expect(await codes({ shopAheadMs: 300_000, storeAheadMs: -300_000 })).toEqual([
    'clockSkew shop',
    'clockSkew counterpoint',
  ]);
});

it('P-20 the same trouble is the same news all day', async () => {
  const { deps } = instance({ orders: 0 });
  const [finding] = await checkHealth(deps);
  if (!finding) throw new Error('nothing found');
  expect(healthNews(deps, finding)).toMatchObject({
    key: expect.stringMatching(/^Y:noOrders:shop:\d{4}-\d\d-\d\d$/),
    owner: 'merchant',
  });
});
