import type { TableRow } from '../../../database/row-batch';
import type { DraftTaxRow } from '../../../domain/document/draft';
import { money, sum } from '../../../domain/money';
import type { DocumentPlan } from '../plan';

/** All tax is an override (C5-59): the shop's amount beside a normal tax of zero. */
export function taxRows(plan: DocumentPlan): readonly TableRow[] {
  const { draft, ids } = plan;
  return draft.tax.rows.map((row) => ({
    DOC_ID: ids.docId,
    AUTH_COD: row.authority,
    RUL_COD: row.rule,
    TAX_DOC_PART: 'O',
    LIN_AMT: draft.totals.net,
    TXBL_LIN_AMT: row.taxableLines,
    TXBL_MISC_CHG_AMT_1: taxableCharge(row, 1),
    TXBL_MISC_CHG_AMT_2: taxableCharge(row, 2),
    TXBL_MISC_CHG_AMT_3: taxableCharge(row, 3),
    TXBL_MISC_CHG_AMT_4: taxableCharge(row, 4),
    TXBL_MISC_CHG_AMT_5: taxableCharge(row, 5),
    TXBL_GFC_AMT: money(0),
    TXBL_SVC_AMT: money(0),
    TXBL_TAX_AMT: money(0),
    TXBL_QTY: sum(draft.lines.filter((line) => line.taxable).map((line) => line.quantity)).toFixed(4),
    TAX_AMT: row.amount,
    NORM_TAX_AMT: money(0),
    TAX_AMT_EXACT: row.amount,
    NORM_TAX_AMT_EXACT: money(0),
    TOT_TXBL_AMT: money(
      sum([row.taxableLines, row.taxableShipping, ...row.taxableCharges.map(({ amount }) => amount)]),
    ),
  }));
}

/** Of misc charge 1 to 5 as far as it was taxed; 1 is the shipping. */
const taxableCharge = (row: DraftTaxRow, number: number): string =>
  money(
    sum([
      number === 1 ? row.taxableShipping : 0,
      ...row.taxableCharges.filter((charge) => charge.number === number).map(({ amount }) => amount),
    ]),
  );
