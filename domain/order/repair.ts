import type { RepairKind } from './attention';
import { isAboutCharge } from './charge-again';
import type { Attention } from './steps';

/** What a person sends: the update `repair`, `cantus orders repair`, or a button. */
export interface Repair {
  readonly kind: RepairKind;
  readonly by?: string;
  readonly note?: string;
  /** mapSku: the shop's SKU and the ITEM_NO that stands for it. */
  readonly sku?: string;
  readonly itemNo?: string;
  /** mapSku: for every later order of the instance too. */
  readonly always?: boolean;
  /** Number of the release ticket it is about, where several wait. */
  readonly release?: string;
  /** Somebody's own ticket about it, kept with the attention until it ends (OF-I). */
  readonly ticket?: string;
}

/** Repairs that decide nothing: the order is looked at again, or something is noted. */
const UNDECIDED: readonly RepairKind[] = ['retry', 'parcelHeld', 'note'];
export const decides = ({ kind }: Pick<Repair, 'kind'>): boolean => !UNDECIDED.includes(kind);

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
  if (
    repair.always !== undefined &&
    (typeof repair.always !== 'boolean' || (repair.always && repair.kind !== 'mapSku'))
  )
    return "'always' goes with 'mapSku' alone: it keeps the item of a SKU for every later order.";
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

export const EFFECTS: Readonly<Record<RepairKind, string>> = {
  retry: 'The refused step is tried again now; nothing else changes.',
  skip: 'The order is not imported and its workflow ends as skipped.',
  cancel:
    'The order is cancelled in the shop, which gives back its authorisation; a document in Counterpoint is then cancelled too.',
  adopt: 'What was made by hand in the shop counts as it is; nothing is made, charged or shipped again for it.',
  invoiceOffline:
    'The ticket is invoiced in the shop without charging anybody: the money was or will be collected another way.',
  acceptDifference:
    'The difference stays as it is and the order goes on; a ticket without an invoice of its own is left without one, and its parcel is shipped when its tracking number comes.',
  mapSku: 'This order uses the given item number for the SKU and is imported with it.',
  parcelHeld: 'It is noted that the parcel is held back; the refused charge stays open.',
  cancelRemainder: 'What was not invoiced yet is cancelled in the shop.',
  note: 'A ticket reference is kept with the attention; nothing else changes.',
  confirmCancelled: 'Both sides count as cancelled and the order ends as cancelled.',
};

/** What `always` adds to it. */
export const ALWAYS = 'Every later order of the instance takes that item for the SKU too.';

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
