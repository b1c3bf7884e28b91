import { type Decimal } from 'decimal.js';
import type { DocumentDraft, DraftLine } from '../../domain/document/draft';
import { decimal, money, sum, type Money } from '../../domain/money';
import type { CounterpointSettings } from '../../domain/settings';
import type { Moment } from '../context';
import type { ItemFact } from '../items/choose-items';
import type { Facts } from './read-facts';
import { guessesOf } from '../guesses';
import type { PayCode, StoreConfiguration } from '../../database/tables';

/** Keys and numbers drawn for one order. */
export interface DocumentIds {
  readonly docId: string;
  readonly guid: string;
  /** LIN_GUID of each line, in the draft's order. */
  readonly lineGuids: readonly string[];
  readonly custNo: string;
  /** AR_SHIP_ADRS row the goods go to, when there is one. */
  readonly shipAddressId: string | null;
  readonly deposit: DepositIds | null;
}

export interface DepositIds {
  readonly docId: string;
  readonly guid: string;
  readonly ticketNo: string;
  readonly session: string;
  readonly lineGuids: readonly string[];
}

/** A tender of the document: money received, or the instruction to collect the rest at release. */
export interface Tender {
  readonly code: PayCode;
  readonly amount: Money;
  readonly final: boolean;
}

export interface PlannedLine {
  readonly line: DraftLine;
  readonly fact: ItemFact;
  readonly guid: string;
  readonly sequence: number;
}

/** All that the row builders look at; nothing here is still unknown. */
export interface DocumentPlan {
  readonly draft: DocumentDraft;
  readonly settings: CounterpointSettings;
  readonly store: StoreConfiguration;
  readonly facts: Facts;
  readonly ids: DocumentIds;
  readonly lines: readonly PlannedLine[];
  readonly tenders: readonly Tender[];
  /** Sum of the deposits. */
  readonly deposit: Money;
  /** The lines start selected for release (else: to leave). */
  readonly selected: boolean;
  readonly moment: Moment;
}

/** The tenders of a document and the sum of its deposits; pay codes were checked before. */
export function tendersOf(
  draft: DocumentDraft,
  payCodes: ReadonlyMap<string, PayCode>,
): { readonly tenders: readonly Tender[]; readonly deposit: Money } {
  const { payment } = draft;
  const tenders: Tender[] = [];
  const add = (code: string, amount: Money, final: boolean): void => {
    const row = payCodes.get(code);
    if (row !== undefined) tenders.push({ code: row, amount, final });
  };
  if (payment.deposit !== null && payment.payCode !== null) add(payment.payCode, payment.deposit, false);
  for (const other of payment.others) add(other.payCode, other.amount, false);
  // FINAL_PMT Y tells the clerk how the rest is to be collected at release; its amount is zero.
  if (payment.deposit === null && payment.payCode !== null) add(payment.payCode, money(0), true);
  return { tenders, deposit: money(sum(tenders.map((tender) => tender.amount))) };
}

export const startsSelected = (store: StoreConfiguration, settings: CounterpointSettings): boolean =>
  store.ORD_REL_STATE === guessesOf(settings).linesStartSelected;

/** An item's figure for a quantity of the selling unit; no figure is zero. */
export const times = (value: string | number | null, quantity: string): Decimal =>
  decimal(value === null ? 0 : String(value)).times(quantity);
