import type { OrderKind } from '../../sandbox/shop';

export const FAULTS = [
  'kill before the call',
  'kill after the commit',
  'reply cut',
  'black hole',
  'refused',
  'engine restart',
  'engine line cut',
  'deploy',
  'charge then fail',
  '408 before the call',
  '408 after the call',
] as const;
export type Fault = (typeof FAULTS)[number];

export const PHASES = ['import', 'document', 'release', 'invoice', 'ship', 'edit/cancel'] as const;
export type Phase = (typeof PHASES)[number];

const SHOP_CALLS: readonly Phase[] = ['import', 'invoice', 'ship', 'edit/cancel'];
/** Where a fault can strike at all; left out: in every phase. */
const STRIKES: Partial<Record<Fault, readonly Phase[]>> = {
  'charge then fail': ['invoice'],
  '408 before the call': SHOP_CALLS,
  '408 after the call': SHOP_CALLS,
};

export const strikesIn = (fault: Fault, phase: Phase): boolean => STRIKES[fault]?.includes(phase) ?? true;

/** The last one: a clerk releases goods at the moment somebody asks for the order to be cancelled. */
export const ENDS = ['cancelSignal', 'cancelledInShop', 'edited', 'cancelSignalRacingRelease'] as const;

/** One order's fate: which fault meets it where. The same number always gives the same fate. */
export interface Seed {
  readonly number: number;
  readonly fault: Fault;
  readonly phase: Phase;
  readonly kind: OrderKind;
  /** Released in this many parts, where the order allows it. */
  readonly parts: 1 | 2;
  /** How an order of the phase edit/cancel is given up. */
  readonly givenUp: (typeof ENDS)[number];
}

/** How often each fault comes; what kills or restarts a process is dear, so it comes less often. */
const SHARES: Readonly<Record<Fault, number>> = {
  'kill before the call': 2,
  'kill after the commit': 2,
  'reply cut': 6,
  'black hole': 3,
  refused: 3,
  'engine restart': 1,
  'engine line cut': 2,
  deploy: 1,
  'charge then fail': 6,
  '408 before the call': 2,
  '408 after the call': 2,
};

const CELLS = PHASES.flatMap((phase) =>
  FAULTS.filter((fault) => strikesIn(fault, phase)).flatMap((fault) =>
    Array.from({ length: SHARES[fault] }, () => ({ fault, phase })),
  ),
);
/** Prime to the number of cells, so that any run of seeds is spread over all of them. */
const STRIDE = 37;

const KINDS: readonly OrderKind[] = [
  'authorised',
  'authorised-two-lines',
  'configurable-authorised',
  'authorised-two-lines',
  'two-lines-checkmo',
  'many-pieces-checkmo',
  'paypal-paid-at-sale',
];
/** What was paid at sale is refunded, not cancelled. */
const UNPAID = KINDS.filter((kind) => kind !== 'paypal-paid-at-sale');
/** With something to charge. */
const CHARGED: readonly OrderKind[] = ['authorised', 'authorised-two-lines', 'configurable-authorised'];

export function seedOf(number: number): Seed {
  const random = randomFrom(number);
  const cell = CELLS[(number * STRIDE) % CELLS.length];
  if (cell === undefined) throw new Error('no cell');
  const kinds = cell.phase === 'invoice' ? CHARGED : cell.phase === 'edit/cancel' ? UNPAID : KINDS;
  const kind = pick(kinds, random());
  return { number, ...cell, kind, parts: random() < 0.5 ? 1 : 2, givenUp: pick(ENDS, random()) };
}

function pick<T>(from: readonly T[], share: number): T {
  const found = from[Math.floor(share * from.length)];
  if (found === undefined) throw new Error('nothing to pick');
  return found;
}

/** mulberry32: small, and the same everywhere. */
export function randomFrom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** `CANTUS_SEED=17` runs one, `CANTUS_SEEDS=5000` the first so many. */
export function wantedSeeds(otherwise: number): readonly Seed[] {
  const one = process.env['CANTUS_SEED'];
  if (one !== undefined) return one.split(',').map((each) => seedOf(Number(each)));
  return Array.from({ length: Number(process.env['CANTUS_SEEDS'] ?? otherwise) }, (_, at) => seedOf(at + 1));
}
