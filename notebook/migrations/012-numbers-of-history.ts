import { sql } from '../../database/kysely';
import type { Migration } from './migration';

/**
 * What is asked of history for every order and by the census, kept where an index of ours answers it (P-27): the numbers that
 * history has of the stores we write for, and which ticket was released from which order. See docs/decisions/079.
 */
export const numbersOfHistory: Migration = {
  number: 12,
  name: 'numbers of history',
  tables: ['used_number', 'numbers_read', 'release_ticket'],
  statements: (_engine, columns) => [
    sql`create table cantus.used_number (str_id varchar(10) not null, tkt_no varchar(15) not null, doc_id bigint not null, primary key (str_id, tkt_no, doc_id))`,
    sql`create index ix_used_number_doc on cantus.used_number (doc_id)`,
    sql`create table cantus.numbers_read (str_id varchar(10) not null, up_to varchar(24) not null, primary key (str_id))`,
    sql`create table cantus.release_ticket (instance varchar(60) not null, doc_id bigint not null, order_no varchar(60) not null, primary key (instance, doc_id))`,
    sql`create index ix_order_link_deposit on cantus.order_link (deposit_doc_id)`,
    ...(columns.has('dbo.PS_TKT_HIST_ORIG_DOC')
      ? [
          sql`insert into cantus.release_ticket (instance, doc_id, order_no)
select l.instance, o."DOC_ID", min(l.order_no) from dbo."PS_TKT_HIST_ORIG_DOC" o join cantus.order_link l on l.doc_id = o."ORIG_DOC_ID"
group by l.instance, o."DOC_ID"`,
        ]
      : []),
    sql`insert into cantus.release_ticket (instance, doc_id, order_no)
select t.instance, t.doc_id, min(t.order_no) from cantus.seen t
where t.seen_key like 'T:%' and t.doc_id is not null and not exists (
  select 1 from cantus.release_ticket k where k.instance = t.instance and k.doc_id = t.doc_id
)
group by t.instance, t.doc_id`,
  ],
};
