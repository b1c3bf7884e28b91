import { condition, patched } from '@temporalio/workflow';
import { LIMITS } from '../../domain/limits';
import type { OrderNews, Seen } from '../../activities/contract';
import { toKeep, type KeptDecisions } from '../../domain/order/decision-rows';
import { mergeDecisions, NO_DECISIONS } from '../../domain/order/decisions';
import { cancelIsTooLate, remember, settlesMore, type Happening } from '../../domain/order/memory';
import type { Observation, ShopSide } from '../../domain/order/observation';
import { isOutage } from '../../domain/order/outage';
import { rulesFrom } from '../../domain/order/plan-rules';
import { canCancelInShop } from '../../domain/order/plan-step';
import { EMPTY_MEMORY, type Memory } from '../../domain/order/remembered';
import { decides, refuseRepair, type Repair } from '../../domain/order/repair';
import type { Attention, PlanRules, Problem, Step } from '../../domain/order/steps';
import { isSilentOnAttention, newsOf } from '../../domain/people/order-news';
import { orderView, type OrderView } from '../../domain/people/order-view';
import { warnOfLapseAt } from '../../domain/shop/authorization';
import type { CarriedLife, OrderInput } from '../contract';
import { Board } from './board';
import { isFoundByLooking, isSeenAnew, isStale } from './failures';
import { Journal } from './journal';
import { Mailbox } from './mailbox';

const TOO_LATE = 'tooLate:';
/** Histories from before one decision could settle more than its own question go on as they were written. */
const SETTLES_MORE = 'settles-more';

/** Everything one run knows of its order: what it saw, what it remembers, what came for it, and what it shows. */
export class OrderLife {
  memory: Memory;
  rules: PlanRules = rulesFrom(undefined);
  /** Undefined: look at both sides before anything else. */
  seen: Observation | undefined;
  readonly mail = new Mailbox();
  readonly journal: Journal;
  readonly board: Board;
  #lastSeen: Observation | undefined;
  #attempts: Record<string, number>;
  /** Steps that were refused for what had changed, and planned anew since the order last rested. */
  readonly #seenAnew = new Set<string>();
  /** What our own table was last seen to hold. */
  #kept: KeptDecisions = NO_DECISIONS;

  constructor(readonly input: OrderInput) {
    const { carry } = input;
    this.memory = carry?.memory ?? EMPTY_MEMORY;
    this.journal = new Journal(carry?.timeline);
    this.board = new Board(input, this.journal);
    this.#attempts = { ...carry?.attempts };
    if (!carry) this.journal.note('Found in the shop.');
  }

  /** What has to be written down before this step; undefined: all is. */
  toKeep(step: Step): KeptDecisions | undefined {
    return toKeep(this.memory, this.#kept, step.next === 'end' ? step.state : undefined);
  }

  remember(happened: Happening): void {
    this.memory = remember(this.memory, happened);
  }

  /** What people have to hear of this step that they have not heard yet. */
  news(step: Step): OrderNews[] {
    return this.rules.notify ? newsOf(this.input.order, step, this.memory, this.#lastSeen) : [];
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
    this.remember({ what: 'looked', seen: this.seen, now: Date.now() });
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
    this.remember({ what: 'cancelRefused' });
    this.mail.cancelRefused(why);
    this.journal.note(why);
  }

  /* ----- how its steps went --------------------------------------------------------------------------------------- */

  attemptsAt(action: string): number {
    return this.#attempts[action] ?? 0;
  }

  failed(problem: Problem): void {
    const tooLate = `${TOO_LATE}${problem.action}`;
    const times = isStale(problem) ? this.attemptsAt(tooLate) + 1 : 0;
    this.#attempts = { ...this.#attempts, [tooLate]: times };
    if (times > 0 && times <= LIMITS.freshLooks) {
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
    this.remember({ what: 'failed', problem });
    // What a read-back found shows in the shop: the plan says it in one way, now and at every later look.
    if (isFoundByLooking(problem) && patched('look-after-read-back')) this.seen = undefined;
  }

  succeeded(action: string): void {
    const { [action]: _gone, [`${TOO_LATE}${action}`]: _late, ...attempts } = this.#attempts;
    this.#attempts = attempts;
    this.remember({ what: 'worked', action });
  }

  /* ----- what people decide --------------------------------------------------------------------------------------- */

  /** The attention a repair is for: the first one, or that of the release ticket it names. */
  meant({ release }: Repair): Attention | null {
    if (release === undefined) return this.board.attention;
    const guid = this.#lastSeen?.store.tickets.find((ticket) => ticket.no === release)?.guid;
    return this.board.open.find(({ action }) => guid !== undefined && action?.endsWith(`:${guid}`)) ?? null;
  }

  takeIn(repair: Repair): void {
    const attention = this.meant(repair);
    if (!attention || refuseRepair(repair, attention) !== null) return;
    const asOfOld = settlesMore(repair, attention) && !patched(SETTLES_MORE);
    this.remember({
      what: 'repaired',
      repair,
      attention,
      seen: this.#lastSeen,
      ...(asOfOld ? { asOfOld } : {}),
    });
    if (decides(repair)) this.board.decide(attention);
    this.journal.note(
      `Repair ${repair.kind} for ${attention.reason}${repair.by === undefined ? '' : ` by ${repair.by}`}.`,
    );
  }

  /* ----- rest and end --------------------------------------------------------------------------------------------- */

  /** Waits until something wakes the order, or a problem's next try is due. */
  async rest(): Promise<void> {
    this.mail.settle();
    const due = this.memory.problems.flatMap((problem) => (problem.retryAt === null ? [] : [problem.retryAt]));
    const warnAt = this.#lastSeen ? warnOfLapseAt(this.#lastSeen.shop) : null;
    if (warnAt !== null && this.memory.lapsing !== this.#lastSeen?.shop.payment.lapses) due.push(warnAt);
    if (due.length === 0) await condition(() => this.mail.hasMail());
    else await condition(() => this.mail.hasMail(), Math.max(1_000, Math.min(...due) - Date.now()));
    this.seen = undefined;
    this.#seenAnew.clear();
    this.#takeMail();
    this.remember({ what: 'rested', now: Date.now() });
  }

  /**
   * Takes in what came since the last look. Only ever done at rest: between two steps a signal and an answer may stand
   * in one task in either order, and what the order does must not hang on which is told first.
   */
  #takeMail(): void {
    if (!this.mail.open()) return;
    const asked = this.mail.takeCancel();
    if (asked) {
      this.remember({ what: 'cancelAsked', reason: asked.reason, by: asked.by });
      this.journal.note(`Cancelling was asked for by ${asked.by}.`);
    }
    for (const repair of this.mail.takeRepairs()) this.takeIn(repair);
    this.remember({ what: 'woken' });
  }

  /** The order has ended: what came during its last step is answered, and said to have come too late. */
  close(): void {
    this.mail.close();
    for (const repair of this.mail.takeRepairs())
      this.journal.note(`Repair ${repair.kind} came too late: the order had ended.`);
    const asked = this.mail.takeCancel();
    if (asked) this.journal.note(`Cancelling was asked for by ${asked.by} too late: the order had ended.`);
    this.mail.settle();
  }

  /* ----- what it shows and hands on ------------------------------------------------------------------------------- */

  publish(step: Step): void {
    this.board.show(step);
    if (step.next !== 'act' && !isSilentOnAttention(step))
      this.remember({ what: 'attentionMoved', to: this.board.attention?.reason });
    this.board.publish(step, this.view(), this.#lastSeen);
  }

  view(): OrderView {
    return orderView({
      order: this.input.order,
      ...this.board.picture,
      memory: this.memory,
      rules: this.rules,
      seen: this.#lastSeen,
      timeline: this.journal.entries,
      ...this.mail.cancelAnswer(),
    });
  }

  carry(): CarriedLife {
    const { state, attention } = this.board;
    return {
      memory: this.memory,
      state,
      timeline: this.journal.carry(),
      attempts: this.#attempts,
      ...(attention ? { attention } : {}),
    };
  }
}

/** Nothing of it is left that the shop could cancel. */
const isFinished = (shop: ShopSide): boolean =>
  ['new', 'processing', 'complete', 'closed'].includes(shop.state) && !canCancelInShop(shop);
