import { money, quantity, type Numeric } from './money';
import { shortHash } from './short-hash';
import type { ShopOrder } from './shop-order';

/** What a trimmed list row and a full order both tell; a change of any of it is worth a look. */
export interface FingerprintFacts {
  readonly state: string;
  readonly status: string | null;
  /** Moves with a hold and its end, whatever the order looks like afterwards (contract §7). ISO instant. */
  readonly updatedAt: string;
  readonly paid: Numeric;
  readonly refunded: Numeric;
  readonly total: Numeric;
  readonly items: readonly {
    readonly id: number;
    readonly invoiced: Numeric;
    readonly shipped: Numeric;
    readonly refunded: Numeric;
    readonly cancelled: Numeric;
  }[];
}

/**
 * A short stable sign of an order's state, so that a change Cantus made itself and has already seen wakes nobody.
 * Not for secrets: collisions only cost a wake-up that is late until the next change or sweep.
 */
export function shopFingerprint(facts: FingerprintFacts): string {
  const items = [...facts.items]
    .sort((a, b) => a.id - b.id)
    .map(({ id, ...counters }) =>
      [
        id,
        quantity(counters.invoiced),
        quantity(counters.shipped),
        quantity(counters.refunded),
        quantity(counters.cancelled),
      ].join(':'),
    );
  const text = [
    facts.state,
    facts.status ?? '',
    money(facts.paid),
    money(facts.refunded),
    money(facts.total),
    ...items,
  ].join('|');
  return `${shortHash(text)}.${shortHash(facts.updatedAt)}`;
}

/**
 * Whether two fingerprints are of the same state. One of an earlier release has fewer parts: only what both have is
 * compared, so that an upgrade wakes no order.
 */
export function sameFingerprint(one: string, other: string): boolean {
  const [left, right] = [one.split('.'), other.split('.')];
  return left.every((part, at) => right[at] === undefined || right[at] === part);
}

export const orderFingerprint = (order: ShopOrder): string =>
  shopFingerprint({
    state: order.state,
    status: order.status,
    updatedAt: order.updatedAt,
    paid: order.totals.paid,
    refunded: order.totals.refunded,
    total: order.totals.grandTotal,
    items: order.items,
  });
