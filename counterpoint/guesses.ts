/**
 * What Counterpoint does but nobody has shown yet: each in one named place, to be corrected from the probe of a real
 * database (`cantus doctor --probe`). Nothing else in this folder holds an unproven letter.
 */

/** PS_DOC_HDR_TOT.HAS_TAX_OVRD of a document whose tax was given; `!` is "none" (seen), the other letter is not. */
export const TAX_OVERRIDDEN = 'Y';
export const TAX_NOT_OVERRIDDEN = '!';

/** PS_DOC_PMT_APPLY.APPL_TYP of a deposit on an order; `S` is "sale" (seen). */
export const DEPOSIT_APPLIES_TO = 'O';

/** PS_DOC_HDR_DOC_STAT.DOC_STAT: `O` open is all that was seen; these are read as "finished", never written. */
export const CLOSED_STATUS_LETTERS: readonly string[] = ['C'];

/** The status row of a cancelled order may say so; only the audit log's `C` is trusted, these merely wake the order. */
export const OPEN_STATUS_LETTER = 'O';

/** PS_DRW_SESSION.STAT of an open session (seen). */
export const OPEN_SESSION = 'A';

/** Audit codes of an order's life: new, edited, cancelled, reinstated; other codes exist and say nothing to us. */
export const AUDIT = { created: 'N', edited: 'E', cancelled: 'C', reinstated: 'I' } as const;

/** DOC_TYP of the audit row that marks a voided document. */
export const VOIDED_DOC_TYP = 'V';

/** Store settings ORD_REL_STATE: order lines start selected for release. */
export const LINES_START_SELECTED = 'S';

/** PS_DISC_COD.DISC_VAL_FOR: valid in stores only; every other letter is taken as valid online too. */
export const DISCOUNT_IN_STORE_ONLY = 'S';

/** Tables whose names were never seen; a database without them is not refused for it. */
export const UNCERTAIN_TABLES: readonly string[] = ['dbo.SY_TAX_COD', 'dbo.PS_TKT_HIST_PKG_TRK_NO'];

/** How long after posting a ticket may still get a tracking number, in days: how far back the watch of history looks. */
export const HISTORY_WINDOW_DAYS = 120;

/** A release ticket is named after its order: `<order>-01`. */
export const RELEASE_SUFFIX = /^-\d{2}$/;
export const RELEASE_SUFFIX_LENGTH = 3;
