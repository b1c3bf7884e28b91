import { joinStatements, SQLSERVER_WORDS } from '../../../database/engines/sqlserver';
import {
  leftOrders,
  leftTickets,
  ordersInHistory,
  ticketsInHistory,
} from '../../../counterpoint/changes/questions/left-documents';
import {
  documentQuestions,
  historyQuestions,
  orderQuestions,
  quickQuestions,
} from '../../../counterpoint/changes/questions';
import { recentHistory, recentTickets } from '../../../counterpoint/changes/questions/recent-history';
import { columnsOf, type Column } from '../../../database/columns';
import type { Context } from '../../../counterpoint/context';
import { documentRows } from '../../../counterpoint/document/rows/document-rows';
import { collisionQueries, type Wanted } from '../../../counterpoint/document/numbers/draw-numbers';
import { customerEffect, inventoryStatements } from '../../../counterpoint/document/stock-and-balance';
import { type Engine, type Statement } from '../../../database/engine';
import { documentLock, factQueries } from '../../../counterpoint/document/read-facts';
import { cellExamples, itemQueries, searches } from '../../../counterpoint/items/find-items';
import { fitRows } from '../../../counterpoint/document/rows/fit-rows';
import { insertStatements } from '../../../database/insert-rows';
import {
  DummyDriver,
  Kysely,
  MssqlAdapter,
  MssqlIntrospector,
  MssqlQueryCompiler,
  type CompiledQuery,
  type RawBuilder,
  sql,
} from '../../../database/kysely';
import type { Link } from '../../../notebook/links';
import { censusQueries } from '../../../counterpoint/census';
import { returnQueries } from '../../../counterpoint/census/returns';
import { decidedOf, decidedOfAll, endingsOf, takenBack, writtenDown } from '../../../notebook/decisions';
import { documentQueries } from '../../../counterpoint/observe';
import { chargeQuery } from '../../../counterpoint/observe/charges';
import { locationQueries } from '../../../counterpoint/observe/locations';
import { ticketQueries } from '../../../counterpoint/observe/tickets';
import { samplePlan } from '../../../counterpoint/check/sample-plan';
import { snapshotQueries } from '../../../counterpoint/observe/snapshot';
import { createTurns } from '../../../database/turns';
import type { Database } from '../../../database/tables';
import { TABLES } from '../../../sandbox/counterpoint/schema';
import { columnLines } from '../../../sandbox/counterpoint/table-definition';
import { draft } from '../../support/drafts';
import { settings } from '../../support/store';

/** SQL Server's compiler without a server. */
const db = new Kysely<Database>({
  dialect: {
    createDriver: () => new DummyDriver(),
    createAdapter: () => new MssqlAdapter(),
    createIntrospector: (each) => new MssqlIntrospector(each),
    createQueryCompiler: () => new MssqlQueryCompiler(),
  },
});
const columns = columnsOf(
  new Map(
    TABLES.map((table) => [
      `dbo.${table.name}`,
      new Map(
        columnLines(table).map((line): [string, Column] => [
          line.name,
          {
            type: line.type.replace(/\(.*/, ''),
            length: Number(/varchar\((\d+)\)/.exec(line.type)?.[1] ?? Number.NaN) || null,
            nullable: line.nullable,
            hasDefault: line.initial !== null,
            writable: line.computed === null && line.type !== 'rowversion',
          },
        ]),
      ),
    ]),
  ),
);
const instance = settings({ kind: 'sandbox', url: '', poolMax: 1 });
const context: Context = {
  engine: { ...SQLSERVER_WORDS, db } as Engine,
  settings: instance,
  columns: () => Promise.resolve(columns),
  lastParts: new Map(),
  numbersRead: new Map(),
  turns: createTurns(),
  log: () => undefined,
};
const link: Link = {
  doc_id: '1',
  doc_guid: 'G',
  ticket_no: '100',
  str_id: 'WEB',
  deposit_doc_id: '2',
  deposit: '1.00',
  cust_no: 'C',
  fingerprint: '',
  effects: 'IC',
  written_at: '2026-11-20T15:00:00Z',
};
const FROM = '2026-11-13T00:00:00';
const bySource = { ...instance, magento: { ...instance.magento, source: { '*': 'default' } } };
const compile = (statement: Statement): CompiledQuery => (statement as RawBuilder<unknown>).compile(db);
const rows = fitRows(documentRows(samplePlan(instance)), columns, '100', 'transliterate').batches;

const all: Readonly<Record<string, () => readonly Statement[]>> = {
  lock: () => [documentLock(context, 'WEB', '1')],
  schema: () => [SQLSERVER_WORDS.createSchema, SQLSERVER_WORDS.catalogue],
  facts: () => factQueries(context, draft(), columns),
  numbers: () => [
    ...collisionQueries(
      context,
      {
        draft: draft(),
        facts: {} as Wanted['facts'],
        moment: { utc: '2026-11-20T15:15:00Z', wall: '2026-11-20T10:15:00' },
        storeNo: 7,
        stationNo: 1,
        withDeposit: true,
        withCustomer: true,
      },
      { part: 100_000, tickets: ['1', '2'], customers: ['3'] },
    ),
  ],
  items: () => {
    const { rules, items, barcodes } = itemQueries(context, searches(draft(), instance), 'WEB', columns);
    return [...rules, ...items, ...barcodes];
  },
  cells: () => [cellExamples(context, ['TEE'])],
  inserts: () => insertStatements(rows, columns),
  effects: () => [
    ...inventoryStatements([
      { itemNo: 'S1', location: 'MAIN', quantity: '1', cell: { DIM_1_UPR: 'RED', DIM_2_UPR: 'M', DIM_3_UPR: '*' } },
    ]),
    customerEffect('1', 1, '1.00'),
  ],
  snapshot: () => snapshotQueries(['1', '2'], columns),
  tickets: () => ticketQueries(context, '100', { link, from: FROM }, columns),
  document: () => documentQueries(context, link, FROM),
  census: () => [...censusQueries(SQLSERVER_WORDS, sql`l.instance = ${'test'}`, FROM), ...returnQueries(context, FROM)],
  decisions: () => {
    const row = { kind: 'ended', about: 'order', value: 'canceled' } as const;
    return [
      decidedOf('test', '100'),
      takenBack('test', '100', row),
      writtenDown(SQLSERVER_WORDS, 'test', '100', row),
      endingsOf(context, ['100', '101']),
      decidedOfAll(context, ['100', '101']),
    ];
  },
  charges: () => [chargeQuery(context, '100')],
  locations: () => locationQueries({ ...context, settings: bySource }, { link, from: FROM }, columns),
  changes: () => {
    const ask = { instance: 'test', engine: SQLSERVER_WORDS };
    const days = { from: '2026-01-01T00:00:00', to: '2026-01-02T23:59:59' };
    const orders = { after: '', upTo: '9' };
    return [
      recentTickets(SQLSERVER_WORDS, days),
      ...recentHistory(SQLSERVER_WORDS, columns, days),
      ...quickQuestions(ask),
      ...historyQuestions(ask, columns, days),
      ...orderQuestions(ask, orders),
      ...documentQuestions(ask, { after: '0', upTo: '9' }),
      leftTickets(ask),
      leftOrders(ask, orders),
      ticketsInHistory(ask, ['1', '2'], days),
      ordersInHistory(['1', '2']),
    ];
  },
};

test.each(Object.keys(all))('the compiled T-SQL of %s is as it was', (name) => {
  expect((all[name]?.() ?? []).map((statement) => compile(statement).sql)).toMatchSnapshot();
});

test('P-27 whatever a look, an order that is written or the census reads in history, it names the days of each table it goes through', () => {
  const looks = ['tickets', 'locations', 'document', 'facts', 'numbers', 'census'].flatMap(
    (name) => all[name]?.() ?? [],
  );
  const reads = looks.map((statement) => compile(statement).sql).filter((text) => text.includes('_HIST'));
  expect(reads.length).toBeGreaterThan(5);
  for (const text of reads) {
    const tables = text.match(/"dbo"\."PS_(?:TKT|ORD)_HIST|\[dbo\]\.\[PS_(?:TKT|ORD)_HIST/g) ?? [];
    expect(`${String(text.match(/BUS_DAT/g)?.length ?? 0)} in ${text}`).toMatch(
      new RegExp(`^(${Array.from({ length: 9 }, (_, more) => String(tables.length + more)).join('|')}) in `),
    );
  }
});

test('no statement uses what SQL Server, its triggers or its rules for us forbid', () => {
  for (const text of Object.values(all).flatMap((make) => make().map((statement) => compile(statement).sql))) {
    expect(text).not.toMatch(
      /\bmerge\b|\bnolock\b|\boutput\b(?!\s+\w+\s+into)|set\s+@\w+\s*=|\blimit\b|\$\d|\blower\(|::/i,
    );
  }
});

test('a batch numbers its parameters through and keeps their order', () => {
  const joined = joinStatements((all['facts']?.() ?? []).map(compile));
  const used = [...joined.sql.matchAll(/@(\d+)/g)].map((match) => Number(match[1]));
  expect(new Set(used).size).toBe(joined.parameters.length);
  expect(Math.max(...used)).toBe(joined.parameters.length);
});

test('money columns are given decimals, which text alone does not become', () => {
  const insert = insertStatements(rows.filter((batch) => batch.table === 'PS_DOC_LIN').slice(0, 1), columns).map(
    compile,
  )[0];
  expect(insert?.sql).toMatch(/cast\(@\d+ as decimal\(19,4\)\)/);
});
