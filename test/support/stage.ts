import type { OrderState } from '../../domain/order/lifecycle';
import { openStage, type Stage, type StageOptions } from '../../sandbox/play/stage';
import { until } from '../../sandbox/play/until';
import { builtBundle, builtCommand } from './built';

/**
 * A whole stage, set up and with its worker polling.
 * @param first what has to be there before it is set up
 */
export async function stageWithWorker(
  options: StageOptions = {},
  first: (stage: Stage) => Promise<void> = () => Promise.resolve(),
): Promise<Stage> {
  const [{ codePath: bundle }, command] = await Promise.all([builtBundle(), builtCommand()]);
  const stage = await openStage({ bundle, command, postgres: testPostgres(), ...options });
  await first(stage);
  const setUp = await stage.cantus('setup', '--json');
  if (setUp.code !== 0) {
    await stage.close();
    throw new Error(`setup ended with ${String(setUp.code)}: ${setUp.stdout}${setUp.stderr}`);
  }
  await stage.worker.start();
  return stage;
}

/** Waits until the order's own workflow shows the state. */
export const reaches = (stage: Stage, order: string, state: OrderState): Promise<unknown> =>
  until(`${order} to be ${state}`, async () => (await stage.view(order))?.state === state);

/** The PostgreSQL of the test run; a test cannot start one itself, because its package is an ES module. */
function testPostgres(): { port: number; url(database: string): string } {
  const server = process.env['CANTUS_TEST_POSTGRES'];
  if (server === undefined) throw new Error('No PostgreSQL is running: jest.config.js starts one for the whole run.');
  return {
    port: Number(new URL(server).port),
    url: (database) => {
      const url = new URL(server);
      url.pathname = `/${database}`;
      return url.href;
    },
  };
}
