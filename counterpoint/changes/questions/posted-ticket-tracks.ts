import { sql } from '../../../database/kysely';
import type { Days, Question } from './question';

/** Tracking numbers on posted tickets, of orders that ended too: carrier software types them in late. */
export const postedTicketTracks: Question<Days> = ({ instance, engine }, { from, to }) => sql`
select f.order_no, f.seen_key, 'tracking number entered' as what
from (
  select l.instance, l.order_no, concat('K:', k."DOC_ID", ':', k."PKG_TRK_NO")${engine.ours} as seen_key
  from dbo."PS_TKT_HIST_PKG_TRK_NO" k
  join dbo."PS_TKT_HIST_ORIG_DOC" o on o."BUS_DAT" = k."BUS_DAT" and o."DOC_ID" = k."DOC_ID"
  join cantus.order_link l on l.doc_id = o."ORIG_DOC_ID"
  where k."BUS_DAT" >= ${engine.time(from)} and k."BUS_DAT" <= ${engine.time(to)}
    and o."BUS_DAT" >= ${engine.time(from)} and o."BUS_DAT" <= ${engine.time(to)} and l.instance = ${instance}
    and (l.deposit_doc_id is null or o."DOC_ID" <> l.deposit_doc_id)
  union all
  select l.instance, l.order_no, concat('K:', k."DOC_ID", ':', k."PKG_TRK_NO")${engine.ours} as seen_key
  from dbo."PS_TKT_HIST_PKG_TRK_NO" k
  join dbo."PS_TKT_HIST" h on h."BUS_DAT" = k."BUS_DAT" and h."DOC_ID" = k."DOC_ID"
  join cantus.order_link l
    on l.ticket_no = reverse(substring(reverse(h."TKT_NO"), 4, 15))${engine.ours} and l.str_id = h."STR_ID"${engine.ours}
  where k."BUS_DAT" >= ${engine.time(from)} and k."BUS_DAT" <= ${engine.time(to)}
    and h."BUS_DAT" >= ${engine.time(from)} and h."BUS_DAT" <= ${engine.time(to)} and l.instance = ${instance}
    and substring(reverse(h."TKT_NO"), 3, 1) = '-'
) f
where not exists (
  select 1 from cantus.seen s where s.instance = f.instance and s.order_no = f.order_no and s.seen_key = f.seen_key
)`;
