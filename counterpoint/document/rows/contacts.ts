import type { DraftContact } from '../../../domain/document/draft';
import { upperTwin } from '../../../domain/text/fitting';
import type { DocumentPlan } from '../plan';
import type { RowBatch, TableRow } from '../../../database/row-batch';

/** Contact 1 is the bill-to, 2 the ship-to; the header points at them by these numbers. */
export function contactRows(plan: DocumentPlan, docId: string): RowBatch {
  const { draft, ids } = plan;
  const rows: TableRow[] = [{ DOC_ID: docId, CONTACT_ID: 1, ...contactColumns(draft.billing), ADRS_ID: null }];
  if (draft.shipTo !== null)
    rows.push({ DOC_ID: docId, CONTACT_ID: 2, ...contactColumns(draft.shipTo), ADRS_ID: ids.shipAddressId });
  return { table: 'PS_DOC_CONTACT', rows };
}

/** A person or company as Counterpoint's address columns have it; absent columns of a table are left out later. */
export function contactColumns(contact: DraftContact): TableRow {
  const [first = null, second = null, ...rest] = contact.address;
  return {
    NAM: contact.name,
    NAM_UPR: upperTwin(contact.name),
    NAM_TYP: contact.kind === 'business' ? 'B' : 'P',
    FST_NAM: contact.firstName,
    LST_NAM: contact.lastName,
    ADRS_1: first,
    ADRS_2: second,
    ADRS_3: rest.length === 0 ? null : rest.join(', '),
    CITY: contact.city,
    STATE: contact.state,
    ZIP_COD: contact.postcode,
    CNTRY: contact.country,
    PHONE_1: contact.phone,
    EMAIL_ADRS_1: contact.email,
    CONTCT_1: contact.contact,
  };
}
