import { readBooks } from '../../sandbox/play/books';
import { violations } from '../../sandbox/play/invariants';
import type { Stage } from '../../sandbox/play/stage';
import { until } from '../../sandbox/play/until';
import { openHook, type Hook } from '../support/desk';
import { stageWithWorker } from '../support/stage';

const ORDERS = 30;
const PER_SECOND = 20;

let desk: Hook;
let stage: Stage;
beforeAll(async () => {
  desk = await openHook();
  process.env['TEST_DESK_URL'] = desk.url;
  stage = await stageWithWorker({
    configuration: {
      magento: { requestsPerSecond: PER_SECOND, timeoutSeconds: 3 },
      notifications: { webhook: { url: '${TEST_DESK_URL}' } },
    },
  });
}, 180_000);
afterAll(async () => {
  await stage.close();
  await desk.close();
});

const bodies = (): Record<string, unknown>[] => desk.posts.map(({ body }) => body);

const standings = async (): Promise<{ state: string; attention: string | null }[]> => {
  const answer = await stage.cantus('orders', 'list', '--json');
  return JSON.parse(answer.stdout) as { state: string; attention: string | null }[];
};

const callsSoFar = (): number => Object.values(stage.shop.requests()).reduce((sum, count) => sum + count, 0);

it('P-18 P-19 X-07 a shop that is away is one message, not one attention for each order, and the backlog drains at the rate set', async () => {
  const orders = Array.from({ length: ORDERS }, () => stage.shop.place('authorised').incrementId);
  await until('all to be in Counterpoint', async () =>
    (await standings()).filter(({ state }) => state === 'in_counterpoint').length === ORDERS ? true : undefined,
  );

  stage.shopLine.mode('refuse');
  stage.shopLine.reset();
  for (const order of orders) await stage.clerk.addTracking(await stage.clerk.release({ order }), `1Z${order}`);
  await until('the outage to be told', () => (desk.posts.length > 0 ? true : undefined), 60_000);
  expect(bodies()).toEqual([expect.objectContaining({ reason: 'outage', kind: 'raised' })]);
  expect(bodies()[0]?.['text']).toMatch(/^\[sandbox\] No answer: the shop\n[^]*they wait, and go on by themselves/);
  expect((await standings()).filter(({ attention }) => attention !== null)).toEqual([]);

  const before = { calls: callsSoFar(), at: Date.now() };
  stage.shopLine.mode('pass');
  await until(
    'all to be complete',
    () => orders.every((order) => stage.shop.order(order)['status'] === 'complete'),
    120_000,
  );
  const seconds = (Date.now() - before.at) / 1_000;
  const calls = callsSoFar() - before.calls;
  expect(calls).toBeGreaterThan(ORDERS * 4);
  expect(calls).toBeLessThanOrEqual(PER_SECOND * (seconds + 1));

  await until('the all-clear', () => (desk.posts.length > 1 ? true : undefined), 60_000);
  expect(bodies().slice(1)).toEqual([expect.objectContaining({ reason: 'outage', kind: 'solved' })]);
  const books = await Promise.all(orders.map((order) => readBooks(stage.shop, stage.database, order)));
  expect(books.flatMap((each) => violations(each))).toEqual([]);
}, 240_000);
