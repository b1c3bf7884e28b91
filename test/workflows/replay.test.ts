import { readdirSync, readFileSync } from 'node:fs';
import { builtBundle } from '../support/built';
import { join } from 'node:path';
import { temporal } from '@temporalio/proto';
import { Worker, type WorkflowBundlePath } from '@temporalio/worker';
import '../support/quiet-runtime';

const { History } = temporal.api.history.v1;
const HISTORIES = join(__dirname, '..', 'fixtures', 'histories');

const recorded = readdirSync(HISTORIES).flatMap((version) =>
  readdirSync(join(HISTORIES, version)).map((name) => ({ version, name, file: join(HISTORIES, version, name) })),
);

let bundle: WorkflowBundlePath;

beforeAll(async () => {
  bundle = await builtBundle();
}, 60_000);

it('has histories of every kind of end to hold the workflows against', () => {
  expect(recorded.length).toBeGreaterThanOrEqual(10);
});

it.each(recorded)('goes on with an order that release $version wrote: $name', async ({ file }) => {
  const history = History.decode(readFileSync(file));
  await expect(Worker.runReplayHistory({ workflowBundle: bundle, replayName: file }, history)).resolves.toBeUndefined();
});

it('would notice a workflow that does something else', async () => {
  const [first] = recorded;
  if (!first) throw new Error('nothing recorded');
  const changed = History.decode(readFileSync(first.file));
  for (const { activityTaskScheduledEventAttributes: scheduled } of changed.events) {
    if (scheduled?.activityType?.name === 'createDocument') scheduled.activityType.name = 'createSomethingElse';
  }
  await expect(Worker.runReplayHistory({ workflowBundle: bundle }, changed)).rejects.toThrow();
});
