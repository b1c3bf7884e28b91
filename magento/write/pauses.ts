/** How long to wait before looking again after an answer that leaves the outcome open. */
export interface Pauses {
  readonly looksMs: readonly number[];
}

/** An early look may come before the shop's commit. */
export const DEFAULT_PAUSES: Pauses = { looksMs: [1000, 3000, 6000] };
