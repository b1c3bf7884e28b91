import type { EngineWords, Statement } from '../../../database/engine';

/** What a question is asked about; each reads the part it is driven from and nothing else. */
export interface Ask {
  readonly instance: string;
  readonly engine: EngineWords;
}

/** Business days of history, both included, "YYYY-MM-DDT00:00:00". */
export interface Days {
  readonly from: string;
  readonly to: string;
}

/** Our open orders by number: after the one, up to and including the other. */
export interface Orders {
  readonly after: string;
  readonly upTo: string;
}

/** Counterpoint's unposted documents by DOC_ID: after the one, up to and including the other. */
export interface Documents {
  readonly after: string;
  readonly upTo: string;
}

/**
 * One whole statement whose rows are (order_no, seen_key, what): facts that `cantus.seen` does not hold yet. It is driven
 * from a small side by primary keys of Counterpoint's tables, the only ones that are known to be there (P-27).
 */
export type Question<Part = void> = (ask: Ask, part: Part) => Statement;
