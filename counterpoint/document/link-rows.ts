import type { Statement } from '../../database/engine';
import { sql } from '../../database/kysely';
import { inPortions } from '../../database/portions';
import { CHARGE_LINE } from '../../notebook/links';
import type { Context } from '../context';
import type { DocumentPlan } from './plan';

/** Our own rows: the order's link, whose keys refuse a second document, and its lines' links. */
export function linkRows(
  context: Context,
  plan: DocumentPlan,
  marks: { readonly fingerprint: string; readonly effects: string },
): Statement[] {
  const { draft, ids, deposit, moment } = plan;
  const { instance } = context.settings;
  const row = [
    instance,
    draft.order,
    String(draft.entityId),
    ids.docId,
    ids.guid,
    draft.ticketNo,
    draft.ids.store,
    ids.deposit?.docId ?? null,
    ids.deposit?.ticketNo ?? null,
    deposit,
    ids.custNo,
    moment.utc,
    marks.fingerprint,
    marks.effects,
    'N',
  ];
  const lines = plan.lines.map(({ line, guid, fact }) => [
    instance,
    draft.order,
    ids.docId,
    guid,
    String(line.itemId ?? CHARGE_LINE),
    fact.item.ITEM_NO,
    line.quantity,
    fact.unit.numer,
    fact.unit.denom,
  ]);
  return [
    sql`insert into cantus.order_link (instance, order_no, entity_id, doc_id, doc_guid, ticket_no, str_id, deposit_doc_id, deposit_ticket_no, deposit, cust_no, written_at, fingerprint, effects, settled) values (${sql.join(row)})`,
    ...inPortions(lines, LINE_LINK).map(lineLinks),
  ];
}

/** Parameters of a line's link. */
const LINE_LINK = 9;

const lineLinks = (lines: readonly (readonly string[])[]): Statement =>
  sql`insert into cantus.line_link (instance, order_no, doc_id, lin_guid, item_id, item_no, qty, numer, denom) values ${sql.join(lines.map((line) => sql`(${sql.join(line)})`))}`;
