import { decisionsOf, NO_DECISIONS, type Decisions } from './decisions';
import type { EndState } from './lifecycle';

/** One decision as our own table keeps it (P-26): what, about which ticket, difference or SKU, and its value. */
export interface DecisionRow {
  readonly kind: DecisionKind;
  readonly about: string;
  readonly value: string;
}

export const DECISION_KINDS = [
  'paidAtSale',
  'cancel',
  'offline',
  'again',
  'accepted',
  'skip',
  'confirmedCancelled',
  'cancelRemainder',
  'parcelHeld',
  'sku',
  'ended',
] as const;
export type DecisionKind = (typeof DECISION_KINDS)[number];

/** A request that came to nothing is taken back; every other decision stands until the order is forgotten. */
export const REVOCABLE: readonly DecisionKind[] = ['cancel', 'cancelRemainder'];

/** What is kept of an order. */
export interface KeptDecisions extends Decisions {
  /** How the order ended, where decisions had a part in it. */
  readonly ended?: EndState;
}

/** Why somebody wanted to cancel is free text, and stays where it was said. */
export function decisionRows(decisions: KeptDecisions): DecisionRow[] {
  const { paidAtSale, cancel, offline, again, accepted, skip, confirmedCancelled } = decisions;
  const { cancelRemainder, parcelsHeld = [], skus, ended } = decisions;
  const flag = (kind: DecisionKind, on: boolean | undefined): DecisionRow[] =>
    on === true ? [{ kind, about: '', value: '' }] : [];
  const each = (kind: DecisionKind, abouts: readonly string[]): DecisionRow[] =>
    [...new Set(abouts)].map((about) => ({ kind, about, value: '' }));
  const pairs = (kind: DecisionKind, values: Readonly<Record<string, string>> = {}): DecisionRow[] =>
    Object.entries(values).map(([about, value]) => ({ kind, about, value }));
  return [
    ...flag('paidAtSale', paidAtSale),
    ...(cancel ? [{ kind: 'cancel' as const, about: '', value: cancel.by }] : []),
    ...each('offline', offline),
    ...pairs('again', again),
    ...each('accepted', accepted),
    ...flag('skip', skip),
    ...flag('confirmedCancelled', confirmedCancelled),
    ...flag('cancelRemainder', cancelRemainder),
    ...each('parcelHeld', parcelsHeld),
    ...pairs('sku', skus),
    ...(ended === undefined ? [] : [{ kind: 'ended' as const, about: '', value: ended }]),
  ];
}

export function decisionsFrom(rows: readonly DecisionRow[]): KeptDecisions {
  const of = (kind: DecisionKind): DecisionRow[] => rows.filter((row) => row.kind === kind);
  const abouts = (kind: DecisionKind): string[] => of(kind).map(({ about }) => about);
  const pairs = (kind: DecisionKind): Record<string, string> =>
    Object.fromEntries(of(kind).map(({ about, value }) => [about, value]));
  const has = (kind: DecisionKind): boolean => of(kind).length > 0;
  const [cancel] = of('cancel');
  const [ended] = of('ended');
  return {
    ...NO_DECISIONS,
    offline: abouts('offline'),
    accepted: abouts('accepted'),
    ...(has('paidAtSale') ? { paidAtSale: true } : {}),
    ...(cancel ? { cancel: { by: cancel.value, reason: '' } } : {}),
    ...(has('again') ? { again: pairs('again') } : {}),
    ...(has('skip') ? { skip: true } : {}),
    ...(has('confirmedCancelled') ? { confirmedCancelled: true } : {}),
    ...(has('cancelRemainder') ? { cancelRemainder: true } : {}),
    ...(has('parcelHeld') ? { parcelsHeld: abouts('parcelHeld') } : {}),
    ...(has('sku') ? { skus: pairs('sku') } : {}),
    ...(ended ? { ended: ended.value as EndState } : {}),
  };
}

/**
 * What has to be written down before the next step is taken; undefined: everything is. How an order ended is worth a
 * word only where a person decided something: of every other order both systems tell it.
 */
export function toKeep(memory: Decisions, kept: KeptDecisions, ends: EndState | undefined): KeptDecisions | undefined {
  const decided = decisionsOf(memory);
  const byPeople = decisionRows(decided).some(({ kind }) => kind !== 'paidAtSale');
  const ended = byPeople ? ends : undefined;
  const now = { ...decided, ...(ended === undefined ? {} : { ended }) };
  const said = (decisions: KeptDecisions): string =>
    decisionRows(decisions)
      .map((row) => JSON.stringify(row))
      .sort()
      .join();
  return said(now) === said(ended === undefined ? withoutEnd(kept) : kept) ? undefined : now;
}

const withoutEnd = ({ ended: _ended, ...decisions }: KeptDecisions): KeptDecisions => decisions;
