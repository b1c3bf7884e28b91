import type { Memory } from '../order/remembered';
import type { AttentionReason } from '../order/attention';
import type { Report } from './notification';
import type { Observation } from '../order/observation';
import { isSameQuestion, type Attention, type Step, type Told } from '../order/steps';

export type News = Report & { readonly reason: AttentionReason; readonly code?: string };

/**
 * What people have to hear of an order and have not heard: each attention once, that its parcel is held, and that it is
 * over. While the order still acts nothing is called over: the refused step itself may be what it tries again.
 */
export function newsOf(order: string, step: Step, memory: Memory, seen: Observation | undefined): News[] {
  const told = memory.told ?? [];
  const open = step.next === 'end' || !step.attention ? [] : [step.attention, ...(step.also ?? [])];
  const over =
    step.next === 'act' || isSilentOnAttention(step)
      ? []
      : told.filter((each) => !open.some((attention) => isSameQuestion(attention, each)));
  const raised = open.filter((attention) => !told.some((each) => isSameQuestion(attention, each)));
  const held = told.filter((each) => each.held !== true && !over.includes(each) && isHeld(each, memory));
  return [
    ...over.map((each): News => ({ kind: 'solved', ...named(order, each) })),
    ...raised.map((attention): News => raisedNews(order, attention, seen)),
    ...held.map((each): News => ({ kind: 'held', ...named(order, each) })),
  ];
}

/** A step that looks no further than an outage, a hold or a payment: what waited before it still does. */
export const isSilentOnAttention = (step: Step): boolean =>
  step.next === 'wait' &&
  (step.for === 'outage' || step.for === 'unhold' || step.for === 'payment' || step.attention?.action === 'observe');

const guidOf = (action: string | undefined): string => action?.split(':')[1] ?? '';

const isHeld = ({ action }: Told, { parcelsHeld }: Memory): boolean =>
  action !== undefined && (parcelsHeld?.includes(guidOf(action)) ?? false);

const named = (order: string, { reason, action, code }: Told): Omit<News, 'kind'> => ({
  reason,
  order,
  action: action ?? reason,
  ...(code === undefined ? {} : { code }),
});

/** Order, ticket and parcel, so that the goods can be pulled back before the carrier collects (C5-11). */
function raisedNews(order: string, attention: Attention, seen: Observation | undefined): News {
  const ticket = seen?.store.tickets.find(({ guid }) => guid === guidOf(attention.action));
  return {
    kind: 'raised',
    ...named(order, attention),
    message: attention.message,
    ...(ticket === undefined ? {} : { ticket: ticket.no }),
    ...(ticket && ticket.tracks.length > 0 ? { tracks: ticket.tracks } : {}),
  };
}

/** The memory once this news has reached its incident. */
export function afterTelling(memory: Memory, news: News): Memory {
  const about = (each: Told): boolean => each.reason === news.reason && (each.action ?? each.reason) === news.action;
  const told = memory.told ?? [];
  switch (news.kind) {
    case 'solved':
      return { ...memory, told: told.filter((each) => !about(each)) };
    case 'held':
      return { ...memory, told: told.map((each) => (about(each) ? { ...each, held: true } : each)) };
    case 'raised': {
      const { reason, code } = news;
      const action = news.action === reason ? {} : { action: news.action };
      return { ...memory, told: [...told, { reason, ...action, ...(code === undefined ? {} : { code }) }] };
    }
  }
}
