import { sql } from '../../database/kysely';
import type { Migration } from './migration';

/** When the shop refused a sending behind which a charge may stand: it is not under way, and nothing but its name lifts it. */
export const refusedIntents: Migration = {
  number: 2,
  name: 'refused intents',
  tables: [],
  statements: () => [sql.raw('alter table cantus.intent add refused_at varchar(24) null')],
};
