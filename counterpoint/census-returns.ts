import { DateTime } from 'luxon';
import type { ReturnFact } from '../domain/census/facts';
import { decimal, money } from '../domain/money';
import { toStoreTime } from '../domain/time';
import type { Context } from './context';
import { cell, type Row, type Statement } from './engine';
import { sql, type RawBuilder } from './kysely';
import { inPortions } from './portions';

/** PS_DOC_LIN.LIN_TYP of goods that come back. */
const RETURN_LINE = 'R';
/** Parameters of a note: its order and its key. */
const PARAMETERS = 2;

const ref = (name: string): RawBuilder<unknown> => sql.ref(name);
const dbo = (name: string): RawBuilder<unknown> => sql.table(`dbo.${name}`);

/**
 * Tickets with returned goods that name one of our documents, or a release ticket of one, as their original (P-16).
 * @param since ISO instant; only narrows the look into history, by business day
 */
export async function returns(context: Context, since: string): Promise<ReturnFact[]> {
  const day = context.engine.time(`${toStoreTime(since, context.settings.timezone).slice(0, 10)}T00:00:00`);
  const answers = await context.engine.read(returnQueries(context.settings.instance, day));
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

export function returnQueries(instance: string, day: RawBuilder<unknown>): Statement[] {
  const [doc, date, original] = [ref('DOC_ID'), ref('BUS_DAT'), ref('ORIG_DOC_ID')];
  const link = sql`cantus.order_link l`;
  const isReturn = sql`r.${ref('LIN_TYP')} = ${sql.lit(RETURN_LINE)}`;
  const select = (from: RawBuilder<unknown>, only: RawBuilder<unknown>): Statement =>
    sql`select l.order_no as ${ref('order_no')}, h.${doc} as ${doc}, h.${ref('TKT_NO')} as ${ref('TKT_NO')}, sum(r.${ref('EXT_PRC')}) as ${ref('AMOUNT')} from ${from}
      where l.instance = ${instance} and ${only} group by l.order_no, h.${doc}, h.${ref('TKT_NO')}`;
  const past = (via: RawBuilder<unknown>, of: RawBuilder<unknown>): Statement =>
    select(
      sql`${via} join ${dbo('PS_TKT_HIST_ORIG_DOC')} o on o.${original} = ${of} and o.${date} >= ${day} join ${dbo('PS_TKT_HIST')} h on h.${date} = o.${date} and h.${doc} = o.${doc} join ${dbo('PS_TKT_HIST_LIN')} r on r.${date} = h.${date} and r.${doc} = h.${doc}`,
      isReturn,
    );
  const saved = (via: RawBuilder<unknown>, of: RawBuilder<unknown>): Statement =>
    select(
      sql`${via} join ${dbo('PS_DOC_HDR_ORIG_DOC')} o on o.${original} = ${of} join ${dbo('PS_DOC_HDR')} h on h.${doc} = o.${doc} join ${dbo('PS_DOC_LIN')} r on r.${doc} = h.${doc}`,
      sql`h.${ref('VOID_USR_ID')} is null and ${isReturn}`,
    );
  const order = sql`l.doc_id`;
  const ticket = sql`a.${doc}`;
  const viaPosted = sql`${link} join ${dbo('PS_TKT_HIST_ORIG_DOC')} a on a.${original} = l.doc_id`;
  const viaSaved = sql`${link} join ${dbo('PS_DOC_HDR_ORIG_DOC')} a on a.${original} = l.doc_id`;
  return [
    saved(link, order),
    saved(viaSaved, ticket),
    saved(viaPosted, ticket),
    past(link, order),
    past(viaPosted, ticket),
  ];
}

/** The database's clock as an ISO instant. */
export async function databaseClock({ engine }: Context): Promise<string> {
  const [rows = []] = await engine.read([sql`select ${engine.utcText} as ${ref('NOW')}`]);
  return DateTime.fromISO(cell(rows[0], 'NOW'), { zone: 'utc' }).toJSDate().toISOString();
}

/** Of these notes, those that `markSeen` has remembered, as `<order> <key>`. */
export async function alreadyTold(
  { engine, settings: { instance } }: Context,
  notes: readonly { readonly order: string; readonly key: string }[],
): Promise<Set<string>> {
  const told = new Set<string>();
  for (const part of inPortions(notes, PARAMETERS)) {
    const orders = [...new Set(part.map(({ order }) => order))];
    const keys = [...new Set(part.map(({ key }) => key))];
    const [rows = []] = await engine.read([
      sql`select order_no as ${ref('order_no')}, seen_key as ${ref('seen_key')} from cantus.seen where instance = ${instance} and order_no in (${sql.join(orders)}) and seen_key in (${sql.join(keys)})`,
    ]);
    for (const row of rows) told.add(`${cell(row, 'order_no')} ${cell(row, 'seen_key')}`);
  }
  return told;
}
