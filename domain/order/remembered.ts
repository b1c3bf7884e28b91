import type { AttentionReason } from './attention';
import { NO_DECISIONS, type Decisions } from './decisions';
import type { Problem, Told } from './steps';

/** What an order remembers beside what can be seen. Serialisable; carried over when a history starts afresh. */
export interface Memory extends Decisions {
  /** The shop was told that the order is in Counterpoint. */
  readonly marked?: boolean;
  /** It was told that part of the order is released. */
  readonly partTold?: true;
  /** What was refused, and stands until it is solved. */
  readonly problems: readonly Problem[];
  /** The attention the shop's order shows, and the status it had before. */
  readonly flagged?: { readonly key: string; readonly from?: string };
  readonly told?: readonly Told[];
  /** The end of an authorisation's life that is near; another one was given since where it differs. */
  readonly lapsing?: string;
  /** Somebody's own ticket about the present attention, by its reason (OF-I). */
  readonly reference?: { readonly reason: AttentionReason; readonly ticket: string };
}

export const EMPTY_MEMORY: Memory = { ...NO_DECISIONS, problems: [] };
