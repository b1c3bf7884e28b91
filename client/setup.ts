import { ScheduleAlreadyRunning, ScheduleOverlapPolicy, type Client, type ScheduleSpec } from '@temporalio/client';
import { WORKFLOW } from '../domain/engine-names';
import type { Command } from 'commander';
import { scheduleId, taskQueue, type ScheduleKind } from '../domain/identities';
import type { Notebook } from '../domain/ports/notebook';
import { CantusError } from '../domain/errors';
import type { Settings } from '../domain/settings';
import { registerSearchAttributes } from '../worker/search-attributes';
import { command, settingsOf, type CommonOptions, type Done } from './options';
import { eachInstance, type Failed } from './each-instance';
import { CannotRun, print } from './output';
import { withEngine, withInstance, type Engine } from './session';

interface SetupOptions extends CommonOptions {
  readonly schedules: boolean;
  readonly retire?: string;
}

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
    .option('--retire <name>', 'only forget an instance that no longer uses the Counterpoint database')
    .action(async (options: SetupOptions) => {
      const instances = await settingsOf(options);
      await withEngine(async (engine) => {
        if (options.retire !== undefined) {
          await retire(engine, instances, options.retire, options.json);
          return;
        }
        const { results, failed } = await eachInstance(instances, (settings) =>
          setUp(engine, settings, options.schedules),
        );
        const all = [...results, ...failed.map(notSetUp)];
        print(options.json, all, () => all.map(inWords).join('\n'));
        done(failed.length > 0 ? 2 : all.some((each) => each.problems.length > 0) ? 1 : 0);
      });
    });

async function setUp(engine: Engine, settings: Settings, withSchedules: boolean): Promise<SetUp> {
  const { problems, alone } = await withInstance(engine, settings, async ({ deps }) => {
    await deps.notebook.prepare();
    const mayWork = await registered(deps.notebook);
    return { problems: await deps.target.check(), alone: mayWork };
  });
  const searchAttributes = await registerSearchAttributes(engine.connection, engine.namespace);
  // One that would import another's orders is not even scheduled.
  const schedules = withSchedules && alone ? await createSchedules(engine.client, settings) : [];
  return { instance: settings.instance, searchAttributes, schedules, problems };
}

/** False: another instance could import the same orders; the check says which. */
async function registered(notebook: Notebook): Promise<boolean> {
  try {
    await notebook.register();
    return true;
  } catch (error) {
    if (error instanceof CantusError && error.code === 'instancesShare') return false;
    throw error;
  }
}

/** In each company database of the given configurations. */
async function retire(engine: Engine, all: readonly Settings[], name: string, json: boolean): Promise<void> {
  const { results } = await eachInstance(all, (settings) =>
    withInstance(engine, settings, ({ deps }) => deps.notebook.retire(name)),
  );
  if (!results.includes(true)) throw new CannotRun(`No instance ${name} is known to these Counterpoint databases.`);
  print(json, { retired: name }, () => `Instance ${name} is no longer counted among those that use the database.`);
}

const notSetUp = ({ instance, message }: Failed): SetUp => ({
  instance,
  searchAttributes: [],
  schedules: [],
  problems: [message],
});

interface Job {
  readonly kind: ScheduleKind;
  readonly workflow: (typeof WORKFLOW)[keyof typeof WORKFLOW];
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
  {
    kind: 'import',
    workflow: WORKFLOW.importOrders,
    when: ({ schedules }) => every(schedules.import),
    catchup: '1 minute',
  },
  {
    kind: 'watch-counterpoint',
    workflow: WORKFLOW.watchCounterpoint,
    when: ({ schedules }) => every(schedules.watchCounterpoint),
    catchup: '1 minute',
  },
  {
    kind: 'watch-magento',
    workflow: WORKFLOW.watchMagento,
    when: ({ schedules }) => every(schedules.watchMagento),
    catchup: '1 minute',
  },
  {
    kind: 'census',
    workflow: WORKFLOW.census,
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
    `Instance ${result.instance}: ${result.schedules.length === 0 && result.problems.length > 0 ? 'not ready' : 'database prepared'}`,
    result.searchAttributes.length > 0
      ? `  search attributes added: ${result.searchAttributes.join(', ')}`
      : '  search attributes were all there',
    ...result.schedules.map((id) => `  schedule ${id}`),
    ...result.problems.map((problem) => `  PROBLEM ${problem}`),
  ].join('\n');
