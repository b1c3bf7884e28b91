import { createCounterpoint, createDatabase, startPostgres, type PostgresServer } from '../../sandbox/counterpoint';

declare global {
  var cantusPostgres: PostgresServer | undefined;
}

/** The database every test's own one is copied from. */
export const TEMPLATE = 'counterpoint_template';

/** One PostgreSQL per test run; workers find it through the environment. A run on another engine needs none. */
export default async function startOnce(): Promise<void> {
  if (process.env['CANTUS_TEST_ENGINE'] === 'sqlserver') return;
  const server = await startPostgres();
  globalThis.cantusPostgres = server;
  await createDatabase(server.url('postgres'), TEMPLATE);
  const template = await createCounterpoint(server.url(TEMPLATE));
  await template.close();
  process.env['CANTUS_TEST_POSTGRES'] = server.url('postgres');
}
