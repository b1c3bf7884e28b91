import { mkdir, mkdtemp } from 'node:fs/promises';
import { join } from 'node:path';
import { createCounterpoint, createDatabase, startPostgres, type PostgresServer } from '../../sandbox/counterpoint';

declare global {
  var cantusPostgres: PostgresServer | undefined;
}

/** The database every test's own one is copied from. */
export const TEMPLATE = 'counterpoint_template';

/** What all tests of a run share: their workers find it through the environment. */
export default async function startOnce(): Promise<void> {
  const cache = join(__dirname, '..', '..', '.cache');
  await mkdir(cache, { recursive: true });
  process.env['CANTUS_TEST_BUILT'] = await mkdtemp(join(cache, 'built-'));
  await startDatabase();
}

/** One PostgreSQL; a run on another engine needs none. */
async function startDatabase(): Promise<void> {
  if (process.env['CANTUS_TEST_ENGINE'] === 'sqlserver') return;
  const server = await startPostgres();
  globalThis.cantusPostgres = server;
  await createDatabase(server.url('postgres'), TEMPLATE);
  const template = await createCounterpoint(server.url(TEMPLATE));
  await template.close();
  process.env['CANTUS_TEST_POSTGRES'] = server.url('postgres');
}
