import { Decimal } from 'decimal.js';
import { decimal, quantity } from '../../domain/money';
import type { DocumentState, ReleaseTicket, StoreLine } from '../../domain/order/observation';
import { AUDIT } from '../guesses';
import type { LineLink } from '../../notebook/links';
import { plainGuid } from './snapshot';

export interface DocumentEvidence {
  readonly isOpen: boolean;
  readonly inHistory: boolean;
  readonly statusLetter: string | null;
  readonly activity: readonly { readonly sequence: number; readonly activ: string }[];
  /** A release ticket with goods that was not voided. */
  readonly anyRelease: boolean;
  /** DOC_STAT letters that mean finished. */
  readonly closedLetters: readonly string[];
}

const LIFE: readonly string[] = Object.values(AUDIT);

/**
 * The safe rule: cancelled only when the last word of the audit log is "cancelled" and nothing was ever released; with
 * releases the remainder was cancelled and the order is closed. In neither table: gone, never taken for cancelled.
 */
export function documentState(evidence: DocumentEvidence): DocumentState {
  const { isOpen, inHistory, statusLetter, activity, anyRelease, closedLetters } = evidence;
  if (!isOpen && !inHistory) return 'gone';
  if (lastWord(activity) === AUDIT.cancelled) return anyRelease ? 'closed' : 'cancelled';
  if (!isOpen || closedLetters.includes(statusLetter ?? '')) return 'closed';
  return 'open';
}

export const wasEdited = (activity: DocumentEvidence['activity']): boolean =>
  activity.some(({ activ }) => activ === AUDIT.edited);

function lastWord(activity: DocumentEvidence['activity']): string | null {
  const words = activity.filter((entry) => LIFE.includes(entry.activ)).sort((a, b) => a.sequence - b.sequence);
  return words.at(-1)?.activ ?? null;
}

export interface OrderLineRow {
  readonly LIN_GUID: string;
  readonly QTY_SOLD: string | number;
  readonly ORIG_QTY: string | number | null;
  readonly QTY_SHIPPED: string | number | null;
  /** QTY_TO_REL + QTY_TO_LEAVE; absent in history. */
  readonly QTY_OPEN?: string | number | null;
  /** The row's unit; absent in history. */
  readonly QTY_NUMER?: string | number | null;
  readonly QTY_DENOM?: string | number | null;
}

export interface LinesInput {
  readonly lines: readonly LineLink[];
  readonly rows: readonly OrderLineRow[];
  readonly state: DocumentState;
  readonly isOpen: boolean;
  readonly tickets: readonly ReleaseTicket[];
  /** Somebody edited the open order. */
  readonly edited: boolean;
}

/** Each line we wrote: what was ordered, released and, by an edit, a cancellation or the document's end, given up. */
export function storeLines({ lines, rows, state, isOpen, tickets, edited }: LinesInput): StoreLine[] {
  const byGuid = new Map(rows.map((row) => [plainGuid(row.LIN_GUID), row]));
  return lines.map((line) => {
    const id = Number(line.item_id);
    const ordered = decimal(String(line.qty));
    const released = decimal(releasedOf(tickets, id));
    const row = inOrderedUnit(line, byGuid.get(plainGuid(line.lin_guid)));
    const wanted =
      isOpen && state === 'open'
        ? row === undefined
          ? released
          : stillWanted(row, ordered, released, edited)
        : finished(state, row, ordered, released);
    const cancelled = Decimal.max(0, ordered.minus(Decimal.max(wanted, released)));
    const added = isOpen && state === 'open' ? Decimal.max(0, wanted.minus(ordered)) : decimal(0);
    return {
      id,
      ordered: quantity(ordered),
      released: quantity(released),
      ...(cancelled.isZero() ? {} : { cancelled: quantity(cancelled) }),
      ...(added.isZero() ? {} : { added: quantity(added) }),
    };
  });
}

/** A row whose unit staff changed, in the unit it was ordered in; the quantity first ordered is then of neither. */
function inOrderedUnit(line: LineLink, row: OrderLineRow | undefined): OrderLineRow | undefined {
  const [numer, denom] = [number(row?.QTY_NUMER ?? null), number(row?.QTY_DENOM ?? null)];
  if (row === undefined || numer.isZero() || denom.isZero()) return row;
  const factor = numer.times(String(line.denom)).dividedBy(denom.times(String(line.numer)));
  if (factor.equals(1)) return row;
  const inUnit = (value: string | number | null): string => number(value).times(factor).toString();
  return {
    ...row,
    QTY_SOLD: inUnit(row.QTY_SOLD),
    ORIG_QTY: null,
    QTY_SHIPPED: inUnit(row.QTY_SHIPPED),
    QTY_OPEN: inUnit(row.QTY_OPEN ?? null),
  };
}

/** A finished document brings nothing more than it released; one that is gone says nothing about its lines. */
function finished(state: DocumentState, row: OrderLineRow | undefined, ordered: Decimal, released: Decimal): Decimal {
  if (state === 'gone') return ordered;
  return row === undefined ? released : Decimal.max(released, number(row.QTY_SHIPPED));
}

/**
 * The whole quantity an open order line stands for now. Whether QTY_SOLD of a partly released line is the whole or the
 * open rest is not evidenced, so less than ordered is believed only where no reading explains it otherwise. A line
 * lowered to half and released reads like a half that is still to come: of an edited order the open split decides.
 */
export function stillWanted(row: OrderLineRow, ordered: Decimal, released: Decimal, edited: boolean): Decimal {
  const sold = number(row.QTY_SOLD);
  const shipped = Decimal.max(number(row.QTY_SHIPPED), released);
  const open = number(row.QTY_OPEN ?? null);
  if (row.ORIG_QTY !== null && number(row.ORIG_QTY).lessThan(ordered)) return number(row.ORIG_QTY);
  if (shipped.isZero()) return sold;
  if (sold.equals(ordered)) return ordered;
  const splitSaysWhole = (edited || open.greaterThan(0)) && open.equals(sold.minus(shipped));
  if (sold.equals(ordered.minus(shipped))) return splitSaysWhole ? sold : ordered;
  const soldIsRest = open.greaterThan(0) ? open.equals(sold) : sold.lessThan(shipped);
  return soldIsRest ? shipped.plus(sold) : sold;
}

const number = (value: string | number | null): Decimal => decimal(value === null ? 0 : String(value));

/** What the tickets released of one item. */
const releasedOf = (tickets: readonly ReleaseTicket[], itemId: number): string =>
  quantity(
    tickets
      .filter((ticket) => ticket.state !== 'voided')
      .flatMap((ticket) => ticket.lines)
      .filter(([id]) => id === itemId)
      .reduce((total, [, qty]) => total.plus(qty), decimal(0)),
  );
