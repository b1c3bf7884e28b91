import { VOIDED_DOC_TYP } from '../../guesses';
import { sql } from '../../../database/kysely';
import type { Question } from './question';

/** Release tickets that were voided and still stand among the unposted documents. */
export const voidedTickets: Question = ({ instance }) => sql`
select f.order_no, f.seen_key, 'release ticket voided' as what
from (
  select l.instance, l.order_no, concat('V:', h."DOC_ID") as seen_key
  from dbo."PS_DOC_HDR_ORIG_DOC" o
  join cantus.order_link l on l.doc_id = o."ORIG_DOC_ID"
  join dbo."PS_DOC_HDR" h on h."DOC_ID" = o."DOC_ID" and h."DOC_TYP" = 'T' and h."IS_REL_TKT" = 'Y'
  where l.instance = ${instance}
    and (h."VOID_USR_ID" is not null or exists (
      select 1 from dbo."PS_DOC_AUDIT_LOG" a where a."DOC_ID" = h."DOC_ID" and a."DOC_TYP" = ${sql.lit(VOIDED_DOC_TYP)}
    ))
) f
where not exists (
  select 1 from cantus.seen s where s.instance = f.instance and s.order_no = f.order_no and s.seen_key = f.seen_key
)`;
