import { AUDIT } from '../../guesses';
import { sql } from '../../../database/kysely';
import type { Orders, Question } from './question';

/** What the audit log says of open orders: edited, cancelled, reinstated. */
export const orderAudit: Question<Orders> = ({ instance, engine: { ours } }, { after, upTo }) => sql`
select f.order_no, f.seen_key, 'order edited, cancelled or reinstated' as what
from (
  select l.instance, l.order_no, concat('A:', a."LOG_SEQ_NO", ':', a."ACTIV")${ours} as seen_key
  from cantus.order_link l
  join dbo."PS_DOC_AUDIT_LOG" a on a."DOC_ID" = l.doc_id and a."DOC_TYP" = 'O'
    and a."ACTIV" in (${sql.lit(AUDIT.edited)}, ${sql.lit(AUDIT.cancelled)}, ${sql.lit(AUDIT.reinstated)})
  where l.instance = ${instance} and l.settled = 'N' and l.order_no > ${after} and l.order_no <= ${upTo}
) f
where not exists (
  select 1 from cantus.seen s where s.instance = f.instance and s.order_no = f.order_no and s.seen_key = f.seen_key
)`;
