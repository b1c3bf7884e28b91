import { businessDay, storeDay } from '../../../domain/time';
import type { Context } from '../../context';
import { cell, type EngineWords, type Row, type Statement } from '../../../database/engine';
import { sql, type RawBuilder } from '../../../database/kysely';

/**
 * The numbers that history has of a store, in a table of ours with the indexes that Counterpoint's own may lack: each posted
 * ticket and finished order is read once, not for every order that is written (docs/decisions/079).
 */

/** Business days that are read again: what is posted late is dated by the day its drawer was opened. */
const LATE_DAYS = 31;
/** Of the last days history itself is asked, as it stands under the lock. */
const ASKED_DAYS = 8;
/** Posted tickets gone through by one transaction; whoever is stopped goes on where it was. */
export const AT_ONCE = 20_000;

const HISTORY = ['PS_TKT_HIST', 'PS_ORD_HIST'] as const;
const FROM_THE_BEGINNING = '1753-01-01';
const FOR_EVER = '9999-12-31';

/** From which business day on history itself has to be asked, once `readNumbers` has been here today or yesterday. */
export const askedSince = ({ settings }: Pick<Context, 'settings'>, at: string): string =>
  businessDay(storeDay(at, settings.timezone), -ASKED_DAYS);

/** Brings the store's numbers up to today: by the first order of a day, and at `cantus setup` for all of history. */
export async function readNumbers(context: Context, store: string, at = new Date().toISOString()): Promise<void> {
  const { engine, settings } = context;
  const today = storeDay(at, settings.timezone);
  if (context.numbersRead.get(store) === today) return;
  const [[stands] = []] = await engine.read([numbersUpTo(store)]);
  const upTo = cell(stands, 'up_to');
  if (upTo < today) {
    let from = upTo === '' ? FROM_THE_BEGINNING : businessDay(upTo, -LATE_DAYS).slice(0, 10);
    while (from !== '') from = await readPortion(context, { store, from, today });
  }
  context.numbersRead.set(store, today);
}

interface Portion {
  readonly store: string;
  /** Business day, included. */
  readonly from: string;
  readonly today: string;
}

/** @returns the day the next portion begins with; empty: there is none */
async function readPortion(context: Context, { store, from, today }: Portion): Promise<string> {
  const { engine } = context;
  const [[end] = []] = await engine.read([portionEnd(engine, from)]);
  const isLast = Number(cell(end, 'how_many')) < AT_ONCE;
  const to = isLast ? FOR_EVER : dayOf(end);
  await engine.transaction('numbers', async (on) => {
    await engine.write(
      [
        engine.lock(`cantus:numbers:${store}`),
        ...HISTORY.map((table) => keepNumbers(engine, table, { store, from, to })),
        ...standAt(store, isLast ? today : to),
      ],
      on,
    );
  });
  return isLast ? '' : dayAfter(to);
}

export const numbersUpTo = (store: string): Statement =>
  sql`select up_to from cantus.numbers_read where str_id = ${store}`;

export function portionEnd(engine: EngineWords, from: string): Statement {
  const { front, end } = engine.first(AT_ONCE);
  return sql`
select max(x."BUS_DAT") as last_one, count(*) as how_many
from (
  select ${front}h."BUS_DAT" from dbo."PS_TKT_HIST" h
  where h."BUS_DAT" >= ${engine.time(midnight(from))}
  order by h."BUS_DAT"${end}
) x`;
}

export const keepNumbers = (
  engine: EngineWords,
  table: (typeof HISTORY)[number],
  { store, from, to }: { readonly store: string; readonly from: string; readonly to: string },
): Statement => sql`
insert into cantus.used_number (str_id, tkt_no, doc_id)
select distinct h."STR_ID", h."TKT_NO", h."DOC_ID"
from ${sql.table(`dbo.${table}`)} h
where h."BUS_DAT" >= ${engine.time(midnight(from))} and h."BUS_DAT" <= ${engine.time(`${to}T23:59:59`)} and h."STR_ID" = ${store}
  and not exists (
    select 1 from cantus.used_number u
    where u.str_id = h."STR_ID"${engine.ours} and u.tkt_no = h."TKT_NO"${engine.ours} and u.doc_id = h."DOC_ID"
  )`;

export const standAt = (store: string, day: string): Statement[] => [
  sql`delete from cantus.numbers_read where str_id = ${store}`,
  sql`insert into cantus.numbers_read (str_id, up_to) values (${store}, ${day})`,
];

interface Names {
  readonly store: RawBuilder<unknown>;
  readonly number: RawBuilder<unknown>;
  readonly id: RawBuilder<unknown>;
}
const OURS: Names = { store: sql`str_id`, number: sql`tkt_no`, id: sql`doc_id` };

/** Where a number or DOC_ID may stand: in what is open, in what we keep of history, and in history's last days. */
export function usedWhere(
  engine: EngineWords,
  column: 'DOC_ID' | 'TKT_NO',
  since: string,
  where: (names: Names) => RawBuilder<unknown>,
): Statement {
  const value = sql.ref(column);
  const theirs = where({ store: sql.ref('STR_ID'), number: sql.ref('TKT_NO'), id: sql.ref('DOC_ID') });
  const kept = column === 'DOC_ID' ? OURS.id : OURS.number;
  return sql`select ${value} from ${sql.table('dbo.PS_DOC_HDR')} where ${theirs}${sql.join(
    HISTORY.map(
      (table) =>
        sql` union all select ${value} from ${sql.table(`dbo.${table}`)} where ${sql.ref('BUS_DAT')} >= ${engine.time(since)} and ${theirs}`,
    ),
    sql``,
  )} union all select ${kept} from cantus.used_number where ${where(OURS)}`;
}

const dayOf = (row: Row | undefined): string => {
  const last = row?.['last_one'];
  return (last instanceof Date ? last.toISOString() : cell(row, 'last_one')).slice(0, 10);
};
const midnight = (day: string): string => `${day}T00:00:00`;
const dayAfter = (day: string): string => businessDay(day, 1).slice(0, 10);
