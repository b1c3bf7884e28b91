import { openEngine } from '../../../database/engines/open-engine';
import { type Engine } from '../../../database/engine';
import { storeOn } from '../../../counterpoint/open-store';
import type { CounterpointSettings } from '../../../domain/settings';
import { draft } from '../../support/drafts';
import { settings } from '../../support/store';

/** Where a worker stops for good: with everything written and nothing committed, or with the commit that nobody heard of. */
export type StopsAt = 'written' | 'committed';

/** A worker of its own for the kill test, on whichever engine the suite runs: writes one order, says so and stands still. */
async function main(): Promise<void> {
  const [order = '', stopsAt] = process.argv.slice(2);
  const connection = JSON.parse(process.env['CANTUS_TEST_CONNECTION'] ?? '') as CounterpointSettings['connection'];
  const engine = openEngine(connection, () => undefined);
  const stopped: Engine = {
    ...engine,
    transaction: (about, work) =>
      engine.transaction(about, async (on) => {
        const result = await work(on);
        if (stopsAt === 'written' && about === order) await say('written');
        return result;
      }),
  };
  await storeOn(stopped, settings(connection), () => undefined).target.createDocument(draft({ order }));
  await say('committed');
}

/** Never comes back: whoever reads it ends this process. */
async function say(where: StopsAt): Promise<never> {
  process.stdout.write(`${where}\n`);
  process.stdin.resume();
  return new Promise<never>(() => undefined);
}

void main();
