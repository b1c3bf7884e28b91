import { DateTime } from 'luxon';
import type { Context } from '../context';
import { cell, type Statement } from '../../database/engine';
import { HISTORY_WINDOW_DAYS } from '../guesses';
import { sql } from '../../database/kysely';
import { inPortions } from '../../database/portions';

/** Longer than any look into history, so that nothing forgotten can be found anew. */
const KEPT_DAYS = HISTORY_WINDOW_DAYS + 30;
/** Orders that one day's pruning forgets at most. */
const AT_ONCE = 2_000;

/** Forgets what was seen of orders that are settled for so long that no pass asks for it any more. */
export async function prune(context: Context, now: string): Promise<void> {
  const { engine, settings } = context;
  const before = DateTime.fromISO(now, { zone: 'utc' }).minus({ days: KEPT_DAYS }).toFormat("yyyy-MM-dd'T'HH:mm:ss");
  const [rows = []] = await engine.read([settledLongAgo(context, before)]);
  if (rows.length === 0) return;
  const orders = inPortions(rows.map((row) => cell(row, 'order_no')));
  await engine.transaction('watch', async (on) => {
    await engine.write(
      [
        engine.lock(`cantus:seen:${settings.instance}`),
        ...orders.map((part) => forgotten(settings.instance, part, before)),
      ],
      on,
    );
  });
}

/** News (`…@way`) are no facts, and a ticket that was never posted stays known: it was voided, and nothing else says so. */
function settledLongAgo({ engine, settings: { instance } }: Context, before: string): Statement {
  const { front, end } = engine.first(AT_ONCE);
  return sql`
select distinct ${front}s.order_no
from cantus.seen s
join cantus.order_link l on l.instance = s.instance and l.order_no = s.order_no and l.settled = 'Y'
where s.instance = ${instance} and s.seen_at < ${before} and s.seen_key not like '%@%'
  and (s.seen_key not like 'T:%' or exists (
    select 1 from cantus.seen p
    where p.instance = s.instance and p.order_no = s.order_no and p.seen_key = concat('P:', s.doc_id)
  ))${end}`;
}

const forgotten = (instance: string, orders: readonly string[], before: string): Statement => sql`
delete from cantus.seen
where instance = ${instance} and order_no in (${sql.join(orders)}) and seen_at < ${before} and seen_key not like '%@%'
  and (seen_key not like 'T:%' or exists (
    select 1 from cantus.seen p
    where p.instance = cantus.seen.instance and p.order_no = cantus.seen.order_no
      and p.seen_key = concat('P:', cantus.seen.doc_id)
  ))`;
