import { sql } from '../../../database/kysely';
import type { Orders, Question } from './question';

/** Lines of open orders whose quantity is no longer the one that was written, or that were taken out of the order. */
export const changedLines: Question<Orders> = ({ instance }, { after, upTo }) => sql`
select f.order_no, f.seen_key, f.what
from (
  select l.instance, l.order_no,
    case when n."DOC_ID" is null then 'line deleted' else 'line edited' end as what,
    case when n."DOC_ID" is null then concat('X:', i.lin_guid)
      else concat('L:', i.lin_guid, ':', n."QTY_SOLD", ':', n."QTY_SHIPPED") end as seen_key
  from cantus.order_link l
  join dbo."PS_DOC_HDR" h on h."DOC_ID" = l.doc_id
  join cantus.line_link i on i.doc_id = l.doc_id
  left join dbo."PS_DOC_LIN" n on n."DOC_ID" = l.doc_id and upper(cast(n."LIN_GUID" as varchar(36))) = i.lin_guid
  where l.instance = ${instance} and l.settled = 'N' and l.order_no > ${after} and l.order_no <= ${upTo}
    and (n."DOC_ID" is null or n."QTY_SOLD" <> i.qty)
) f
where not exists (
  select 1 from cantus.seen s where s.instance = f.instance and s.order_no = f.order_no and s.seen_key = f.seen_key
)`;
