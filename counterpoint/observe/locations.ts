import { sameCode } from '../../domain/item-rules';
import type { ReleaseTicket } from '../../domain/order/observation';
import type { Columns } from '../../database/columns';
import type { Context } from '../context';
import { cell, type Row, type Statement } from '../../database/engine';
import { postedSince } from './history-days';
import { sql, type RawBuilder } from '../../database/kysely';
import type { LineLink, Link } from '../../notebook/links';
import { postedOf, unpostedOf, type Looked } from './tickets';
import { plainGuid } from './snapshot';

const POSTED_LINES = 'PS_TKT_HIST_LIN';

/** Only where `magento.source` hangs on it is a ticket's location read, so that histories stay small. */
const isAsked = ({ settings }: Context): boolean =>
  typeof settings.magento.source === 'object' && settings.magento.source !== null;

/**
 * From which location each line of the order's release tickets left: the line's own, else its document's. What is posted
 * keeps it in some versions only; there the order's own line has to do.
 */
export function locationQueries(context: Context, { link, from }: Looked, columns: Columns): Statement[] {
  if (!isAsked(context)) return [];
  const order = sql`${link.doc_id}`;
  const unposted = unpostedOf(link);
  const posted = postedOf(context, link, from);
  const recent = sql` and ${postedSince(context.engine, from, 'n')}`;
  return [
    linesOf({ lines: 'PS_DOC_LIN', header: 'PS_DOC_HDR', type: 'O', guid: 'LIN_GUID', documents: order }),
    linesOf({ lines: 'PS_ORD_HIST_LIN', header: 'PS_ORD_HIST', type: 'O', guid: 'LIN_GUID', documents: order, recent }),
    linesOf({ lines: 'PS_DOC_LIN', header: 'PS_DOC_HDR', type: 'S', guid: 'LINK_LIN_GUID', documents: unposted }),
    ...(columns.has(`dbo.${POSTED_LINES}`, 'STK_LOC_ID')
      ? [linesOf({ lines: POSTED_LINES, type: 'S', guid: 'LINK_LIN_GUID', documents: posted, recent })]
      : []),
  ];
}

interface Lines {
  readonly lines: string;
  /** Says it where its line says nothing. */
  readonly header?: string;
  readonly type: 'O' | 'S';
  /** The column by which a line is known as a line of the order. */
  readonly guid: 'LIN_GUID' | 'LINK_LIN_GUID';
  readonly documents: RawBuilder<unknown>;
  /** Of tables of history: its days. */
  readonly recent?: RawBuilder<unknown>;
}

function linesOf({ lines, header, type, guid, documents, recent }: Lines): Statement {
  const of = (table: string, column: string): RawBuilder<unknown> => sql`${sql.raw(table)}.${sql.ref(column)}`;
  const own = of('n', 'STK_LOC_ID');
  const location = header === undefined ? own : sql`coalesce(${own}, ${of('h', 'STK_LOC_ID')})`;
  const join =
    header === undefined
      ? sql``
      : sql` join ${sql.table(`dbo.${header}`)} h on ${of('h', 'DOC_ID')} = ${of('n', 'DOC_ID')}${recent === undefined ? sql`` : sql` and ${of('h', 'BUS_DAT')} = ${of('n', 'BUS_DAT')}`}`;
  return sql`select ${of('n', 'DOC_ID')} as ${sql.ref('DOC_ID')}, ${of('n', guid)} as ${sql.ref('LIN_GUID')}, ${of('n', 'ITEM_NO')} as ${sql.ref('ITEM_NO')}, ${location} as ${sql.ref('STK_LOC_ID')} from ${sql.table(`dbo.${lines}`)} n${join} where ${of('n', 'LIN_TYP')} = ${type} and ${of('n', 'DOC_ID')} in (${documents})${recent ?? sql``}`;
}

/** Each ticket with the locations its goods left from, as pairs of the shop's item and the location. */
export function withLocations(
  tickets: readonly ReleaseTicket[],
  answers: readonly (readonly Row[])[],
  { link, lines }: { readonly link: Link; readonly lines: readonly LineLink[] },
): ReleaseTicket[] {
  if (answers.length === 0) return [...tickets];
  const rows = answers.flat().filter((row) => typeof row['STK_LOC_ID'] === 'string' && row['STK_LOC_ID'] !== '');
  const of = (docId: string): Row[] => rows.filter((row) => cell(row, 'DOC_ID') === docId);
  const ordered = of(link.doc_id);
  return tickets.map((ticket) => {
    const released = of(ticket.docId);
    const locations = ticket.lines.flatMap(([id]) => {
      const line = lines.find((each) => Number(each.item_id) === id);
      if (line === undefined) return [];
      const own = rowsOf(released, line);
      const named = (own.length > 0 ? own : rowsOf(ordered, line)).map((row) => cell(row, 'STK_LOC_ID').trim());
      return [...new Set(named)].map((location) => [id, location] as const);
    });
    return locations.length === 0 ? ticket : { ...ticket, locations };
  });
}

/** By the order line's guid; a line without a link by its item number. */
function rowsOf(rows: readonly Row[], line: LineLink): readonly Row[] {
  const linked = rows.filter(
    ({ LIN_GUID: guid }) => typeof guid === 'string' && plainGuid(guid) === plainGuid(line.lin_guid),
  );
  return linked.length > 0 ? linked : rows.filter((row) => sameCode(cell(row, 'ITEM_NO'), line.item_no));
}
