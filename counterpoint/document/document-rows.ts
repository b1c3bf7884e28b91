import type { DraftTaxRow } from '../../domain/document/draft';
import { orderNumber } from '../../domain/identities';
import { decimal, money, sum } from '../../domain/money';
import { contactRows } from './contact-rows';
import type { DepositIds, DocumentPlan } from './plan';
import { guessesOf } from '../guesses';
import { depositHeader, orderHeader } from './header-rows';
import { depositLines, orderLines } from './line-rows';
import { noteText } from './note-text';
import type { RowBatch, TableRow } from '../../database/row-batch';

/**
 * Every row of an order and of its deposit ticket, tables in the order of their inserts (parents first), as an
 * experienced operator's entry would have left them. Pure: the same plan gives the same rows.
 */
export function documentRows(plan: DocumentPlan): readonly RowBatch[] {
  const { ids } = plan;
  const order = [
    ...orderHeader(plan),
    contactRows(plan, ids.docId),
    ...orderLines(plan),
    { table: 'PS_DOC_TAX', rows: taxRows(plan) },
    ...payments(plan, ids.docId, plan.draft.ticketNo),
    { table: 'PS_DOC_NOTE', rows: noteRows(plan) },
    {
      table: 'PS_DOC_HDR_PROF',
      rows: [
        {
          DOC_ID: ids.docId,
          PROF_ALPHA_1: 'MAGENTO',
          PROF_ALPHA_2: orderNumber(plan.draft.order),
          PROF_ALPHA_3: String(plan.draft.entityId),
        },
      ],
    },
    ...audit(plan, { docId: ids.docId, guid: ids.guid, type: 'O', entry: 'Entered a new order' }),
  ];
  const all = ids.deposit === null ? order : [...order, ...depositTicket(plan, ids.deposit)];
  return all.filter((batch) => batch.rows.length > 0);
}

/** The accounting entry of the money received: it belongs to the open drawer session and goes to the ledger when posted. */
function depositTicket(plan: DocumentPlan, deposit: DepositIds): readonly RowBatch[] {
  const { draft, ids } = plan;
  return [
    ...depositHeader(plan, deposit),
    contactRows(plan, deposit.docId),
    depositLines(plan, deposit),
    ...payments(plan, deposit.docId, deposit.ticketNo),
    ...audit(plan, {
      docId: deposit.docId,
      guid: deposit.guid,
      type: 'T',
      entry: 'Entered a new ticket with order deposit',
    }),
    {
      table: 'PS_DOC_HDR_ORIG_DOC',
      rows: [
        {
          DOC_ID: deposit.docId,
          ORIG_DOC_ID: ids.docId,
          ORIG_DOC_TYP: 'O',
          ORIG_STR_ID: draft.ids.store,
          ORIG_STA_ID: draft.ids.station,
          ORIG_TKT_NO: draft.ticketNo,
          ORIG_DOC_GUID: ids.guid,
        },
      ],
    },
  ];
}

/** All tax is an override (C5-59): the shop's amount beside a normal tax of zero. */
function taxRows(plan: DocumentPlan): readonly TableRow[] {
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

/** The same payment rows stand on the order and on its deposit ticket, each with its own ticket number. */
function payments(plan: DocumentPlan, docId: string, ticketNo: string): readonly RowBatch[] {
  const { draft, tenders, moment } = plan;
  return [
    {
      table: 'PS_DOC_PMT',
      rows: tenders.map((tender, index) => ({
        DOC_ID: docId,
        PMT_SEQ_NO: index + 1,
        STR_ID: draft.ids.store,
        STA_ID: draft.ids.station,
        TKT_NO: ticketNo,
        PAY_COD: tender.code.PAY_COD,
        PAY_COD_TYP: tender.code.PAY_TYP,
        DESCR: tender.code.DESCR,
        PMT_LIN_TYP: 'T',
        FINAL_PMT: tender.final ? 'Y' : 'N',
        AMT: tender.amount,
        HOME_CURNCY_AMT: tender.amount,
        PAY_DAT: moment.wall.slice(0, 10) + 'T00:00:00',
        EDC_AUTH_FLG: tender.code.EDC_AUTH_FLG,
        CURNCY_COD: tender.code.CURNCY_COD,
        EXCH_LOSS: money(0),
        IS_EBT_FOOD: 'N',
      })),
    },
    {
      table: 'PS_DOC_PMT_APPLY',
      rows: tenders.flatMap((tender, index) =>
        tender.final
          ? []
          : [
              {
                DOC_ID: docId,
                PMT_SEQ_NO: index + 1,
                APPL_TYP: guessesOf(plan.settings).depositAppliesTo,
                AMT: tender.amount,
                HOME_CURNCY_AMT: tender.amount,
                EXCH_LOSS: money(0),
              },
            ],
      ),
    },
  ];
}

function noteRows(plan: DocumentPlan): readonly TableRow[] {
  return plan.draft.notes.map((note, index) => {
    const { rtf, plain } = noteText(note.text);
    return {
      DOC_ID: plan.ids.docId,
      NOTE_SEQ_NO: index + 1,
      NOTE_ID: note.id,
      NOTE_DAT: plan.moment.wall,
      USR_ID: plan.settings.user,
      NOTE: rtf,
      NOTE_TXT: plain,
    };
  });
}

function audit(
  plan: DocumentPlan,
  of: { readonly docId: string; readonly guid: string; readonly type: 'O' | 'T'; readonly entry: string },
): readonly RowBatch[] {
  const { draft, settings, moment, deposit } = plan;
  const { totals } = draft;
  const order = of.type === 'O';
  return [
    {
      table: 'PS_DOC_AUDIT_LOG',
      rows: [
        {
          DOC_ID: of.docId,
          LOG_SEQ_NO: 1,
          DOC_TYP: of.type,
          DOC_GUID: of.guid,
          CURR_DT: moment.wall,
          CURR_STR_ID: draft.ids.store,
          CURR_STA_ID: draft.ids.station,
          CURR_DRW_ID: draft.ids.drawer,
          CURR_USR_ID: settings.user,
          ACTIV: 'N',
          LOG_ENTRY: of.entry,
        },
      ],
    },
    {
      table: 'PS_DOC_AUDIT_LOG_TOT',
      rows: [
        {
          DOC_ID: of.docId,
          LOG_SEQ_NO: 1,
          TOT_TYP: order ? 'O' : 'S',
          LINS: order ? draft.lines.length : 0,
          SUB_TOT: order ? totals.net : money(0),
          TOT_MISC: order ? totals.misc : money(0),
          TAX_AMT: order ? totals.tax : money(0),
          TOT_TND: deposit,
          TOT: order ? totals.total : money(0),
          AMT_DUE: order ? money(decimal(totals.total).minus(deposit)) : money(0),
          DEP_NET_CHANGE: deposit,
        },
      ],
    },
  ];
}
