import { sql } from '../kysely';
import type { Orders, Question } from './question';

/** Lines of open orders whose quantity is no longer the one that was written. */
export const editedLines: Question<Orders> = ({ instance }, { after, upTo }) => sql`
select f.order_no, f.seen_key, 'line edited' as what
from (
  select l.instance, l.order_no, concat('L:', i.lin_guid, ':', n."QTY_SOLD", ':', n."QTY_SHIPPED") as seen_key
  from cantus.order_link l
  join cantus.line_link i on i.doc_id = l.doc_id
  join dbo."PS_DOC_LIN" n on n."DOC_ID" = l.doc_id and upper(cast(n."LIN_GUID" as varchar(36))) = i.lin_guid
    and n."QTY_SOLD" <> i.qty
  where l.instance = ${instance} and l.settled = 'N' and l.order_no > ${after} and l.order_no <= ${upTo}
) f
where not exists (
  select 1 from cantus.seen s where s.instance = f.instance and s.order_no = f.order_no and s.seen_key = f.seen_key
)`;

/** Lines of ours that were taken out of an open order. */
export const deletedLines: Question<Orders> = ({ instance }, { after, upTo }) => sql`
select f.order_no, f.seen_key, 'line deleted' as what
from (
  select l.instance, l.order_no, concat('X:', i.lin_guid) as seen_key
  from cantus.order_link l
  join dbo."PS_DOC_HDR" h on h."DOC_ID" = l.doc_id
  join cantus.line_link i on i.doc_id = l.doc_id
  left join dbo."PS_DOC_LIN" n on n."DOC_ID" = l.doc_id and upper(cast(n."LIN_GUID" as varchar(36))) = i.lin_guid
  where l.instance = ${instance} and l.settled = 'N' and l.order_no > ${after} and l.order_no <= ${upTo}
    and n."DOC_ID" is null
) f
where not exists (
  select 1 from cantus.seen s where s.instance = f.instance and s.order_no = f.order_no and s.seen_key = f.seen_key
)`;
