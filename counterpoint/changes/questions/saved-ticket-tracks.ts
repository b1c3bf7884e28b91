import { sql } from '../../../database/kysely';
import type { Question } from './question';

/** Tracking numbers entered on release tickets that are not posted yet. */
export const savedTicketTracks: Question = ({ instance, engine: { ours } }) => sql`
select f.order_no, f.seen_key, 'tracking number entered' as what
from (
  select l.instance, l.order_no, concat('K:', h."DOC_ID", ':', k."PKG_TRK_NO")${ours} as seen_key
  from dbo."PS_DOC_HDR_ORIG_DOC" o
  join cantus.order_link l on l.doc_id = o."ORIG_DOC_ID"
  join dbo."PS_DOC_HDR" h on h."DOC_ID" = o."DOC_ID" and h."DOC_TYP" = 'T' and h."IS_REL_TKT" = 'Y'
  join dbo."PS_DOC_PKG_TRK_NO" k on k."DOC_ID" = h."DOC_ID"
  where l.instance = ${instance}
) f
where not exists (
  select 1 from cantus.seen s where s.instance = f.instance and s.order_no = f.order_no and s.seen_key = f.seen_key
)`;
