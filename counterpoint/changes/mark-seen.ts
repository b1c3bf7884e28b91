import type { StoreChange } from '../../domain/ports/target';
import type { Context } from '../context';
import type { Statement } from '../../database/engine';
import { sql } from '../../database/kysely';
import { ticketOf } from '../../notebook/new-tickets';
import { readTicketKey } from '../../notebook/seen-keys';
import { BACK_KEY, GONE_KEY, HISTORY_KEY } from './keys';

/** Remembers the changes; a document known to be in history (or back from it) is watched accordingly. */
export async function markSeen(context: Context, seen: readonly StoreChange[], at: string): Promise<void> {
  const { engine, settings } = context;
  const { instance } = settings;
  const statements = seen.flatMap(({ order, keys }) => [
    ...keys
      .filter((key) => key !== BACK_KEY)
      .flatMap((key) => [
        noted(instance, order, key, at),
        ...ticket(instance, order, key),
        ...released(instance, order, key),
      ]),
    ...settle(instance, order, keys),
  ]);
  if (statements.length === 0) return;
  await engine.transaction('watch', async (on) => {
    await engine.write([engine.lock(`cantus:seen:${instance}`), ...statements], on);
  });
}

const noted = (instance: string, order: string, key: string, at: string): Statement => sql`
insert into cantus.seen (instance, order_no, seen_key, seen_at, doc_id)
select ${instance}, ${order}, ${key}, ${at}, cast(${readTicketKey(key)?.docId ?? null} as bigint)
where not exists (select 1 from cantus.seen where instance = ${instance} and order_no = ${order} and seen_key = ${key})`;

/** `cantus.saved_ticket` holds the release tickets that are saved and not posted: those of about a day. */
function ticket(instance: string, order: string, key: string): Statement[] {
  const saved = readTicketKey(key)?.docId;
  if (saved !== undefined)
    return [
      sql`
insert into cantus.saved_ticket (instance, doc_id, order_no)
select ${instance}, cast(${saved} as bigint), ${order}
where not exists (select 1 from cantus.saved_ticket where instance = ${instance} and doc_id = cast(${saved} as bigint))`,
    ];
  const left = /^[PG]:(\d+)$/.exec(key)?.[1];
  return left === undefined
    ? []
    : [sql`delete from cantus.saved_ticket where instance = ${instance} and doc_id = cast(${left} as bigint)`];
}

/** Which order a ticket was released from, for good: goods may come back long after what was seen of it is forgotten. */
function released(instance: string, order: string, key: string): Statement[] {
  const docId = ticketOf(key);
  return docId === undefined
    ? []
    : [
        sql`
insert into cantus.release_ticket (instance, doc_id, order_no)
select ${instance}, cast(${docId} as bigint), ${order}
where not exists (select 1 from cantus.release_ticket where instance = ${instance} and doc_id = cast(${docId} as bigint))`,
      ];
}

function settle(instance: string, order: string, keys: readonly string[]): Statement[] {
  const set = (settled: 'Y' | 'N') =>
    sql`update cantus.order_link set settled = ${settled} where instance = ${instance} and order_no = ${order}`;
  if (keys.includes(BACK_KEY))
    return [
      set('N'),
      sql`delete from cantus.seen where instance = ${instance} and order_no = ${order} and seen_key in (${HISTORY_KEY}, ${GONE_KEY})`,
    ];
  return keys.includes(HISTORY_KEY) || keys.includes(GONE_KEY) ? [set('Y')] : [];
}
