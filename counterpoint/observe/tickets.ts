import { Decimal } from 'decimal.js';
import { sameCode } from '../../domain/item-rules';
import { decimal, money, quantity, sum } from '../../domain/money';
import type { ReleaseTicket } from '../../domain/order/observation';
import type { Columns } from '../../database/columns';
import type { Context } from '../context';
import { cell, type Row, type Statement } from '../../database/engine';
import { RELEASE_SUFFIX, VOIDED_DOC_TYP } from '../guesses';
import { sql, type RawBuilder } from '../../database/kysely';
import { CHARGE_LINE, shopLines, type LineLink, type Link } from '../../notebook/links';
import { postedSince, type HistoryFrom } from './history-days';
import { inUnitOf, unitColumns } from '../items/selling-unit';
import { plainGuid } from './snapshot';
import { readTicketKey } from '../../notebook/seen-keys';

const POSTED_TRACKS = 'dbo.PS_TKT_HIST_PKG_TRK_NO';

/**
 * Release tickets of an order, unposted first: by their link to it; where the link is missing, by their number
 * `<order>-NN` in the same store.
 */
export function ticketQueries(context: Context, order: string, { link, from }: Looked, columns: Columns): Statement[] {
  const { db } = context.engine;
  const unposted = documentsOf('PS_DOC_HDR', 'PS_DOC_HDR_ORIG_DOC', link);
  const posted = postedOf(context, link, from);
  const recent = postedSince(context.engine, from);
  const id = sql.ref<string>('DOC_ID');
  const unitsOf = (table: string) => unitColumns(columns, table).map((name) => sql.ref(name).as(name));
  return [
    db
      .selectFrom('dbo.PS_DOC_HDR')
      .select(['DOC_ID', 'DOC_GUID', 'TKT_NO', 'SHIP_VIA_COD', 'VOID_USR_ID', 'IS_REL_TKT'])
      .where(sql<boolean>`${id} in (${unposted})`)
      .where('DOC_TYP', '=', 'T')
      .where('IS_REL_TKT', '=', 'Y')
      .orderBy('DOC_ID'),
    db
      .selectFrom('dbo.PS_DOC_LIN')
      .select(['DOC_ID', 'LINK_LIN_GUID', 'ITEM_NO', 'QTY_SOLD', 'EXT_PRC'])
      .select(unitsOf('dbo.PS_DOC_LIN'))
      .where(sql<boolean>`${id} in (${unposted})`)
      .where('LIN_TYP', '=', 'S')
      .orderBy('LIN_SEQ_NO'),
    db
      .selectFrom('dbo.PS_DOC_HDR_TOT')
      .select(['DOC_ID', 'SUB_TOT', 'TOT_MISC', 'TAX_AMT'])
      .where(sql<boolean>`${id} in (${unposted})`)
      .where('TOT_TYP', '=', 'S'),
    db
      .selectFrom('dbo.PS_DOC_PKG_TRK_NO')
      .select(['DOC_ID', 'PKG_TRK_NO'])
      .where(sql<boolean>`${id} in (${unposted})`)
      .orderBy('PKG_TRK_NO'),
    db
      .selectFrom('dbo.PS_DOC_AUDIT_LOG')
      .select('DOC_ID')
      .where(sql<boolean>`${id} in (${unposted})`)
      .where('DOC_TYP', '=', VOIDED_DOC_TYP),
    db
      .selectFrom('dbo.PS_TKT_HIST')
      .select(['DOC_ID', 'DOC_GUID', 'TKT_NO', 'SHIP_VIA_COD', 'SUB_TOT', 'TOT_MISC', 'TAX_AMT'])
      .where(recent)
      .where(sql<boolean>`${id} in (${posted})`)
      .orderBy('DOC_ID'),
    db
      .selectFrom('dbo.PS_TKT_HIST_LIN')
      .select(['DOC_ID', 'LINK_LIN_GUID', 'ITEM_NO', 'QTY_SOLD', 'EXT_PRC'])
      .select(unitsOf('dbo.PS_TKT_HIST_LIN'))
      .where(recent)
      .where(sql<boolean>`${id} in (${posted})`)
      .where('LIN_TYP', '=', 'S')
      .orderBy('LIN_SEQ_NO'),
    columns.has(POSTED_TRACKS)
      ? db
          .selectFrom(POSTED_TRACKS)
          .select(['DOC_ID', 'PKG_TRK_NO'])
          .where(recent)
          .where(sql<boolean>`${id} in (${posted})`)
          .orderBy('PKG_TRK_NO')
      : db
          .selectFrom('dbo.PS_DOC_PKG_TRK_NO')
          .select(['DOC_ID', 'PKG_TRK_NO'])
          .where(sql<boolean>`1 = 0`),
    db
      .selectFrom('cantus.seen')
      .select('seen_key')
      .where('instance', '=', context.settings.instance)
      .where('order_no', '=', order),
  ];
}

/** An order's link, and from which day on history is read for it. */
export interface Looked {
  readonly link: Link;
  readonly from: HistoryFrom;
}

/** Ids of the order's unposted release tickets. */
export const unpostedOf = (link: Link): RawBuilder<unknown> => documentsOf('PS_DOC_HDR', 'PS_DOC_HDR_ORIG_DOC', link);

/** Ids of its posted ones; each part reads the days alone that history is keyed by. */
export const postedOf = ({ engine }: Context, link: Link, from: HistoryFrom): RawBuilder<unknown> =>
  documentsOf('PS_TKT_HIST', 'PS_TKT_HIST_ORIG_DOC', link, (table) => sql` and ${postedSince(engine, from, table)}`);

/** The order's number is cut out of `<order>-NN`, so that no wildcard of a number counts. */
function documentsOf(
  header: string,
  links: string,
  link: Link,
  only: (table: string) => RawBuilder<unknown> = () => sql``,
): RawBuilder<unknown> {
  const id = sql.ref('DOC_ID');
  const number = sql`reverse(h.${sql.ref('TKT_NO')})`;
  const linked = sql`select k.${id} from ${sql.table(`dbo.${links}`)} k where k.${sql.ref('ORIG_DOC_ID')} = ${link.doc_id}${only('k')}`;
  const named = sql`select h.${id} from ${sql.table(`dbo.${header}`)} h where h.${sql.ref('STR_ID')} = ${link.str_id} and substring(${number}, 3, 1) = '-' and reverse(substring(${number}, 4, 15)) = ${link.ticket_no}${only('h')} and not exists (select 1 from ${sql.table(`dbo.${links}`)} o where o.${id} = h.${id}${only('o')})`;
  return sql`${linked} union all ${named}`;
}

export function releaseTickets(
  answers: readonly (readonly Row[])[],
  link: Link,
  lines: readonly LineLink[],
): ReleaseTicket[] {
  const [
    headers = [],
    saleLines = [],
    totals = [],
    tracks = [],
    voids = [],
    posted = [],
    postedLines = [],
    postedTracks = [],
    seen = [],
  ] = answers;
  const tickets = new Map<string, ReleaseTicket>();
  const voided = new Set(voids.map((row) => idOf(row)));
  for (const row of headers) {
    const docId = idOf(row);
    const isVoid = voided.has(docId) || row['VOID_USR_ID'] !== null;
    const total = totals.find((each) => idOf(each) === docId);
    tickets.set(
      docId,
      ticket(
        row,
        {
          state: isVoid ? 'voided' : 'saved',
          amount: total === undefined ? linesAmount(of(saleLines, docId)) : ticketAmount(total),
          lines: of(saleLines, docId),
          tracks: of(tracks, docId),
        },
        lines,
      ),
    );
  }
  for (const row of posted) {
    const docId = idOf(row);
    const goods = of(postedLines, docId);
    // A deposit ticket links to the order like a release ticket does; only goods or the number tell them apart.
    if (goods.length === 0 && !isReleaseNumber(cell(row, 'TKT_NO'), link.ticket_no)) continue;
    tickets.set(
      docId,
      ticket(row, { state: 'posted', amount: ticketAmount(row), lines: goods, tracks: of(postedTracks, docId) }, lines),
    );
  }
  if (link.deposit_doc_id !== null) tickets.delete(link.deposit_doc_id);
  for (const vanished of seen.map((row) => readTicketKey(cell(row, 'seen_key')))) {
    if (vanished === null || tickets.has(vanished.docId)) continue;
    tickets.set(vanished.docId, {
      docId: vanished.docId,
      guid: vanished.guid,
      no: vanished.no,
      state: 'voided',
      lines: [],
      amount: '0.00',
      tracks: [],
    });
  }
  return [...tickets.values()].sort((a, b) => (a.no < b.no ? -1 : a.no > b.no ? 1 : 0));
}

const isReleaseNumber = (number: string, order: string): boolean =>
  number.startsWith(order) && RELEASE_SUFFIX.test(number.slice(order.length));

interface TicketParts {
  readonly state: ReleaseTicket['state'];
  readonly amount: string;
  readonly lines: readonly Row[];
  readonly tracks: readonly Row[];
}

function ticket(row: Row, parts: TicketParts, lines: readonly LineLink[]): ReleaseTicket {
  const shipVia = row['SHIP_VIA_COD'];
  return {
    docId: idOf(row),
    guid: plainGuid(cell(row, 'DOC_GUID')),
    no: cell(row, 'TKT_NO'),
    state: parts.state,
    ...(parts.lines.length === 0 ? { depositOnly: true as const } : {}),
    lines: byShopItem(parts.lines, lines),
    amount: parts.amount,
    ...(typeof shipVia === 'string' && shipVia !== '' ? { shipVia } : {}),
    tracks: parts.tracks.map((track) => cell(track, 'PKG_TRK_NO').trim()),
  };
}

/** By the order line's guid; without one by item number, filling the order's lines of that item one after the other. */
function byShopItem(rows: readonly Row[], lines: readonly LineLink[]): (readonly [number, string])[] {
  const sums = new Map<number, Decimal>();
  const add = (id: number, amount: Decimal): void => {
    sums.set(id, (sums.get(id) ?? decimal(0)).plus(amount));
  };
  const goods = shopLines(lines);
  const rowsFirst = [...goods, ...lines.filter((line) => !goods.includes(line))];
  for (const row of rows) {
    const amount = decimal(cell(row, 'QTY_SOLD'));
    const guid = row['LINK_LIN_GUID'];
    const linked =
      typeof guid === 'string' ? lines.find((line) => plainGuid(line.lin_guid) === plainGuid(guid)) : undefined;
    if (linked !== undefined) add(Number(linked.item_id), inUnitOf(linked, row, amount));
    else
      fill(
        row,
        amount,
        rowsFirst.filter((line) => sameCode(line.item_no, cell(row, 'ITEM_NO'))),
      );
  }
  return [...sums].filter(([id]) => id !== CHARGE_LINE).map(([id, amount]) => [id, quantity(amount)] as const);

  function fill(row: Row, amount: Decimal, candidates: readonly LineLink[]): void {
    let rest = amount;
    for (const line of candidates) {
      const room = decimal(String(line.qty)).minus(sums.get(Number(line.item_id)) ?? 0);
      const wanted = inUnitOf(line, row, rest);
      const part = Decimal.min(wanted, Decimal.max(room, 0));
      if (part.greaterThan(0)) add(Number(line.item_id), part);
      rest = wanted.isZero() ? wanted : rest.times(wanted.minus(part)).dividedBy(wanted);
    }
    if (rest.greaterThan(0)) add(Number(candidates.at(-1)?.item_id ?? 0), rest);
  }
}

const idOf = (row: Row): string => cell(row, 'DOC_ID');
const of = (rows: readonly Row[], docId: string): Row[] => rows.filter((row) => idOf(row) === docId);
const ticketAmount = (row: Row): string =>
  money(decimal(cell(row, 'SUB_TOT')).plus(cell(row, 'TOT_MISC')).plus(cell(row, 'TAX_AMT')));

/** A ticket that has no totals yet is worth its lines. */
const linesAmount = (rows: readonly Row[]): string => money(sum(rows.map((row) => cell(row, 'EXT_PRC') || '0')));
