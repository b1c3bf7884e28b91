import type { StoreFact, TicketFact } from '../../domain/census/facts';
import { decimal, money } from '../../domain/money';
import type { Context } from '../context';
import { cell, type EngineWords, type Row, type Statement } from '../../database/engine';
import { AUDIT, VOIDED_DOC_TYP } from '../guesses';
import { historyOf, postedSince } from '../observe/history-days';
import { sql, type RawBuilder } from '../../database/kysely';
import { inPortions } from '../../database/portions';
import { plainGuid } from '../observe/snapshot';

/** Which of our documents: all that are open or were written since an instant, or those of some orders. */
export type CensusScope = { readonly since: string } | { readonly orders: readonly string[] };

const ref = (name: string): RawBuilder<unknown> => sql.ref(name);
const dbo = (name: string): RawBuilder<unknown> => sql.table(`dbo.${name}`);
const LINK = sql`cantus.order_link l`;
/** A release ticket `<order>-NN`: the order's number is cut out of it, so that no wildcard of a number counts. */
const byNumber = ({ ours }: EngineWords): RawBuilder<unknown> =>
  sql`l.str_id = h.${ref('STR_ID')}${ours} and l.ticket_no = reverse(substring(reverse(h.${ref('TKT_NO')}), 4, 15))${ours} and substring(reverse(h.${ref('TKT_NO')}), 3, 1) = '-'`;

/**
 * Of history the days since the first of these orders was written are read (P-27). Every document of the scope with its totals and release tickets, in one batch of set-based reads however many orders
 * there are (P-02). Unposted tables are read before history, so that a ticket posted meanwhile is seen twice, not never.
 */
export async function censusRows(context: Context, scope: CensusScope): Promise<StoreFact[]> {
  const facts: StoreFact[] = [];
  for (const where of scopes(context, scope)) {
    const [[first] = []] = await context.engine.read([firstWritten(where)]);
    const writtenAt = cell(first, 'written_at');
    if (writtenAt === '') continue;
    const from = historyOf(context, writtenAt);
    facts.push(...assemble(await context.engine.read(censusQueries(context.engine, where, from))));
  }
  return facts;
}

function scopes({ settings: { instance } }: Context, scope: CensusScope): RawBuilder<unknown>[] {
  const own = sql`l.instance = ${instance}`;
  if ('since' in scope) {
    const since = `${new Date(scope.since).toISOString().slice(0, 19)}Z`;
    return [sql`${own} and (l.settled = 'N' or l.written_at >= ${since})`];
  }
  return inPortions(scope.orders).map((part) => sql`${own} and l.order_no in (${sql.join(part)})`);
}

const firstWritten = (where: RawBuilder<unknown>): Statement =>
  sql`select min(l.written_at) as ${ref('written_at')} from ${LINK} where ${where}`;

export function censusQueries(engine: EngineWords, where: RawBuilder<unknown>, from: string): Statement[] {
  const total = ref('TOT');
  const doc = ref('DOC_ID');
  const recent = (table: string) => sql` and ${postedSince(engine, from, table)}`;
  const audit = (table: string, days = sql``): Statement =>
    sql`select distinct l.order_no as ${ref('order_no')} from ${LINK} join ${dbo(table)} a on a.${doc} = l.doc_id and a.${ref('DOC_TYP')} = 'O' and a.${ref('ACTIV')} in (${sql.lit(AUDIT.edited)}, ${sql.lit(AUDIT.cancelled)}, ${sql.lit(AUDIT.reinstated)})${days} where ${where}`;
  return [
    sql`select l.order_no as ${ref('order_no')}, l.entity_id as ${ref('entity_id')}, l.doc_id as ${ref('doc_id')}, l.written_at as ${ref('written_at')}, s.fingerprint as ${ref('fingerprint')},
      (select count(*) from cantus.line_link n where n.instance = l.instance and n.order_no = l.order_no) as ${ref('lines')}, f.tenders as ${ref('tenders')}
      from ${LINK} left join cantus.shop_seen s on s.instance = l.instance and s.order_no = l.order_no
      left join cantus.order_figures f on f.instance = l.instance and f.order_no = l.order_no where ${where}`,
    ...saved(engine, where),
    sql`select l.order_no as ${ref('order_no')}, t.${total} as ${total} from ${LINK} join ${dbo('PS_DOC_HDR')} h on h.${doc} = l.doc_id left join ${dbo('PS_DOC_HDR_TOT')} t on t.${doc} = l.doc_id and t.${ref('TOT_TYP')} = 'O' where ${where}`,
    audit('PS_DOC_AUDIT_LOG'),
    ...posted(engine, where, recent),
    sql`select l.order_no as ${ref('order_no')}, b.${total} as ${total} from ${LINK} join ${dbo('PS_ORD_HIST')} b on b.${doc} = l.doc_id${recent('b')} where ${where}`,
    audit('PS_ORD_HIST_AUDIT_LOG', recent('a')),
  ];
}

const TICKET = ['DOC_ID', 'DOC_GUID', 'TKT_NO'];
const AMOUNTS = ['SUB_TOT', 'TOT_MISC', 'TAX_AMT'];
const columns = (table: string, names: readonly string[]): RawBuilder<unknown> =>
  sql.join(names.map((name) => sql`${ref(`${table}.${name}`)} as ${ref(name)}`));
const yes = (condition: RawBuilder<unknown>): RawBuilder<unknown> => sql`case when ${condition} then 'Y' else 'N' end`;

/** Unposted release tickets, by their link and, where that is missing, by their number. */
function saved(engine: EngineWords, where: RawBuilder<unknown>): Statement[] {
  const doc = ref('DOC_ID');
  const voided = sql`h.${ref('VOID_USR_ID')} is not null or exists (select 1 from ${dbo('PS_DOC_AUDIT_LOG')} v where v.${doc} = h.${doc} and v.${ref('DOC_TYP')} = ${sql.lit(VOIDED_DOC_TYP)})`;
  const select = (from: RawBuilder<unknown>): Statement =>
    sql`select l.order_no as ${ref('order_no')}, ${columns('h', TICKET)}, ${columns('t', AMOUNTS)}, ${yes(voided)} as ${ref('VOIDED')} from ${from}
      join ${dbo('PS_DOC_HDR_TOT')} t on t.${doc} = h.${doc} and t.${ref('TOT_TYP')} = 'S'
      where ${where} and h.${ref('DOC_TYP')} = 'T' and h.${ref('IS_REL_TKT')} = 'Y' and exists (select 1 from ${dbo('PS_DOC_LIN')} g where g.${doc} = h.${doc} and g.${ref('LIN_TYP')} = 'S')`;
  return [
    select(
      sql`${LINK} join ${dbo('PS_DOC_HDR_ORIG_DOC')} o on o.${ref('ORIG_DOC_ID')} = l.doc_id join ${dbo('PS_DOC_HDR')} h on h.${doc} = o.${doc}`,
    ),
    select(sql`${LINK} join ${dbo('PS_DOC_HDR')} h on ${byNumber(engine)}`),
  ];
}

/** Posted ones; a deposit ticket links to the order as well, but moves no goods. */
function posted(
  engine: EngineWords,
  where: RawBuilder<unknown>,
  recent: (table: string) => RawBuilder<unknown>,
): Statement[] {
  const [doc, day] = [ref('DOC_ID'), ref('BUS_DAT')];
  const select = (from: RawBuilder<unknown>): Statement =>
    sql`select l.order_no as ${ref('order_no')}, ${columns('h', [...TICKET, ...AMOUNTS])}, 'N' as ${ref('VOIDED')} from ${from}
      where ${where} and (l.deposit_doc_id is null or h.${doc} <> l.deposit_doc_id) and exists (select 1 from ${dbo('PS_TKT_HIST_LIN')} g where g.${day} = h.${day} and g.${doc} = h.${doc} and g.${ref('LIN_TYP')} = 'S')`;
  return [
    select(
      sql`${LINK} join ${dbo('PS_TKT_HIST_ORIG_DOC')} o on o.${ref('ORIG_DOC_ID')} = l.doc_id join ${dbo('PS_TKT_HIST')} h on h.${day} = o.${day} and h.${doc} = o.${doc}${recent('o')}`,
    ),
    select(sql`${LINK} join ${dbo('PS_TKT_HIST')} h on ${byNumber(engine)}${recent('h')}`),
  ];
}

function assemble(answers: readonly (readonly Row[])[]): StoreFact[] {
  const [
    links = [],
    linked = [],
    named = [],
    open = [],
    audit = [],
    postedLinked = [],
    postedNamed = [],
    past = [],
    pastAudit = [],
  ] = answers;
  const totals = new Map([...past, ...open].map((row) => [cell(row, 'order_no'), row]));
  const isOpen = new Set(open.map((row) => cell(row, 'order_no')));
  const edited = new Set([...audit, ...pastAudit].map((row) => cell(row, 'order_no')));
  const tickets = ticketsByOrder([...linked, ...named, ...postedLinked, ...postedNamed]);
  return links.map((row): StoreFact => {
    const order = cell(row, 'order_no');
    const total = totals.get(order);
    const fingerprint = cell(row, 'fingerprint');
    return {
      order,
      entityId: Number(cell(row, 'entity_id')),
      docId: cell(row, 'doc_id'),
      writtenAt: cell(row, 'written_at'),
      document: isOpen.has(order) ? 'open' : total === undefined ? 'gone' : 'history',
      total: total === undefined || total['TOT'] === null ? null : money(cell(total, 'TOT')),
      tenders: money(cell(row, 'tenders') || 0),
      edited: edited.has(order),
      lines: Number(cell(row, 'lines')),
      tickets: [...(tickets.get(order)?.values() ?? [])],
      shopSeen: fingerprint === '' ? null : fingerprint,
    };
  });
}

/** By DOC_ID, which a ticket keeps when it is posted; what history says comes last and stands. */
function ticketsByOrder(rows: readonly Row[]): Map<string, Map<string, TicketFact>> {
  const orders = new Map<string, Map<string, TicketFact>>();
  for (const row of rows) {
    const order = cell(row, 'order_no');
    const own = orders.get(order) ?? new Map<string, TicketFact>();
    orders.set(order, own);
    own.set(cell(row, 'DOC_ID'), {
      guid: plainGuid(cell(row, 'DOC_GUID')),
      no: cell(row, 'TKT_NO'),
      voided: cell(row, 'VOIDED') === 'Y',
      amount: money(decimal(cell(row, 'SUB_TOT')).plus(cell(row, 'TOT_MISC')).plus(cell(row, 'TAX_AMT'))),
    });
  }
  return orders;
}
