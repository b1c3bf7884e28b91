import { sql } from '../../database/kysely';
import type { Migration } from './migration';

/**
 * How the shop's order looked when its document was written. Orders written before have no row: of them nothing is known
 * that could differ. Addresses are kept as salted signs only.
 */
export const writtenOrders: Migration = {
  number: 5,
  name: 'written orders',
  tables: ['order_written', 'row_written'],
  statements: () => [
    sql.raw(`create table cantus.order_written (instance varchar(60) not null, order_no varchar(40) not null, total decimal(15,2) not null, refunded decimal(15,2) not null,
      shipping_method varchar(120) null, payment varchar(120) not null, salt varchar(40) not null, billing varchar(20) null, ship_to varchar(20) null,
      primary key (instance, order_no))`),
    sql.raw(`create table cantus.row_written (instance varchar(60) not null, order_no varchar(40) not null, item_id bigint not null, sku varchar(64) not null, qty decimal(15,4) not null,
      primary key (instance, order_no, item_id))`),
  ],
};
