import { randomUUID } from 'node:crypto';
import { createDatabase, openPostgres, type SandboxDatabase } from '../../sandbox/counterpoint';
import { TEMPLATE } from './global-setup';

export interface TestDatabase {
  readonly url: string;
  readonly database: SandboxDatabase;
  close(): Promise<void>;
}

/** A Counterpoint of this test's own: a copy of the seeded template on the PostgreSQL of the test run. */
export async function freshCounterpoint(): Promise<TestDatabase> {
  const server = process.env['CANTUS_TEST_POSTGRES'];
  if (server === undefined)
    throw new Error(
      'No PostgreSQL is running: jest.config.js has to name test/support/global-setup.ts as globalSetup.',
    );
  const name = `counterpoint_${randomUUID().replace(/-/g, '').slice(0, 16)}`;
  await createDatabase(server, name, TEMPLATE);
  const url = new URL(server);
  url.pathname = `/${name}`;
  const database = openPostgres(url.href);
  return {
    url: url.href,
    database,
    async close() {
      await database.close();
      const admin = openPostgres(server);
      await admin.query(`drop database "${name}" with (force)`);
      await admin.close();
    },
  };
}
