import { openEngine } from '../../../database/engines/open-engine';
import { createDocument } from '../../../counterpoint/document/create-document';
import { readColumns } from '../../../database/columns';
import type { Context } from '../../../counterpoint/context';
import { collisionQueries, type Wanted } from '../../../counterpoint/document/numbers/draw-numbers';
import { cell, type Engine } from '../../../database/engine';
import { docId } from '../../../counterpoint/document/numbers/counting';
import { createTurns } from '../../../database/turns';
import { AT_ONCE, readNumbers } from '../../../counterpoint/document/numbers/used-numbers';
import { CantusError } from '../../../domain/errors';
import { draft } from '../../support/drafts';
import { storeBench, type StoreBench } from '../../support/store';
import { place } from '../place';

let bench: StoreBench;
let engine: Engine;
beforeAll(async () => {
  bench = await storeBench({}, place);
  engine = openEngine(bench.settings.counterpoint.connection, () => undefined);
});
afterAll(async () => {
  await engine.close();
  await bench.close();
});

const contextOn = async (on: Engine): Promise<Context> => {
  const columns = await readColumns(engine);
  return {
    engine: on,
    settings: bench.settings,
    columns: () => Promise.resolve(columns),
    lastParts: new Map(),
    numbersRead: new Map(),
    turns: createTurns(),
    log: () => undefined,
  };
};

let next = 880_000_000_000_000;
const posted = async (number: string, day: string, id = String((next += 1))): Promise<void> =>
  bench.database.insert('PS_TKT_HIST', {
    BUS_DAT: `${day}T00:00:00`,
    DOC_ID: id,
    DOC_GUID: '7C9E6679-7425-40DE-944B-E07FC1F90AE7',
    STR_ID: 'WEB',
    STA_ID: '1',
    TKT_NO: number,
    ...Object.fromEntries(
      [
        'SUB_TOT',
        'TOT_MISC',
        'TAX_AMT',
        'NORM_TAX_AMT',
        'TOT',
        'TOT_TND',
        'TOT_CHNG',
        'TOT_HDR_DISC',
        'TOT_LIN_DISC',
      ].map((name) => [name, '0']),
    ),
  });
/** As at the first `cantus setup`: nothing is known of what history has. */
const forgetNumbers = async (): Promise<void> => {
  for (const table of ['used_number', 'numbers_read']) await bench.database.query(`delete from cantus.${table}`);
};
const reasonOf = async (work: Promise<unknown>): Promise<unknown> =>
  work.then(
    () => 'written',
    (error: unknown) => (error instanceof CantusError ? error.facts.reason : error),
  );
const today = (): string => new Date().toISOString().slice(0, 10);

test('P-01 P-27 a number that history has from years ago is known without asking all of history, and so is one posted today', async () => {
  await posted('710000001', '2019-03-04');
  await posted('T-0500', '2019-03-04');
  await bench.database.update('PS_STR_CFG_PS', { NXT_TKT_NO: 'T-0500' }, { STR_ID: 'WEB' });
  await forgetNumbers();
  const other = await bench.another();
  expect(await reasonOf(other.target.createDocument(draft({ order: '710000001' })))).toBe('numberTaken');
  await posted('710000002', today());
  expect(await reasonOf(other.target.createDocument(draft({ order: '710000002' })))).toBe('numberTaken');
  expect((await other.target.createDocument(draft({ order: '710000003' }))).depositTicketNo).toBe('T-0501');
});

test('P-01 a DOC_ID that a document of years ago, or a vanished one of ours, had is not drawn again', async () => {
  const wall = '2026-11-20T10:15:00';
  const wanted: Wanted = {
    draft: draft({ order: '710000009' }),
    facts: {} as Wanted['facts'],
    moment: { utc: '2026-11-20T15:15:00Z', wall },
    storeNo: 7,
    stationNo: 1,
    withDeposit: true,
    withCustomer: false,
  };
  const [old, own, deposit] = [
    docId(wanted, 'ticket', wall, 100_005),
    docId(wanted, 'order', wall, 100_006),
    docId(wanted, 'ticket', wall, 100_007),
  ];
  await posted('OLD-1', '2018-01-01', old);
  await bench.database.query(
    `insert into cantus.order_link (instance, order_no, entity_id, doc_id, doc_guid, ticket_no, str_id, deposit_doc_id, deposit, written_at, fingerprint, effects, settled) values ('test', 'x', 9, ${own}, 'g', 'x', 'WEB', ${deposit}, 0, '2026-01-01T00:00:00Z', '', '', 'Y')`,
  );
  await forgetNumbers();
  const context = await contextOn(engine);
  await readNumbers(context, 'WEB');
  const [ids = []] = await engine.read(
    collisionQueries(context, wanted, { part: 100_000, tickets: [], customers: [] }),
  );
  expect(ids.map((row) => cell(row, 'DOC_ID')).sort()).toEqual([old, own, deposit].sort());
});

test('P-27 more of history than one portion takes is read in several, each once', async () => {
  const digits = '(values (0),(1),(2),(3),(4),(5),(6),(7),(8),(9))';
  const numbers = `(select a.d * 10000 + b.d * 1000 + c.d * 100 + e.d * 10 + f.d as n from ${digits} a(d) cross join ${digits} b(d) cross join ${digits} c(d) cross join ${digits} e(d) cross join ${digits} f(d)) x`;
  const zeros = '0, 0, 0, 0, 0, 0, 0, 0, 0';
  for (const [at, day] of ['2020-05-05', '2020-05-06'].entries())
    await bench.database.query(
      `insert into dbo."PS_TKT_HIST" ("BUS_DAT", "DOC_ID", "DOC_GUID", "STR_ID", "STA_ID", "TKT_NO", "SUB_TOT", "TOT_MISC", "TAX_AMT", "NORM_TAX_AMT", "TOT", "TOT_TND", "TOT_CHNG", "TOT_HDR_DISC", "TOT_LIN_DISC")
select '${day}T00:00:00', ${String(700_000_000 + at * 100_000)} + x.n, '7C9E6679-7425-40DE-944B-E07FC1F90AE7', 'WEB', '1', concat('P${String(at)}-', x.n), ${zeros} from ${numbers} where x.n < ${String(AT_ONCE)}`,
    );
  await forgetNumbers();
  let portions = 0;
  const counted: Engine = { ...engine, transaction: (...given) => ((portions += 1), engine.transaction(...given)) };
  await readNumbers(await contextOn(counted), 'WEB');
  const kept = async (): Promise<number> =>
    Number(
      (await bench.database.query(`select count(*) as n from cantus.used_number where tkt_no like 'P%'`))[0]?.['n'],
    );
  expect(portions).toBe(3);
  expect(await kept()).toBe(2 * AT_ONCE);
  await readNumbers(await contextOn(counted), 'WEB');
  expect(portions).toBe(3);
});

test('P-02 orders of one process stand in line for their station, so that none waits at the lock of another', async () => {
  let [within, most] = [0, 0];
  const counted: Engine = {
    ...engine,
    transaction: async (order, work) => {
      within += 1;
      most = Math.max(most, within);
      return engine.transaction(order, work).finally(() => {
        within -= 1;
      });
    },
  };
  const context = await contextOn(counted);
  await readNumbers(context, 'WEB');
  const orders = Array.from({ length: 6 }, (_, at) => String(720_000_000 + at));
  const made = await Promise.all(orders.map((order) => createDocument(context, draft({ order }))));
  expect(new Set(made.map(({ docId: id }) => id)).size).toBe(6);
  expect(most).toBe(1);
});
