import { openEngine } from '../database/engines/open-engine';
import { DateTime } from 'luxon';
import { parseArgs } from 'node:util';
import { openStore } from '../counterpoint';
import { leftOrders, leftTickets } from '../counterpoint/changes/questions/left-documents';
import type { Ask } from '../counterpoint/changes/questions/question';
import { documentQuestions, historyQuestions, orderQuestions, quickQuestions } from '../counterpoint/changes/questions';
import { recentHistory, recentTickets } from '../counterpoint/changes/questions/recent-history';
import { daysBack, OVERLAP_DAYS, readPass } from '../counterpoint/changes/slices';
import { readColumns, type Columns } from '../database/columns';
import { censusQueries } from '../counterpoint/census';
import { returnQueries } from '../counterpoint/census/returns';
import { thisMoment, type Context } from '../counterpoint/context';
import { collisionQueries, type Wanted } from '../counterpoint/document/numbers/draw-numbers';
import { numberUsed } from '../counterpoint/document/read-facts';
import { numbersFrom } from '../counterpoint/document/numbers/counting';
import { readNumbers } from '../counterpoint/document/numbers/used-numbers';
import { historyOf, type HistoryFrom } from '../counterpoint/observe/history-days';
import type { Link } from '../notebook/links';
import { documentQueries } from '../counterpoint/observe';
import { ticketQueries } from '../counterpoint/observe/tickets';
import { createTurns } from '../database/turns';
import { type Engine, type Statement } from '../database/engine';
import { sql } from '../database/kysely';
import { CantusError } from '../domain/errors';
import { createCounterpoint, createDatabase, startPostgres, type PostgresServer } from '../sandbox/counterpoint';
import { dropIndexes, fillStore, type Size } from './fill-store';
import { benchSettings } from './settings';
import { questionsBefore } from './watch-before';

/** Open orders, finished orders, posted tickets of a year. */
const SIZES: readonly Size[] = [
  { open: 1_000, done: 1_000, posted: 10_000 },
  { open: 1_000, done: 5_000, posted: 20_000 },
  { open: 10_000, done: 10_000, posted: 100_000 },
  { open: 100_000, done: 200_000, posted: 2_000_000 },
];
/** The quick pass at the largest size may cost so many times what it costs at the smallest. */
const GROWTH_ALLOWED = 1.5;
const FULL_COMPARISON_SECONDS = 60;
const RUNS = 7;
const RUNS_IN_TURN = 25;

interface Cost {
  /** The middle one of several runs; null: ended by the time-out. */
  readonly ms: number | null;
  /** Rows of tables and indexes that the plans went through. */
  readonly rows: number | null;
}
interface Measured extends Size {
  readonly before: Cost;
  readonly quick: Cost;
  /** What is asked beside it when something was posted. */
  readonly posting: Cost;
  readonly slice: Cost;
  /** The count of all tickets of the last days, by the first pass of a round. */
  readonly round: Cost;
  /** What is looked up for the numbers of one order with a deposit, under the lock. */
  readonly numbers: Cost;
  readonly returns: Cost;
  /** What the census knows of one order that ended, as for a tracking number typed late. */
  readonly late: Cost;
  /** All open orders as the census reads them, of a shop that opened four days ago. */
  readonly census: Cost;
  /** One look at one open order, and the same look over all of history, as it was before and is where recent days lack something. */
  readonly look: Cost;
  readonly lookBefore: Cost;
  /** Whole passes until every open order was compared. */
  readonly full: { readonly passes: number; readonly seconds: number; readonly longestMs: number };
}

/** Fills a store as big as a real one and tells what one pass over it costs, before and after decision 045. */
async function main(): Promise<void> {
  const { values } = parseArgs({
    options: { largest: { type: 'string', default: '100000' }, json: { type: 'boolean', default: false } },
  });
  const server = await startPostgres();
  try {
    const measured: Measured[] = [];
    for (const size of SIZES.filter(({ open }) => open <= Number(values.largest))) {
      measured.push(await measure(server, size, `watch${String(measured.length)}`));
      if (!values.json) process.stdout.write(`${inWords(measured.slice(-1))}\n`);
    }
    const verdict = judge(measured, await sideBySide(server, measured.length));
    process.stdout.write(values.json ? `${JSON.stringify({ measured, ...verdict })}\n` : `${verdict.words}\n`);
    if (!verdict.held) process.exitCode = 1;
  } finally {
    await server.close();
  }
}

async function measure(server: PostgresServer, size: Size, name: string): Promise<Measured> {
  await createDatabase(server.url('postgres'), name);
  const settings = { ...benchSettings(server.url(name), 1), instance: 'bench' };
  const database = await createCounterpoint(server.url(name));
  const store = await openStore(settings);
  const engine = openEngine(settings.counterpoint.connection, () => undefined);
  try {
    await store.notebook.prepare();
    await dropIndexes(database);
    await fillStore(database, size);
    const columns = await readColumns(engine);
    const ask: Ask = { instance: settings.instance, engine };
    const context = {
      engine,
      settings,
      columns: () => Promise.resolve(columns),
      lastParts: new Map<string, number>(),
      numbersRead: new Map<string, string>(),
      turns: createTurns(),
      log: () => undefined,
    };
    const pass = await readPass(context);
    const recent = pass.recent ?? pass.window;
    const quick = [leftTickets(ask), ...recentHistory(engine, columns, recent), ...quickQuestions(ask)];
    await readNumbers(context, 'WEB');
    const day = recent.from;
    const slice = [
      ...(pass.orders === null ? [] : [leftOrders(ask, pass.orders), ...orderQuestions(ask, pass.orders)]),
      ...(pass.documents === null ? [] : documentQuestions(ask, pass.documents)),
      ...(pass.days === null ? [] : historyQuestions(ask, columns, pass.days)),
    ];
    const result = {
      ...size,
      quick: await cost(engine, quick),
      posting: await cost(engine, historyQuestions(ask, columns, recent)),
      slice: await cost(engine, slice),
      look: await cost(engine, lookAtOne(context, columns, size, historyOf(context, new Date().toISOString()))),
      lookBefore: await cost(engine, lookAtOne(context, columns, size, null), 3),
      round: await cost(engine, [recentTickets(engine, recent)]),
      numbers: await cost(engine, numbersOfAnOrder(context)),
      returns: await cost(engine, returnQueries(context, day)),
      late: await cost(engine, lateTracks(context)),
      census: await cost(engine, censusQueries(engine, sql`l.instance = ${'bench'} and l.settled = 'N'`, day), 1),
      before: await cost(engine, questionsBefore(engine, settings.instance, columns, pass.window.from), 1),
    };
    return { ...result, full: await fullComparison(store, size) };
  } finally {
    await engine.close();
    await store.close();
    await database.close();
  }
}

function numbersOfAnOrder(context: Context): Statement[] {
  const ids = { store: 'WEB', station: '1', drawer: '1' };
  const wanted = {
    draft: { ids },
    moment: thisMoment(context.settings),
    storeNo: 7,
    stationNo: 1,
  } as unknown as Wanted;
  const candidates = { part: 500_000, tickets: numbersFrom('T-1000', 25), customers: [] };
  return [numberUsed(context, { ids, ticketNo: '999999999' }), ...collisionQueries(context, wanted, candidates)];
}

/** The first finished order's, as if it had been written some days ago. */
const lateTracks = (context: Context): Statement[] =>
  censusQueries(
    context.engine,
    sql`l.instance = ${'bench'} and l.order_no = ${'100000001'}`,
    historyOf(context, new Date().toISOString()),
  );

/** What a look at the first open order asks, as if it had been written today. */
function lookAtOne(context: Context, columns: Columns, { done }: Size, from: HistoryFrom): Statement[] {
  const order = String(100_000_001 + done);
  const link: Link = {
    doc_id: String(1_000_000_001 + done),
    doc_guid: '',
    ticket_no: order,
    str_id: 'WEB',
    deposit_doc_id: null,
    deposit: '0',
    cust_no: null,
    fingerprint: '',
    effects: '',
    written_at: '',
  };
  return [...documentQueries(context, link, from), ...ticketQueries(context, order, { link, from }, columns)];
}

/** Time of the statements as they are, then the rows that their plans go through. */
async function cost(engine: Engine, statements: readonly Statement[], runs = RUNS): Promise<Cost> {
  const times: number[] = [];
  try {
    for (let run = 0; run < runs; run += 1) {
      const began = performance.now();
      for (const statement of statements) await engine.read([statement]);
      times.push(performance.now() - began);
    }
    let rows = 0;
    for (const statement of statements) rows += await rowsOf(engine, statement);
    times.sort((a, b) => a - b);
    return { ms: times[Math.floor(times.length / 2)] ?? null, rows };
  } catch (error) {
    if (error instanceof CantusError) return { ms: null, rows: null };
    throw error;
  }
}

interface PlanNode {
  readonly 'Node Type': string;
  readonly 'Actual Rows': number;
  readonly 'Actual Loops': number;
  readonly 'Rows Removed by Filter'?: number;
  readonly Plans?: readonly PlanNode[];
}

async function rowsOf(engine: Engine, statement: Statement): Promise<number> {
  const [[row] = []] = await engine.read([sql`explain (analyze, format json) ${statement}`]);
  const [explained] = row?.['QUERY PLAN'] as { readonly Plan: PlanNode }[];
  return explained === undefined ? 0 : scanned(explained.Plan);
}

const scanned = (node: PlanNode): number =>
  (node['Node Type'].includes('Scan')
    ? (node['Actual Rows'] + (node['Rows Removed by Filter'] ?? 0)) * node['Actual Loops']
    : 0) + (node.Plans ?? []).reduce((sum, each) => sum + scanned(each), 0);

/** The product's own passes, until the slices have gone through all open orders. */
async function fullComparison(store: Awaited<ReturnType<typeof openStore>>, { open }: Size): Promise<Measured['full']> {
  const passes = Math.ceil(open / 2_000);
  let longestMs = 0;
  const began = performance.now();
  for (let pass = 0; pass < passes; pass += 1) {
    const start = performance.now();
    for (let found = await store.target.changes(500); found.length > 0; found = await store.target.changes(500))
      await store.target.markSeen(found);
    await store.target.finishWatch();
    longestMs = Math.max(longestMs, performance.now() - start);
  }
  return { passes, seconds: (performance.now() - began) / 1_000, longestMs };
}

interface Growth {
  readonly median: number;
  readonly fastest: number;
  readonly words: string;
}

/** The quick pass of both ends asked in turn, so that whatever else the machine does is the same for both. */
async function sideBySide(server: PostgresServer, sizes: number): Promise<Growth> {
  const ends = await Promise.all([0, sizes - 1].map((at) => quickOf(server.url(`watch${String(at)}`))));
  const times = ends.map((): number[] => []);
  for (let run = 0; run < RUNS_IN_TURN; run += 1)
    for (const [at, end] of ends.entries()) {
      const began = performance.now();
      for (const statement of end.statements) await end.engine.read([statement]);
      times[at]?.push(performance.now() - began);
    }
  for (const { engine } of ends) await engine.close();
  const middle = (at: number): number => sorted(times[at])[Math.floor(RUNS_IN_TURN / 2)] ?? Number.NaN;
  const best = (at: number): number => sorted(times[at])[0] ?? Number.NaN;
  return {
    median: middle(1) / middle(0),
    fastest: best(1) / best(0),
    words: `medians ${middle(0).toFixed(1)} and ${middle(1).toFixed(1)} ms, fastest ${best(0).toFixed(1)} and ${best(1).toFixed(1)} ms`,
  };
}

const sorted = (times: readonly number[] = []): number[] => [...times].sort((a, b) => a - b);

async function quickOf(url: string) {
  const settings = { ...benchSettings(url, 1), instance: 'bench' };
  const engine = openEngine(settings.counterpoint.connection, () => undefined);
  const columns = await readColumns(engine);
  const ask: Ask = { instance: settings.instance, engine };
  const recent = daysBack({ settings }, new Date().toISOString(), OVERLAP_DAYS);
  return { engine, statements: [leftTickets(ask), ...recentHistory(engine, columns, recent), ...quickQuestions(ask)] };
}

function judge(
  measured: readonly Measured[],
  { median, fastest, words }: Growth,
): { readonly held: boolean; readonly words: string } {
  const seconds = measured.at(-1)?.full.seconds ?? Number.NaN;
  const held = Math.max(median, fastest) <= GROWTH_ALLOWED && seconds <= FULL_COMPARISON_SECONDS;
  return {
    held,
    words: `quick pass, largest to smallest, asked in turn: ${median.toFixed(2)} times by medians, ${fastest.toFixed(2)} by the fastest (allowed ${String(GROWTH_ALLOWED)}; ${words}); full comparison of the largest: ${seconds.toFixed(1)} s (allowed ${String(FULL_COMPARISON_SECONDS)})`,
  };
}

const number = (value: number | null, unit = ''): string =>
  value === null ? 'ended by the time-out' : `${Math.round(value).toLocaleString('en')}${unit}`;
const costWords = ({ ms, rows }: Cost): string =>
  ms === null ? number(ms) : `${number(ms, ' ms')}, ${number(rows)} rows`;

const inWords = (measured: readonly Measured[]): string =>
  measured
    .map(({ open, done, posted, before, quick, posting, slice, look, lookBefore, full, ...asked }) =>
      [
        `${DateTime.now().toFormat('HH:mm:ss')} ${number(open)} open, ${number(done)} done, ${number(posted)} posted`,
        `  before: ${costWords(before)}`,
        `  quick pass: ${costWords(quick)}`,
        `  after a posting: ${costWords(posting)} more`,
        `  slice: ${costWords(slice)}`,
        `  first pass of a round: ${costWords(asked.round)} more`,
        `  numbers of one order: ${costWords(asked.numbers)}`,
        `  returns of four days: ${costWords(asked.returns)}`,
        `  one ended order, for a late track: ${costWords(asked.late)}`,
        `  census of all open orders: ${costWords(asked.census)}`,
        `  one order's look: ${costWords(look)}; over all of history: ${costWords(lookBefore)}`,
        `  all open orders compared: ${String(full.passes)} passes, ${full.seconds.toFixed(1)} s, the longest ${number(full.longestMs, ' ms')}`,
      ].join('\n'),
    )
    .join('\n');

void main();
