import { businessDay, storeDay } from '../../domain/time';
import type { Context } from '../context';
import { cell, type Row, type Statement } from '../../database/engine';
import { HISTORY_WINDOW_DAYS } from '../guesses';
import { sql } from '../../database/kysely';
import type { Days, Documents, Orders } from './questions/question';
import { recentHistory, recentTickets } from './questions/recent-history';

/**
 * How much of what is open, and of history, one pass compares beside what is new. A shop with fewer is compared whole by
 * every pass; 100,000 open orders take fifty passes.
 */
export const PER_PASS = { orders: 2_000, documents: 5_000, tickets: 5_000 } as const;

/** Posting is dated by the store's own business day, which may lie some days back. */
export const OVERLAP_DAYS = 3;
/** After a long standstill the slices go through what is older. */
const LONGEST_CATCH_UP_DAYS = 31;

/** Where the watch stands; what comes after is looked at next. */
interface Position {
  readonly orderAfter: string;
  readonly documentAfter: string;
  readonly dayAfter: string;
  /** UTC, when the last finished pass began; empty before the first. */
  readonly finished: string;
  /** What history had of the last days then. */
  readonly recent: string;
}

/** One pass: what is new since the last one, and the slice of everything else whose turn it is. */
export interface Pass {
  readonly began: string;
  /** When the last one that told all began. */
  readonly finished: string;
  /** No pass has finished on this day (UTC) before. */
  readonly newDay: boolean;
  /** Null: history has not grown since the last finished pass. */
  readonly recent: Days | null;
  readonly orders: Orders | null;
  readonly documents: Documents | null;
  readonly days: Days | null;
  readonly next: Omit<Position, 'finished'>;
  readonly window: Days;
}

/** Reads where the watch stands and how far this pass reaches; nothing moves before `finishPass`. */
export async function readPass(context: Context): Promise<Pass> {
  const { engine, settings } = context;
  const { instance } = settings;
  const [[stands] = [], [clock] = []] = await engine.read([
    sql`select order_after, document_after, day_after, finished_at, recent from cantus.watch where instance = ${instance}`,
    sql`select ${engine.utcText} as now`,
  ]);
  const position: Position = {
    orderAfter: cell(stands, 'order_after'),
    documentAfter: cell(stands, 'document_after') || '0',
    dayAfter: cell(stands, 'day_after'),
    finished: cell(stands, 'finished_at'),
    recent: cell(stands, 'recent'),
  };
  const began = cell(clock, 'now');
  const window = daysBack(context, began, HISTORY_WINDOW_DAYS);
  const dayAfter =
    position.dayAfter >= window.from.slice(0, 10) ? position.dayAfter : businessDay(window.from, -1).slice(0, 10);
  const recent = recentDays(context, began, position.finished);
  const newRound = position.documentAfter === '0';
  const [[orders] = [], [documents] = [], [days] = [], ...counts] = await engine.read([
    ...ends(context, { ...position, dayAfter }),
    ...(newRound ? [recentTickets(engine, recent)] : []),
    ...recentHistory(engine, await context.columns(), recent),
  ]);
  const [tickets, ...others] = [
    ...(newRound ? [] : [position.recent.split(' ')[0] ?? '']),
    ...counts.map(([row]) => cell(row, 'how_many')),
  ];
  const figures = [tickets, recent.from.slice(0, 10), ...others].join(' ');
  const ordersEnd = endOf(orders, PER_PASS.orders);
  const documentsEnd = endOf(documents, PER_PASS.documents);
  const daysEnd = endOf(days, PER_PASS.tickets);
  return {
    began,
    finished: position.finished,
    newDay: began.slice(0, 10) !== position.finished.slice(0, 10),
    window,
    recent: figures === position.recent ? null : recent,
    orders: ordersEnd.end === '' ? null : { after: position.orderAfter, upTo: ordersEnd.end },
    documents: documentsEnd.end === '' ? null : { after: position.documentAfter, upTo: documentsEnd.end },
    days: daysEnd.end === '' ? null : { from: businessDay(dayAfter, 1), to: lateOn(daysEnd.end) },
    next: {
      orderAfter: ordersEnd.more ? ordersEnd.end : '',
      documentAfter: documentsEnd.more ? documentsEnd.end : '0',
      dayAfter: daysEnd.more ? daysEnd.end.slice(0, 10) : '',
      recent: figures,
    },
  };
}

/** The slices go on; history of the days since the last pass that told all is asked once more. */
export const asNewAsBefore = (pass: Pass): Pass => ({
  ...pass,
  began: pass.finished,
  next: { ...pass.next, recent: '' },
});

/** The pass found nothing more: the next one goes on from here. */
export async function finishPass({ engine, settings: { instance } }: Context, { began, next }: Pass): Promise<void> {
  await engine.transaction('watch', async (on) => {
    await engine.write(
      [
        engine.lock(`cantus:watch:${instance}`),
        sql`delete from cantus.watch where instance = ${instance}`,
        sql`insert into cantus.watch (instance, order_after, document_after, day_after, finished_at, recent) values (${instance}, ${next.orderAfter}, cast(${next.documentAfter} as bigint), ${next.dayAfter}, ${began}, ${next.recent})`,
      ],
      on,
    );
  });
}

/** The last order, document and business day of the slice, and how many there are up to it. */
function ends({ engine, settings }: Context, { orderAfter, documentAfter, dayAfter }: Position): Statement[] {
  const orders = engine.first(PER_PASS.orders);
  const documents = engine.first(PER_PASS.documents);
  const tickets = engine.first(PER_PASS.tickets);
  return [
    sql`
select max(x.order_no) as last_one, count(*) as how_many
from (
  select ${orders.front}l.order_no from cantus.order_link l
  where l.instance = ${settings.instance} and l.settled = 'N' and l.order_no > ${orderAfter}
  order by l.order_no${orders.end}
) x`,
    sql`
select max(x."DOC_ID") as last_one, count(*) as how_many
from (
  select ${documents.front}h."DOC_ID" from dbo."PS_DOC_HDR" h
  where h."DOC_ID" > cast(${documentAfter} as bigint)
  order by h."DOC_ID"${documents.end}
) x`,
    sql`
select max(x."BUS_DAT") as last_one, count(*) as how_many
from (
  select ${tickets.front}h."BUS_DAT" from dbo."PS_TKT_HIST" h
  where h."BUS_DAT" > ${engine.time(lateOn(dayAfter))}
  order by h."BUS_DAT"${tickets.end}
) x`,
  ];
}

function endOf(row: Row | undefined, most: number): { readonly end: string; readonly more: boolean } {
  const last = row?.['last_one'];
  return {
    end: last instanceof Date ? last.toISOString() : cell(row, 'last_one'),
    more: Number(cell(row, 'how_many')) >= most,
  };
}

/** From some days before the last finished pass began up to whatever is dated into the future. */
function recentDays(context: Context, began: string, finished: string): Days {
  const oldest = daysBack(context, began, LONGEST_CATCH_UP_DAYS).from;
  const wanted = daysBack(context, finished === '' ? began : finished, OVERLAP_DAYS).from;
  return { from: wanted > oldest ? wanted : oldest, to: FOR_EVER };
}

const FOR_EVER = '9999-12-31T00:00:00';

export function daysBack({ settings }: Pick<Context, 'settings'>, utc: string, days: number): Days {
  return { from: businessDay(storeDay(utc, settings.timezone), -days), to: FOR_EVER };
}

/** A business date is a midnight; one that is not still belongs to its day. */
const lateOn = (text: string): string => `${text.slice(0, 10)}T23:59:59`;
