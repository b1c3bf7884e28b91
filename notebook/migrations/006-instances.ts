import { sql } from '../../database/kysely';
import type { Migration } from './migration';

/** Which instances use this company database, so that one that would import another's orders is refused by name (PC-A). */
export const instances: Migration = {
  number: 6,
  name: 'instances',
  tables: ['instance'],
  statements: () => [
    sql.raw(
      'create table cantus.instance (instance varchar(60) not null, shop varchar(300) not null, store_views varchar(2000) not null, registered_at varchar(24) not null, primary key (instance))',
    ),
  ],
};
