import type { Memory } from '../domain/order/remembered';
import { QUERY, SIGNAL, UPDATE } from '../domain/engine-names';
import { defineQuery, defineSignal, defineUpdate } from '@temporalio/workflow';
import type { OrderState } from '../domain/order/lifecycle';
import type { Incident, IncidentReason, Report, Channel } from '../domain/people/notification';
import type { OrderView, TimelineEntry } from '../domain/people/order-view';
import type { Repair } from '../domain/order/repair';
import type { Attention } from '../domain/order/steps';

/** Wire format: names are added, never renamed. */

export interface OrderInput {
  readonly instance: string;
  /** Increment id. */
  readonly order: string;
  readonly entityId: number;
  /** Handed over when a long history starts afresh. */
  readonly carry?: CarriedLife;
}

export interface CarriedLife {
  readonly memory: Memory;
  readonly state: OrderState;
  readonly timeline: readonly TimelineEntry[];
  readonly attempts: Readonly<Record<string, number>>;
  readonly attention?: Attention & { readonly since: string };
}

export interface OrderOutcome {
  readonly state: 'complete' | 'cancelled' | 'skipped';
  readonly why: string;
}

export interface CancelRequest {
  readonly reason: string;
  readonly by: string;
  /** Who sends it finds its answer by this in the order's picture. */
  readonly id?: string;
}

/** Look again: something may have changed on either side. */
export const changedSignal = defineSignal(SIGNAL.changed);
/** A person wants this order cancelled. */
export const cancelSignal = defineSignal<[CancelRequest]>(SIGNAL.cancel);
export const repairUpdate = defineUpdate<OrderView, [Repair]>(UPDATE.repair);
export const statusQuery = defineQuery<OrderView>(QUERY.status);

export interface IncidentInput {
  readonly instance: string;
  readonly reason: IncidentReason;
  readonly channels: readonly Channel[];
  /** Handed over when a long history starts afresh. */
  readonly carry?: Incident;
}

/** An order belongs to this incident, its parcel is held, or it needs nobody any more. */
export const reportSignal = defineSignal<[Report]>(SIGNAL.report);
/** All orders of this incident at this moment. */
export const reportAllSignal = defineSignal<[readonly Report[]]>(SIGNAL.reportAll);
