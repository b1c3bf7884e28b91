import type { Decimal } from 'decimal.js';
import { decimal, isZero, money, sum, type Money } from '../../../domain/money';
import type { ItemFact } from '../../items/choose-items';
import { times, type DepositIds, type DocumentPlan } from '../plan';
import { guessesOf, TAX_NOT_OVERRIDDEN } from '../../guesses';
import type { RowBatch, TableRow } from '../../../database/row-batch';
import { inStockingUnits } from '../../items/selling-unit';

/** Columns both documents share. */
function commonHeader(plan: DocumentPlan): TableRow {
  const { draft, ids, settings, store, moment } = plan;
  return {
    STR_ID: draft.ids.store,
    STA_ID: draft.ids.station,
    DRW_ID: draft.ids.drawer,
    TKT_TYP: 'T',
    CUST_NO: ids.custNo,
    CUST_PO_NO: draft.customerPoNo,
    REF: draft.reference,
    USR_ID: settings.user,
    SLS_REP: settings.user,
    TKT_DT: draft.placedAt,
    SHIP_VIA_COD: draft.shipVia,
    STK_LOC_ID: store.STK_LOC_ID,
    PRC_LOC_ID: store.PRC_LOC_ID,
    TAX_COD: draft.tax.code,
    NORM_TAX_COD: draft.tax.code,
    TAX_OVRD_REAS: settings.overrideReason,
    TAX_EXEMPT_NO: draft.taxExemptNo,
    BILL_TO_CONTACT_ID: 1,
    SHIP_TO_CONTACT_ID: draft.shipTo === null ? null : 2,
    SAL_LINS: 0,
    SAL_LIN_TOT: money(0),
    IS_REL_TKT: 'N',
    IS_DOC_COMMITTED: 'N',
    REQ_REPRICE: 'N',
    LST_MAINT_DT: moment.wall,
    LST_MAINT_USR_ID: settings.user,
    RS_UTC_DT: moment.utc.slice(0, 19),
    RS_STAT: 1,
  };
}

export function orderHeader(plan: DocumentPlan): readonly RowBatch[] {
  const { draft, ids, lines, selected } = plan;
  const count = lines.length;
  return [
    {
      table: 'PS_DOC_HDR',
      rows: [
        {
          ...commonHeader(plan),
          DOC_ID: ids.docId,
          DOC_TYP: 'O',
          TKT_NO: draft.ticketNo,
          DOC_GUID: ids.guid,
          // NULL on orders: their money belongs to the session of the deposit ticket.
          DRW_SESSION_ID: null,
          ORD_LINS: count,
          TO_REL_LINS: selected ? count : 0,
          TO_LEAVE_LINS: selected ? 0 : count,
        },
      ],
    },
    {
      table: 'PS_DOC_HDR_DOC_STAT',
      rows: [
        { DOC_ID: ids.docId, LST_DOC_ACTIV: 'N', DOC_AS_TKT_SEQ_NO: 0, DOC_STAT: 'O', TOT_DEP_RECEIVED: plan.deposit },
      ],
    },
    { table: 'PS_DOC_HDR_TOT', rows: orderTotals(plan) },
    { table: 'PS_DOC_HDR_MISC_CHRG', rows: miscCharges(plan) },
  ];
}

export function depositHeader(plan: DocumentPlan, deposit: DepositIds): readonly RowBatch[] {
  return [
    {
      table: 'PS_DOC_HDR',
      rows: [
        {
          ...commonHeader(plan),
          DOC_ID: deposit.docId,
          DOC_TYP: 'T',
          TKT_NO: deposit.ticketNo,
          DOC_GUID: deposit.guid,
          DRW_SESSION_ID: deposit.session,
          // Booked now, in the drawer session that is open now; the order keeps the day it was placed.
          TKT_DT: plan.moment.wall,
          TAX_OVRD_REAS: null,
        },
      ],
    },
    {
      table: 'PS_DOC_HDR_DOC_STAT',
      rows: [
        { DOC_ID: deposit.docId, LST_DOC_ACTIV: '!', DOC_AS_TKT_SEQ_NO: 0, DOC_STAT: 'O', TOT_DEP_RECEIVED: money(0) },
      ],
    },
    {
      table: 'PS_DOC_HDR_TOT',
      rows: [{ ...EMPTY_TOTALS, DOC_ID: deposit.docId, TOT_TYP: 'S', TOT_TND: plan.deposit }],
    },
  ];
}

const EMPTY_TOTALS: TableRow = {
  INITIAL_MIN_DUE: money(0),
  HAS_TAX_OVRD: TAX_NOT_OVERRIDDEN,
  TAX_AMT_SHIPPED: money(0),
  LINS: 0,
  TOT_GFC_AMT: money(0),
  TOT_SVC_AMT: money(0),
  SUB_TOT: money(0),
  TAX_OVRD_LINS: 0,
  TOT_EXT_COST: money(0),
  TOT_MISC: money(0),
  TAX_AMT: money(0),
  NORM_TAX_AMT: money(0),
  TOT_TND: money(0),
  TOT_CHNG: money(0),
  TOT_WEIGHT: '0',
  TOT_CUBE: '0',
  TOT: money(0),
  AMT_DUE: money(0),
  TOT_HDR_DISC: money(0),
  TOT_LIN_DISC: money(0),
  TOT_HDR_DISCNTBL_AMT: money(0),
  TOT_TIP_AMT: money(0),
};

/** O the whole order, R the part selected to release, V the part to leave; an order carries all three from the start. */
function orderTotals(plan: DocumentPlan): readonly TableRow[] {
  const { draft, ids, lines, deposit, selected } = plan;
  const { totals } = draft;
  const measures: TableRow = {
    LINS: lines.length,
    SUB_TOT: totals.net,
    TOT_EXT_COST: money(sum(lines.map(({ fact, line }) => inItsUnit(fact.item.LST_COST, line.quantity, fact)))),
    TOT_WEIGHT: sum(lines.map(({ fact, line }) => inItsUnit(fact.item.WEIGHT, line.quantity, fact))).toFixed(4),
    TOT_CUBE: sum(lines.map(({ fact, line }) => inItsUnit(fact.item.CUBE, line.quantity, fact))).toFixed(4),
    TOT_LIN_DISC: totals.discount,
    TOT_HDR_DISCNTBL_AMT: totals.net,
  };
  const whole: TableRow = {
    ...EMPTY_TOTALS,
    ...measures,
    HAS_TAX_OVRD: guessesOf(plan.settings).taxOverridden,
    TOT_MISC: totals.misc,
    TAX_AMT: totals.tax,
    TOT_TND: deposit,
    TOT: totals.total,
    AMT_DUE: money(decimal(totals.total).minus(deposit)),
  };
  // The part's share of the deposit by sub-total: all or nothing here, so a fully paid order is negative by its tax.
  const part: TableRow = { ...EMPTY_TOTALS, ...measures, TOT: totals.net, AMT_DUE: partDue(totals.net, deposit) };
  return [
    { ...whole, DOC_ID: ids.docId, TOT_TYP: 'O' },
    { ...(selected ? part : EMPTY_TOTALS), DOC_ID: ids.docId, TOT_TYP: 'R' },
    { ...(selected ? EMPTY_TOTALS : part), DOC_ID: ids.docId, TOT_TYP: 'V' },
  ];
}

const partDue = (net: Money, deposit: Money): Money => (isZero(net) ? money(0) : money(decimal(net).minus(deposit)));

/** Charge 1 is the shipping (C5-18); an enabled charge with nothing on it has a row of zero, as Counterpoint keeps it. */
function miscCharges(plan: DocumentPlan): readonly TableRow[] {
  const { draft, ids, store } = plan;
  const enabled = [store.USE_MISC_1, store.USE_MISC_2, store.USE_MISC_3, store.USE_MISC_4, store.USE_MISC_5];
  return enabled.flatMap((flag, index) => {
    if (flag !== 'Y') return [];
    const shipping = index === 0 ? [draft.shipping] : [];
    const charged = [...shipping, ...draft.charges.filter(({ number }) => number === index + 1)];
    return [
      {
        DOC_ID: ids.docId,
        TOT_TYP: 'O',
        MISC_CHRG_NO: index + 1,
        MISC_TYP: 'A',
        MISC_AMT: money(sum(charged.map(({ amount }) => amount))),
        MISC_PCT: '0',
        MISC_AMT_SHIPPED: money(0),
        MISC_TAX_AMT_ALLOC: money(sum(charged.map(({ tax }) => tax))),
        MISC_NORM_TAX_AMT_ALLOC: money(0),
      },
    ];
  });
}

/** An item's figure, which is by the stocking unit, for a quantity in the line's own. */
const inItsUnit = (value: string | number | null, quantity: string, { unit }: ItemFact): Decimal =>
  inStockingUnits(times(value, quantity), unit);
