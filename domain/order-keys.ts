import { orderKey } from './identities';

/** An order as the shop numbers it. */
export interface Numbered {
  readonly entityId: number;
  readonly incrementId: string;
}

/** A key that was given, for good. */
export interface GivenKey {
  readonly entityId: number;
  readonly number: string;
  readonly key: string;
}

/**
 * The key of each order. One that was given stands; of the others that bear one number the lowest entity_id, which the
 * shop gives in order of sale, has the number alone unless it is taken. Whoever asks, in whatever order, is answered alike,
 * provided that all orders of a number are among those asked for.
 */
export function keysOf(orders: readonly Numbered[], given: readonly GivenKey[]): Map<number, string> {
  const keys = new Map(given.map(({ entityId, key }) => [entityId, key]));
  const taken = new Set(given.map(({ key }) => key));
  for (const { entityId, incrementId } of [...orders].sort((a, b) => a.entityId - b.entityId)) {
    if (keys.has(entityId)) continue;
    const key = orderKey(incrementId, taken.has(incrementId) ? entityId : null);
    keys.set(entityId, key);
    taken.add(key);
  }
  return keys;
}
