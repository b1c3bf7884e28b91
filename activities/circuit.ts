import { CantusError, transient } from '../domain/errors';
import { LIMITS } from '../domain/limits';
import { OUTAGE_CODE, SYSTEM_NAME, type System } from '../domain/order/outage';

/** Failures by which a system may be away; whether it is, the probe decides. */
const NO_ANSWER: Readonly<Record<System, ReadonlySet<string>>> = {
  // The last three come from in front of the shop: while even the smallest call meets them, the shop itself is away.
  shop: new Set([
    'shopUnreachable',
    'shopTimeout',
    'shopConnectionLost',
    'shopMaintenance',
    'shopServerError',
    'shopBlocked',
    'shopUnreadable',
    'shopRouteUnknown',
  ]),
  counterpoint: new Set(['databaseAway']),
};

export interface CircuitOptions {
  readonly system: System;
  /** The smallest call there is; it fails while nobody is there. */
  readonly probe: () => Promise<unknown>;
  /**
   * Tells people that the system is away since an instant (ms), or back (null), and what the last look met; repeated
   * until it succeeds.
   */
  readonly tell: (since: number | null, met: string | null) => Promise<void>;
  readonly now?: () => number;
  readonly random?: () => number;
}

/**
 * Knows whether one system answers. While it does not, one small look now and then asks whether it is back, and nobody
 * else calls: each is told when to come again, the later the longer it lasts and no two at once, so that the backlog
 * drains evenly. One order whose own calls fail never opens it, because the look still succeeds.
 */
export class Circuit {
  #unanswered = 0;
  #firstUnanswered = 0;
  #awaySince: number | null = null;
  #looking = false;
  #met: string | null = null;
  /** What people were told last; undefined: nothing by this worker, an earlier one may have. */
  #told: number | null | undefined;
  #toldAt = 0;
  #telling = false;
  #timer: NodeJS.Timeout | undefined;
  #closed = false;
  readonly #now: () => number;
  readonly #random: () => number;

  constructor(private readonly options: CircuitOptions) {
    this.#now = options.now ?? Date.now;
    this.#random = options.random ?? Math.random;
  }

  /** @throws CantusError transient with the code of the outage, without a call, while the system is away */
  async run<T>(call: () => Promise<T>): Promise<T> {
    if (this.#awaySince !== null) throw this.#refusal(this.#awaySince);
    try {
      const answer = await call();
      this.#answered();
      return answer;
    } catch (error) {
      const answer = this.#answerIn(error);
      if (answer === 'none') this.#missed();
      else if (answer === 'some') this.#answered();
      throw error;
    }
  }

  close(): void {
    this.#closed = true;
    clearTimeout(this.#timer);
  }

  #answered(): void {
    this.#unanswered = 0;
    if (this.#awaySince === null) this.#sync();
  }

  #missed(): void {
    if (this.#unanswered === 0) this.#firstUnanswered = this.#now();
    this.#unanswered += 1;
    if (this.#unanswered >= LIMITS.unansweredInARow && this.#awaySince === null) void this.#look(LIMITS.probeFirstMs);
  }

  /** Only an answer ends it; a look that was itself held back says nothing and is repeated. */
  async #look(pauseMs: number): Promise<void> {
    if (this.#looking) return;
    this.#looking = true;
    const answer = await this.options.probe().then(
      () => 'some' as const,
      (error: unknown) => {
        this.#met = error instanceof CantusError ? error.message : null;
        return this.#answerIn(error);
      },
    );
    if (this.#closed) return;
    if (answer === 'some') {
      this.#looking = false;
      this.#unanswered = 0;
      this.#awaySince = null;
    } else {
      if (answer === 'none') this.#awaySince ??= this.#firstUnanswered;
      this.#timer = setTimeout(() => {
        this.#looking = false;
        void this.#look(Math.min(LIMITS.probeMostMs, pauseMs * 2));
      }, pauseMs);
      this.#timer.unref();
    }
    this.#sync();
  }

  /** Held back here, or of unknown outcome: neither an answer nor a sign of absence. */
  #answerIn(error: unknown): 'none' | 'some' | 'unknown' {
    if (!(error instanceof CantusError)) return 'some';
    if (error.traits.answered) return 'some';
    return NO_ANSWER[this.options.system].has(error.code) ? 'none' : 'unknown';
  }

  #refusal(since: number): CantusError {
    const { system } = this.options;
    const most = Math.min(LIMITS.comeAgainMostMs, Math.max(LIMITS.comeAgainLeastMs, this.#now() - since));
    return transient({
      code: OUTAGE_CODE[system],
      reason: 'systemDown',
      message: `${SYSTEM_NAME[system]} has not answered since ${new Date(since).toISOString()}. Nothing is lost: it goes on by itself.`,
      retryAfterMs: Math.round(most * (0.5 + this.#random() / 2)),
    });
  }

  #sync(): void {
    const since = this.#awaySince;
    const stale = since !== null && this.#now() - this.#toldAt > LIMITS.tellOutageAgainMs;
    if (this.#telling || (this.#told === since && !stale)) return;
    this.#telling = true;
    void this.options
      .tell(since, since === null ? null : this.#met)
      .then(
        () => {
          this.#told = since;
          this.#toldAt = this.#now();
        },
        // The next answer or the next look tells it again.
        () => undefined,
      )
      .finally(() => {
        this.#telling = false;
      });
  }
}

/** The same client, each of its calls behind the circuit. */
export const behind = <T extends object>(circuit: Circuit, client: T): T =>
  new Proxy(client, {
    get(target, name, receiver): unknown {
      const method: unknown = Reflect.get(target, name, receiver);
      if (typeof method !== 'function' || name === 'close') return method;
      return (...input: unknown[]) => circuit.run(() => Reflect.apply(method, target, input) as Promise<unknown>);
    },
  });
