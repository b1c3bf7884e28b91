import { ScheduleAlreadyRunning, ScheduleOverlapPolicy, type Client, type ScheduleSpec } from '@temporalio/client';
import type { Command } from 'commander';
import { scheduleId, taskQueue, type ScheduleKind } from '../domain/identities';
import type { Settings } from '../domain/settings';
import { registerSearchAttributes } from '../worker/search-attributes';
import { command, settingsOf, type CommonOptions, type Done } from './options';
import { print } from './output';
import { withEngine, withInstance, type Engine } from './session';

interface SetUp {
  readonly instance: string;
  readonly searchAttributes: readonly string[];
  readonly schedules: readonly string[];
  readonly problems: readonly string[];
}

/** `cantus setup`: everything an instance needs beside its configuration; safe to run again at any time. */
export const setupCommand = (done: Done): Command =>
  command('setup', 'prepare Temporal and the Counterpoint database for the given instances; may be run again')
    .option('--no-schedules', 'leave the schedules out: imports and watches then run on demand only')
    .action(async (options: CommonOptions & { schedules: boolean }) => {
      const instances = await settingsOf(options);
      const all = await withEngine(async (engine) => {
        const results: SetUp[] = [];
        for (const settings of instances) results.push(await setUp(engine, settings, options.schedules));
        return results;
      });
      print(options.json, all, () => all.map(inWords).join('\n'));
      done(all.some((each) => each.problems.length > 0) ? 1 : 0);
    });

async function setUp(engine: Engine, settings: Settings, withSchedules: boolean): Promise<SetUp> {
  const problems = await withInstance(engine, settings, async ({ deps }) => {
    await deps.store.prepare();
    return await deps.store.check();
  });
  const searchAttributes = await registerSearchAttributes(engine.connection, engine.namespace);
  const schedules = withSchedules ? await createSchedules(engine.client, settings) : [];
  return { instance: settings.instance, searchAttributes, schedules, problems };
}

interface Job {
  readonly kind: ScheduleKind;
  readonly workflow: string;
  readonly when: (settings: Settings) => ScheduleSpec;
  /** How late a run that was missed is still worth making up for. */
  readonly catchup: '1 minute' | '12 hours';
}

const every = (seconds: number): ScheduleSpec => ({ intervals: [{ every: seconds * 1000 }] });

/** At a local time of day, daylight saving included. */
function daily(clock: string, timezone: string): ScheduleSpec {
  const [hour = 0, minute = 0] = clock.split(':').map(Number);
  return { calendars: [{ hour, minute }], timezone };
}

const JOBS: readonly Job[] = [
  { kind: 'import', workflow: 'importOrders', when: ({ schedules }) => every(schedules.import), catchup: '1 minute' },
  {
    kind: 'watch-counterpoint',
    workflow: 'watchCounterpoint',
    when: ({ schedules }) => every(schedules.watchCounterpoint),
    catchup: '1 minute',
  },
  {
    kind: 'watch-magento',
    workflow: 'watchMagento',
    when: ({ schedules }) => every(schedules.watchMagento),
    catchup: '1 minute',
  },
  {
    kind: 'census',
    workflow: 'census',
    when: ({ schedules, timezone }) => daily(schedules.census, timezone),
    catchup: '12 hours',
  },
];

/** Creates the schedules, or brings existing ones to what the configuration says now. */
async function createSchedules(client: Client, settings: Settings): Promise<string[]> {
  const ids: string[] = [];
  for (const job of JOBS) {
    const id = scheduleId(settings.instance, job.kind);
    const spec = job.when(settings);
    const policies = { overlap: ScheduleOverlapPolicy.SKIP, catchupWindow: job.catchup };
    const action = {
      type: 'startWorkflow',
      workflowType: job.workflow,
      workflowId: id,
      taskQueue: taskQueue(settings.instance),
      args: [],
    } as const;
    try {
      await client.schedule.create({ scheduleId: id, spec, policies, action });
    } catch (error) {
      if (!(error instanceof ScheduleAlreadyRunning)) throw error;
      await client.schedule.getHandle(id).update((existing) => ({ ...existing, spec, policies, action }));
    }
    ids.push(id);
  }
  return ids;
}

const inWords = (result: SetUp): string =>
  [
    `Instance ${result.instance}: database prepared`,
    result.searchAttributes.length > 0
      ? `  search attributes added: ${result.searchAttributes.join(', ')}`
      : '  search attributes were all there',
    ...result.schedules.map((id) => `  schedule ${id}`),
    ...result.problems.map((problem) => `  PROBLEM ${problem}`),
  ].join('\n');
