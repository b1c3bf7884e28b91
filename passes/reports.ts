import type { Statement } from '../domain/census';

export interface ImportReport {
  readonly found: number;
  readonly started: number;
  readonly already: number;
  readonly skipped: readonly { readonly order: string; readonly reason: string }[];
  readonly parked: readonly { readonly order: string | null; readonly reason: string }[];
}

export interface WatchReport {
  readonly changed: number;
  readonly signalled: number;
}

/** The statement without its orders: their list is for files, not for histories. */
export interface CensusReport extends Omit<Statement, 'orders'> {
  readonly orders: number;
}

/** What the watch of the shop saw beside changes: trouble of the instance, and refunds after the end, by code. */
export interface RoundReport extends WatchReport {
  readonly health?: readonly string[];
  readonly refunds?: number;
}

export interface AgeReport {
  readonly overdue: number;
}
