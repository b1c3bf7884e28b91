import { openPostgres, type SandboxDatabase } from './database';
import { createSchema } from './schema';
import { seedCounterpoint, type SeedOptions } from './seed';

export { createClerk, type Clerk } from './clerk';
export type { ClerkHabits } from './clerk/habits';
export { onSqlServer, openPostgres, type SandboxDatabase } from './database';
export { startPostgres, type PostgresServer } from './postgres';
export { createSchema } from './schema';
export { SEED, seedCounterpoint, seedItem, STANDARD_ITEMS, type SeedItem, type SeedOptions } from './seed';

/**
 * Makes a Counterpoint company database with a web store, codes, customers and articles in an empty PostgreSQL database.
 * @returns a door to it, for the clerk and for looking at rows; the caller closes it.
 */
export async function createCounterpoint(url: string, options: SeedOptions = {}): Promise<SandboxDatabase> {
  const database = openPostgres(url);
  await createSchema(database);
  await seedCounterpoint(database, options);
  return database;
}

/** Creates an empty database on a server, given the URL of its maintenance database. */
export async function createDatabase(serverUrl: string, name: string, template?: string): Promise<void> {
  const server = openPostgres(serverUrl);
  try {
    await server.query(`create database "${name}"${template === undefined ? '' : ` template "${template}"`}`);
  } finally {
    await server.close();
  }
}
