import type { TicketRef, ItemQuantities } from '../order/observation';
import type { Money } from '../money';
import type { CreditMemoFact, ShopFact } from '../census/facts';
import type { ShopLook } from '../shop/side';
import type { ShopOrder } from '../shop/order';
import type { CountersKnown } from '../order/steps';

/** Ends a call early; a write that was already under way is ambiguous then. */
export interface CallOptions {
  readonly signal?: AbortSignal;
}

export interface OrderRef {
  /** increment_id, for messages. */
  readonly order: string;
  readonly entityId: number;
}

export interface Candidate {
  readonly entityId: number;
  readonly incrementId: string;
  readonly state: string;
  readonly status: string | null;
  readonly storeId: number;
  /** ISO instants. */
  readonly createdAt: string;
  readonly updatedAt: string;
  /** Base currency. */
  readonly total: string;
}

/** A record that cannot be read; the rest of the feed goes on without it (P-18). */
export interface Parked {
  /** Stable name of the record: its entity_id, or `order:<number>` where it shows none. */
  readonly key: string;
  readonly order: string | null;
  readonly reason: string;
}

export interface CandidateQuery {
  readonly statuses: readonly string[];
  /** UTC instant, ISO 8601. */
  readonly from: string;
  /** Empty: all. */
  readonly storeViews: readonly number[];
  readonly pageSize: number;
  /** entity_id of the last record of the page before. */
  readonly after?: number;
  /** UTC instant, ISO 8601. */
  readonly updatedSince?: string;
}

export interface CandidatePage {
  readonly orders: readonly Candidate[];
  readonly parked: readonly Parked[];
  /** `after` of the next page; null: this was the last. */
  readonly next: number | null;
}

export interface ShopChange {
  readonly entityId: number;
  readonly incrementId: string;
  readonly fingerprint: string;
}

export interface ShopChanges {
  readonly changes: readonly ShopChange[];
  /** The shop's own clock when the reading began, ISO 8601: the next `since`. */
  readonly serverTime: string;
}

/** Which orders: placed since an instant (ISO 8601), or these. */
export type CensusQuery =
  { readonly from: string } | { readonly numbers: readonly string[] } | { readonly entityIds: readonly number[] };

export interface ShopCensus {
  readonly orders: readonly ShopFact[];
  readonly parked: readonly Parked[];
  /** The shop's own clock when the reading began, ISO 8601. */
  readonly serverTime: string;
}

export interface StatusInput extends OrderRef {
  readonly status: string;
  readonly comment: string;
  /** The order must not be saved: an invoice of ours may be under way, or the shop has finished it (contract §5). */
  readonly commentOnly?: boolean;
}

export interface CommentInput extends OrderRef {
  readonly comment: string;
}

/** Leave to send one call, asked for at the very last moment. */
export interface Claim {
  /** @throws when the call must not be sent; it ends with that error */
  take(): Promise<void>;
  /** The call was not made or refused outright: certainly nothing came of it. */
  giveBack(): Promise<void>;
}

export interface InvoiceInput extends OrderRef {
  readonly ticket: TicketRef;
  /** By the rows that carry the money. */
  readonly items: ItemQuantities;
  readonly capture: boolean;
  /** What the release is worth, base currency; given: the shop must be about to invoice just that. */
  readonly amount?: Money;
  /** What is known to be wrong with the shop's counters; anything else stops the invoice (P-21). */
  readonly counters?: CountersKnown;
  readonly claim?: Claim;
}

export interface Track {
  readonly number: string;
  readonly title: string;
  /** Carrier code of the shop; `custom` where there is none. */
  readonly carrier: string;
}

export interface ShipInput extends OrderRef {
  readonly ticket: TicketRef;
  readonly items: ItemQuantities;
  readonly tracks: readonly Track[];
  /** Code of the inventory source it leaves; left out: the shop's own choice. */
  readonly source?: string;
  readonly claim?: Claim;
}

export interface TracksInput extends OrderRef {
  readonly shipmentId: number;
  readonly tracks: readonly Track[];
}

export interface StoreConfig {
  readonly id: number;
  readonly code: string;
  readonly timezone: string;
  readonly currency: string;
  readonly locale: string | null;
  readonly baseUrl: string | null;
}

/** An order's number and id, and the store view it was placed in. */
export interface Namesake {
  readonly entityId: number;
  readonly incrementId: string;
  readonly storeId: number;
}

export interface ShopFacts {
  /** null: the token may not see them. */
  readonly modules: readonly string[] | null;
  readonly storeConfigs: readonly StoreConfig[];
}

/** What Cantus asks of a shop. Every method throws CantusError and nothing else; every write looks before and reads back after. */
export interface Shop {
  /** @throws refused `orderNotFound` */
  order(entityId: number, call?: CallOptions): Promise<ShopOrder>;
  findOrder(incrementId: string, call?: CallOptions): Promise<ShopOrder | null>;
  /** @throws refused `orderNotFound` */
  look(order: { incrementId: string; entityId?: number }, call?: CallOptions): Promise<ShopLook>;
  /** One page, oldest entity_id first. */
  candidates(query: CandidateQuery, call?: CallOptions): Promise<CandidatePage>;
  /** Orders that moved since an instant (ISO 8601), with ten minutes of overlap. */
  changes(since: string, call?: CallOptions): Promise<ShopChanges>;
  /** Orders with their invoices, from lists alone. */
  census(query: CensusQuery, call?: CallOptions): Promise<ShopCensus>;
  /** Every order with one of these numbers; several store views may use one. */
  namesakes(numbers: readonly string[], call?: CallOptions): Promise<Namesake[]>;
  /** Credit memos made since an instant (ISO 8601), whatever their order. */
  creditMemos(since: string, call?: CallOptions): Promise<CreditMemoFact[]>;
  /** The shop's own clock, ISO 8601; ours where it does not tell. */
  clock(call?: CallOptions): Promise<string>;
  /** Idempotent by status and comment text. @throws refused `statusRefused` */
  setStatus(input: StatusInput, call?: CallOptions): Promise<void>;
  /** Idempotent by comment text. */
  comment(input: CommentInput, call?: CallOptions): Promise<void>;
  /** Idempotent by the ticket's marker. @throws refused captureRefused, captureUnknown, authorizationExpired, amountsDiffer; ambiguous captureUnknown */
  invoice(input: InvoiceInput, call?: CallOptions): Promise<{ invoiceId: number; already: boolean }>;
  /** Idempotent by the ticket's marker. */
  ship(input: ShipInput, call?: CallOptions): Promise<{ shipmentId: number; already: boolean }>;
  /** Idempotent by carrier and number. */
  addTracks(input: TracksInput, call?: CallOptions): Promise<void>;
  /** True when nothing of the order is left open in the shop. */
  cancel(input: OrderRef, call?: CallOptions): Promise<boolean>;
  facts(call?: CallOptions): Promise<ShopFacts>;
}
