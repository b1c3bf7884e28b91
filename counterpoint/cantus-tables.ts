import { readColumns } from './columns';
import type { Engine } from './engine';
import { ORDER_FIGURES_TABLE } from './figures';
import { sql } from './kysely';

/**
 * Our own tables, in types both engines know. `order_link` refuses a second document for an order by its keys: the
 * database does, whoever asks (P-01).
 */
const TABLES: Readonly<Record<string, string>> = {
  order_link: `instance varchar(60) not null, order_no varchar(40) not null, entity_id bigint not null, doc_id bigint not null, doc_guid varchar(36) not null,
    ticket_no varchar(15) not null, str_id varchar(10) not null, deposit_doc_id bigint null, deposit_ticket_no varchar(15) null, deposit decimal(15,2) not null,
    cust_no varchar(15) null, written_at varchar(24) not null, fingerprint varchar(64) not null, effects varchar(10) not null, settled varchar(1) not null,
    primary key (instance, order_no), unique (instance, entity_id), unique (doc_id)`,
  line_link: `instance varchar(60) not null, order_no varchar(40) not null, doc_id bigint not null, lin_guid varchar(36) not null, item_id bigint not null,
    item_no varchar(20) not null, qty decimal(15,4) not null, primary key (lin_guid), unique (instance, order_no, item_id)`,
  order_figures: ORDER_FIGURES_TABLE,
  customer_link: `instance varchar(60) not null, shop_key varchar(260) not null, cust_no varchar(15) not null, primary key (instance, shop_key)`,
  seen: `instance varchar(60) not null, order_no varchar(40) not null, seen_key varchar(150) not null, seen_at varchar(24) not null, doc_id bigint null, primary key (instance, order_no, seen_key)`,
  shop_seen: `instance varchar(60) not null, order_no varchar(40) not null, fingerprint varchar(200) not null, seen_at varchar(24) not null, primary key (instance, order_no)`,
  intent: `instance varchar(60) not null, order_no varchar(40) not null, kind varchar(10) not null, guid varchar(36) not null, sent_at varchar(24) not null, primary key (instance, order_no, kind, guid)`,
  parked: `instance varchar(60) not null, record_key varchar(120) not null, order_no varchar(40) null, reason varchar(1000) not null, parked_at varchar(24) not null, primary key (instance, record_key)`,
};

export const CANTUS_TABLES = Object.keys(TABLES).map((name) => `cantus.${name}`);

/** Creates what is missing of the schema `cantus`; two that prepare at once wait for each other. */
export async function prepareTables(engine: Engine): Promise<void> {
  await engine.transaction('setup', async (on) => {
    await engine.write([engine.lock('cantus:prepare'), engine.createSchema], on);
    const columns = await readColumns({ ...engine, read: (selects) => engine.read(selects, on) });
    const missing = Object.entries(TABLES).filter(([name]) => !columns.has(`cantus.${name}`));
    await engine.write(
      missing.flatMap(([name, definition]) => creation(name, definition)),
      on,
    );
  });
}

const creation = (name: string, definition: string) => [
  sql.raw(`create table cantus.${name} (${definition})`),
  ...(name === 'order_link'
    ? [sql.raw('create index ix_order_link_settled on cantus.order_link (instance, settled)')]
    : []),
  ...(name === 'line_link' ? [sql.raw('create index ix_line_link_doc on cantus.line_link (doc_id)')] : []),
];
