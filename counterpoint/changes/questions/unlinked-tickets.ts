import { VOIDED_DOC_TYP } from '../../guesses';
import { sql } from '../../../database/kysely';
import type { Documents, Question } from './question';

/**
 * Release tickets without a link to their order, told by their number `<order>-NN` in the same store; with their tracking
 * numbers and whether they are voided. The order's number is taken out of the ticket's, so that the index of our own table
 * answers; `reverse` cuts the end off without a length, which the engines count differently and short numbers do not have.
 */
export const unlinkedTickets: Question<Documents> = ({ instance, engine: { ours } }, { after, upTo }) => sql`
select f.order_no, f.seen_key, f.what
from (
  select l.instance, l.order_no, 'release ticket saved' as what,
    concat('T:', h."DOC_ID", ':', upper(cast(h."DOC_GUID" as varchar(36))), ':', h."TKT_NO")${ours} as seen_key
  from dbo."PS_DOC_HDR" h
  join cantus.order_link l
    on l.ticket_no = reverse(substring(reverse(h."TKT_NO"), 4, 15))${ours} and l.str_id = h."STR_ID"${ours}
  where h."DOC_ID" > cast(${after} as bigint) and h."DOC_ID" <= cast(${upTo} as bigint)
    and h."DOC_TYP" = 'T' and h."IS_REL_TKT" = 'Y' and substring(reverse(h."TKT_NO"), 3, 1) = '-'
    and l.instance = ${instance}
  union all
  select l.instance, l.order_no, 'tracking number entered' as what,
    concat('K:', h."DOC_ID", ':', k."PKG_TRK_NO")${ours} as seen_key
  from dbo."PS_DOC_HDR" h
  join cantus.order_link l
    on l.ticket_no = reverse(substring(reverse(h."TKT_NO"), 4, 15))${ours} and l.str_id = h."STR_ID"${ours}
  join dbo."PS_DOC_PKG_TRK_NO" k on k."DOC_ID" = h."DOC_ID"
  where h."DOC_ID" > cast(${after} as bigint) and h."DOC_ID" <= cast(${upTo} as bigint)
    and h."DOC_TYP" = 'T' and h."IS_REL_TKT" = 'Y' and substring(reverse(h."TKT_NO"), 3, 1) = '-'
    and l.instance = ${instance}
  union all
  select l.instance, l.order_no, 'release ticket voided' as what, concat('V:', h."DOC_ID")${ours} as seen_key
  from dbo."PS_DOC_HDR" h
  join cantus.order_link l
    on l.ticket_no = reverse(substring(reverse(h."TKT_NO"), 4, 15))${ours} and l.str_id = h."STR_ID"${ours}
  where h."DOC_ID" > cast(${after} as bigint) and h."DOC_ID" <= cast(${upTo} as bigint)
    and h."DOC_TYP" = 'T' and h."IS_REL_TKT" = 'Y' and substring(reverse(h."TKT_NO"), 3, 1) = '-'
    and l.instance = ${instance}
    and (h."VOID_USR_ID" is not null or exists (
      select 1 from dbo."PS_DOC_AUDIT_LOG" a where a."DOC_ID" = h."DOC_ID" and a."DOC_TYP" = ${sql.lit(VOIDED_DOC_TYP)}
    ))
) f
where not exists (
  select 1 from cantus.seen s where s.instance = f.instance and s.order_no = f.order_no and s.seen_key = f.seen_key
)`;
