import type { ReturnFact, StoreFact } from '../census/facts';
import type { DocumentDraft, TextChange } from '../document/draft';
import type { StoreSide } from '../order/observation';
import type { AsWritten } from '../shop/altered';
import type { CodePage } from '../text/fitting';
import type { ItemRuleAsked } from './notebook';

/** What `createDocument` made, or found already made. */
export interface CreatedDocument {
  /** DOC_ID of the order, a decimal string. */
  readonly docId: string;
  readonly ticketNo: string;
  readonly depositTicketNo?: string;
  /** False: the order had its document already and nothing was written. */
  readonly created: boolean;
  /** What the document could not carry as the shop had it; empty when nothing was written. */
  readonly changes: readonly TextChange[];
  /** How its lines' items were found, where that is not plain: codes alone, for the order's timeline. */
  readonly notes?: readonly string[];
}

/** Something that happened to one order's documents since they were last looked at. */
export interface StoreChange {
  readonly order: string;
  /** What `markSeen` remembers; stable, so the same fact is reported until it is marked and never again. */
  readonly keys: readonly string[];
  /** For people: what happened, e.g. `release ticket saved`. */
  readonly what: string;
}

/** What one question about the real database was answered with. */
export interface ProbeAnswer {
  readonly id: string;
  readonly question: string;
  /** Rows of codes, counts, table and column names; never a name, a number or an amount of the business. */
  readonly evidence: readonly Readonly<Record<string, string>>[];
  /** Set when the database has no such table or column, or refused the question. */
  readonly unanswered?: string;
}

export interface ProbeReport {
  readonly instance: string;
  /** ISO instant. */
  readonly at: string;
  readonly answers: readonly ProbeAnswer[];
  /** What the evidence says against the guesses in use, one sentence each. */
  readonly findings: readonly string[];
  /** `counterpoint.guesses` as the evidence would have it; only what differs. */
  readonly suggested: Readonly<Record<string, unknown>>;
}

/**
 * What Cantus asks of the system that the orders go to. Ids are opaque strings here. Every method throws CantusError and
 * nothing else.
 */
export interface Target {
  /** Compares the real database with what the product needs; a list of plain problems, empty when all is well. */
  check(): Promise<string[]>;
  /**
   * Writes the order document, its deposit ticket and their effects in one transaction, reads them back and compares
   * before it commits (P-03). Idempotency key: (instance, order number), held by the database itself (P-01). `written`:
   * the shop's order as it is now, kept to tell later what was changed there.
   */
  createDocument(draft: DocumentDraft, written?: AsWritten): Promise<CreatedDocument>;
  /**
   * Keeps what a person says about a SKU; a later word about it replaces it.
   * @throws CantusError refused, nothing kept: Counterpoint has no such item, or no line could be written with it
   */
  keepItemRule(rule: ItemRuleAsked): Promise<void>;
  /** Items that the configuration and the rules name and that orders would wait for; a list of plain sentences. */
  checkItems(): Promise<string[]>;
  /** Looks at the order's document and release tickets, saved or posted. */
  observe(order: string): Promise<StoreSide>;
  /** Removes a document that is still exactly as written, its deposit ticket and their effects; false: it is not. */
  removeUntouched(order: string): Promise<boolean>;
  /**
   * What happened to our documents, minus what was marked seen; at most `limit` orders. What is new is found by every call,
   * the rest is compared in slices that `finishWatch` moves on.
   */
  changes(limit: number): Promise<StoreChange[]>;
  markSeen(changes: readonly StoreChange[]): Promise<void>;
  /**
   * A pass over the changes has told them all: the next one goes on from here (P-27). With `someLeft` it could not tell of
   * some: what is new since the last pass that told all stays new, and the slices go on.
   */
  finishWatch(left?: 'someLeft'): Promise<void>;
  /** Answers the open points about this database with SELECTs alone. */
  probe(): Promise<ProbeReport>;
  /** Whether misc charge 1 is taxed in Counterpoint (C5-21); null: nothing tells. */
  miscChargeTaxed(): Promise<boolean | null>;
  /** What names and addresses are written in. */
  codePage(): Promise<CodePage>;
  /** Lengths of ADRS_1 … ADRS_3 of a document's contacts. */
  addressLengths(): Promise<readonly number[]>;
  /** All open documents and those written since an instant (ISO 8601), or those of some orders; set-based. */
  census(scope: { readonly since: string } | { readonly orders: readonly string[] }): Promise<StoreFact[]>;
  /** Goods of our orders that came back since an instant (ISO 8601), saved or posted, voided ones left out. */
  returns(since: string): Promise<ReturnFact[]>;
  /** The database's clock, ISO instant. */
  clock(): Promise<string>;
}
