import type { Memory } from '../order/remembered';
import { cancelAnswer, type CancelAnswer, type CancelTaken } from './cancel-answer';
import { ATTENTION, type AttentionReason, type Owner, type RepairKind } from '../order/attention';
import { liveTickets, type OrderState } from '../order/lifecycle';
import type { Observation } from '../order/observation';
import { preview } from '../order/repair';
import { notShownInShop } from '../order/shop-flag';
import type { Attention, PlanRules, WaitReason } from '../order/steps';
import { invoiceOf, shipmentOf } from '../order/tickets';

export interface TimelineEntry {
  /** ISO instant. */
  readonly at: string;
  readonly what: string;
}

/** The whole picture of an order as people and scripts get it: query `status`, `cantus orders show`. */
export interface OrderView {
  readonly order: string;
  /** The shop's own id of it, once it was looked at. */
  readonly entityId?: number;
  readonly state: OrderState;
  readonly attention: null | {
    readonly reason: AttentionReason;
    readonly message: string;
    readonly since: string;
    readonly repairs: readonly RepairKind[];
    readonly severity: 'warning' | 'problem' | 'urgent';
    /** Whose move it is, and the ISO instant until which it should be made. */
    readonly owner: Owner;
    readonly deadline: string;
    /** Somebody's own ticket about it. */
    readonly ticket: string | null;
    /** Why the shop's order does not show it; null: it does, or need not. */
    readonly notShown: string | null;
  };
  /** What else waits for a person, one sentence each. */
  readonly also: readonly string[];
  readonly waitingFor: WaitReason | null;
  /** What came of the last request to cancel it; absent: nobody asked. */
  readonly cancel?: CancelAnswer;
  /** In the answer to a repair that was taken, and of which it is not known yet what came: the rest is as it was. */
  readonly stillAtIt?: true;
  readonly counterpoint: { readonly docId: string | null; readonly ticketNo: string | null };
  readonly tickets: readonly {
    readonly ticketNo: string;
    readonly invoice: number | null;
    readonly shipment: number | null;
    readonly tracks: readonly string[];
    readonly amount: string;
    readonly captured: boolean;
  }[];
  readonly timeline: readonly TimelineEntry[];
}

export interface ViewFacts {
  readonly order: string;
  readonly state: OrderState;
  readonly waitingFor: WaitReason | null;
  readonly attention: (Attention & { readonly since: string }) | null;
  readonly also?: readonly Attention[];
  readonly memory?: Memory;
  readonly rules?: PlanRules;
  readonly seen: Observation | undefined;
  readonly timeline: readonly TimelineEntry[];
  /** The last request to cancel, and whether the order has done all it can since. */
  readonly cancel?: CancelTaken & { readonly rests: boolean };
}

export function orderView(facts: ViewFacts): OrderView {
  const { seen, attention } = facts;
  return {
    order: facts.order,
    ...(seen ? { entityId: seen.shop.entityId } : {}),
    state: facts.state,
    attention: attention && attentionView(attention, facts),
    also: (facts.also ?? []).map(({ message }) => message),
    waitingFor: facts.waitingFor,
    ...cancelOf(facts),
    counterpoint: { docId: seen?.store.docId ?? null, ticketNo: seen?.store.ticketNo ?? null },
    tickets: seen ? ticketsOf(seen) : [],
    timeline: facts.timeline,
  };
}

function cancelOf(facts: ViewFacts): { cancel?: CancelAnswer } {
  if (!facts.cancel) return {};
  const { rests, ...taken } = facts.cancel;
  return { cancel: cancelAnswer(taken, { ...facts, rests }) };
}

const HOUR = 3_600_000;

function attentionView(
  { reason, message, since, repairs }: Attention & { readonly since: string },
  { memory, seen, rules }: ViewFacts,
): OrderView['attention'] {
  const { severity, owner, deadlineHours } = ATTENTION[reason];
  const deadline = new Date(Date.parse(since) + deadlineHours * HOUR).toISOString();
  const notShown = seen && rules ? notShownInShop({ reason, message, repairs }, seen, rules) : null;
  const ticket = memory?.reference?.ticket ?? null;
  return { reason, message, since, repairs, severity, owner, deadline, ticket, notShown };
}

function ticketsOf({ shop, store }: Observation): OrderView['tickets'] {
  return liveTickets(store).map((ticket) => {
    const invoice = invoiceOf(ticket, shop);
    return {
      ticketNo: ticket.no,
      invoice: invoice?.id ?? null,
      shipment: shipmentOf(ticket, shop)?.id ?? null,
      tracks: ticket.tracks,
      amount: ticket.amount,
      captured: invoice?.captured === true,
    };
  });
}

const WAITING: Readonly<Record<WaitReason, string>> = {
  release: 'the store to release it in Counterpoint',
  tracking: 'a tracking number in Counterpoint',
  payment: 'its payment to be settled in the shop',
  unhold: 'the shop to take it off hold',
  shop: 'a person',
  outage: 'a system that does not answer; it is tried again by itself',
};

/** The order as Markdown a clerk can read in the Temporal UI. */
export function orderCard(view: OrderView): string {
  const lines = [`### Order ${view.order}: ${view.state.replaceAll('_', ' ')}`];
  if (view.attention) {
    lines.push(
      `**Needs attention (${view.attention.reason}) since ${minute(view.attention.since)}**`,
      view.attention.message,
      ...view.also,
      view.attention.notShown ?? '',
      whoseMove(view.attention),
    );
    if (view.attention.repairs.length > 0) {
      lines.push(whatCanBeDone(view));
    }
  } else if (view.waitingFor) lines.push(`Waiting for ${WAITING[view.waitingFor]}.`);
  if (view.counterpoint.ticketNo !== null) {
    lines.push(`Counterpoint order ${view.counterpoint.ticketNo} (document ${view.counterpoint.docId ?? '?'})`);
  }
  if (view.tickets.length > 0) {
    lines.push(
      '| ticket | amount | invoice | shipment | tracking |\n|---|---|---|---|---|\n' +
        view.tickets.map(ticketRow).join('\n'),
    );
  }
  lines.push(
    view.timeline
      .slice(-15)
      .map((entry) => `- ${minute(entry.at)} ${entry.what}`)
      .join('\n'),
  );
  return lines.filter((line) => line !== '').join('\n\n');
}

/** Each repair by what it does, and how a person sends one. */
function whatCanBeDone(view: OrderView): string {
  const repairs = (view.attention?.repairs ?? []).map((kind) => `- \`${kind}\`: ${preview(kind, view).effect}`);
  return `What can be done, with \`cantus orders repair ${view.order} KIND\` or as \`kind\` of its update \`repair\`:\n${repairs.join('\n')}`;
}

const whoseMove = ({ owner, deadline, ticket }: NonNullable<OrderView['attention']>): string =>
  `Whose move: ${owner}, until ${minute(deadline)}.${ticket === null ? '' : ` Ticket ${ticket}.`}`;

const ticketRow = (ticket: OrderView['tickets'][number]): string =>
  `| ${ticket.ticketNo} | ${ticket.amount} | ${String(ticket.invoice ?? '–')} | ${String(ticket.shipment ?? '–')} | ${ticket.tracks.join(' ') || '–'} |`;

const minute = (iso: string): string => `${iso.slice(0, 10)} ${iso.slice(11, 16)} UTC`;
