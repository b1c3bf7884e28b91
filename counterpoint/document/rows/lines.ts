import { decimal, money } from '../../../domain/money';
import { times, type DepositIds, type DocumentPlan, type PlannedLine } from '../plan';
import type { RowBatch, TableRow } from '../../../database/row-batch';
import { inStockingUnits, type SellingUnit } from '../../items/selling-unit';

const NO_CELL = { DIM_1_UPR: '*', DIM_2_UPR: '*', DIM_3_UPR: '*' } as const;

/** The order's lines with their prices, grid cells and line discounts. */
export function orderLines(plan: DocumentPlan): readonly RowBatch[] {
  const { ids, lines } = plan;
  const discounted = lines.filter(({ line }) => line.discountCode !== null && line.discount !== '0.00');
  return [
    { table: 'PS_DOC_LIN', rows: lines.map((line) => orderLine(plan, line)) },
    { table: 'PS_DOC_LIN_PRICE', rows: lines.map((line) => linePrice(ids.docId, line)) },
    {
      table: 'PS_DOC_LIN_CELL',
      rows: lines.flatMap(({ fact, line, sequence }) =>
        fact.cell === null
          ? []
          : [{ DOC_ID: ids.docId, LIN_SEQ_NO: sequence, ...fact.cell, QTY_SOLD: line.quantity, QTY_SHIPPED: '0' }],
      ),
    },
    { table: 'PS_DOC_DISC', rows: discounted.map((line, index) => lineDiscount(plan, line, index + 1)) },
  ];
}

/** Copies of the order's lines on its deposit ticket: shown as unshipped, without money or stock of their own. */
export function depositLines(plan: DocumentPlan, deposit: DepositIds): RowBatch {
  return {
    table: 'PS_DOC_LIN',
    rows: plan.lines.map((planned, index) => ({
      ...commonLine(plan, planned),
      DOC_ID: deposit.docId,
      TKT_NO: deposit.ticketNo,
      LIN_TYP: 'U',
      LIN_GUID: deposit.lineGuids[index] ?? '',
      LINK_LIN_GUID: planned.guid,
      TAX_AMT_ALLOC: money(0),
      QTY_TO_REL: '0',
      QTY_TO_LEAVE: '0',
    })),
  };
}

function orderLine(plan: DocumentPlan, planned: PlannedLine): TableRow {
  const { line } = planned;
  return {
    ...commonLine(plan, planned),
    DOC_ID: plan.ids.docId,
    TKT_NO: plan.draft.ticketNo,
    LIN_TYP: 'O',
    LIN_GUID: planned.guid,
    LINK_LIN_GUID: null,
    TAX_AMT_ALLOC: line.tax,
    QTY_TO_REL: plan.selected ? line.quantity : '0',
    QTY_TO_LEAVE: plan.selected ? '0' : line.quantity,
  };
}

function commonLine(plan: DocumentPlan, { line, fact, sequence }: PlannedLine): TableRow {
  const { draft, settings, store } = plan;
  const { item, unit } = fact;
  const each = (value: string | number | null): string | null => perUnit(value, unit);
  return {
    LIN_SEQ_NO: sequence,
    STR_ID: draft.ids.store,
    STA_ID: draft.ids.station,
    ITEM_NO: item.ITEM_NO,
    // The name on the shop's order, not the item master's (C5-17).
    DESCR: line.description,
    BARCOD: fact.barcode ?? item.BARCOD,
    ITEM_TYP: item.ITEM_TYP,
    TRK_METH: item.TRK_METH,
    CATEG_COD: item.CATEG_COD,
    SUBCAT_COD: item.SUBCAT_COD,
    ITEM_VEND_NO: item.ITEM_VEND_NO,
    STK_LOC_ID: store.STK_LOC_ID,
    PRC_LOC_ID: store.PRC_LOC_ID,
    QTY_SOLD: line.quantity,
    QTY_NUMER: unit.numer,
    QTY_DENOM: unit.denom,
    QTY_UNIT: unit.name,
    SELL_UNIT: unit.letter,
    ORIG_QTY: line.quantity,
    ...prices(line),
    REG_PRC: each(item.REG_PRC),
    UNIT_COST: each(item.LST_COST),
    EXT_COST: money(inStockingUnits(times(item.LST_COST, line.quantity), unit)),
    HAS_PRC_OVRD: 'Y',
    PRC_OVRD_REAS: settings.overrideReason,
    USR_ENTD_PRC: 'Y',
    IS_DISCNTBL: item.IS_DISCNTBL,
    IS_TXBL: line.taxable ? 'Y' : 'N',
    NORM_IS_TXBL: item.IS_TXBL,
    TAX_CATEG: item.TAX_CATEG_COD,
    NORM_TAX_AMT_ALLOC: money(0),
    MIX_MATCH_COD: item.MIX_MATCH_COD,
    // Never fewer than the figures need: Counterpoint shows and reckons with no more.
    QTY_DECS: Math.max(item.QTY_DECS, decimalPlaces(line.quantity)),
    PRC_DECS: Math.max(item.PRC_DECS, decimalPlaces(line.grossPrice), decimalPlaces(line.netPrice)),
    UNIT_WEIGHT: each(item.WEIGHT),
    UNIT_CUBE: each(item.CUBE),
    ...NO_CELL,
    IS_SINGLE_CELL: fact.cell === null ? 'N' : 'Y',
    IS_KIT_PAR: item.IS_KIT_PAR,
    SLS_REP: settings.user,
    // The shop's row; a total of the order has none.
    REF: line.itemId === null ? null : String(line.itemId),
  };
}

/**
 * C5-24: Price-1 is the price before the discount, the calculated price the one after it. PRC is before the line discount,
 * which PS_DOC_DISC carries; the extended price is after it, and the extended amounts are what adds up.
 */
function prices(line: PlannedLine['line']): TableRow {
  return {
    PRC: line.grossPrice,
    CALC_PRC: line.netPrice,
    PRC_1: line.grossPrice,
    UNIT_RETL_VAL: line.grossPrice,
    EXT_PRC: line.net,
    GROSS_EXT_PRC: line.gross,
    CALC_EXT_PRC: line.net,
    DISP_EXT_PRC: line.net,
    GROSS_DISP_EXT_PRC: line.gross,
  };
}

const linePrice = (docId: string, { line, fact, sequence }: PlannedLine): TableRow => ({
  DOC_ID: docId,
  LIN_SEQ_NO: sequence,
  PRC_SEQ_NO: 1,
  PRC_JUST_STR: 'Price-1',
  PRC_GRP_TYP: '!',
  PRC_RUL_SEQ_NO: -1,
  PRC_BRK_DESCR: 'I',
  QTY_PRCD: line.quantity,
  UNIT_PRC: line.grossPrice,
  ...(fact.cell ?? NO_CELL),
});

function lineDiscount(plan: DocumentPlan, { line, sequence }: PlannedLine, discountSequence: number): TableRow {
  const code = plan.facts.discounts.get(line.discountCode ?? '');
  return {
    DOC_ID: plan.ids.docId,
    DISC_SEQ_NO: discountSequence,
    LIN_SEQ_NO: sequence,
    DISC_ID: code?.DISC_ID ?? null,
    APPLY_TO: 'L',
    DISC_TYP: code?.DISC_TYP ?? null,
    DISC_AMT: line.discount,
    DISC_PCT: percent(line.discount, line.gross),
    DISC_AMT_SHIPPED: money(0),
  };
}

function percent(discount: string, gross: string): string {
  const whole = times(gross, '1');
  return whole.isZero() ? '0' : times(discount, '100').dividedBy(whole).toFixed(3);
}

const decimalPlaces = (figure: string): number => decimal(figure).decimalPlaces();

/** The item's master carries its figures by the stocking unit, a line by the unit it is sold in: a case costs and weighs twelve. */
const perUnit = (value: string | number | null, unit: SellingUnit): string | null =>
  value === null ? null : inStockingUnits(value, unit).toDecimalPlaces(4).toString();
