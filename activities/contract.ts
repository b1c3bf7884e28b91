import type { FailureKind } from '../domain/errors';
import type { AttentionReason } from '../domain/order/attention';
import type { KeptDecisions } from '../domain/order/decision-rows';
import type { TextChange } from '../domain/document/draft';
import type { Money } from '../domain/money';
import type { Channel, IncidentReason, Notice, Report } from '../domain/people/notification';
import type { Observation, ShopSide, StoreSide, TicketRef, ItemQuantities } from '../domain/order/observation';
import type { AgeReport, CensusReport, ImportReport, RoundReport, WatchReport } from '../passes/reports';
import type { RuleDifferences } from '../domain/order/plan-rules';
import type { CountersKnown, StatusReason } from '../domain/order/steps';

/**
 * What workflows may ask of the world. Names and shapes are wire format. Inputs and results carry ids, quantities,
 * amounts, codes and states only; personal data is read where it lives.
 */

export interface OrderRef {
  readonly order: string;
  readonly entityId: number;
}

export interface Seen extends Observation {
  readonly rules?: RuleDifferences;
  /** What our own table keeps of people's decisions; absent: nobody decided anything. */
  readonly decisions?: KeptDecisions;
}

export interface LookActivities {
  observe(order: OrderRef): Promise<Seen>;
}

export interface StoreActivities {
  createDocument(input: OrderRef & { readonly skus?: Readonly<Record<string, string>> }): Promise<{
    readonly store: StoreSide;
    readonly textChanges?: readonly TextChange[];
    /** For the order's timeline: how its items were found, where that is not plain. */
    readonly notes?: readonly string[];
  }>;
  /**
   * Keeps a person's word about a SKU of this order for every later one.
   * @throws refused, nothing kept: the order has no such SKU, or no line could be written with that item
   */
  keepItemRule(input: OrderRef & { readonly sku: string; readonly itemNo: string; readonly by: string }): Promise<void>;
  removeDocument(order: OrderRef): Promise<{ readonly store: StoreSide }>;
  /** Writes down what people decided, before it takes effect (P-26). */
  keepDecisions(input: OrderRef & { readonly decided: KeptDecisions }): Promise<{ readonly decisions: KeptDecisions }>;
}

export interface ShopActivities {
  setStatus(
    input: OrderRef & {
      readonly status: string;
      readonly because: StatusReason;
      readonly comment?: string;
      /** By comment or not at all: a save would meet a running invoice, or spoil a finished order. */
      readonly commentOnly?: true;
    },
  ): Promise<{ readonly shop: ShopSide }>;
  invoiceTicket(
    input: OrderRef & {
      readonly ticket: TicketRef;
      readonly items: ItemQuantities;
      readonly capture: boolean;
      readonly again?: string;
      /** What the ticket is worth. */
      readonly amount?: Money;
      readonly counters?: CountersKnown;
    },
  ): Promise<{ readonly shop: ShopSide }>;
  shipTicket(
    input: OrderRef & {
      readonly ticket: TicketRef;
      readonly items: ItemQuantities;
      readonly tracks: readonly string[];
      readonly shipVia?: string;
      /** Counterpoint locations the goods left from, where the inventory source hangs on them. */
      readonly locations?: readonly string[];
    },
  ): Promise<{ readonly shop: ShopSide }>;
  addTracks(
    input: OrderRef & {
      readonly ticket: TicketRef;
      readonly shipmentId: number;
      readonly tracks: readonly string[];
      readonly shipVia?: string;
    },
  ): Promise<{ readonly shop: ShopSide }>;
  cancelShopOrder(order: OrderRef): Promise<{ readonly shop: ShopSide }>;
}

export interface ScheduledActivities {
  /** Finds candidates placed or changed since and starts one workflow each; `since` null: all of them. */
  importOrders(input: { readonly since: string | null }): Promise<ImportReport & { readonly until: string }>;
  watchCounterpoint(): Promise<WatchReport>;
  watchMagento(input: { readonly since: string | null }): Promise<RoundReport & { readonly until: string }>;
  /** Accounts for every order once; heals gaps or names them. */
  takeCensus(): Promise<CensusReport>;
}

/** What an order tells people of itself, by way of the incident it belongs to. */
export interface OrderNews extends Report {
  readonly reason: AttentionReason;
  /** The failure's own code, where the attention came of one. */
  readonly code?: string;
}

export interface TellActivities {
  /** Brings an order's news to its incident; what is told twice is taken in once. */
  notify(news: OrderNews): Promise<void>;
  /** Who pressed the engine's cancel button of this run, as its history names them; null: it names nobody. */
  whoAskedToCancel(input: { readonly order: string; readonly run: string }): Promise<{ readonly by: string | null }>;
}

export interface DeliverActivities {
  /** Sends one message over one channel. Its key, `incident` with the notice's number, stays the same when it is sent again. */
  deliver(input: {
    readonly incident: string;
    readonly reason: IncidentReason;
    readonly channel: Channel;
    readonly notice: Notice;
  }): Promise<void>;
}

export interface AgeActivities {
  /** Tells people of orders that stay in a state longer than its age limit; asks the engine, wakes no order. */
  watchAges(): Promise<AgeReport>;
}

export type Activities = LookActivities &
  StoreActivities &
  ShopActivities &
  ScheduledActivities &
  TellActivities &
  DeliverActivities &
  AgeActivities;

/** `details[0]` of every ApplicationFailure an activity throws; its `type` is the code. */
export interface FailureDetails {
  readonly kind: FailureKind;
  readonly code: string;
  readonly message: string;
  readonly reason?: AttentionReason;
  readonly field?: string;
  readonly remedy?: string;
  /** Of a charge whose outcome is unknown: which sending of it. */
  readonly sentAt?: string;
}
