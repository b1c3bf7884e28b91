import type { RowBatch, TableRow } from '../../../database/row-batch';
import { orderNumber } from '../../../domain/identities';
import type { DepositIds, DocumentPlan } from '../plan';
import { audit } from './audit';
import { contactRows } from './contacts';
import { depositHeader, orderHeader } from './header';
import { depositLines, orderLines } from './lines';
import { noteText } from './note-text';
import { payments } from './payments';
import { taxRows } from './tax';

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
