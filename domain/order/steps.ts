import type { ItemQuantities, TicketRef } from './observation';
import type { AttentionReason, RepairKind } from './attention';
import type { OrderState } from './lifecycle';
import type { Money } from '../money';

/** One thing to do in one of the two systems. Each has a key that stays the same while the same thing is meant. */
export type Action =
  | { readonly do: 'createDocument' }
  | { readonly do: 'removeDocument' }
  | {
      readonly do: 'setStatus';
      readonly status: string;
      readonly because: StatusReason;
      readonly comment?: string;
      /** By comment or not at all. */
      readonly commentOnly?: true;
    }
  | {
      readonly do: 'invoiceTicket';
      readonly ticket: TicketRef;
      readonly items: ItemQuantities;
      readonly capture: boolean;
      readonly again?: string;
      /** What the ticket is worth: the shop must be about to invoice just that. */
      readonly amount?: Money;
      /** What is known to be wrong with the shop's counters; anything else stops the invoice. */
      readonly counters?: CountersKnown;
    }
  | {
      readonly do: 'shipTicket';
      readonly ticket: TicketRef;
      readonly items: ItemQuantities;
      readonly tracks: readonly string[];
      readonly shipVia?: string;
      /** Counterpoint locations the goods left from, where the inventory source hangs on them. */
      readonly locations?: readonly string[];
    }
  | {
      readonly do: 'addTracks';
      readonly ticket: TicketRef;
      readonly shipmentId: number;
      readonly tracks: readonly string[];
      readonly shipVia?: string;
    }
  | { readonly do: 'cancelShopOrder' };

/** The shop's counters as they stood when it was decided to invoice although they disagree with its invoices (P-21). */
export interface CountersKnown {
  /** total_paid. */
  readonly paid: Money;
  /** The rows' counters disagree too. */
  readonly rows?: true;
}

export type StatusReason =
  'inCounterpoint' | 'partiallyReleased' | 'final' | 'confirmedCancelled' | 'needsAttention' | 'attentionOver';

export function actionKey(action: Action): string {
  switch (action.do) {
    case 'invoiceTicket':
    case 'shipTicket':
      return `${action.do}:${action.ticket.guid}`;
    case 'addTracks':
      return `addTracks:${action.ticket.guid}`;
    case 'setStatus':
      return `setStatus:${action.because}`;
    default:
      return action.do;
  }
}

/** What an order that has nothing to do waits for. */
export type WaitReason = 'release' | 'tracking' | 'payment' | 'unhold' | 'shop' | 'outage';

export interface Attention {
  readonly reason: AttentionReason;
  /** Plain sentence: order, what differs, what to do. No personal data. */
  readonly message: string;
  readonly repairs: readonly RepairKind[];
  /** Key of the action it stands in the way of. */
  readonly action?: string;
  /** Code of the failure it came of; absent where the plan itself saw it. */
  readonly code?: string;
  /** Other questions the same cause would raise, by their acceptance keys: not asked beside this one, accepted with it (P-25). */
  readonly settles?: readonly string[];
}

type Question = Pick<Attention, 'reason' | 'action'> | null | undefined;

/** Whether two attentions ask the same, however each is worded; none and none do. */
export const isSameQuestion = (one: Question, other: Question): boolean =>
  one?.reason === other?.reason && one?.action === other?.action;

/** What people were told of an order, so that they are told once. */
export interface Told {
  readonly reason: AttentionReason;
  readonly action?: string;
  readonly code?: string;
  readonly held?: true;
}

/** What a person has to decide beside this step: the first of it, and the rest. */
export interface Needs {
  readonly attention?: Attention;
  readonly also?: readonly Attention[];
}

export type Step =
  | ({ readonly next: 'act'; readonly action: Action; readonly state: OrderState } & Needs)
  | ({ readonly next: 'wait'; readonly for: WaitReason; readonly state: OrderState } & Needs)
  | { readonly next: 'end'; readonly state: 'complete' | 'cancelled' | 'skipped'; readonly why: string };

/** A step that could not be taken; what the engine keeps of it until it is solved. */
export interface Problem {
  readonly action: string;
  readonly reason: AttentionReason;
  readonly code: string;
  readonly message: string;
  readonly attempts: number;
  /** Instant from which the same step may be tried again without anybody's word. */
  readonly retryAt: number | null;
  /** A charge whose outcome is unknown, a refused one too: which sending of it. */
  readonly sentAt?: string;
}

/** The part of the configuration that decides an order's life; absent keys stand for the reference defaults. */
export interface PlanRules {
  readonly statuses: {
    readonly inCounterpoint: string;
    readonly partiallyReleased: string;
    readonly final: string;
    readonly confirmedCancelled: string | null;
    readonly needsAttention: string | null;
  };
  /** Somebody is there to be told: a channel is configured. */
  readonly notify: boolean;
  readonly tracking: boolean;
  readonly shipPostedWithoutNumber: boolean;
  readonly removeUntouched: boolean;
  /** Slow, bounded retries of a refused capture, without a person; a refusal can hide a charge (P-24). */
  readonly captureRetries: { readonly attempts: number; readonly everyMinutes: number };
}
