import { EMPTY_MEMORY, type Memory } from '../domain/order/remembered';
import {
  CancellationScope,
  condition,
  log,
  patched,
  setCurrentDetails,
  setHandler,
  upsertMemo,
  upsertSearchAttributes,
} from '@temporalio/workflow';
import { defineSearchAttributeKey, type SearchAttributeUpdatePair } from '@temporalio/common';
import type { OrderNews, Seen } from '../activities/contract';
import { stillAuthorised, warnOfLapseAt } from '../domain/shop/authorization';
import { toKeep, type KeptDecisions } from '../domain/order/decision-rows';
import type { CancelTaken } from '../domain/people/cancel-answer';
import { mergeDecisions, NO_DECISIONS } from '../domain/order/decisions';
import { liveTickets, type OrderState } from '../domain/order/lifecycle';
import { cancelIsTooLate, remember, settlesMore, type Happening } from '../domain/order/memory';
import type { Observation, ShopSide } from '../domain/order/observation';
import { isSilentOnAttention, newsOf } from '../domain/people/order-news';
import { orderCard, orderView, type OrderView, type TimelineEntry } from '../domain/people/order-view';
import { isOutage } from '../domain/order/outage';
import { rulesFrom } from '../domain/order/plan-rules';
import { canCancelInShop } from '../domain/order/plan-step';
import { decides, refuseRepair, type Repair } from '../domain/order/repair';
import { SEARCH_ATTRIBUTES } from '../domain/search-attributes';
import {
  actionKey,
  type Attention,
  type PlanRules,
  type Problem,
  type Step,
  type WaitReason,
} from '../domain/order/steps';
import {
  cancelSignal,
  changedSignal,
  repairUpdate,
  statusQuery,
  type CancelRequest,
  type CarriedLife,
  type OrderInput,
} from './contract';
import { isFoundByLooking, isSeenAnew, isStale } from './failures';
import { keepRule } from './keep-rule';
import { RepairsUnderWay } from './repairs-under-way';

const TIMELINE_KEPT = 200;
/** Longer than a shop that answers slowly takes for a charge and the looks around it. */
const REPAIR_ANSWER = '80 seconds';
/** How often in a row a step that came too late is planned anew at once. */
const FRESH_LOOKS = 3;
const TOO_LATE = 'tooLate:';
/** Histories from before one decision could settle more than its own question go on as they were written. */
const SETTLES_MORE = 'settles-more';

interface AskedRepair {
  readonly repair: Repair;
  /** How often the order had come to rest when it was taken in; null: not yet. */
  takenAt: number | null;
}

/** Everything one run knows of its order. Handlers only note what happened; the loop in order.ts acts on it. */
export class OrderLife {
  memory: Memory;
  rules: PlanRules = rulesFrom(undefined);
  /** Undefined: look at both sides before anything else. */
  seen: Observation | undefined;
  #state: OrderState;
  #attention: (Attention & { since: string }) | null;
  #also: readonly Attention[] = [];
  /** Attentions that a person has decided while the order could not go on: what came of it shows when it does. */
  #decided: readonly Attention[] = [];
  #waitingFor: WaitReason | null = null;
  #timeline: TimelineEntry[];
  #attempts: Record<string, number>;
  #lastSeen: Observation | undefined;
  #woken = false;
  #asked: CancelRequest | null = null;
  /** The last request to cancel, and how often the order had come to rest when it was taken in. */
  #cancel: (CancelTaken & { readonly takenAt: number }) | null = null;
  /** Steps that were refused for what had changed, and planned anew since the order last rested. */
  readonly #seenAnew = new Set<string>();
  #buttonUsed = false;
  /** What our own table was last seen to hold. */
  #kept: KeptDecisions = NO_DECISIONS;
  #closed = false;
  readonly #repairs: AskedRepair[] = [];
  readonly #underWay = new RepairsUnderWay();
  #settled = 0;
  /** What the engine's list shows; of the lapse an earlier run's history may have shown another. */
  #published: Published = { state: 'imported', attention: '', ticket: '', lapses: null };

  constructor(readonly input: OrderInput) {
    const { carry } = input;
    this.memory = carry?.memory ?? EMPTY_MEMORY;
    this.#state = carry?.state ?? 'imported';
    this.#attention = carry?.attention ?? null;
    this.#published = {
      ...this.#published,
      state: this.#state,
      attention: this.#attention?.reason ?? '',
      ...(carry ? { lapses: undefined } : {}),
    };
    this.#timeline = [...(carry?.timeline ?? [])];
    this.#attempts = { ...carry?.attempts };
    if (!carry) this.note('Found in the shop.');
    this.#listen();
  }

  #listen(): void {
    setHandler(
      changedSignal,
      () => {
        this.wake();
      },
      { description: 'Look at the shop and at Counterpoint again now' },
    );
    setHandler(
      cancelSignal,
      (request) => {
        this.#asked = request;
        this.wake();
      },
      { description: 'Cancel this order: {reason, by}' },
    );
    setHandler(statusQuery, () => this.view(), { description: 'The whole picture of the order' });
    setHandler(repairUpdate, (repair) => this.#repair(repair), {
      description: 'Solve what the order waits for: {kind, by?, note?, …}',
      validator: (repair: Repair) => {
        const attention = this.#meant(repair);
        const why = refuseRepair(repair, attention) ?? this.#underWay.refuse(repair.kind, attention);
        if (why !== null) throw new Error(`Order ${this.input.order}: ${why}`);
      },
    });
  }

  async #repair(repair: Repair): Promise<OrderView> {
    const asked: AskedRepair = { repair, takenAt: null };
    // A remark changes nothing about what the order does: nothing has to be looked at for it.
    if (repair.kind === 'note') {
      this.#take(asked);
      return this.view();
    }
    this.#underWay.add(repair.kind, this.#meant(repair), asked);
    if (repair.always === true && patched('keep-item-rule')) {
      await this.#keepRule(asked);
      if (this.#closed) return this.view();
    }
    this.#repairs.push(asked);
    this.wake();
    // A cancel request of the engine's would end this wait with an error, though the repair is done all the same.
    const done = await CancellationScope.nonCancellable(() =>
      condition(() => asked.takenAt !== null && this.#settled > asked.takenAt, REPAIR_ANSWER),
    );
    return done ? this.view() : { ...this.view(), stillAtIt: true };
  }

  async #keepRule(asked: AskedRepair): Promise<void> {
    try {
      this.note(await keepRule(this.input, asked.repair));
    } catch (error) {
      this.#underWay.drop(asked);
      throw error;
    }
  }

  #take(asked: AskedRepair): void {
    asked.takenAt = this.#settled;
    const { repair } = asked;
    const attention = this.#meant(repair);
    if (!attention || refuseRepair(repair, attention) !== null) return;
    const asOfOld = settlesMore(repair, attention) && !patched(SETTLES_MORE);
    this.#remember({
      what: 'repaired',
      repair,
      attention,
      seen: this.#lastSeen,
      ...(asOfOld ? { asOfOld } : {}),
    });
    if (decides(repair)) this.#decided = [...this.#decided, attention];
    this.note(`Repair ${repair.kind} for ${attention.reason}${repair.by === undefined ? '' : ` by ${repair.by}`}.`);
  }

  /** The attention a repair is for: the first one, or that of the release ticket it names. */
  #meant({ release }: Repair): Attention | null {
    if (release === undefined) return this.#attention;
    const guid = this.#lastSeen?.store.tickets.find((ticket) => ticket.no === release)?.guid;
    const open = this.#attention ? [this.#attention, ...this.#also] : [];
    return open.find(({ action }) => guid !== undefined && action?.endsWith(`:${guid}`)) ?? null;
  }

  /** What has to be written down before this step; undefined: all is. */
  toKeep(step: Step): KeptDecisions | undefined {
    return toKeep(this.memory, this.#kept, step.next === 'end' ? step.state : undefined);
  }

  #remember(happened: Happening): void {
    this.memory = remember(this.memory, happened);
  }

  /** What people have to hear of this step that they have not heard yet. */
  news(step: Step): OrderNews[] {
    return this.rules.notify ? newsOf(this.input.order, step, this.memory, this.#lastSeen) : [];
  }

  told(news: OrderNews): void {
    this.#remember({ what: 'told', news });
  }

  /** Something may have changed: look again, and give refused steps that cost nobody money another try. */
  wake(): void {
    this.#woken = true;
  }

  note(what: string): void {
    this.#timeline.push({ at: new Date(Date.now()).toISOString(), what });
    if (this.#timeline.length > TIMELINE_KEPT) this.#timeline.splice(1, this.#timeline.length - TIMELINE_KEPT);
  }

  /** The engine's own cancel request means what the signal means; where a signal said who and why, that stands. */
  cancelRequested(request: CancelRequest): void {
    this.#asked ??= request;
    this.#buttonUsed = true;
    this.wake();
  }

  /** The engine hands one request to a run: only a fresh one would hear of a second. */
  get isDeafToTheButton(): boolean {
    return this.#buttonUsed;
  }

  /** Takes in what an activity saw; a wake-up that came meanwhile asks for a fresh look once the order rests. */
  see(part: Partial<Seen>): void {
    if (part.rules || (part.shop && part.store)) this.rules = rulesFrom(part.rules);
    if (part.decisions) {
      this.#kept = part.decisions;
      this.memory = mergeDecisions(this.memory, part.decisions);
    }
    const known = this.seen ?? this.#lastSeen;
    const shop = part.shop ?? known?.shop;
    const store = part.store ?? known?.store;
    if (!shop || !store) return;
    this.#lastSeen = { shop, store };
    this.seen = this.#lastSeen;
    this.#remember({ what: 'looked', seen: this.seen, now: Date.now() });
    const { cancel } = this.memory;
    if (cancelIsTooLate(this.memory, this.seen)) {
      this.dropCancel(
        `The order was already released in Counterpoint: not cancelled as ${cancel?.by ?? ''} had asked. Void the ticket first.`,
      );
    } else if (cancel && isFinished(shop)) {
      this.dropCancel(
        `The shop cannot cancel it as ${cancel.by} had asked: what is invoiced has to be refunded there.`,
      );
    }
  }

  /** A request to cancel that cannot be met is answered on the timeline, and the order goes on. */
  dropCancel(why: string): void {
    this.#remember({ what: 'cancelRefused' });
    if (this.#cancel) this.#cancel = { ...this.#cancel, refused: why };
    this.note(why);
  }

  /**
   * Takes in what came since the last look. Only ever done at rest: between two steps a signal and an answer may stand
   * in one task in either order, and what the order does must not hang on which is told first.
   */
  #takeMail(): void {
    if (!this.#woken) return;
    this.#woken = false;
    if (this.#asked) {
      const { reason, by, id } = this.#asked;
      this.#asked = null;
      this.#cancel = { by, takenAt: this.#settled, ...(id === undefined ? {} : { id }) };
      this.#remember({ what: 'cancelAsked', reason, by });
      this.note(`Cancelling was asked for by ${by}.`);
    }
    for (const asked of this.#repairs.splice(0)) this.#take(asked);
    this.#remember({ what: 'woken' });
  }

  attemptsAt(action: string): number {
    return this.#attempts[action] ?? 0;
  }

  failed(problem: Problem): void {
    const tooLate = `${TOO_LATE}${problem.action}`;
    const times = isStale(problem) ? this.attemptsAt(tooLate) + 1 : 0;
    this.#attempts = { ...this.#attempts, [tooLate]: times };
    if (times > 0 && times <= FRESH_LOOKS) {
      this.seen = undefined;
      return;
    }
    if (isSeenAnew(problem) && !this.#seenAnew.has(problem.action) && patched('look-after-refusal')) {
      this.#seenAnew.add(problem.action);
      this.seen = undefined;
      return;
    }
    // An outage is no try of this step: the retries of a refused charge are kept for refusals.
    if (!isOutage(problem)) this.#attempts[problem.action] = problem.attempts;
    this.#remember({ what: 'failed', problem });
    // What a read-back found shows in the shop: the plan says it in one way, now and at every later look.
    if (isFoundByLooking(problem) && patched('look-after-read-back')) this.seen = undefined;
  }

  succeeded(action: string): void {
    const { [action]: _gone, [`${TOO_LATE}${action}`]: _late, ...attempts } = this.#attempts;
    this.#attempts = attempts;
    this.#remember({ what: 'worked', action });
  }

  /** Nothing more is done for now: whoever waits for what came of a repair is answered. */
  settle(): void {
    this.#settled += 1;
    this.#underWay.settled(this.#settled);
  }

  /** The order has ended: what came during its last step is answered, and said to have come too late. */
  close(): void {
    this.#closed = true;
    for (const asked of this.#repairs.splice(0)) {
      asked.takenAt = this.#settled;
      this.note(`Repair ${asked.repair.kind} came too late: the order had ended.`);
    }
    if (this.#asked) {
      const { by, id } = this.#asked;
      this.#cancel = { by, takenAt: this.#settled, ...(id === undefined ? {} : { id }) };
      this.note(`Cancelling was asked for by ${by} too late: the order had ended.`);
    }
    this.#asked = null;
    this.settle();
  }

  /** Something came that was not read yet; it would be lost with this run. */
  hasMail(): boolean {
    return this.#woken;
  }

  /** Waits until something wakes the order, or a problem's next try is due. */
  async rest(): Promise<void> {
    this.settle();
    const due = this.memory.problems.flatMap((problem) => (problem.retryAt === null ? [] : [problem.retryAt]));
    const warnAt = this.#lastSeen ? warnOfLapseAt(this.#lastSeen.shop) : null;
    if (warnAt !== null && this.memory.lapsing !== this.#lastSeen?.shop.payment.lapses) due.push(warnAt);
    if (due.length === 0) await condition(() => this.#woken);
    else await condition(() => this.#woken, Math.max(1_000, Math.min(...due) - Date.now()));
    this.seen = undefined;
    this.#seenAnew.clear();
    this.#takeMail();
    this.#remember({ what: 'rested', now: Date.now() });
  }

  /**
   * Shows people where the order stands. The engine's list costs events, so it is written only where something changed
   * and the order comes to rest, ends, or begins or ceases to need somebody; between two steps it hurries on anyway.
   */
  publish(step: Step): void {
    this.#show(step);
    setCurrentDetails(orderCard(this.view()));
    const ticket = this.#lastSeen ? latestTicket(this.#lastSeen) : '';
    const lapses = this.#lastSeen ? openLapse(this.#lastSeen) : null;
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

  #show(step: Step): void {
    const silent = isSilentOnAttention(step);
    this.#decided = silent ? this.#decided : [];
    const attention = this.#attentionAt(step);
    if (attention?.reason !== this.#attention?.reason || attention?.action !== this.#attention?.action) {
      if (attention) this.note(`Needs attention: ${attention.message}`);
      else this.note('No longer needs attention.');
      this.#attention = attention ? { ...attention, since: new Date(Date.now()).toISOString() } : null;
    } else if (attention && this.#attention) this.#attention = { ...attention, since: this.#attention.since };
    this.#also = silent
      ? this.#also.filter((each) => this.#isOpen(each) && !isSame(each, attention))
      : ((step.next === 'end' ? undefined : step.also) ?? []);
    if (step.next !== 'act' && !silent) this.#remember({ what: 'attentionMoved', to: attention?.reason });
    this.#waitingFor = step.next === 'wait' ? step.for : null;
    if (step.state === this.#state) return;
    this.#state = step.state;
    this.note(step.next === 'end' ? `${sentence(step.state)}: ${step.why}` : `${sentence(step.state)}.`);
    log.info('order moved', { instance: this.input.instance, order: this.input.order, state: step.state });
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
    return !this.#decided.some((each) => isSame(each, attention));
  }

  view(): OrderView {
    return orderView({
      order: this.input.order,
      state: this.#state,
      waitingFor: this.#waitingFor,
      attention: this.#attention,
      also: this.#also,
      memory: this.memory,
      rules: this.rules,
      seen: this.#lastSeen,
      timeline: this.#timeline,
      ...this.#cancelTaken(),
    });
  }

  #cancelTaken(): { cancel?: CancelTaken & { rests: boolean } } {
    if (!this.#cancel) return {};
    const { takenAt, ...taken } = this.#cancel;
    return { cancel: { ...taken, rests: this.#settled > takenAt } };
  }

  carry(): CarriedLife {
    return {
      memory: this.memory,
      state: this.#state,
      timeline: this.#timeline.slice(-50),
      attempts: this.#attempts,
      ...(this.#attention ? { attention: this.#attention } : {}),
    };
  }
}

const isSame = (one: Attention, other: Attention | undefined): boolean =>
  one.reason === other?.reason && one.action === other.action;

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

/** Nothing of it is left that the shop could cancel. */
const isFinished = (shop: ShopSide): boolean =>
  ['new', 'processing', 'complete', 'closed'].includes(shop.state) && !canCancelInShop(shop);

const openLapse = ({ shop }: Observation): string | null =>
  stillAuthorised(shop) ? (shop.payment.lapses ?? null) : null;

const latestTicket = ({ store }: Observation): string => liveTickets(store).at(-1)?.no ?? store.ticketNo ?? '';

const sentence = (state: OrderState): string => {
  const words = state.replaceAll('_', ' ').replace('counterpoint', 'Counterpoint');
  return words.charAt(0).toUpperCase() + words.slice(1);
};
