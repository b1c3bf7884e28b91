import type { AttentionReason, RepairKind } from './attention';
import { sendableAgain } from './charge-again';
import type { Observation } from './observation';
import { acceptanceKey } from './plan-step';
import type { Attention, Memory } from './steps';

/** What a person sends: the update `repair`, `cantus orders repair`, or a button. */
export interface Repair {
  readonly kind: RepairKind;
  readonly by?: string;
  readonly note?: string;
  /** mapSku: the shop's SKU and the ITEM_NO that stands for it. */
  readonly sku?: string;
  readonly itemNo?: string;
  /** Number of the release ticket it is about, where several wait. */
  readonly release?: string;
  /** Somebody's own ticket about it, kept with the attention until it ends (OF-I). */
  readonly ticket?: string;
}

/**
 * Why this repair cannot be taken now; null when it can. Used as the update's validator: a refusal leaves no trace in
 * the order's history.
 */
export function refuseRepair(repair: Repair, attention: Attention | null): string | null {
  if (!attention) return 'This order needs no attention: there is nothing to repair.';
  if (repair.kind === 'note') return noteRefused(repair);
  if (!attention.repairs.includes(repair.kind)) {
    return `'${repair.kind}' does not solve ${attention.reason}; possible are: ${attention.repairs.join(', ')}.`;
  }
  if (repair.kind === 'mapSku' && (!isCode(repair.sku) || !isCode(repair.itemNo))) {
    return "'mapSku' needs the shop's SKU and the Counterpoint item number: sku and itemNo.";
  }
  return null;
}

/** Longer ones would be no reference but a text, and texts may tell of people. */
const REFERENCE = /^[\w#./-]{1,60}$/;

const noteRefused = ({ ticket }: Repair): string | null =>
  ticket !== undefined && REFERENCE.test(ticket)
    ? null
    : "'note' needs a ticket reference of letters, digits and - # . / _, such as HD-1234.";

const isCode = (value: string | undefined): value is string => value !== undefined && value.trim() !== '';

/** The order's memory after a repair: the next look acts on it. */
export function applyRepair(
  memory: Memory,
  repair: Repair,
  attention: Attention,
  seen: Observation | undefined,
): Memory {
  const freed = withoutProblem(memory, attention.action);
  const referred =
    repair.ticket === undefined
      ? memory
      : { ...memory, reference: { reason: attention.reason, ticket: repair.ticket } };
  if (referred !== memory && repair.kind !== 'note') return applyRepair(referred, without(repair), attention, seen);
  switch (repair.kind) {
    case 'note':
      return referred;
    case 'retry':
      return sentAgain(memory, freed, attention);
    case 'skip':
      return { ...freed, skip: true };
    case 'cancel':
      return { ...freed, cancel: { reason: repair.note ?? attention.reason, by: repair.by ?? 'repair' } };
    case 'confirmCancelled':
      return { ...freed, confirmedCancelled: true };
    case 'cancelRemainder':
      return { ...freed, cancelRemainder: true };
    case 'mapSku':
      return {
        ...freed,
        skus: {
          ...memory.skus,
          ...(repair.sku !== undefined && repair.itemNo !== undefined ? { [repair.sku]: repair.itemNo } : {}),
        },
      };
    case 'invoiceOffline':
      return { ...freed, offline: [...memory.offline, ticketIn(attention)] };
    case 'parcelHeld':
      return { ...memory, parcelsHeld: [...(memory.parcelsHeld ?? []), ticketIn(attention)] };
    case 'adopt':
      // What matches the ticket is adopted by the look that follows; without it nobody is charged on this word.
      return isAboutCharge(attention) ? heldBack(memory, attention) : adopted(freed, attention, seen);
    case 'acceptDifference':
      return { ...freed, accepted: [...memory.accepted, acceptanceKey(attention.reason, attention.action)] };
  }
}

const isAboutCharge = ({ reason }: Pick<Attention, 'reason'>): boolean =>
  reason === 'captureRefused' || reason === 'captureUnknown';

/** Neither a wake-up nor the time tries this charge again: only the shop's invoice, or another word, ends it. */
const heldBack = (memory: Memory, { action }: Attention): Memory => ({
  ...memory,
  problems: memory.problems.map((problem) => (problem.action === action ? { ...problem, retryAt: null } : problem)),
});

const without = ({ ticket: _noted, ...repair }: Repair): Repair => repair;

/** Who says "retry" about a charge has looked at the payment provider: this one sending came to nothing. */
const sentAgain = (memory: Memory, freed: Memory, { action, reason }: Attention): Memory =>
  sendableAgain(
    freed,
    memory.problems.filter((problem) => problem.action === action && problem.reason === reason),
  );

/** A hand-made invoice over the whole order stands for every ticket; anything smaller is accepted as it is. */
function adopted(memory: Memory, attention: Attention, seen: Observation | undefined): Memory {
  const whole = attention.reason === ('manualInvoice' satisfies AttentionReason) && seen?.shop.payment.kind === 'paid';
  if (whole) return { ...memory, paidAtSale: true };
  return { ...memory, accepted: [...memory.accepted, acceptanceKey(attention.reason, attention.action)] };
}

const withoutProblem = (memory: Memory, action: string | undefined): Memory => ({
  ...memory,
  problems: action === undefined ? memory.problems : memory.problems.filter((problem) => problem.action !== action),
});

const ticketIn = (attention: Attention): string => attention.action?.split(':')[1] ?? '';

export const EFFECTS: Readonly<Record<RepairKind, string>> = {
  retry: 'The refused step is tried again now; nothing else changes.',
  skip: 'The order is not imported and its workflow ends as skipped.',
  cancel:
    'The order is cancelled in the shop, which gives back its authorisation; a document in Counterpoint is then cancelled too.',
  adopt:
    'What was made by hand in the shop counts as it is; nothing is made again for it. A charge is not repeated: it stays open until the shop shows an invoice for it.',
  invoiceOffline:
    'The ticket is invoiced in the shop without charging anybody: the money was or will be collected another way.',
  acceptDifference: 'The difference stays as it is and the order goes on.',
  mapSku: 'This order uses the given item number for the SKU and is imported with it.',
  parcelHeld: 'It is noted that the parcel is held back; the refused charge stays open.',
  cancelRemainder: 'What was not invoiced yet is cancelled in the shop.',
  note: 'A ticket reference is kept with the attention; nothing else changes.',
  confirmCancelled: 'Both sides count as cancelled and the order ends as cancelled.',
};

/** What "again" means where the step is a charge that nobody knows of. */
export const CHARGED_AGAIN = 'The charge is sent once more: look at the payment provider first.';

/** What a repair would do to this order now, in a sentence, without doing it. */
export const preview = (
  kind: RepairKind,
  view: { readonly attention: Pick<Attention, 'reason' | 'repairs'> | null },
): { readonly kind: RepairKind; readonly allowed: boolean; readonly effect: string } => ({
  kind,
  allowed: view.attention !== null && (kind === 'note' || view.attention.repairs.includes(kind)),
  effect: kind === 'retry' && view.attention && isAboutCharge(view.attention) ? CHARGED_AGAIN : EFFECTS[kind],
});
