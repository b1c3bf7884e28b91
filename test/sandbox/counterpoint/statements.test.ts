import { openEngine } from '../../../database/engines/open-engine';
import { type Engine } from '../../../database/engine';
import { inRequests } from '../../../database/engines/batch-limits';
import type { CompiledQuery } from '../../../database/kysely';
import { storeOn, type Store } from '../../../counterpoint/open-store';
import type { Notebook } from '../../../domain/ports/notebook';
import type { Target } from '../../../domain/ports/target';
import { draft, line } from '../../support/drafts';
import { settings, storeBench, type StoreBench } from '../../support/store';
import { inTwoTongues } from './two-tongues';

let bench: StoreBench;
let engine: Engine;
let store: Store;
let heard: CompiledQuery[] = [];
beforeAll(async () => {
  bench = await storeBench();
  const { connection } = bench.settings.counterpoint;
  engine = openEngine(connection, () => undefined);
  const told = inTwoTongues(engine, (query) => heard.push(query));
  const config = settings(connection, { customers: { ...bench.settings.counterpoint.customers, updateBilling: true } });
  store = storeOn(told, { ...config, magento: { ...config.magento, source: { '*': 'default' } } }, () => undefined);
});
afterAll(async () => {
  await engine.close();
  await bench.close();
});

const ORDER = '100000001';
const SENDING = { order: ORDER, kind: 'invoice', guid: '7C9E6679-7425-40DE-944B-E07FC1F90AE7' } as const;
const sent = async (): Promise<string> => (await store.notebook.intend(ORDER, SENDING.kind, SENDING.guid)).sentAt;
const written = {
  total: '32.37',
  refunded: '0.00',
  shippingMethod: 'flat',
  payment: 'checkmo',
  salt: 's',
  billing: null,
  shipTo: null,
  rows: [{ id: 1, sku: 'S1', owed: '2.0000' }],
};
const now = (): string => new Date().toISOString();

/** A method of the store that is new does not compile before it is asked here, in an order in which each finds something. */
const ASKED: Readonly<Record<keyof Target | keyof Notebook, () => Promise<unknown>>> = {
  prepare: async () => {
    await bench.database.query('drop schema cantus cascade');
    await store.notebook.prepare();
  },
  register: () => store.notebook.register(),
  check: () => store.target.check(),
  keepItemRule: () => store.target.keepItemRule({ sku: 'RED', itemNo: 'S1', decidedBy: 'Ada', order: ORDER }),
  itemRules: () => store.notebook.itemRules(),
  checkItems: () => store.target.checkItems(),
  createDocument: async () => {
    await store.target.createDocument(draft({ order: ORDER }), written);
    const grid = [line({ sku: 'TEE-RED-M' })];
    await store.target.createDocument(draft({ order: '100000002', lines: grid, shipTo: null }));
    await store.target
      .createDocument(draft({ order: '100000003', lines: [line({ sku: 'TEE' })] }))
      .catch(() => undefined);
  },
  dropItemRule: () => store.notebook.dropItemRule('RED'),
  written: () => store.notebook.written(ORDER),
  observe: async () => {
    await store.target.observe(ORDER);
    const no = await bench.clerk().release({ order: ORDER, lines: [{ sku: 'S1', qty: 1 }] });
    await bench.clerk().addTracking(no, '1Z');
    await bench.clerk().post(no);
    await store.target.observe(ORDER);
  },
  changes: () => store.target.changes(10),
  markSeen: async () =>
    store.target.markSeen([...(await store.target.changes(10)), { order: ORDER, keys: ['H', 'P:1'], what: 'x' }]),
  finishWatch: async () => {
    await bench.database.query(`update cantus.watch set finished_at = '2020-01-01T00:00:00.000'`);
    await bench.database.query(`update cantus.seen set seen_at = '2020-01-01T00:00:00Z'`);
    await bench.database.query(`update cantus.order_link set settled = 'Y'`);
    for (let found = await store.target.changes(10); found.length > 0; found = await store.target.changes(10))
      await store.target.markSeen(found);
    await store.target.finishWatch();
  },
  givenKeys: () => store.notebook.givenKeys([{ entityId: 1, incrementId: ORDER }]),
  giveKeys: () => store.notebook.giveKeys([{ entityId: 1, incrementId: ORDER }]),
  rememberShop: () => store.notebook.rememberShop(ORDER, 'f'),
  shopFingerprints: () => store.notebook.shopFingerprints([ORDER]),
  intend: () => sent(),
  noteRefusal: async () => store.notebook.noteRefusal(ORDER, SENDING.kind, SENDING.guid, await sent()),
  withdraw: async () => {
    const at = await sent();
    await store.notebook.intend(ORDER, SENDING.kind, SENDING.guid, at);
    await store.notebook.withdraw(ORDER, SENDING.kind, SENDING.guid, await sent());
  },
  park: () => store.notebook.park({ key: 'k', order: ORDER, reason: 'r' }),
  parked: () => store.notebook.parked(),
  unpark: () => store.notebook.unpark('k'),
  receipts: () => store.notebook.receipts(),
  confirmReceipt: () => store.notebook.confirmReceipt(ORDER),
  taxes: () => store.notebook.taxes({ from: '2026-01-01', to: '2026-12-31' }),
  probe: () => store.target.probe(),
  miscChargeTaxed: () => store.target.miscChargeTaxed(),
  codePage: () => store.target.codePage(),
  addressLengths: () => store.target.addressLengths(),
  census: async () => [
    await store.target.census({ since: '2020-01-01T00:00:00Z' }),
    await store.target.census({ orders: [ORDER] }),
  ],
  returns: () => store.target.returns(now()),
  alreadyTold: () => store.notebook.alreadyTold([{ order: ORDER, key: 'M:1@log' }]),
  toldSince: () => store.notebook.toldSince('2026-01-01T00:00:00Z', ['E', 'M']),
  newTickets: () => store.notebook.newTickets([{ order: ORDER, keys: ['P:1'] }]),
  keepDecisions: async () => {
    await store.notebook.keepDecisions(ORDER, { ended: 'canceled' } as never);
  },
  keptDecisions: () => store.notebook.keptDecisions(ORDER),
  decisionsOf: () => store.notebook.decisionsOf([ORDER]),
  endedByDecision: () => store.notebook.endedByDecision([ORDER]),
  clock: () => store.target.clock(),
  removeUntouched: () => store.target.removeUntouched('100000002'),
  retire: () => store.notebook.retire('test'),
};

const FORBIDDEN =
  /\bmerge\b|\bnolock\b|\boutput\b(?!\s+\w+\s+into)|set\s+@\w+\s*=|\blimit\b|\$\d|\blower\(|::|\bfor update\b|\/\*|\bon conflict\b|\breturning\b/i;

test.each(Object.keys(ASKED) as (keyof typeof ASKED)[])(
  'every statement of %s as SQL Server gets it is as it was, and none of its words is forbidden',
  async (method) => {
    heard = [];
    await ASKED[method]();
    const texts = [...new Set(heard.map(({ sql }) => sql))].sort();
    expect(texts).toMatchSnapshot();
    for (const text of texts) expect(text).not.toMatch(FORBIDDEN);
    expect(() => inRequests(heard)).not.toThrow();
  },
);

test('P-02 an order of 600 lines is compiled into statements of fewer than 2,100 parameters and at most 1,000 rows', async () => {
  heard = [];
  const lines = Array.from({ length: 600 }, (_, at) => line({ itemId: at + 1, sku: at % 2 ? 'S1' : 'S2', qty: '1' }));
  const rows = lines.map(({ sku, itemId }) => ({ id: itemId ?? 0, sku, owed: '1.0000' }));
  expect((await store.target.createDocument(draft({ order: '100000600', lines }), { ...written, rows })).created).toBe(
    true,
  );
  const rowsOf = ({ sql }: CompiledQuery): number =>
    /^\s*insert\b[^(]*\([^)]*\)\s*values\b/i.test(sql) ? sql.split(/\)\s*,\s*\(/).length : 0;
  expect(heard.filter((query) => rowsOf(query) > 100).length).toBeGreaterThan(2);
  expect(Math.max(...heard.map(({ parameters }) => parameters.length))).toBeLessThan(2_098);
  expect(Math.max(...heard.map(rowsOf))).toBeLessThanOrEqual(1_000);
});
