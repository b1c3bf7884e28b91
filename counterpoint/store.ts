import type { AsWritten } from '../domain/shop/altered';
import type { DocumentDraft, TextChange } from '../domain/document/draft';
import type { ReturnFact, StoreFact } from '../domain/census/facts';
import type { KeptDecisions } from '../domain/order/decision-rows';
import type { EndState } from '../domain/order/lifecycle';
import type { StoreSide } from '../domain/order/observation';
import type { CodePage } from '../domain/text/fitting';
import type { GivenKey, Numbered } from '../domain/order-keys';
import type { OrderTaxes, Receipt } from '../notebook/figures';
import type { ProbeReport } from './check/probe';
import type { Intent, IntentKind } from '../notebook/intents';

export type { Intent, IntentKind } from '../notebook/intents';

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

/** What a person says about one SKU, for every later order of the instance. */
export interface ItemRuleAsked {
  readonly sku: string;
  /** ITEM_NO, or the barcode of a cell or a unit. */
  readonly itemNo: string;
  readonly decidedBy: string;
  /** The order it was decided for. */
  readonly order: string;
}

export interface KeptItemRule extends Omit<ItemRuleAsked, 'order'> {
  /** ISO instant. */
  readonly decidedAt: string;
  readonly order: string | null;
}

/** Something that happened to one order's documents since they were last looked at. */
export interface StoreChange {
  readonly order: string;
  /** What `markSeen` remembers; stable, so the same fact is reported until it is marked and never again. */
  readonly keys: readonly string[];
  /** For people: what happened, e.g. `release ticket saved`. */
  readonly what: string;
}

/** A record that could not even become an order. */
export interface ParkedRecord {
  readonly key: string;
  readonly order: string | null;
  readonly reason: string;
  /** ISO instant. */
  readonly at: string;
}

/** One instance's Counterpoint database. Every method throws CantusError and nothing else. */
export interface Store {
  /** Creates the schema `cantus` and our tables where they are missing; safe to repeat. */
  prepare(): Promise<void>;
  /**
   * Notes that this instance uses the database; safe to repeat.
   * @throws CantusError `instancesShare` where one that is there already could import the same orders (PC-A)
   */
  register(): Promise<void>;
  /** Forgets an instance that is not used any more. @returns false: none of this name was known */
  retire(instance: string): Promise<boolean>;
  /** Compares the real database with what the product needs; a list of plain problems, empty when all is well. */
  check(): Promise<string[]>;
  /**
   * Writes the order document, its deposit ticket and their effects in one transaction, reads them back and compares
   * before it commits (P-03). Idempotency key: (instance, order number), held by the database itself (P-01). `written`:
   * the shop's order as it is now, kept to tell later what was changed there.
   */
  createDocument(draft: DocumentDraft, written?: AsWritten): Promise<CreatedDocument>;
  /** What the document was written from; null: none was, or before this was kept. */
  written(order: string): Promise<AsWritten | null>;
  /**
   * Keeps what a person says about a SKU; a later word about it replaces it.
   * @throws CantusError refused, nothing kept: Counterpoint has no such item, or no line could be written with it
   */
  keepItemRule(rule: ItemRuleAsked): Promise<void>;
  /** What people have said about SKUs, by SKU. */
  itemRules(): Promise<KeptItemRule[]>;
  /** @returns false: there is no rule for this SKU */
  dropItemRule(sku: string): Promise<boolean>;
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
  /** A pass over the changes has told them all: the next one goes on from here (P-27). */
  finishWatch(): Promise<void>;
  /** The keys that were given to these orders, and to others of their numbers. */
  givenKeys(orders: readonly Numbered[]): Promise<GivenKey[]>;
  /** Gives each of these orders its key, for good; all orders of a number are to be among them. By entity_id. */
  giveKeys(orders: readonly Numbered[]): Promise<Map<number, string>>;
  /** Notes how the shop's order looked when its workflow was last told. */
  rememberShop(order: string, fingerprint: string): Promise<void>;
  shopFingerprints(orders: readonly string[]): Promise<Map<string, string>>;
  /**
   * Notes, before it is done, that something is sent to the shop for a release ticket; one attempt at most gets `first`
   * (P-06). `instead` names a sending (its `sentAt`) that is known to have come to nothing and is replaced.
   */
  intend(order: string, kind: IntentKind, guid: string, instead?: string): Promise<Intent>;
  /** Takes that sending back after a clean refusal: the shop stored nothing. */
  withdraw(order: string, kind: IntentKind, guid: string, sentAt: string): Promise<void>;
  /** Notes that the shop refused a sending behind which a charge may stand (P-24). */
  noteRefusal(order: string, kind: IntentKind, guid: string, sentAt: string): Promise<void>;
  park(record: { readonly key: string; readonly order: string | null; readonly reason: string }): Promise<void>;
  unpark(key: string): Promise<void>;
  parked(): Promise<ParkedRecord[]>;
  /** Deposits whose receipt the store has yet to confirm, oldest first (C5-44). */
  receipts(): Promise<Receipt[]>;
  /** @returns false: no receipt of this order was awaited. */
  confirmReceipt(order: string): Promise<boolean>;
  /** The shop's tax figures of the orders placed on these store-local days, both included (C5-65). */
  taxes(days: { readonly from: string; readonly to: string }): Promise<OrderTaxes[]>;
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
  /** Of these notes those that `markSeen` remembers, as `<order> <key>`. */
  alreadyTold(notes: readonly { readonly order: string; readonly key: string }[]): Promise<Set<string>>;
  /** Writes down what people decided about an order, before it takes effect (P-26). @returns all that is kept of it */
  keepDecisions(order: string, decided: KeptDecisions): Promise<KeptDecisions>;
  /** Undefined: nothing was decided about this order. */
  keptDecisions(order: string): Promise<KeptDecisions | undefined>;
  /** How those of these orders ended in whose end a decision had a part. */
  endedByDecision(orders: readonly string[]): Promise<Map<string, EndState>>;
  /** The database's clock, ISO instant. */
  clock(): Promise<string>;
  close(): Promise<void>;
}

export interface StoreOptions {
  readonly log?: (fields: object, message: string) => void;
}
