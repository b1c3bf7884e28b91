import { sql } from '../../database/kysely';
import type { Migration } from './migration';

/** What history had of the last days when the last pass of the watch finished. */
export const watchRecentHistory: Migration = {
  number: 9,
  name: 'watch recent history',
  tables: [],
  statements: () => [sql`alter table cantus.watch add recent varchar(100) null`],
};
