import type { RowBatch } from '../../../database/row-batch';
import { decimal, money } from '../../../domain/money';
import type { DocumentPlan } from '../plan';

/** The first entry of a document's log, with its totals of then. */
export function audit(
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
