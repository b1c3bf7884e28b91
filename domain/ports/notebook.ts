import type { Money } from '../money';
import type { KeptDecisions } from '../order/decision-rows';
import type { EndState } from '../order/lifecycle';
import type { GivenKey, Numbered } from '../order-keys';
import type { AsWritten } from '../shop/altered';

export type IntentKind = 'invoice' | 'shipment';

/** That something is being sent to the shop, noted before it is: a worker that dies cannot say so afterwards. */
export interface Intent {
  /** This call noted it. False: an earlier attempt did, and nobody may know what came of it. */
  readonly first: boolean;
  /** UTC by the database's own clock, `YYYY-MM-DDTHH:mm:ss.mmm`; names this one sending. */
  readonly sentAt: string;
  /** Seconds since then, by the same clock. */
  readonly age: number;
  /** The shop has answered it with a refusal: it is not under way any more. */
  readonly refused: boolean;
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

/** Release tickets of one order that nobody knew of, by DOC_ID. */
export interface FirstSeen {
  readonly order: string;
  readonly docIds: readonly string[];
}

/** Something that people were told; `key` names the news. */
export interface ToldNews {
  readonly order: string;
  readonly key: string;
  /** ISO instant. */
  readonly at: string;
}

/** A record that could not even become an order. */
export interface ParkedRecord {
  readonly key: string;
  readonly order: string | null;
  readonly reason: string;
  /** ISO instant. */
  readonly at: string;
}

/** A deposit that nobody has seen arrive: a check, a transfer, cash on delivery (C5-44). */
export interface Receipt {
  readonly order: string;
  /** Store-local day "YYYY-MM-DD". */
  readonly placedOn: string;
  readonly store: string;
  readonly payCode: string | null;
  readonly deposit: Money;
  /** Deposit ticket the money was booked with. */
  readonly ticketNo: string | null;
}

/** The shop's own tax figures of one imported order (C5-65), base currency. */
export interface OrderTaxes {
  readonly order: string;
  /** Store-local day "YYYY-MM-DD". */
  readonly placedOn: string;
  readonly store: string;
  /** Goods after discount, without tax. */
  readonly net: Money;
  /** Shipping charged, without tax. */
  readonly shipping: Money;
  readonly goodsTax: Money;
  readonly shippingTax: Money;
  readonly tax: Money;
  readonly total: Money;
}

/**
 * What Cantus keeps for itself about one instance's orders: what no look at either system could tell. Every method throws
 * CantusError and nothing else.
 */
export interface Notebook {
  /** Creates the schema `cantus` and our tables where they are missing; safe to repeat. */
  prepare(): Promise<void>;
  /**
   * Notes that this instance uses the database; safe to repeat.
   * @throws CantusError `instancesShare` where one that is there already could import the same orders (PC-A)
   */
  register(): Promise<void>;
  /** Forgets an instance that is not used any more. @returns false: none of this name was known */
  retire(instance: string): Promise<boolean>;
  /** What the document was written from; null: none was, or before this was kept. */
  written(order: string): Promise<AsWritten | null>;
  /** What people have said about SKUs, by SKU. */
  itemRules(): Promise<KeptItemRule[]>;
  /** @returns false: there is no rule for this SKU */
  dropItemRule(sku: string): Promise<boolean>;
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
  /** Of these notes those that `markSeen` remembers, as `<order> <key>`. */
  alreadyTold(notes: readonly { readonly order: string; readonly key: string }[]): Promise<Set<string>>;
  /** What was told since an instant (ISO 8601), oldest first; `kinds`: what its keys begin with before the colon. */
  toldSince(since: string, kinds: readonly string[]): Promise<ToldNews[]>;
  /** The release tickets that these changes tell of and that no `markSeen` has been told of yet. */
  newTickets(changes: readonly { readonly order: string; readonly keys: readonly string[] }[]): Promise<FirstSeen[]>;
  /** Writes down what people decided about an order, before it takes effect (P-26). @returns all that is kept of it */
  keepDecisions(order: string, decided: KeptDecisions): Promise<KeptDecisions>;
  /** Undefined: nothing was decided about this order. */
  keptDecisions(order: string): Promise<KeptDecisions | undefined>;
  /** The same of many orders; those of which nobody decided anything are left out. */
  decisionsOf(orders: readonly string[]): Promise<Map<string, KeptDecisions>>;
  /** How those of these orders ended in whose end a decision had a part. */
  endedByDecision(orders: readonly string[]): Promise<Map<string, EndState>>;
}
