import { sql } from '../../database/kysely';
import type { Migration } from './migration';

/**
 * What people decided about an order and no look can tell, and how such an order ended: it outlives the engine's memory of
 * ended workflows (P-26). One row per decision; `about` is the ticket, difference or SKU it is about, or empty.
 */
export const decisions: Migration = {
  number: 10,
  name: 'decisions',
  tables: ['decision'],
  statements: () => [
    sql`create table cantus.decision (instance varchar(60) not null, order_no varchar(60) not null, kind varchar(20) not null, about varchar(200) not null, value varchar(200) not null, decided_at varchar(24) not null, primary key (instance, order_no, kind, about))`,
  ],
};
