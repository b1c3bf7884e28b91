import { money, quantity, type Numeric } from '../money';
import { shortHash } from '../text/short-hash';
import type { ShopOrder } from './order';

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
  const counted = (of: 'invoiced' | 'shipped' | 'refunded'): string =>
    [...facts.items]
      .sort((a, b) => a.id - b.id)
      .map((item) => quantity(item[of]))
      .join('|');
  return [
    text,
    facts.updatedAt,
    counted('invoiced'),
    counted('shipped'),
    `${counted('refunded')}|${money(facts.refunded)}`,
    `${facts.state}|${facts.status ?? ''}`,
  ]
    .map(shortHash)
    .join('.');
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

/** What became different between two fingerprints; nothing where one of them is of a release that did not tell. */
export function movedBetween(
  before: string,
  after: string,
): readonly ('invoiced' | 'shipped' | 'refunded' | 'status')[] {
  const [left, right] = [before.split('.'), after.split('.')];
  const names = ['invoiced', 'shipped', 'refunded', 'status'] as const;
  return names.filter((_, at) => {
    const [one, other] = [left[at + 2], right[at + 2]];
    return one !== undefined && other !== undefined && one !== other;
  });
}
