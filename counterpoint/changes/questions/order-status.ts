import { OPEN_STATUS_LETTER } from '../../guesses';
import { sql } from '../../../database/kysely';
import type { Orders, Question } from './question';

/** Open orders that got a deposit by hand, or gave one back. */
export const changedDeposits: Question<Orders> = ({ instance }, { after, upTo }) => sql`
select f.order_no, f.seen_key, 'deposit added or given back' as what
from (
  select l.instance, l.order_no, concat('D:', d."TOT_DEP_RECEIVED") as seen_key
  from cantus.order_link l
  join dbo."PS_DOC_HDR_DOC_STAT" d on d."DOC_ID" = l.doc_id and d."TOT_DEP_RECEIVED" <> l.deposit
  where l.instance = ${instance} and l.settled = 'N' and l.order_no > ${after} and l.order_no <= ${upTo}
) f
where not exists (
  select 1 from cantus.seen s where s.instance = f.instance and s.order_no = f.order_no and s.seen_key = f.seen_key
)`;

/** Open orders whose status letter is another one. */
export const changedStatus: Question<Orders> = ({ instance, engine: { ours } }, { after, upTo }) => sql`
select f.order_no, f.seen_key, 'order status changed' as what
from (
  select l.instance, l.order_no, concat('S:', d."DOC_STAT")${ours} as seen_key
  from cantus.order_link l
  join dbo."PS_DOC_HDR_DOC_STAT" d on d."DOC_ID" = l.doc_id and d."DOC_STAT" <> ${sql.lit(OPEN_STATUS_LETTER)}
  where l.instance = ${instance} and l.settled = 'N' and l.order_no > ${after} and l.order_no <= ${upTo}
) f
where not exists (
  select 1 from cantus.seen s where s.instance = f.instance and s.order_no = f.order_no and s.seen_key = f.seen_key
)`;
