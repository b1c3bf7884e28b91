/**
 * What a person decided about an order, or what was settled when it was first seen: no look at the two systems can tell
 * it (P-26). Ids, codes and keys only, so that it can be stored as it is.
 */
export interface Decisions {
  /** Everything was taken at sale when the order was first seen; invoices that appear later were made by hand. */
  readonly paidAtSale?: boolean;
  readonly cancel?: { readonly reason: string; readonly by: string };
  /** Tickets a person decided to invoice without charging. */
  readonly offline: readonly string[];
  /** By ticket: the sending of its charge that came to nothing, so that it may be sent again: a person's word, or a setting's. */
  readonly again?: Readonly<Record<string, string>>;
  /** Differences a person accepted, as `<reason>` or `<reason>:<what it is about>`. */
  readonly accepted: readonly string[];
  readonly skip?: boolean;
  readonly confirmedCancelled?: boolean;
  /** A person decided that the shop's open rest is cancelled. */
  readonly cancelRemainder?: boolean;
  /** Tickets whose parcel a person confirmed to be held back. */
  readonly parcelsHeld?: readonly string[];
  /** Shop SKU → ITEM_NO, by repair `mapSku`. */
  readonly skus?: Readonly<Record<string, string>>;
}

/** Characters that our table keeps of what a decision is about. */
export const ABOUT_LENGTH = 200;

export const NO_DECISIONS: Decisions = { offline: [], accepted: [] };

/** The decisions alone, out of everything an order remembers. */
export function decisionsOf(memory: Decisions): Decisions {
  const { paidAtSale, cancel, offline, again, accepted, skip, confirmedCancelled } = memory;
  const { cancelRemainder, parcelsHeld, skus } = memory;
  return {
    offline,
    accepted,
    ...(paidAtSale === undefined ? {} : { paidAtSale }),
    ...(cancel === undefined ? {} : { cancel }),
    ...(again === undefined ? {} : { again }),
    ...(skip === undefined ? {} : { skip }),
    ...(confirmedCancelled === undefined ? {} : { confirmedCancelled }),
    ...(cancelRemainder === undefined ? {} : { cancelRemainder }),
    ...(parcelsHeld === undefined ? {} : { parcelsHeld }),
    ...(skus === undefined ? {} : { skus }),
  };
}

/** What was stored, and what was decided since: nothing is undone by the other, the newer word of one thing counts. */
export function mergeDecisions<T extends Decisions>(memory: T, stored: Decisions): T {
  const both = (a: readonly string[] = [], b: readonly string[] = []): readonly string[] => [...new Set([...a, ...b])];
  const merged = { ...decisionsOf(stored), ...memory };
  return {
    ...merged,
    offline: both(stored.offline, memory.offline),
    accepted: both(stored.accepted, memory.accepted),
    ...((stored.again ?? memory.again) ? { again: { ...stored.again, ...memory.again } } : {}),
    ...((stored.skus ?? memory.skus) ? { skus: { ...stored.skus, ...memory.skus } } : {}),
    ...((stored.parcelsHeld ?? memory.parcelsHeld)
      ? { parcelsHeld: both(stored.parcelsHeld, memory.parcelsHeld) }
      : {}),
  };
}
