import type { RepairKind } from '../../domain/order/attention';
import { isSameQuestion, type Attention } from '../../domain/order/steps';

interface UnderWay {
  readonly attention: Attention;
  readonly asked: { readonly takenAt: number | null };
}

/** They change nothing about what the order does, so that they may be said at any time. */
const BESIDE: readonly RepairKind[] = ['note', 'parcelHeld'];

/**
 * Repairs that were accepted and of which it shows only later what came: whoever grows impatient with a slow shop, and
 * sends one again, must not have it done twice.
 */
export class RepairsUnderWay {
  #all: readonly UnderWay[] = [];

  add(kind: RepairKind, attention: Attention | null, asked: UnderWay['asked']): void {
    if (attention && !BESIDE.includes(kind)) this.#all = [...this.#all, { attention, asked }];
  }

  /** It came to nothing before it reached the order. */
  drop(asked: UnderWay['asked']): void {
    this.#all = this.#all.filter((each) => each.asked !== asked);
  }

  /** @param settled how often the order had come to rest by now */
  settled(settled: number): void {
    this.#all = this.#all.filter(({ asked }) => asked.takenAt === null || settled <= asked.takenAt);
  }

  /** Why this repair has to wait, in a sentence; null: it has not. */
  refuse(kind: RepairKind, attention: Attention | null): string | null {
    const same = this.#all.some((each) => isSameQuestion(each.attention, attention));
    return same && !BESIDE.includes(kind)
      ? `A repair for ${attention?.reason ?? 'it'} was taken before and is still under way. Wait for what comes of it.`
      : null;
  }
}
