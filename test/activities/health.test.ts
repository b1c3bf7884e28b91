import type { CandidateQuery } from '../../domain/ports/shop';
import { ScheduleNotFoundError, WorkflowNotFoundError } from '@temporalio/client';
import { ApplicationFailure } from '@temporalio/common';
import type { Deps } from '../../passes/deps';
import { checkHealth, healthNews, tellHealth } from '../../passes/health';
import { lookingAfterPasses } from '../../passes/rounds';
import { newIncident, nextNotice, takeInAll, type Report } from '../../domain/people/notification';
import { wordsFor } from '../../domain/people/notification-text';
import { settings } from '../support/store';

interface Run {
  readonly status: string;
  readonly minutesAgo: number;
  readonly events?: number;
  readonly tookMs?: number;
  /** The code a failed one ended by. */
  readonly code?: string;
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
  told: (readonly Report[])[];
} {
  const asked: CandidateQuery[] = [];
  const describe = (id: string) => {
    if (passes === null) return Promise.reject(new ScheduleNotFoundError('no schedule', id));
    const recentActions = passes.map((_, at) => ({
      action: { workflow: { workflowId: String(at), firstExecutionRunId: 'run' } },
    }));
    return Promise.resolve({ state: { paused: false }, info: { recentActions, createdAt: ago(100_000) } });
  };
  const told: (readonly Report[])[] = [];
  let incidentRuns = false;
  const incident = {
    signal: (_: string, reports: readonly Report[]) => {
      if (!incidentRuns) return Promise.reject(new WorkflowNotFoundError('none', 'incident', undefined));
      told.push(reports);
      return Promise.resolve();
    },
  };
  const describeRun = (at: string) => {
    const {
      status,
      minutesAgo,
      events = 20,
      tookMs = 0,
    }: Run = passes?.[Number(at)] ?? { status: 'FAILED', minutesAgo: 0 };
    const time = ago(minutesAgo);
    return Promise.resolve({
      workflowId: at,
      runId: 'run',
      status: { name: status },
      startTime: new Date(time.getTime() - tookMs),
      closeTime: status === 'RUNNING' ? undefined : time,
      historyLength: events,
    });
  };
  const client = {
    schedule: { getHandle: (id: string) => ({ describe: () => describe(id) }) },
    workflow: {
      getHandle: (id: string) =>
        id.startsWith('incident:')
          ? incident
          : {
              describe: () => describeRun(id),
              result: () => {
                const type = passes?.[Number(id)]?.code ?? 'timeout';
                return Promise.reject(new Error('failed', { cause: ApplicationFailure.create({ type }) }));
              },
            },
      signalWithStart: (_: string, { workflowId, signalArgs }: { workflowId: string; signalArgs: [Report[]] }) => {
        expect(workflowId).toBe('incident:' + own.instance + ':passesFail');
        incidentRuns = true;
        told.push(signalArgs[0]);
        return Promise.resolve();
      },
    },
  };
  const clock = (aheadMs: number) => () => Promise.resolve(new Date(Date.now() + aheadMs).toISOString());
  const shop = {
    clock: clock(shopAheadMs),
    candidates: (query: CandidateQuery) => {
      asked.push(query);
      return Promise.resolve({ orders: Array.from({ length: orders }, () => ({})), parked: [], next: null });
    },
  };
  const noted = new Set<string>();
  const store = {
    clock: clock(storeAheadMs),
    alreadyTold: () => Promise.resolve(noted),
    markSeen: (seen: readonly { order: string; keys: readonly string[] }[]) => {
      for (const { order, keys } of seen) for (const key of keys) noted.add(`${order} ${key}`);
      return Promise.resolve();
    },
  };
  const own = {
    ...settings({ kind: 'sandbox', url: '', poolMax: 1 }),
    silence: { expectOrderEvery: 3_600, between: '00:00-24:00' },
    notifications: { webhook: { url: 'http://127.0.0.1:1' } },
  };
  return {
    deps: {
      client,
      shop,
      target: store,
      notebook: store,
      settings: own,
      log: () => undefined,
    } as unknown as Deps,
    asked,
    told,
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

describe('three passes in a row', () => {
  const ended = (status: string, over: Partial<Run> = {}): Run => ({ status, minutesAgo: 1, ...over });
  const done = ended('COMPLETED');
  const failed = ended('FAILED');
  const slow = ended('COMPLETED', { tookMs: 4_000_000 });
  const abouts = (told: readonly (readonly Report[])[]): readonly string[][] =>
    told.map((reports) => reports.map(({ order }) => order));
  const ALL = ['import', 'watch-counterpoint', 'watch-magento'];

  it('P-27 are named when they failed, were given up or overran their interval, though the last good one is minutes old', async () => {
    expect(await codes({ passes: [done, failed, ended('TIMED_OUT'), failed] })).toHaveLength(3);
    expect(await codes({ passes: [done, slow, slow, slow] })).toHaveLength(3);
    expect(await codes({ passes: [done, failed, failed] })).toEqual([]);
    expect(await codes({ passes: [failed, failed, failed, done] })).toEqual([]);
  });

  it('P-19 P-27 that met an outage are the outage’s to tell', async () => {
    const away = ended('FAILED', { code: 'counterpointOutage' });
    expect(await codes({ passes: [done, away, away, away] })).toEqual([]);
  });

  it('P-27 are told by the very pass that fails, and by the import for the others', async () => {
    const { deps, told } = instance({ passes: [done, failed, failed, failed] });
    const broken = () => Promise.reject(new Error('ended by the time-out'));
    await expect(lookingAfterPasses(deps, 'watch-counterpoint', broken)).rejects.toThrow('time-out');
    await expect(lookingAfterPasses(deps, 'import', () => Promise.resolve('done'))).resolves.toBe('done');
    expect(abouts(told)).toEqual([ALL, ALL]);
  });

  it('P-27 are told to people once, and once when they are well again', async () => {
    const passes = [done, failed, failed, failed];
    const { deps, told } = instance({ passes });
    const look = async () => tellHealth(deps, await checkHealth(deps), { webhook: () => Promise.resolve() });
    await look();
    await look();
    passes.push(done);
    await look();
    expect(abouts(told)).toEqual([ALL, ALL, []]);

    let incident = newIncident('passesFail');
    const said: string[] = [];
    for (const [at, reports] of told.entries()) {
      const minute = at * 60_000;
      incident = takeInAll(incident, reports, minute);
      for (const now of [minute, minute + 30_000, minute + 48 * 3_600_000]) {
        const step = nextNotice(incident, now);
        if (!('notice' in step)) continue;
        incident = step.after;
        const { subject, text } = wordsFor('passesFail', step.notice, deps.settings);
        said.push(subject);
        expect(text).toContain('Schedule watch-counterpoint');
      }
    }
    expect(said).toEqual([
      `[${deps.settings.instance}] Scheduled work fails: 3 schedules`,
      `[${deps.settings.instance}] Solved: Scheduled work fails: 3 schedules`,
    ]);
  });

  it('P-20 P-27 of a census that a person runs are shown to that person alone', async () => {
    const { deps, told } = instance({ passes: [done, failed, failed, failed] });
    await tellHealth(deps, await checkHealth(deps), {});
    expect(told).toEqual([]);
  });
});
