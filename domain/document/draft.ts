import type { Money, Quantity } from '../money';
import type { StoreIds } from '../settings';

/**
 * A Counterpoint order document as an experienced operator would key it, still free of keys, sequence numbers and
 * column lengths: those come from the database it is written to. Base currency throughout.
 */
export interface DocumentDraft {
  readonly order: string;
  readonly entityId: number;
  readonly ids: StoreIds;
  /** = increment id (C5-88). */
  readonly ticketNo: string;
  /** Store-local wall time "YYYY-MM-DDTHH:mm:ss" (C5-68, C5-69). */
  readonly placedAt: string;
  readonly reference: string;
  readonly customer: DraftCustomer;
  readonly billing: DraftContact;
  /** Null when there is nothing to ship. */
  readonly shipTo: DraftContact | null;
  readonly shipVia: string | null;
  readonly customerPoNo: string | null;
  readonly taxExemptNo: string | null;
  readonly lines: readonly DraftLine[];
  readonly shipping: { readonly amount: Money; readonly tax: Money };
  /** Misc charges beside the shipping, which is charge 1. */
  readonly charges: readonly DraftCharge[];
  readonly tax: DraftTax;
  readonly totals: DraftTotals;
  readonly payment: DraftPayment;
  readonly notes: readonly DraftNote[];
  /** What the mapping itself changed of the shop's texts; what the columns take away is added where it is written. */
  readonly changes?: readonly TextChange[];
}

export interface DraftCustomer {
  readonly email: string | null;
  readonly shopCustomerId: number | null;
  /** A/R: must exist, is never created or changed (C5-55 … C5-57). */
  readonly mustExist: boolean;
}

export interface DraftContact {
  readonly name: string;
  readonly kind: 'person' | 'business';
  readonly firstName: string;
  readonly lastName: string;
  readonly contact: string | null;
  readonly address: readonly string[];
  readonly city: string | null;
  readonly state: string | null;
  readonly postcode: string | null;
  readonly country: string | null;
  readonly phone: string | null;
  readonly email: string | null;
}

export interface DraftLine {
  /** order_item_id of the row that carries the money; links the line to the shop for good. Null: a total as a line (`totals`). */
  readonly itemId: number | null;
  readonly sku: string;
  /** A repair named the item for this order's SKU: `sku` is that item, and no rule is asked. */
  readonly named?: true;
  readonly description: string;
  readonly quantity: Quantity;
  /** Unit price before discount (Price-1), up to four places. */
  readonly grossPrice: string;
  /** Unit price after discount (calculated price), up to four places. */
  readonly netPrice: string;
  /** Extended amounts in cents; net = gross − discount, and they are what adds up, not price × quantity. */
  readonly gross: Money;
  readonly discount: Money;
  readonly net: Money;
  readonly tax: Money;
  readonly taxable: boolean;
  /** DISC_COD of the line discount; null without one. */
  readonly discountCode: string | null;
}

/** A total of the shop as a misc charge of the document (`totals`). */
export interface DraftCharge {
  /** Misc charge 1 to 5; 1 comes on top of the shipping. */
  readonly number: number;
  readonly amount: Money;
  readonly tax: Money;
  /** The shop's field. */
  readonly field: string;
}

export interface DraftTax {
  /** TAX_COD of the document. */
  readonly code: string;
  readonly taxable: boolean;
  readonly total: Money;
  readonly rows: readonly DraftTaxRow[];
}

export interface DraftTaxRow {
  readonly authority: string;
  readonly rule: string;
  readonly amount: Money;
  readonly taxableLines: Money;
  readonly taxableShipping: Money;
  /** Of the misc charges beside the shipping. */
  readonly taxableCharges: readonly { readonly number: number; readonly amount: Money }[];
}

/** total = net + misc + tax, to the cent. */
export interface DraftTotals {
  readonly gross: Money;
  readonly discount: Money;
  readonly net: Money;
  readonly misc: Money;
  readonly tax: Money;
  readonly total: Money;
}

export interface DraftPayment {
  readonly kind: 'cash' | 'ar' | 'none';
  readonly payCode: string | null;
  /** Amount of the deposit and its deposit ticket; null: none is made. */
  readonly deposit: Money | null;
  /** Further tenders beside the main one (gift card, store credit), each with its own pay code. */
  readonly others: readonly { readonly payCode: string; readonly amount: Money }[];
  /** Receipt to be confirmed by the store (C5-44). */
  readonly toBeConfirmed: boolean;
}

export interface DraftNote {
  /** NOTE_ID, e.g. GIFT. */
  readonly id: string;
  readonly text: string;
}

/** Something the document could not carry as the shop had it, for the order's timeline; never the text itself. */
export interface TextChange {
  readonly field: string;
  /** folded: street lines joined for want of lines; moved: a county that went into the address. */
  readonly change: 'truncated' | 'transliterated' | 'dropped' | 'folded' | 'moved';
  /** Characters before and after. */
  readonly from: number;
  readonly to: number;
}
