import { sql } from '../../../database/kysely';
import type { Statement } from '../../../database/engine';
import type { Ask, Days, Orders } from './question';

/** Release tickets that were seen saved and are among the unposted documents no more: posted, or gone. */
export const leftTickets = ({ instance }: Ask): Statement => sql`
select t.order_no, t.doc_id
from cantus.saved_ticket t
left join dbo."PS_DOC_HDR" h on h."DOC_ID" = t.doc_id
where t.instance = ${instance} and h."DOC_ID" is null`;

/** Open orders that are among the unposted documents no more: in history, or gone. */
export const leftOrders = ({ instance }: Ask, { after, upTo }: Orders): Statement => sql`
select l.order_no, l.doc_id
from cantus.order_link l
left join dbo."PS_DOC_HDR" h on h."DOC_ID" = l.doc_id
where l.instance = ${instance} and l.settled = 'N' and l.order_no > ${after} and l.order_no <= ${upTo}
  and h."DOC_ID" is null`;

/** Which of these left for history; asked only of those that left unseen, which are few. */
export const ticketsInHistory = (
  { engine }: Ask,
  ids: readonly string[],
  { from }: Pick<Days, 'from'>,
): Statement => sql`
select distinct h."DOC_ID" as doc_id
from dbo."PS_TKT_HIST" h
where h."BUS_DAT" >= ${engine.time(from)} and h."DOC_ID" in (${sql.join(ids)})`;

/** An order that is not found here is gone for good, so no day narrows the look. */
export const ordersInHistory = (ids: readonly string[]): Statement => sql`
select distinct b."DOC_ID" as doc_id
from dbo."PS_ORD_HIST" b
where b."DOC_ID" in (${sql.join(ids)})`;
