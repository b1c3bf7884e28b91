import type { AttentionReason } from '../domain/attention';
import type { TextChange } from '../domain/document/draft';
import type { Observation, ShopSide, StoreSide } from '../domain/observation';
import type { RuleDifferences } from '../domain/plan-rules';
import type { StatusReason, TicketRef } from '../domain/steps';
import type { ItemQuantities } from '../domain/tickets';

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
}

export interface LookActivities {
  observe(order: OrderRef): Promise<Seen>;
}

export interface StoreActivities {
  createDocument(input: OrderRef & { readonly skus?: Readonly<Record<string, string>> }): Promise<{
    readonly store: StoreSide;
    readonly textChanges?: readonly TextChange[];
  }>;
  removeDocument(order: OrderRef): Promise<{ readonly store: StoreSide }>;
}

export interface ShopActivities {
  setStatus(
    input: OrderRef & { readonly status: string; readonly because: StatusReason },
  ): Promise<{ readonly shop: ShopSide }>;
  invoiceTicket(
    input: OrderRef & {
      readonly ticket: TicketRef;
      readonly items: ItemQuantities;
      readonly capture: boolean;
      readonly again?: string;
    },
  ): Promise<{ readonly shop: ShopSide }>;
  shipTicket(
    input: OrderRef & {
      readonly ticket: TicketRef;
      readonly items: ItemQuantities;
      readonly tracks: readonly string[];
      readonly shipVia?: string;
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

export interface ImportReport {
  readonly found: number;
  readonly started: number;
  readonly already: number;
  readonly skipped: readonly { readonly order: string; readonly reason: string }[];
  readonly parked: readonly { readonly order: string | null; readonly reason: string }[];
}

export interface WatchReport {
  readonly changed: number;
  readonly signalled: number;
}

export interface ScheduledActivities {
  /** Finds candidates placed or changed since and starts one workflow each; `since` null: all of them. */
  importOrders(input: { readonly since: string | null }): Promise<ImportReport & { readonly until: string }>;
  watchCounterpoint(): Promise<WatchReport>;
  watchMagento(input: { readonly since: string | null }): Promise<WatchReport & { readonly until: string }>;
}

export type Activities = LookActivities & StoreActivities & ShopActivities & ScheduledActivities;

/** `details[0]` of every ApplicationFailure an activity throws; its `type` is the code. */
export interface FailureDetails {
  readonly kind: 'transient' | 'throttled' | 'refused' | 'ambiguous' | 'misconfigured';
  readonly code: string;
  readonly message: string;
  readonly reason?: AttentionReason;
  readonly field?: string;
  readonly remedy?: string;
  /** Of a charge whose outcome is unknown: which sending of it. */
  readonly sentAt?: string;
}
