import { sql } from '../../database/kysely';
import type { Migration } from './migration';

/** The unit a line of ours counts in: a clerk may release it in another one. Lines written before all count in stocking units. */
export const sellingUnits: Migration = {
  number: 7,
  name: 'selling units',
  tables: [],
  statements: () => [
    sql.raw('alter table cantus.line_link add numer decimal(11,0) not null default 1'),
    sql.raw('alter table cantus.line_link add denom decimal(11,0) not null default 1'),
  ],
};
