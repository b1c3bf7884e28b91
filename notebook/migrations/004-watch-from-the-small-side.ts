import { sql } from '../../database/kysely';
import type { Migration } from './migration';

/** What the watch of Counterpoint needs to answer from small sides (P-27): see docs/decisions/045. */
export const watchFromTheSmallSide: Migration = {
  number: 4,
  name: 'watch from the small side',
  tables: ['watch', 'saved_ticket'],
  statements: () => [
    sql`create table cantus.watch (instance varchar(60) not null, order_after varchar(40) not null, document_after bigint not null, day_after varchar(10) not null, finished_at varchar(24) not null, primary key (instance))`,
    sql`create table cantus.saved_ticket (instance varchar(60) not null, doc_id bigint not null, order_no varchar(40) not null, primary key (instance, doc_id))`,
    sql`create index ix_order_link_open on cantus.order_link (instance, settled, order_no)`,
    sql`create index ix_order_link_ticket on cantus.order_link (ticket_no, str_id)`,
    sql`create index ix_seen_seen_at on cantus.seen (instance, seen_at)`,
    sql`insert into cantus.saved_ticket (instance, doc_id, order_no)
select t.instance, t.doc_id, min(t.order_no) from cantus.seen t
where t.seen_key like 'T:%' and t.doc_id is not null and not exists (
  select 1 from cantus.seen p where p.instance = t.instance and p.order_no = t.order_no and p.seen_key in (concat('P:', t.doc_id), concat('G:', t.doc_id))
)
group by t.instance, t.doc_id`,
  ],
};
