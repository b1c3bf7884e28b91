import type { AttentionReason } from '../order/attention';
import { refused, type CantusError } from '../errors';

export interface Refusal {
  readonly reason: AttentionReason;
  /** Stable code; the reason itself when left out. */
  readonly code?: string;
  /** The field at fault in the shop's own words. */
  readonly field: string;
  /** What is wrong: a clause that follows "Order N: ". No names, addresses or messages in it. */
  readonly what: string;
  /** What to do about it: a sentence. */
  readonly remedy: string;
}

/** The order cannot become a document as it is; it waits with this reason. */
export const stop = (order: string, refusal: Refusal): CantusError =>
  refused({
    code: refusal.code ?? refusal.reason,
    message: `Order ${order}: ${refusal.what} (${refusal.field}). ${refusal.remedy}`,
    reason: refusal.reason,
    order,
    field: refusal.field,
    remedy: refusal.remedy,
  });
