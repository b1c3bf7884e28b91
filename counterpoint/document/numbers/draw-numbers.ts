import { randomUUID } from 'node:crypto';
import type { DocumentDraft } from '../../../domain/document/draft';
import type { Context, Moment } from '../../context';
import type { DepositIds } from '../plan';
import { cell, type Executor, type Statement } from '../../../database/engine';
import type { Facts } from '../read-facts';
import { sql, type RawBuilder } from '../../../database/kysely';
import { DOC_ID_WINDOW, docId, freeParts, nextNumber, numbersFrom, timePart } from './counting';
import { setUpLacks } from '../../refusals';
import { plainGuid } from '../../observe/snapshot';
import { askedSince, usedWhere } from './used-numbers';

export interface Wanted {
  readonly draft: DocumentDraft;
  readonly facts: Facts;
  readonly moment: Moment;
  readonly storeNo: number;
  readonly stationNo: number;
  readonly withDeposit: boolean;
  readonly withCustomer: boolean;
}

export interface DrawnNumbers {
  readonly docId: string;
  readonly deposit: Pick<DepositIds, 'docId' | 'ticketNo'> | null;
  readonly custNo: string | null;
  /** Sequences to be set on. */
  readonly counters: readonly Statement[];
}

/** Numbers of a sequence looked at in one go. */
const CANDIDATES = 25;

/**
 * Draws DOC_IDs and numbers that nothing uses, in the document tables or in history (one round trip as a rule). The
 * sequences' rows and the station's lock are held, so what is free here stays free until the commit.
 */
export async function drawNumbers(context: Context, wanted: Wanted, on: Executor): Promise<DrawnNumbers> {
  const { draft, facts } = wanted;
  const ticketSource = wanted.withDeposit ? ticketSequence(wanted) : null;
  const custSource = wanted.withCustomer ? customerSequence(wanted) : null;
  const tickets = ticketSource === null ? [] : numbersFrom(ticketSource.first, CANDIDATES);
  const customers = custSource === null ? [] : numbersFrom(custSource, CANDIDATES);
  const part = firstPart(context, wanted);
  const [takenIds = [], takenTickets = [], takenCustomers = []] = await context.engine.read(
    collisionQueries(context, wanted, { part, tickets, customers }),
    on,
  );
  const ids = new Set(takenIds.map((row) => cell(row, 'DOC_ID')));
  const id = (kind: 'order' | 'ticket', at: number): string => docId(wanted, kind, wanted.moment.wall, at);
  const parts = freeParts(part, ids, id, wanted.withDeposit);
  const ticketNo = free(tickets, takenTickets, 'TKT_NO');
  const custNo = free(customers, takenCustomers, 'CUST_NO');
  if (parts === null || (ticketSource !== null && ticketNo === null) || (custSource !== null && custNo === null)) {
    throw setUpLacks(draft.order, {
      code: 'numbersExhausted',
      what: 'the next numbers of the store are all in use',
      remedy: 'Set the next ticket or customer number of the store on to a free one, then retry.',
    });
  }
  context.lastParts.set(partKey(wanted), parts.order);
  return {
    docId: id('order', parts.order),
    deposit: ticketNo === null ? null : { docId: id('ticket', parts.ticket), ticketNo },
    custNo,
    counters: [
      ...(ticketNo === null || ticketSource === null
        ? []
        : [setOn(ticketSource.table, 'NXT_TKT_NO', ticketNo, ticketSource.where)]),
      ...(custNo === null
        ? []
        : [setOn('dbo.SY_WRKGRP', 'NXT_CUST_NO', custNo, { WRKGRP_ID: context.settings.counterpoint.workgroup })]),
    ],
  };

  function ticketSequence({ draft: { ids: where } }: Wanted) {
    const atStation = facts.store?.TKT_NO_METH !== 'S';
    const first = atStation ? facts.stationTicketNo : facts.store.NXT_TKT_NO;
    const place = atStation ? 'PS_STA_CFG_PS' : 'PS_STR_CFG_PS';
    if (first !== null && nextNumber(first) !== null) {
      return {
        first,
        table: `dbo.${place}`,
        where: atStation ? { STR_ID: where.store, STA_ID: where.station } : { STR_ID: where.store },
      };
    }
    throw setUpLacks(draft.order, {
      code: 'noTicketNumber',
      field: `${place}.NXT_TKT_NO`,
      what: `${place}.NXT_TKT_NO has no number to count on for store ${where.store}`,
      remedy: 'Set the next ticket number in Counterpoint, then retry.',
    });
  }

  function customerSequence({ draft: { order } }: Wanted): string {
    if (facts.nextCustomerNo !== null && nextNumber(facts.nextCustomerNo) !== null) return facts.nextCustomerNo;
    throw setUpLacks(order, {
      code: 'noCustomerNumber',
      field: 'SY_WRKGRP.NXT_CUST_NO',
      what: `workgroup ${context.settings.counterpoint.workgroup} has no next customer number`,
      remedy: 'Set the next customer number of the workgroup in Counterpoint, then retry.',
    });
  }
}

/** In a burst ids run ahead of the clock; the last one of this process is a better start than the time of day. */
function firstPart(context: Context, wanted: Wanted): number {
  const last = context.lastParts.get(partKey(wanted));
  const now = timePart(wanted.moment.wall);
  return last !== undefined && last >= now && last < now + DOC_ID_WINDOW * 100
    ? Math.min(last + 1, 999_999 - DOC_ID_WINDOW)
    : now;
}
const partKey = (wanted: Wanted): string => docId(wanted, 'order', wanted.moment.wall, 0);

export function collisionQueries(
  context: Context,
  wanted: Wanted,
  candidates: { readonly part: number; readonly tickets: readonly string[]; readonly customers: readonly string[] },
): Statement[] {
  const { engine } = context;
  const { moment, draft } = wanted;
  const since = askedSince(context, moment.utc);
  const ranges = (['order', 'ticket'] as const).map(
    (kind) =>
      [
        docId(wanted, kind, moment.wall, candidates.part),
        docId(wanted, kind, moment.wall, candidates.part + DOC_ID_WINDOW),
      ] as const,
  );
  const inRange = (id: RawBuilder<unknown>): RawBuilder<unknown> =>
    sql`(${sql.join(
      ranges.map(([low, high]) => sql`${id} between cast(${low} as bigint) and cast(${high} as bigint)`),
      sql` or `,
    )})`;
  const numbers = candidates.tickets.length === 0 ? [''] : candidates.tickets;
  return [
    sql`${usedWhere(engine, 'DOC_ID', since, ({ id }) => inRange(id))}${sql.join(
      // What we wrote ourselves stays ours, wherever its documents have gone.
      (['doc_id', 'deposit_doc_id'] as const).map(
        (id) => sql` union all select ${sql.ref(id)} from cantus.order_link where ${inRange(sql.ref(id))}`,
      ),
      sql``,
    )}`,
    usedWhere(
      engine,
      'TKT_NO',
      since,
      ({ store, number }) => sql`${store} = ${draft.ids.store} and ${number} in (${sql.join(numbers)})`,
    ),
    engine.db
      .selectFrom('dbo.AR_CUST')
      .select('CUST_NO')
      .where('CUST_NO', 'in', candidates.customers.length === 0 ? [''] : candidates.customers),
  ];
}

function free(
  candidates: readonly string[],
  taken: readonly Readonly<Record<string, unknown>>[],
  column: string,
): string | null {
  const used = new Set(taken.map((row) => String(row[column]).trimEnd().toUpperCase()));
  return candidates.find((number) => !used.has(number.toUpperCase())) ?? null;
}

function setOn(table: string, column: string, used: string, where: Readonly<Record<string, string>>): Statement {
  const conditions = Object.entries(where).map(([name, value]) => sql`${sql.ref(name)} = ${value}`);
  return sql`update ${sql.table(table)} set ${sql.ref(column)} = ${nextNumber(used)} where ${sql.join(conditions, sql` and `)}`;
}

export const newGuid = (): string => plainGuid(randomUUID());
