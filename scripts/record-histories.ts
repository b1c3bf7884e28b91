import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { temporal } from '@temporalio/proto';
import { orderWorkflowId } from '../domain/identities';
import { playDemo } from '../sandbox/play/demo';
import { openStage } from '../sandbox/play/stage';
import { release } from '../worker/release';

const { History } = temporal.api.history.v1;

/**
 * `npm run record:histories`: plays the demo's scenes and keeps each order's history as this release wrote it, so that
 * every later release proves it can go on with them (test/workflows/replay.test.ts). Recorded once per release.
 */
async function record(): Promise<void> {
  const folder = join(__dirname, '..', 'test', 'fixtures', 'histories', release());
  mkdirSync(folder, { recursive: true });
  const stage = await openStage();
  try {
    await stage.cantus('setup', '--json');
    await stage.worker.start();
    const endings = await playDemo(stage, () => undefined);
    const failed = endings.filter(({ asExpected }) => !asExpected);
    if (failed.length > 0) throw new Error(failed.map(({ scene, what }) => `${scene}: ${what}`).join('\n'));
    for (const { scene, order } of endings) {
      const handle = stage.client.workflow.getHandle(orderWorkflowId(stage.instance, order));
      const history = withoutMachine(await handle.fetchHistory());
      const name = scene
        .toLowerCase()
        .replace(/[^a-z0-9]+/g, '-')
        .replace(/^-|-$/g, '');
      writeFileSync(join(folder, `${name}.binpb`), History.encode(history).finish());
      console.log(`${name}: order ${order}`);
    }
  } finally {
    await stage.close();
  }
}

const OF_THE_MACHINE = new Set(['identity', 'stackTrace']);

/** Which machine recorded it, and from which folder, is nobody's business. */
function withoutMachine<T>(part: T): T {
  if (typeof part !== 'object' || part === null || part instanceof Uint8Array) return part;
  const fields = part as Record<string, unknown>;
  for (const [name, value] of Object.entries(fields)) {
    if (typeof value !== 'string') withoutMachine(value);
    else if (OF_THE_MACHINE.has(name)) fields[name] = 'worker';
    else if (name === 'name' && value.includes('@')) fields[name] = 'sticky';
  }
  return part;
}

record().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
