import type { Settings } from '../domain/settings';
import { toStoreTime } from '../domain/time';
import type { Columns } from '../database/columns';
import type { Turns } from '../database/turns';
import { utcNow, type NotebookContext } from '../notebook/context';

/** What every job of the store needs: the database, the instance's settings, the real columns, a log. */
export interface Context extends NotebookContext {
  /** Read at first use and kept. */
  columns(): Promise<Columns>;
  /** Time part of the last DOC_ID this process drew, by station and day. */
  readonly lastParts: Map<string, number>;
  /** The store's day up to which the numbers of history are known, by STR_ID. */
  readonly numbersRead: Map<string, string>;
  /** Orders of this process for one station stand in line here rather than at the database's lock. */
  readonly turns: Turns;
  readonly log: (fields: object, message: string) => void;
}

export interface Moment {
  /** ISO instant, for replication columns and our own tables. */
  readonly utc: string;
  /** Wall time of the store, for everything staff see. */
  readonly wall: string;
}

export function thisMoment(settings: Settings): Moment {
  const utc = utcNow();
  return { utc, wall: toStoreTime(utc, settings.timezone) };
}
