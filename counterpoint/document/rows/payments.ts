import type { RowBatch } from '../../../database/row-batch';
import { money } from '../../../domain/money';
import { guessesOf } from '../../guesses';
import type { DocumentPlan } from '../plan';

/** The same payment rows stand on the order and on its deposit ticket, each with its own ticket number. */
export function payments(plan: DocumentPlan, docId: string, ticketNo: string): readonly RowBatch[] {
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
