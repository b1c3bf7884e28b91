import type { KeptDecisions } from '../order/decision-rows';
import type { Money } from '../money';
import type { ShopState } from '../order/observation';

/** What a census reads of the three places, by order number. Ids, codes, states and amounts only: no personal data. */

/** A shop order as a list shows it, with its documents. Amounts in base currency. */
export interface ShopFact {
  readonly order: string;
  readonly entityId: number;
  readonly state: ShopState;
  readonly status: string | null;
  readonly storeId: number;
  /** ISO instants. */
  readonly createdAt: string;
  readonly updatedAt: string;
  readonly total: Money;
  /** Gift cards, store credit and reward points: goods the shop does not invoice as money. */
  readonly tenders: Money;
  readonly cancelled: Money;
  /** Given back by credit memos. */
  readonly refunded: Money;
  readonly method: string;
  readonly authorised: Money;
  /** As `shopFingerprint` makes it. */
  readonly fingerprint: string;
  readonly invoices: readonly InvoiceFact[];
}

export interface InvoiceFact {
  readonly id: number;
  readonly total: Money;
  readonly state: 'open' | 'paid' | 'canceled';
  readonly createdAt: string;
  /** DOC_GUID of the release ticket in its marker. */
  readonly ticket: string | null;
  /** A gateway transaction stands behind it. */
  readonly captured: boolean;
}

/** Money given back in the shop. */
export interface CreditMemoFact {
  readonly id: number;
  readonly number: string;
  readonly entityId: number;
  readonly total: Money;
  readonly createdAt: string;
}

/** Our document of an order and its release tickets. */
export interface StoreFact {
  readonly order: string;
  readonly entityId: number;
  readonly docId: string;
  /** ISO instant at which Cantus wrote it. */
  readonly writtenAt: string;
  readonly document: 'open' | 'history' | 'gone';
  /** Null: no totals row. */
  readonly total: Money | null;
  /** What of it was paid beside the payment method, as Cantus wrote it: gift cards, credit, `totals` with a pay code. */
  readonly tenders: Money;
  /** Staff edited, cancelled or reinstated it. */
  readonly edited: boolean;
  readonly lines: number;
  /** Release tickets with goods. */
  readonly tickets: readonly TicketFact[];
  /** The shop's order as its workflow last saw it. */
  readonly shopSeen: string | null;
}

export interface TicketFact {
  readonly guid: string;
  readonly no: string;
  readonly voided: boolean;
  readonly amount: Money;
}

/** Goods that came back in Counterpoint. */
export interface ReturnFact {
  readonly order: string;
  readonly docId: string;
  readonly no: string;
  /** Positive. */
  readonly amount: Money;
}

export type RunStatus = 'running' | 'completed' | 'terminated' | 'failed' | 'timedOut' | 'cancelled';

/** The newest run of an order's workflow. */
export interface RunFact {
  readonly order: string;
  readonly status: RunStatus;
  /** CantusState: an `OrderState`. */
  readonly state: string;
  /** CantusAttention: an `AttentionReason`, or null. */
  readonly attention: string | null;
  /** ISO instant of the last change of state or attention. */
  readonly since: string;
}

export interface ParkedFact {
  readonly key: string;
  readonly order: string | null;
  readonly reason: string;
}

export interface CensusFacts {
  readonly shop: readonly ShopFact[];
  readonly store: readonly StoreFact[];
  readonly runs: readonly RunFact[];
  readonly parked: readonly ParkedFact[];
  /** What people decided, kept in our own table (P-26). */
  readonly decided?: ReadonlyMap<string, KeptDecisions>;
}

/** Everything known of one order. */
export interface Subject {
  readonly order: string;
  readonly shop: ShopFact | undefined;
  readonly store: StoreFact | undefined;
  readonly run: RunFact | undefined;
  readonly parked: ParkedFact | undefined;
  /** What people decided about it, which outlives the engine's memory. */
  readonly decided?: KeptDecisions | undefined;
}
