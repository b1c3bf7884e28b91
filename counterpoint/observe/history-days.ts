import { businessDay, storeDay } from '../../domain/time';
import type { Context } from '../context';
import type { EngineWords } from '../../database/engine';
import { sql, type RawBuilder } from '../../database/kysely';

/** From which business day on history is read ("YYYY-MM-DDT00:00:00"); null: all of it. */
export type HistoryFrom = string | null;

/** A drawer that stays open for days dates what is posted by the day it was opened. */
const LATE_DAYS = 7;

/** Nothing of an order was posted before it was written, give or take a drawer that was not closed. */
export const historyOf = ({ settings }: Pick<Context, 'settings'>, writtenAt: string): string =>
  businessDay(storeDay(writtenAt, settings.timezone), -LATE_DAYS);

/** History is keyed by business day first: this is what keeps a look from reading whatever was ever sold. */
export const postedSince = (engine: EngineWords, from: HistoryFrom, table?: string): RawBuilder<boolean> =>
  from === null
    ? sql<boolean>`1 = 1`
    : sql<boolean>`${sql.ref(table === undefined ? 'BUS_DAT' : `${table}.BUS_DAT`)} >= ${engine.time(from)}`;
