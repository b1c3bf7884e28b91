import type { ShopOrder } from '../shop/order';
import type { DocumentDraft } from './draft';

/** What a hook is told beside the draft. */
export interface HookContext {
  readonly instance: string;
  readonly environment: 'test' | 'live';
  /** The shop's order as it was read; changing it changes nothing. */
  readonly order: ShopOrder;
  /** Writes a line into the worker's log; keep names and addresses out of it. */
  log(message: string): void;
}

/** The document as it stands in Counterpoint. */
export interface WrittenDocument {
  readonly order: string;
  /** DOC_ID of the order, a decimal string. */
  readonly docId: string;
  readonly ticketNo: string;
  readonly depositTicketNo: string | null;
  /** False: it was there already, from an earlier attempt. */
  readonly created: boolean;
}

/** What `hooks.module` may export (C5-90): site-specific changes before a document is written, and steps after it. */
export interface DocumentHooks {
  /**
   * Gives the draft to write; nothing, or the same draft, leaves it as mapped. The result is validated like the mapping's
   * own. Runs on every attempt, so it must not act on the outside world.
   */
  readonly beforeDocument?: (draft: DocumentDraft, context: HookContext) => Draft | Promise<Draft>;
  /**
   * The document is committed and read back. Runs at least once for each order: a worker that dies here leaves the call to
   * the next attempt, so it has to be safe to repeat.
   */
  readonly afterDocument?: (written: WrittenDocument, context: HookContext) => unknown;
}

// eslint-disable-next-line @typescript-eslint/no-invalid-void-type -- a hook that ends without a return changes nothing
type Draft = DocumentDraft | undefined | void;
