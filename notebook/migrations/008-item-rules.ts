import { sql } from '../../database/kysely';
import type { Migration } from './migration';

/** What a person decided once for a SKU, for every later order of the instance. */
export const itemRules: Migration = {
  number: 8,
  name: 'item rules',
  tables: ['item_rule'],
  statements: () => [
    sql.raw(`create table cantus.item_rule (instance varchar(60) not null, sku varchar(255) not null, item_no varchar(40) not null,
    decided_by varchar(60) not null, decided_at varchar(24) not null, order_no varchar(40) null, primary key (instance, sku))`),
  ],
};
