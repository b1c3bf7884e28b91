import { AUDIT } from '../../guesses';
import { sql } from '../../../database/kysely';
import type { Days, Question } from './question';

/** What the audit log says of orders that went into history: cancelled, above all. */
export const finishedOrdersAudit: Question<Days> = ({ instance, engine }, { from, to }) => sql`
select f.order_no, f.seen_key, 'order edited, cancelled or reinstated' as what
from (
  select l.instance, l.order_no, concat('A:', a."LOG_SEQ_NO", ':', a."ACTIV")${engine.ours} as seen_key
  from dbo."PS_ORD_HIST_AUDIT_LOG" a
  join cantus.order_link l on l.doc_id = a."DOC_ID"
  where a."BUS_DAT" >= ${engine.time(from)} and a."BUS_DAT" <= ${engine.time(to)} and a."DOC_TYP" = 'O'
    and a."ACTIV" in (${sql.lit(AUDIT.edited)}, ${sql.lit(AUDIT.cancelled)}, ${sql.lit(AUDIT.reinstated)})
    and l.instance = ${instance} and l.settled = 'N'
) f
where not exists (
  select 1 from cantus.seen s where s.instance = f.instance and s.order_no = f.order_no and s.seen_key = f.seen_key
)`;

/** Our open orders that are in history now and among the unposted documents no more. */
export const finishedOrders: Question<Days> = ({ instance, engine }, { from, to }) => sql`
select l.order_no, 'H' as seen_key, 'order moved to history' as what
from dbo."PS_ORD_HIST" b
join cantus.order_link l on l.doc_id = b."DOC_ID"
where b."BUS_DAT" >= ${engine.time(from)} and b."BUS_DAT" <= ${engine.time(to)}
  and l.instance = ${instance} and l.settled = 'N'
  and not exists (select 1 from dbo."PS_DOC_HDR" h where h."DOC_ID" = l.doc_id)`;
