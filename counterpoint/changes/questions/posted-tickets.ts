import { sql } from '../../../database/kysely';
import type { Days, Question } from './question';

/** Posted tickets that link to one of our orders, its deposit ticket left out. */
export const postedTickets: Question<Days> = ({ instance, engine }, { from, to }) => sql`
select f.order_no, f.seen_key, 'release ticket posted' as what
from (
  select l.instance, l.order_no, concat('P:', o."DOC_ID") as seen_key
  from dbo."PS_TKT_HIST_ORIG_DOC" o
  join cantus.order_link l on l.doc_id = o."ORIG_DOC_ID"
  where o."BUS_DAT" >= ${engine.time(from)} and o."BUS_DAT" <= ${engine.time(to)}
    and l.instance = ${instance} and (l.deposit_doc_id is null or o."DOC_ID" <> l.deposit_doc_id)
) f
where not exists (
  select 1 from cantus.seen s where s.instance = f.instance and s.order_no = f.order_no and s.seen_key = f.seen_key
)`;

/** Posted tickets told by their number, where the link is missing. */
export const unlinkedPostedTickets: Question<Days> = ({ instance, engine }, { from, to }) => sql`
select f.order_no, f.seen_key, 'release ticket posted' as what
from (
  select l.instance, l.order_no, concat('P:', h."DOC_ID") as seen_key
  from dbo."PS_TKT_HIST" h
  join cantus.order_link l
    on l.ticket_no = reverse(substring(reverse(h."TKT_NO"), 4, 15))${engine.ours} and l.str_id = h."STR_ID"${engine.ours}
  where h."BUS_DAT" >= ${engine.time(from)} and h."BUS_DAT" <= ${engine.time(to)}
    and substring(reverse(h."TKT_NO"), 3, 1) = '-' and l.instance = ${instance}
) f
where not exists (
  select 1 from cantus.seen s where s.instance = f.instance and s.order_no = f.order_no and s.seen_key = f.seen_key
)`;
