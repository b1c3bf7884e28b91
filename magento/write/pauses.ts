import { LIMITS } from '../../domain/limits';

/** How long to wait before looking again after an answer that leaves the outcome open. */
export interface Pauses {
  readonly looksMs: readonly number[];
}

export const DEFAULT_PAUSES: Pauses = { looksMs: LIMITS.readBackLooksMs };
