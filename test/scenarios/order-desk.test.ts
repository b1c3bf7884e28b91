import type { Stage } from '../../sandbox/play/stage';
import { until } from '../../sandbox/play/until';
import { stageWithWorker } from '../support/stage';

/** What an order desk asks on the command line when several orders wait. Each command is a process of its own. */
jest.setTimeout(120_000);

interface Listed {
  readonly order: string;
  readonly state: string;
  readonly attention: string | null;
  readonly authorizationHours: number | null;
}
interface Repaired {
  readonly reason: string;
  readonly preview: boolean;
  readonly orders: readonly { readonly order: string; readonly effect: string; readonly allowed: boolean }[];
}

let stage: Stage;
let unknown: readonly string[];
let authorised: string;
let open: string;

async function ask(...args: string[]): Promise<{ code: number; json: unknown }> {
  const { code, stdout } = await stage.cantus('orders', ...args, '--json');
  return { code, json: JSON.parse(stdout) as unknown };
}
const repair = async (...args: string[]): Promise<{ code: number; json: Repaired }> =>
  (await ask('repair', ...args)) as { code: number; json: Repaired };
const numbers = (rows: readonly { readonly order: string }[]): string[] => rows.map(({ order }) => order);
const listed = async (...args: string[]): Promise<Listed[]> => (await ask('list', ...args)).json as Listed[];
const waiting = (): Promise<Listed[]> => listed('--attention');

beforeAll(async () => {
  stage = await stageWithWorker({
    configuration: {
      payments: { authnetcim: { payCode: 'CARD', kind: 'cash', authorizationDays: 7 } },
      ageLimits: { in_counterpoint: '3s' },
    },
  });
  const missing = { skus: { S1: 'LATE-SKU' } };
  unknown = [1, 2, 3].map(() => stage.shop.place('simple-checkmo', missing).incrementId);
  authorised = stage.shop.place('authorised').incrementId;
  open = stage.shop.place('two-lines-checkmo').incrementId;
  await until('three to wait and two to be open', async () => {
    const rows = await listed();
    return (
      rows.filter(({ attention }) => attention === 'unknownSku').length === 3 &&
      rows.filter(({ state }) => state === 'in_counterpoint').length === 2
    );
  });
}, 240_000);
afterAll(async () => {
  await stage.close();
});

it('X-07 a preview says for each order of a reason what a repair would do, and changes nothing', async () => {
  const { code, json } = await repair('--reason', 'unknownSku', 'retry', '--preview');
  expect(code).toBe(0);
  expect(json).toMatchObject({ reason: 'unknownSku', preview: true });
  expect(numbers(json.orders)).toEqual(unknown);
  for (const { effect, allowed } of json.orders) {
    expect(allowed).toBe(true);
    expect(effect).toBe('The refused step is tried again now; nothing else changes.');
  }
  expect(numbers(await waiting())).toEqual(unknown);
});

it('X-07 a repair that a reason does not allow is refused order by order, with a reason, and changes nothing', async () => {
  const { code, json } = await repair('--reason', 'unknownSku', 'invoiceOffline');
  expect(code).toBe(1);
  expect(json.orders.map(({ allowed }) => allowed)).toEqual([false, false, false]);
  for (const { effect } of json.orders) expect(effect).toMatch(/invoiceOffline/);
  expect(numbers(await waiting())).toEqual(unknown);
});

it('X-07 P-13 one repair for a reason lets all its orders go on, each in its own run', async () => {
  await stage.addItem('LATE-SKU');
  const { code, json } = await repair('--reason', 'unknownSku', 'retry');
  expect(code).toBe(0);
  expect(json.orders).toEqual(
    unknown.map((order) => ({ instance: 'sandbox', order, effect: 'in_counterpoint', allowed: true })),
  );
  await until('nobody to wait', async () => (await waiting()).length === 0);
  expect((await listed()).map(({ state }) => state)).toEqual(Array.from({ length: 5 }, () => 'in_counterpoint'));
  const again = await repair('--reason', 'unknownSku', 'retry');
  expect(again).toMatchObject({ code: 0, json: { orders: [] } });
});

it('X-06 P-08 lists open authorisations by the hours until they lapse, and none once the money was taken', async () => {
  const rows = await listed('--authorizations');
  expect(numbers(rows)).toEqual([authorised]);
  expect(rows[0]?.authorizationHours).toBeGreaterThan(6 * 24);
  expect(rows[0]?.authorizationHours).toBeLessThanOrEqual(7 * 24);
  await stage.clerk.release({ order: authorised });
  await until('the capture', () => stage.shop.ledger(authorised).charges.length === 1);
  await until('no authorisation to be open', async () => (await listed('--authorizations')).length === 0);
});

it('P-04 P-20 lists what stays in its state for longer than its limit', async () => {
  await until('the limit to be over', async () => (await listed('--overdue')).length >= 4);
  const overdue = numbers(await listed('--overdue'));
  expect(overdue.toSorted()).toEqual([...unknown, open].toSorted());
});

it('P-14 P-25 cancelling answers what came of it: cancelled, or why the order goes on', async () => {
  const [cancelled, held] = [1, 2].map(() => stage.shop.place('simple-checkmo').incrementId);
  if (cancelled === undefined || held === undefined) throw new Error('two orders were placed');
  await until('both to be imported', async () => {
    const rows = await listed();
    return [cancelled, held].every((order) =>
      rows.some((row) => row.order === order && row.state === 'in_counterpoint'),
    );
  });
  await stage.shop.hold(held);
  const cancel = (order: string): ReturnType<typeof ask> => ask('cancel', order, '--reason', 'ordered twice');
  expect(await cancel(cancelled)).toMatchObject({ code: 0, json: { order: cancelled, outcome: 'cancelledInShop' } });
  expect(stage.shop.order(cancelled)['state']).toBe('canceled');
  expect(await cancel(held)).toMatchObject({ code: 1, json: { order: held, outcome: 'waits' } });
  const late = await stage.cantus('orders', 'cancel', authorised, '--reason', 'ordered twice');
  expect(late.code).toBe(1);
  expect(late.stdout).toMatch(
    /is not cancelled\. The order was already released in Counterpoint: not cancelled as .* Void the ticket first/,
  );
  stage.shop.unhold(held);
  await until('the held one to be cancelled', () => stage.shop.order(held)['state'] === 'canceled');
});

it('P-24 a charge that the shop failed to save is told with its doubt, survives the worker, and is settled without a second one', async () => {
  const order = stage.shop.place('authorised').incrementId;
  const charges = (): number => stage.shop.ledger(order).charges.length;
  const attentionOf = async (): Promise<string | null | undefined> =>
    (await waiting()).find((row) => row.order === order)?.attention;
  await until('it to be imported', async () =>
    (await listed()).some((row) => row.order === order && row.state === 'in_counterpoint'),
  );
  stage.shop.gateway.chargeThenFailNext(1, order);
  await stage.clerk.addTracking(await stage.clerk.release({ order }), '1ZHIDDEN');
  await until('the refusal', async () => (await attentionOf()) === 'captureRefused');
  const { stdout } = await stage.cantus('orders', 'show', order);
  expect(stdout).toMatch(/payment provider declined.*took the money.*Look at the payment provider first/s);
  expect(stdout).not.toMatch(/nothing was charged/i);

  await stage.worker.kill();
  await stage.worker.start();
  await stage.cantus('sync');
  expect(await attentionOf()).toBe('captureRefused');
  expect(charges()).toBe(1);

  expect((await stage.cantus('orders', 'repair', order, 'invoiceOffline', '--by', 'ada')).code).toBe(0);
  await until('it to be complete', () => stage.shop.order(order)['state'] === 'complete');
  expect(stage.shop.ledger(order)).toMatchObject({ invoices: [{ state: 2 }], charges: [{ kind: 'capture' }] });
});
