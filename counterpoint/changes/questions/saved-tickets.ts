import { sql } from '../../../database/kysely';
import type { Question } from './question';

/** Release tickets that are saved and not posted yet, from the links of unposted documents: those of about a day. */
export const savedTickets: Question = ({ instance, engine: { ours } }) => sql`
select f.order_no, f.seen_key, 'release ticket saved' as what
from (
  select l.instance, l.order_no,
    concat('T:', h."DOC_ID", ':', upper(cast(h."DOC_GUID" as varchar(36))), ':', h."TKT_NO")${ours} as seen_key
  from dbo."PS_DOC_HDR_ORIG_DOC" o
  join cantus.order_link l on l.doc_id = o."ORIG_DOC_ID"
  join dbo."PS_DOC_HDR" h on h."DOC_ID" = o."DOC_ID" and h."DOC_TYP" = 'T' and h."IS_REL_TKT" = 'Y'
  where l.instance = ${instance}
) f
where not exists (
  select 1 from cantus.seen s where s.instance = f.instance and s.order_no = f.order_no and s.seen_key = f.seen_key
)`;
