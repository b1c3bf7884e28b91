import { DateTime } from 'luxon';
import type { ReturnFact } from '../../domain/census/facts';
import { decimal, money } from '../../domain/money';
import { toStoreTime } from '../../domain/time';
import type { Context } from '../context';
import { cell, type Row, type Statement } from '../../database/engine';
import { sql, type RawBuilder } from '../../database/kysely';

/** PS_DOC_LIN.LIN_TYP of goods that come back. */
const RETURN_LINE = 'R';

const ref = (name: string): RawBuilder<unknown> => sql.ref(name);
const dbo = (name: string): RawBuilder<unknown> => sql.table(`dbo.${name}`);

/**
 * Tickets with returned goods that name one of our documents, or a release ticket of one, as their original (P-16).
 * @param since ISO instant; only narrows the look into history, by business day
 */
export async function returns(context: Context, since: string): Promise<ReturnFact[]> {
  const day = `${toStoreTime(since, context.settings.timezone).slice(0, 10)}T00:00:00`;
  const answers = await context.engine.read(returnQueries(context, day));
  const found = new Map<string, ReturnFact>();
  for (const row of answers.flat()) {
    const fact = returnOf(row);
    found.set(`${fact.order} ${fact.docId}`, fact);
  }
  return [...found.values()];
}

const returnOf = (row: Row): ReturnFact => ({
  order: cell(row, 'order_no'),
  docId: cell(row, 'DOC_ID'),
  no: cell(row, 'TKT_NO'),
  amount: money(decimal(cell(row, 'AMOUNT') === '' ? 0 : cell(row, 'AMOUNT')).abs()),
});

/**
 * Driven by what names an original: the unposted documents, and history since the day. Whose the original is, our own tables
 * say by their keys; the last days' tickets, which the watch may not have told yet, and the saved ones say it themselves.
 */
export function returnQueries({ engine, settings }: Pick<Context, 'engine' | 'settings'>, day: string): Statement[] {
  const days = (table: string): RawBuilder<unknown> => sql`${ref(`${table}.BUS_DAT`)} >= ${engine.time(day)}`;
  return OWNERS.flatMap((owner) => [
    savedReturns(settings.instance, owner(days)),
    postedReturns(settings.instance, owner(days), days),
  ]);
}

/** Joins that lead from `o`, whose ORIG_DOC_ID is the original, to the order's link `l`. */
type Owner = (days: (table: string) => RawBuilder<unknown>) => RawBuilder<unknown>;

const ORIGINAL = sql`o.${ref('ORIG_DOC_ID')}`;
const OWNERS: readonly Owner[] = [
  () => sql`join cantus.order_link l on l.doc_id = ${ORIGINAL}`,
  () => sql`join cantus.order_link l on l.deposit_doc_id = ${ORIGINAL}`,
  () =>
    sql`join cantus.release_ticket k on k.doc_id = ${ORIGINAL} join cantus.order_link l on l.instance = k.instance and l.order_no = k.order_no`,
  () =>
    sql`join ${dbo('PS_DOC_HDR_ORIG_DOC')} a on a.${ref('DOC_ID')} = ${ORIGINAL} join cantus.order_link l on l.doc_id = a.${ref('ORIG_DOC_ID')}`,
  (days) =>
    sql`join ${dbo('PS_TKT_HIST_ORIG_DOC')} a on a.${ref('DOC_ID')} = ${ORIGINAL} and ${days('a')} join cantus.order_link l on l.doc_id = a.${ref('ORIG_DOC_ID')}`,
];

const savedReturns = (instance: string, owner: RawBuilder<unknown>): Statement => sql`
select l.order_no as ${ref('order_no')}, h.${ref('DOC_ID')} as ${ref('DOC_ID')}, h.${ref('TKT_NO')} as ${ref('TKT_NO')}, sum(r.${ref('EXT_PRC')}) as ${ref('AMOUNT')}
from ${dbo('PS_DOC_HDR_ORIG_DOC')} o ${owner}
join ${dbo('PS_DOC_HDR')} h on h.${ref('DOC_ID')} = o.${ref('DOC_ID')}
join ${dbo('PS_DOC_LIN')} r on r.${ref('DOC_ID')} = o.${ref('DOC_ID')} and r.${ref('LIN_TYP')} = ${sql.lit(RETURN_LINE)}
where l.instance = ${instance} and h.${ref('VOID_USR_ID')} is null
group by l.order_no, h.${ref('DOC_ID')}, h.${ref('TKT_NO')}`;

const postedReturns = (
  instance: string,
  owner: RawBuilder<unknown>,
  days: (table: string) => RawBuilder<unknown>,
): Statement => sql`
select l.order_no as ${ref('order_no')}, h.${ref('DOC_ID')} as ${ref('DOC_ID')}, h.${ref('TKT_NO')} as ${ref('TKT_NO')}, sum(r.${ref('EXT_PRC')}) as ${ref('AMOUNT')}
from ${dbo('PS_TKT_HIST_ORIG_DOC')} o ${owner}
join ${dbo('PS_TKT_HIST')} h on h.${ref('BUS_DAT')} = o.${ref('BUS_DAT')} and h.${ref('DOC_ID')} = o.${ref('DOC_ID')} and ${days('h')}
join ${dbo('PS_TKT_HIST_LIN')} r on r.${ref('BUS_DAT')} = h.${ref('BUS_DAT')} and r.${ref('DOC_ID')} = h.${ref('DOC_ID')} and r.${ref('LIN_TYP')} = ${sql.lit(RETURN_LINE)} and ${days('r')}
where l.instance = ${instance} and ${days('o')}
group by l.order_no, h.${ref('DOC_ID')}, h.${ref('TKT_NO')}`;

/** The database's clock as an ISO instant. */
export async function databaseClock({ engine }: Context): Promise<string> {
  const [rows = []] = await engine.read([sql`select ${engine.utcText} as ${ref('NOW')}`]);
  return DateTime.fromISO(cell(rows[0], 'NOW'), { zone: 'utc' }).toJSDate().toISOString();
}
