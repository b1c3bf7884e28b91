import type { Columns } from '../database/columns';
import type { Engine, Statement } from '../database/engine';
import { AUDIT, OPEN_STATUS_LETTER, VOIDED_DOC_TYP } from '../counterpoint/guesses';
import { sql, type RawBuilder } from '../database/kysely';

/** The watch as it was until it started from small sides (docs/decisions/045): kept to measure against, used by nothing. */

/** One kind of fact: rows of (order_no, seen_key) from what Counterpoint holds now. */
interface Fact {
  readonly what: string;
  readonly key: RawBuilder<unknown>;
  readonly from: RawBuilder<unknown>;
}

const ref = (name: string) => sql.ref(name);
const dbo = (name: string) => sql.table(`dbo.${name}`);
const guid = (column: string) => sql`upper(cast(${ref(column)} as varchar(36)))`;
const text = (value: string) => sql.lit(value);

/**
 * Every fact about our documents that a workflow may have to hear of. A fact has a key; what `cantus.seen` does not hold
 * yet is a change, so nothing depends on anybody's clock. Times only narrow the look into history.
 */
function facts(columns: Columns, since: string): Fact[] {
  const link = sql`cantus.order_link l`;
  const released = sql`${link} join ${dbo('PS_DOC_HDR_ORIG_DOC')} o on o.${ref('ORIG_DOC_ID')} = l.doc_id join ${dbo('PS_DOC_HDR')} h on h.${ref('DOC_ID')} = o.${ref('DOC_ID')} and h.${ref('DOC_TYP')} = 'T' and h.${ref('IS_REL_TKT')} = 'Y'`;
  const named = sql`${link} join ${dbo('PS_DOC_HDR')} h on h.${ref('STR_ID')} = l.str_id and h.${ref('DOC_TYP')} = 'T' and h.${ref('IS_REL_TKT')} = 'Y' and h.${ref('TKT_NO')} like concat(l.ticket_no, '-__')`;
  const posted = sql`${link} join ${dbo('PS_TKT_HIST_ORIG_DOC')} o on o.${ref('ORIG_DOC_ID')} = l.doc_id and o.${ref('BUS_DAT')} >= ${since} join ${dbo('PS_TKT_HIST')} h on h.${ref('BUS_DAT')} = o.${ref('BUS_DAT')} and h.${ref('DOC_ID')} = o.${ref('DOC_ID')} and (l.deposit_doc_id is null or h.${ref('DOC_ID')} <> l.deposit_doc_id)`;
  const postedNamed = sql`${link} join ${dbo('PS_TKT_HIST')} h on h.${ref('BUS_DAT')} >= ${since} and h.${ref('STR_ID')} = l.str_id and h.${ref('TKT_NO')} like concat(l.ticket_no, '-__')`;
  const ticketKey = sql`concat('T:', h.${ref('DOC_ID')}, ':', ${guid('h.DOC_GUID')}, ':', h.${ref('TKT_NO')})`;
  const postedKey = sql`concat('P:', h.${ref('DOC_ID')})`;
  const track = (from: RawBuilder<unknown>, table: string, dated: boolean): Fact => ({
    what: 'tracking number entered',
    key: sql`concat('K:', h.${ref('DOC_ID')}, ':', k.${ref('PKG_TRK_NO')})`,
    from: sql`${from} join ${dbo(table)} k on k.${ref('DOC_ID')} = h.${ref('DOC_ID')}${dated ? sql` and k.${ref('BUS_DAT')} = h.${ref('BUS_DAT')}` : sql``}`,
  });
  const voided = (from: RawBuilder<unknown>): Fact => ({
    what: 'release ticket voided',
    key: sql`concat('V:', h.${ref('DOC_ID')})`,
    from: sql`${from} and (h.${ref('VOID_USR_ID')} is not null or exists (select 1 from ${dbo('PS_DOC_AUDIT_LOG')} a where a.${ref('DOC_ID')} = h.${ref('DOC_ID')} and a.${ref('DOC_TYP')} = ${text(VOIDED_DOC_TYP)}))`,
  });
  const audit = (table: string, dated: boolean): Fact => ({
    what: 'order edited, cancelled or reinstated',
    key: sql`concat('A:', a.${ref('LOG_SEQ_NO')}, ':', a.${ref('ACTIV')})`,
    from: sql`${link} join ${dbo(table)} a on a.${ref('DOC_ID')} = l.doc_id and a.${ref('DOC_TYP')} = 'O' and a.${ref('ACTIV')} in (${sql.join([AUDIT.edited, AUDIT.cancelled, AUDIT.reinstated].map(text))})${dated ? sql` and a.${ref('BUS_DAT')} >= ${since}` : sql``}`,
  });
  const open = sql`${link} join ${dbo('PS_DOC_HDR')} h on h.${ref('DOC_ID')} = l.doc_id`;
  const inHistory = sql`exists (select 1 from ${dbo('PS_ORD_HIST')} b where b.${ref('DOC_ID')} = l.doc_id)`;
  return [
    { what: 'release ticket saved', key: ticketKey, from: released },
    { what: 'release ticket saved', key: ticketKey, from: named },
    { what: 'release ticket posted', key: postedKey, from: posted },
    { what: 'release ticket posted', key: postedKey, from: postedNamed },
    { what: 'release ticket posted', key: ticketKey, from: posted },
    { what: 'release ticket posted', key: ticketKey, from: postedNamed },
    track(released, 'PS_DOC_PKG_TRK_NO', false),
    track(named, 'PS_DOC_PKG_TRK_NO', false),
    ...(columns.has('dbo.PS_TKT_HIST_PKG_TRK_NO')
      ? [track(posted, 'PS_TKT_HIST_PKG_TRK_NO', true), track(postedNamed, 'PS_TKT_HIST_PKG_TRK_NO', true)]
      : []),
    voided(released),
    voided(named),
    vanishedTicket(),
    audit('PS_DOC_AUDIT_LOG', false),
    audit('PS_ORD_HIST_AUDIT_LOG', true),
    {
      what: 'line edited',
      key: sql`concat('L:', i.lin_guid, ':', n.${ref('QTY_SOLD')}, ':', n.${ref('QTY_SHIPPED')})`,
      from: sql`${link} join cantus.line_link i on i.doc_id = l.doc_id join ${dbo('PS_DOC_LIN')} n on n.${ref('DOC_ID')} = l.doc_id and ${guid('n.LIN_GUID')} = i.lin_guid and n.${ref('QTY_SOLD')} <> i.qty and l.settled = 'N'`,
    },
    {
      what: 'line deleted',
      key: sql`concat('X:', i.lin_guid)`,
      from: sql`${open} join cantus.line_link i on i.doc_id = l.doc_id and l.settled = 'N' and not exists (select 1 from ${dbo('PS_DOC_LIN')} n where n.${ref('DOC_ID')} = l.doc_id and ${guid('n.LIN_GUID')} = i.lin_guid)`,
    },
    {
      what: 'deposit added or given back',
      key: sql`concat('D:', s.${ref('TOT_DEP_RECEIVED')})`,
      from: sql`${link} join ${dbo('PS_DOC_HDR_DOC_STAT')} s on s.${ref('DOC_ID')} = l.doc_id and s.${ref('TOT_DEP_RECEIVED')} <> l.deposit`,
    },
    {
      what: 'order status changed',
      key: sql`concat('S:', s.${ref('DOC_STAT')})`,
      from: sql`${link} join ${dbo('PS_DOC_HDR_DOC_STAT')} s on s.${ref('DOC_ID')} = l.doc_id and s.${ref('DOC_STAT')} <> ${text(OPEN_STATUS_LETTER)}`,
    },
    {
      what: 'order moved to history',
      key: sql`${text(HISTORY_KEY)}`,
      from: sql`${link} left join ${dbo('PS_DOC_HDR')} h on h.${ref('DOC_ID')} = l.doc_id where l.settled = 'N' and h.${ref('DOC_ID')} is null and ${inHistory}`,
    },
    {
      what: 'order gone from Counterpoint',
      key: sql`${text(GONE_KEY)}`,
      from: sql`${link} left join ${dbo('PS_DOC_HDR')} h on h.${ref('DOC_ID')} = l.doc_id where l.settled = 'N' and h.${ref('DOC_ID')} is null and not ${inHistory}`,
    },
    { what: 'order back from history', key: sql`${text(BACK_KEY)}`, from: sql`${open} where l.settled = 'Y'` },
  ];
}

/** A ticket that was seen saved and is in no table any more; history is asked only for those that left unseen. */
const vanishedTicket = (): Fact => ({
  what: 'release ticket gone',
  key: sql`concat('G:', t.doc_id)`,
  from: sql`cantus.order_link l join cantus.seen t on t.instance = l.instance and t.order_no = l.order_no and t.seen_key like 'T:%'
    and not exists (select 1 from cantus.seen p where p.instance = t.instance and p.order_no = t.order_no and p.seen_key in (concat('P:', t.doc_id), concat('G:', t.doc_id)))
    and not exists (select 1 from ${dbo('PS_DOC_HDR')} h where h.${ref('DOC_ID')} = t.doc_id)
    and not exists (select 1 from ${dbo('PS_TKT_HIST')} h where h.${ref('DOC_ID')} = t.doc_id)`,
});

const HISTORY_KEY = 'H';
const GONE_KEY = 'Z';
const BACK_KEY = 'B';

/** The watch's selects, one per kind of fact: what is there and not seen yet. */
export const questionsBefore = (engine: Engine, instance: string, columns: Columns, since: string): Statement[] =>
  facts(columns, since).map(({ key, from, what }) => {
    const { front, end } = engine.first(500);
    const inner = sql`select l.instance, l.order_no, ${key} as seen_key from ${from}`;
    return sql`select ${front}f.order_no as ${ref('order_no')}, f.seen_key as ${ref('seen_key')}, ${text(what)} as ${ref('what')} from (${inner}) f where f.instance = ${instance} and not exists (select 1 from cantus.seen s where s.instance = f.instance and s.order_no = f.order_no and s.seen_key = f.seen_key) order by f.order_no${end}`;
  });
