import { sql } from '../../database/kysely';
import type { Migration } from './migration';

/** Which of several orders with one number has the number alone; every order that was written keeps the key it has. */
export const orderKeys: Migration = {
  number: 11,
  name: 'order keys',
  tables: ['order_key'],
  statements: () => [
    sql.raw(
      'create table cantus.order_key (instance varchar(60) not null, entity_id bigint not null, number varchar(60) not null, order_no varchar(60) not null, primary key (instance, entity_id), unique (instance, order_no))',
    ),
    sql.raw('create index ix_order_key_number on cantus.order_key (instance, number)'),
    sql.raw(
      'insert into cantus.order_key (instance, entity_id, number, order_no) select instance, entity_id, order_no, order_no from cantus.order_link',
    ),
  ],
};
