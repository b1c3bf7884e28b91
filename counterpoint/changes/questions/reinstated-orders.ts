import { sql } from '../../../database/kysely';
import type { Documents, Question } from './question';

/** Orders that were known to be in history (or gone) and stand among the unposted documents again: open from then on. */
export const reinstatedOrders: Question<Documents> = ({ instance }, { after, upTo }) => sql`
select l.order_no, 'B' as seen_key, 'order back from history' as what
from dbo."PS_DOC_HDR" h
join cantus.order_link l on l.doc_id = h."DOC_ID"
where h."DOC_ID" > cast(${after} as bigint) and h."DOC_ID" <= cast(${upTo} as bigint)
  and l.instance = ${instance} and l.settled = 'Y'`;
