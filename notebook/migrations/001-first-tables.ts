import { sql } from '../../database/kysely';
import type { Migration } from './migration';

/**
 * The tables as they were before migrations were numbered. `order_link` refuses a second document for an order by its
 * keys: the database does, whoever asks (P-01).
 */
const TABLES: Readonly<Record<string, string>> = {
  order_link: `instance varchar(60) not null, order_no varchar(40) not null, entity_id bigint not null, doc_id bigint not null, doc_guid varchar(36) not null,
    ticket_no varchar(15) not null, str_id varchar(10) not null, deposit_doc_id bigint null, deposit_ticket_no varchar(15) null, deposit decimal(15,2) not null,
    cust_no varchar(15) null, written_at varchar(24) not null, fingerprint varchar(64) not null, effects varchar(10) not null, settled varchar(1) not null,
    primary key (instance, order_no), unique (instance, entity_id), unique (doc_id)`,
  line_link: `instance varchar(60) not null, order_no varchar(40) not null, doc_id bigint not null, lin_guid varchar(36) not null, item_id bigint not null,
    item_no varchar(20) not null, qty decimal(15,4) not null, primary key (lin_guid), unique (instance, order_no, item_id)`,
  order_figures: `instance varchar(60) not null, order_no varchar(40) not null, placed_on varchar(10) not null, str_id varchar(10) not null,
    pay_code varchar(15) null, deposit decimal(15,2) not null, receipt varchar(1) not null, confirmed_at varchar(24) null,
    net decimal(15,2) not null, shipping decimal(15,2) not null, tax decimal(15,2) not null, shipping_tax decimal(15,2) not null, total decimal(15,2) not null,
    primary key (instance, order_no)`,
  customer_link: `instance varchar(60) not null, shop_key varchar(260) not null, cust_no varchar(15) not null, primary key (instance, shop_key)`,
  seen: `instance varchar(60) not null, order_no varchar(40) not null, seen_key varchar(150) not null, seen_at varchar(24) not null, doc_id bigint null, primary key (instance, order_no, seen_key)`,
  shop_seen: `instance varchar(60) not null, order_no varchar(40) not null, fingerprint varchar(200) not null, seen_at varchar(24) not null, primary key (instance, order_no)`,
  intent: `instance varchar(60) not null, order_no varchar(40) not null, kind varchar(10) not null, guid varchar(36) not null, sent_at varchar(24) not null, primary key (instance, order_no, kind, guid)`,
  parked: `instance varchar(60) not null, record_key varchar(120) not null, order_no varchar(40) null, reason varchar(1000) not null, parked_at varchar(24) not null, primary key (instance, record_key)`,
};

const INDEXES: Readonly<Record<string, string>> = {
  order_link: 'create index ix_order_link_settled on cantus.order_link (instance, settled)',
  line_link: 'create index ix_line_link_doc on cantus.line_link (doc_id)',
};

/** A database prepared before there were numbers has these tables, with data in them: only what is missing is made. */
export const firstTables: Migration = {
  number: 1,
  name: 'first tables',
  tables: Object.keys(TABLES),
  statements: (_engine, columns) =>
    Object.entries(TABLES)
      .filter(([table]) => !columns.has(`cantus.${table}`))
      .flatMap(([table, definition]) => [
        sql.raw(`create table cantus.${table} (${definition})`),
        ...(INDEXES[table] === undefined ? [] : [sql.raw(INDEXES[table])]),
      ]),
};
