import type { ImportReport } from '../../passes/reports';
import type { Statement } from '../../domain/census';
import { orderWorkflowId } from '../../domain/identities';
import type { Stage } from '../../sandbox/play/stage';
import { until } from '../../sandbox/play/until';
import { stageWithWorker } from '../support/stage';

/** Orders that people ended by a decision; then the engine forgets every run, as it does after its retention. */
jest.setTimeout(240_000);

let stage: Stage;
let orders: Record<'skipped' | 'accepted' | 'paid', string>;

const run = (order: string) => stage.client.workflow.getHandle(orderWorkflowId(stage.instance, order));
const attention = (order: string, reason: string): Promise<unknown> =>
  until(`${order} to ask for ${reason}`, async () => (await stage.view(order))?.attention?.reason === reason);
const isKnown = (order: string): Promise<boolean> =>
  run(order)
    .describe()
    .then(
      () => true,
      () => false,
    );
const documents = (order: string) => stage.database.rows('PS_DOC_HDR', { TKT_NO: order, DOC_TYP: 'O' });

async function forget(order: string): Promise<void> {
  const workflowExecution = { workflowId: orderWorkflowId(stage.instance, order) };
  await stage.client.workflowService.deleteWorkflowExecution({
    namespace: stage.client.options.namespace,
    workflowExecution,
  });
  await until('the engine to forget it', async () => !(await isKnown(order)));
}

beforeAll(async () => {
  stage = await stageWithWorker({ configuration: { schedules: { import: '3600s', watchMagento: '3600s' } } });
  const place = (kind: 'simple-checkmo' | 'simple-purchaseorder' | 'paid-at-sale'): string =>
    stage.shop.place(kind).incrementId;
  orders = { skipped: place('simple-purchaseorder'), accepted: place('simple-checkmo'), paid: place('paid-at-sale') };
  await stage.cantus('import');

  await attention(orders.skipped, 'customerMissing');
  expect((await stage.cantus('orders', 'repair', orders.skipped, 'skip')).code).toBe(0);
  await run(orders.skipped).result();

  const settled = (order: string) =>
    until(`${order} in Counterpoint`, async () => (await stage.view(order))?.waitingFor === 'release');
  await settled(orders.accepted);
  await stage.clerk.cancelOrder(orders.accepted);
  await attention(orders.accepted, 'cancelledInCounterpoint');
  expect((await stage.cantus('orders', 'repair', orders.accepted, 'acceptDifference')).code).toBe(0);
  await run(orders.accepted).result();

  await settled(orders.paid);
  await run(orders.paid).terminate('nobody follows it any more');
  for (const order of Object.values(orders)) await forget(order);
}, 240_000);
afterAll(() => stage.close());

async function nothingUndone(): Promise<void> {
  expect(await isKnown(orders.skipped)).toBe(false);
  expect(await isKnown(orders.accepted)).toBe(false);
  expect(await documents(orders.skipped)).toHaveLength(0);
  expect(await documents(orders.accepted)).toHaveLength(0);
}

it('P-26 X-02 the census accounts for each as its decision says, and takes up only the one that was not ended', async () => {
  const answer = await stage.cantus('census', '--json');
  const [statement] = JSON.parse(answer.stdout) as Statement[];
  const entry = (order: string) => statement?.orders.find((each) => each.order === order);
  expect(entry(orders.skipped)).toMatchObject({ category: 'skipped', reason: 'skipped by a decision' });
  expect(entry(orders.accepted)).toMatchObject({ category: 'ended', reason: 'cancelled by a decision' });
  expect(statement?.findings.map(({ order, code, healed }) => [order, code, healed])).toEqual([
    [orders.paid, 'workflowMissing', 'started'],
  ]);
  await nothingUndone();
});

it('P-26 what was paid at the sale is still known to have been, and nobody is asked about its invoice', async () => {
  const view = await until('it to be looked at', async () => {
    const now = await stage.view(orders.paid);
    return now?.waitingFor !== null && now;
  });
  expect(view).toMatchObject({ waitingFor: 'release', attention: null });
  const ticket = await stage.clerk.release({ order: orders.paid });
  await stage.clerk.addTracking(ticket, '1Z999AA10123450001');
  expect(await run(orders.paid).result()).toMatchObject({ state: 'complete' });
  expect(stage.shop.ledger(orders.paid).invoices).toHaveLength(1);
});

it('P-26 a full import starts none of them again, nor does a worker that was restarted', async () => {
  await stage.worker.stop();
  await stage.worker.start();
  const answer = await stage.cantus('import', '--json');
  expect(JSON.parse(answer.stdout) as ImportReport).toMatchObject({ started: 0 });
  await nothingUndone();
});
