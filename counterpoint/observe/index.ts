import type { ReleaseTicket, StoreSide } from '../../domain/order/observation';
import { EMPTY_STORE_SIDE } from '../../domain/order/observation';
import { decimal } from '../../domain/money';
import type { Context } from '../context';
import { GONE_KEY } from '../changes/keys';
import { historyOf, postedSince, type HistoryFrom } from './history-days';
import { documentIds, readLinks, type LineLink, type Link, shopLines } from '../../notebook/links';
import { guessesOf } from '../guesses';
import { documentState, storeLines, wasEdited, type OrderLineRow } from './document';
import { chargeQuery, withCharges } from './charges';
import { locationQueries, withLocations } from './locations';
import { releaseTickets, ticketQueries } from './tickets';
import { cell, type Row, type Statement } from '../../database/engine';
import { sql } from '../../database/kysely';
import { plain } from '../../database/plain-value';
import { inShopCount } from './shop-count';
import { fingerprintOf, snapshotOfAnswers, snapshotQueries } from './snapshot';

/**
 * Two round trips on SQL Server: our links, then both documents' worth of rows. Of history the days since the order was
 * written are read, so that a look costs what was sold since and not whatever was ever sold (P-27); all of it only where
 * those days lack something that ought to be there.
 */
export async function observe(context: Context, order: string): Promise<StoreSide> {
  const found = await readLinks(context, order);
  if (found === null) return EMPTY_STORE_SIDE;
  const recent = await lookAt(context, order, found, historyOf(context, found.link.written_at));
  return (recent.lacks ? await lookAt(context, order, found, null) : recent).side;
}

/** Unposted tables are read before history, so that a ticket posted in between is seen twice rather than never. */
async function lookAt(
  context: Context,
  order: string,
  found: { readonly link: Link; readonly lines: readonly LineLink[] },
  from: HistoryFrom,
): Promise<{ readonly side: StoreSide; readonly lacks: boolean }> {
  const { link, lines } = found;
  const columns = await context.columns();
  const docIds = documentIds(link);
  const snapshot = snapshotQueries(docIds, columns);
  const document = documentQueries(context, link, from);
  const tickets = ticketQueries(context, order, { link, from }, columns);
  const locations = locationQueries(context, { link, from }, columns);
  const sent = chargeQuery(context, order);
  const answers = await context.engine.read([...snapshot, ...document, ...tickets, sent, ...locations]);
  const snapshotRows = answers.slice(0, snapshot.length);
  const [header = [], status = [], openLines = [], audit = [], history = [], historyLines = [], historyAudit = []] =
    answers.slice(snapshot.length, snapshot.length + document.length);
  const goods = answers.slice(snapshot.length + document.length);
  const [sendings = [], ...left] = goods.slice(tickets.length);
  const released = releaseTickets(goods.slice(0, tickets.length), link, lines);
  const releases = withCharges(withLocations(released, left, found), sendings);
  const activity = [...audit, ...historyAudit].map((row) => ({
    sequence: Number(row['LOG_SEQ_NO']),
    activ: cell(row, 'ACTIV'),
  }));
  const state = documentState({
    closedLetters: guessesOf(context.settings.counterpoint).closedStatus,
    isOpen: header.length > 0,
    inHistory: history.length > 0,
    statusLetter: text(status[0]?.['DOC_STAT']),
    activity,
    anyRelease: releases.some((ticket) => ticket.state !== 'voided' && ticket.lines.length > 0),
  });
  const rows = (header.length > 0 ? openLines : historyLines) as unknown as OrderLineRow[];
  const untouched =
    header.length > 0 &&
    releases.length === 0 &&
    fingerprintOf(snapshotOfAnswers(snapshotRows, columns)) === link.fingerprint;
  const side: StoreSide = {
    document: state,
    docId: link.doc_id,
    ticketNo: link.ticket_no,
    lines: storeLines({
      lines: shopLines(lines),
      rows,
      state,
      isOpen: header.length > 0,
      tickets: releases,
      edited: wasEdited(activity),
    }),
    tickets: releases,
    ...(untouched ? { untouched: true as const } : {}),
    ...(depositsDiffer(header, status, link) ? { depositsDiffer: true as const } : {}),
  };
  const notes = new Set((goods[tickets.length - 1] ?? []).map((row) => cell(row, 'seen_key')));
  const isSomewhere = header.length > 0 || history.length > 0 || notes.has(GONE_KEY);
  const shipped = rows.some((row) => decimal(plain(row.QTY_SHIPPED ?? 0)).greaterThan(0));
  return {
    side: inShopCount(side, lines),
    lacks: !isSomewhere || vanished(releases, notes) || (shipped && !releases.some(hasGoods)),
  };
}

const hasGoods = ({ state, lines }: ReleaseTicket): boolean => state !== 'voided' && lines.length > 0;

/** A ticket that nothing shows any more, and of which the watch has not found that it is gone for good. */
const vanished = (tickets: readonly ReleaseTicket[], notes: ReadonlySet<string>): boolean =>
  tickets.some(
    ({ docId, state, lines }) =>
      state === 'voided' && lines.length === 0 && !['G', 'V'].some((kind) => notes.has(`${kind}:${docId}`)),
  );

/** The order's own document, open or in history. */
export function documentQueries(context: Context, link: Link, from: HistoryFrom): Statement[] {
  const { db } = context.engine;
  const recent = postedSince(context.engine, from);
  const id = link.doc_id;
  return [
    db.selectFrom('dbo.PS_DOC_HDR').select('DOC_ID').where('DOC_ID', '=', id),
    db.selectFrom('dbo.PS_DOC_HDR_DOC_STAT').select(['DOC_STAT', 'TOT_DEP_RECEIVED']).where('DOC_ID', '=', id),
    db
      .selectFrom('dbo.PS_DOC_LIN')
      .select([
        'LIN_GUID',
        'QTY_SOLD',
        'ORIG_QTY',
        'QTY_SHIPPED',
        'QTY_NUMER',
        'QTY_DENOM',
        sql`coalesce(${sql.ref('QTY_TO_REL')}, 0) + coalesce(${sql.ref('QTY_TO_LEAVE')}, 0)`.as('QTY_OPEN'),
      ])
      .where('DOC_ID', '=', id),
    db
      .selectFrom('dbo.PS_DOC_AUDIT_LOG')
      .select(['LOG_SEQ_NO', 'ACTIV'])
      .where('DOC_ID', '=', id)
      .where('DOC_TYP', '=', 'O'),
    db.selectFrom('dbo.PS_ORD_HIST').select('DOC_ID').where(recent).where('DOC_ID', '=', id),
    db
      .selectFrom('dbo.PS_ORD_HIST_LIN')
      .select(['LIN_GUID', 'QTY_SOLD', 'ORIG_QTY', 'QTY_SHIPPED'])
      .where(recent)
      .where('DOC_ID', '=', id),
    db
      .selectFrom('dbo.PS_ORD_HIST_AUDIT_LOG')
      .select(['LOG_SEQ_NO', 'ACTIV'])
      .where(recent)
      .where('DOC_ID', '=', id)
      .where('DOC_TYP', '=', 'O'),
  ];
}

/** C5-83: a deposit added (or given back) by hand after import. */
const depositsDiffer = (header: readonly Row[], status: readonly Row[], link: Link): boolean => {
  const received = status[0]?.['TOT_DEP_RECEIVED'];
  return (
    header.length > 0 &&
    received !== undefined &&
    received !== null &&
    !decimal(plain(received)).equals(String(link.deposit))
  );
};

const text = (value: unknown): string | null => (value === null || value === undefined ? null : plain(value));
