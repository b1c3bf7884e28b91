import { log, patched, setCurrentDetails, upsertMemo, upsertSearchAttributes } from '@temporalio/workflow';
import { defineSearchAttributeKey, type SearchAttributeUpdatePair } from '@temporalio/common';
import { liveTickets, type OrderState } from '../../domain/order/lifecycle';
import type { Observation } from '../../domain/order/observation';
import { actionKey, isSameQuestion, type Attention, type Step, type WaitReason } from '../../domain/order/steps';
import { isSilentOnAttention } from '../../domain/people/order-news';
import { orderCard, type OrderView } from '../../domain/people/order-view';
import { SEARCH_ATTRIBUTES } from '../../domain/search-attributes';
import { stillAuthorised } from '../../domain/shop/authorization';
import type { OrderInput } from '../contract';
import type { Journal } from './journal';

/** What people see of the order: its state and attention, and from them the engine's list and its page of the order. */
export class Board {
  #state: OrderState;
  #attention: (Attention & { since: string }) | null;
  #also: readonly Attention[] = [];
  /** Attentions that a person has decided while the order could not go on: what came of it shows when it does. */
  #decided: readonly Attention[] = [];
  #waitingFor: WaitReason | null = null;
  /** What the engine's list shows; of the lapse an earlier run's history may have shown another. */
  #published: Published;

  constructor(
    private readonly input: OrderInput,
    private readonly journal: Journal,
  ) {
    const { carry } = input;
    this.#state = carry?.state ?? 'imported';
    this.#attention = carry?.attention ?? null;
    this.#published = {
      state: this.#state,
      attention: this.#attention?.reason ?? '',
      ticket: '',
      lapses: carry ? undefined : null,
    };
  }

  get state(): OrderState {
    return this.#state;
  }

  get attention(): (Attention & { readonly since: string }) | null {
    return this.#attention;
  }

  get picture(): Pick<OrderView, 'state' | 'waitingFor'> & {
    readonly attention: (Attention & { readonly since: string }) | null;
    readonly also: readonly Attention[];
  } {
    return { state: this.#state, waitingFor: this.#waitingFor, attention: this.#attention, also: this.#also };
  }

  /** All that waits for a person, the most pressing first. */
  get open(): readonly Attention[] {
    return this.#attention ? [this.#attention, ...this.#also] : [];
  }

  /** A person has decided it: it is no longer told while the order cannot go on. */
  decide(attention: Attention): void {
    this.#decided = [...this.#decided, attention];
  }

  /** Takes in where the order stands now, and notes what moved. */
  show(step: Step): void {
    const silent = isSilentOnAttention(step);
    this.#decided = silent ? this.#decided : [];
    const attention = this.#attentionAt(step);
    if (!isSameQuestion(attention, this.#attention)) {
      if (attention) this.journal.note(`Needs attention: ${attention.message}`);
      else this.journal.note('No longer needs attention.');
      this.#attention = attention ? { ...attention, since: new Date(Date.now()).toISOString() } : null;
    } else if (attention && this.#attention) this.#attention = { ...attention, since: this.#attention.since };
    this.#also = silent
      ? this.#also.filter((each) => this.#isOpen(each) && !isSameQuestion(each, attention))
      : ((step.next === 'end' ? undefined : step.also) ?? []);
    this.#waitingFor = step.next === 'wait' ? step.for : null;
    if (step.state === this.#state) return;
    this.#state = step.state;
    this.journal.note(step.next === 'end' ? `${sentence(step.state)}: ${step.why}` : `${sentence(step.state)}.`);
    log.info('order moved', { instance: this.input.instance, order: this.input.order, state: step.state });
  }

  /**
   * Shows it to people. The engine's list costs events, so it is written only where something changed and the order
   * comes to rest, ends, or begins or ceases to need somebody; between two steps it hurries on anyway.
   */
  publish(step: Step, view: OrderView, seen: Observation | undefined): void {
    setCurrentDetails(orderCard(view));
    const ticket = seen ? latestTicket(seen) : '';
    const lapses = seen ? openLapse(seen) : null;
    const now = { state: this.#state, attention: this.#attention?.reason ?? '', ticket, lapses };
    const before = this.#published;
    if (step.next === 'act' && now.attention === before.attention) return;
    this.#published = now;
    const pairs: SearchAttributeUpdatePair[] = [];
    if (now.state !== before.state) pairs.push({ key: KEYS.state, value: now.state });
    if (now.attention !== before.attention)
      pairs.push({ key: KEYS.attention, value: now.attention === '' ? null : now.attention });
    if (now.ticket !== before.ticket) pairs.push({ key: KEYS.ticket, value: now.ticket });
    if (pairs.length > 0) upsertSearchAttributes(pairs);
    // Of an order that has ended the engine itself knows since when.
    const memo = step.next === 'end' ? {} : memoOf(now, before);
    if (Object.keys(memo).length > 0) upsertMemo(memo);
  }

  /** The very step that was refused is tried again: whether that helps is known after it. */
  #attentionAt(step: Step): Attention | undefined {
    if (step.next === 'end') return undefined;
    const now = this.#attention;
    if (isSilentOnAttention(step)) return step.attention ?? this.#undecided(now);
    if (now === null || step.next === 'wait' || step.attention) return step.attention;
    return now.action === actionKey(step.action) ? now : undefined;
  }

  /** Of an order that cannot go on yet: what waited before still does, except what a person has decided meanwhile. */
  #undecided(now: Attention | null): Attention | undefined {
    if (now === null) return undefined;
    if (this.#isOpen(now) || !patched('decided-while-waiting')) return now;
    return this.#also.find((each) => this.#isOpen(each));
  }

  #isOpen(attention: Attention): boolean {
    return !this.#decided.some((each) => isSameQuestion(each, attention));
  }
}

const KEYS = {
  state: defineSearchAttributeKey('CantusState', SEARCH_ATTRIBUTES.CantusState),
  attention: defineSearchAttributeKey('CantusAttention', SEARCH_ATTRIBUTES.CantusAttention),
  ticket: defineSearchAttributeKey('CantusTicket', SEARCH_ATTRIBUTES.CantusTicket),
};

interface Published {
  readonly state: OrderState;
  readonly attention: string;
  readonly ticket: string;
  /** Instant at which an open authorisation lapses; null: none is open; undefined: not known what is shown. */
  readonly lapses: string | null | undefined;
}

/** What the engine's list shows beside the search attributes, as far as it changed. */
function memoOf(now: Published, before: Published): Record<string, string | null> {
  const at = new Date(Date.now()).toISOString();
  const moved = now.state !== before.state;
  return {
    ...(moved || now.attention !== before.attention ? { since: at } : {}),
    ...(moved ? { stateSince: at } : {}),
    ...(now.lapses === before.lapses ? {} : { lapses: now.lapses ?? null }),
  };
}

const openLapse = ({ shop }: Observation): string | null =>
  stillAuthorised(shop) ? (shop.payment.lapses ?? null) : null;

const latestTicket = ({ store }: Observation): string => liveTickets(store).at(-1)?.no ?? store.ticketNo ?? '';

const sentence = (state: OrderState): string => {
  const words = state.replaceAll('_', ' ').replace('counterpoint', 'Counterpoint');
  return words.charAt(0).toUpperCase() + words.slice(1);
};
