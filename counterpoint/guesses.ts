import type { CounterpointSettings, Guesses } from '../domain/settings';

/**
 * What Counterpoint does but nobody has shown yet: each in one named place, to be corrected from the probe of a real
 * database (`cantus doctor --probe`). Nothing else in this folder holds an unproven letter.
 */

/** The guesses a configuration may overrule (`counterpoint.guesses`) where a real database shows something else. */
export const GUESSES: Guesses = {
  /** PS_DOC_HDR_TOT.HAS_TAX_OVRD of a document whose tax was given; `!` is "none" (seen), the other letter is not. */
  taxOverridden: 'Y',
  /** PS_DOC_PMT_APPLY.APPL_TYP of a deposit on an order; `S` is "sale" (seen). */
  depositAppliesTo: 'O',
  /** PS_DOC_HDR_DOC_STAT.DOC_STAT: `O` open is all that was seen; these are read as "finished", never written. */
  closedStatus: ['C'],
  /** PS_DRW_SESSION.STAT of an open session (seen). */
  openSession: 'A',
  /** Store setting ORD_REL_STATE: order lines start selected for release. */
  linesStartSelected: 'S',
  /** PS_DISC_COD.DISC_VAL_FOR: valid in stores only; every other letter is taken as valid online too. */
  discountInStoreOnly: 'S',
  /** Where it is said whether misc charge 1 is taxed (TABLE.COLUMN, `Y` or not): nobody has seen it; null: nowhere. */
  miscChargeTaxed: null,
};

export const guessesOf = (counterpoint: Pick<CounterpointSettings, 'guesses'>): Guesses => ({
  ...GUESSES,
  ...counterpoint.guesses,
});

/** HAS_TAX_OVRD of rows without an override (seen). */
export const TAX_NOT_OVERRIDDEN = '!';

/** The status row of a cancelled order may say so; only the audit log's `C` is trusted, these merely wake the order. */
export const OPEN_STATUS_LETTER = 'O';

/** Audit codes of an order's life: new, edited, cancelled, reinstated; other codes exist and say nothing to us. */
export const AUDIT = { created: 'N', edited: 'E', cancelled: 'C', reinstated: 'I' } as const;

/** DOC_TYP of the audit row that marks a voided document. */
export const VOIDED_DOC_TYP = 'V';

/** Tables whose names were never seen; a database without them is not refused for it. */
export const UNCERTAIN_TABLES: readonly string[] = ['dbo.SY_TAX_COD', 'dbo.PS_TKT_HIST_PKG_TRK_NO'];

/** How long after posting a ticket may still get a tracking number, in days: how far back the watch of history looks. */
export const HISTORY_WINDOW_DAYS = 120;

/** A release ticket is named after its order: `<order>-01`. */
export const RELEASE_SUFFIX = /^-\d{2}$/;
export const RELEASE_SUFFIX_LENGTH = 3;

/** IM_BARCOD.UNIT of a barcode for the stocking unit: `!` is its default (seen), the others are read as the same. */
export const STOCKING_UNIT: readonly string[] = ['!', '0', ''];
/** The alternate units of an item: the letters of SELL_UNIT (seen), taken for those of IM_BARCOD.UNIT too. */
export const ALTERNATE_UNITS: readonly string[] = ['1', '2', '3', '4', '5'];

/** IM_ITEM.TRK_METH of an item that is sold by its cell (seen). */
export const GRID = 'G';
/** IM_ITEM.STAT of items that may still be sold: `A` active is all that was seen, `D` is taken for discontinued. */
export const SOLD_STATUS: readonly string[] = ['A', 'D'];
