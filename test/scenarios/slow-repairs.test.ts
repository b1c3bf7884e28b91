import type { OrderView } from '../../domain/people/order-view';
import { orderWorkflowId } from '../../domain/identities';
import type { Repair } from '../../domain/order/repair';
import type { Stage } from '../../sandbox/play/stage';
import { until } from '../../sandbox/play/until';
import { stageWithWorker } from '../support/stage';

/** Repairs that take longer than the person who sends them is patient. */
jest.setTimeout(240_000);

let stage: Stage;
beforeAll(async () => {
  stage = await stageWithWorker({ configuration: { magento: { timeoutSeconds: 100 } } });
}, 240_000);
afterAll(() => stage.close());

const retry = (order: string, ...more: string[]) =>
  stage.cantus('orders', 'repair', order, 'retry', '--by', 'ada', ...more);
const send = (order: string, repair: Repair): Promise<OrderView> =>
  stage.client.workflow
    .getHandle(orderWorkflowId(stage.instance, order))
    .executeUpdate<OrderView, [Repair]>('repair', { args: [repair] });
const retries = async (order: string): Promise<string[]> =>
  ((await stage.view(order))?.timeline ?? []).map(({ what }) => what).filter((what) => what.startsWith('Repair retry'));
const isSolved = (order: string): Promise<unknown> =>
  until(`${order} to go on`, async () => (await stage.view(order))?.attention === null);

/** An order whose charge was declined and waits for a person. */
async function declined(): Promise<string> {
  const order = stage.shop.place('authorised').incrementId;
  await until('it to be imported', async () => (await stage.view(order))?.state === 'in_counterpoint');
  stage.shop.gateway.refuseNext(1, order);
  await stage.clerk.release({ order });
  await until('the refusal', async () => (await stage.view(order))?.attention?.reason === 'captureRefused');
  return order;
}

function doneOnce(order: string): void {
  const { charges, invoices } = stage.shop.ledger(order);
  expect({ charges: charges.length, invoices: invoices.length }).toEqual({ charges: 1, invoices: 1 });
}

it('P-25 P-06 a repair that outlasts the patience of who sends it is told as taken, is not taken twice, and is done once', async () => {
  const order = await declined();
  const slow = stage.shop.gateway.holdNext(order);
  const answer = await retry(order, '--wait', '1');
  expect({ code: answer.code, stderr: answer.stderr }).toEqual({ code: 1, stderr: '' });
  expect(answer.stdout).toMatch(
    new RegExp(`^Order ${order} has taken the repair and is still at it: nothing has to be sent again\\.`),
  );
  await slow.reached;
  for (const kind of ['retry', 'invoiceOffline'] as const)
    await expect(send(order, { kind, by: 'bob' })).rejects.toMatchObject({
      cause: { message: expect.stringMatching(/was taken before and is still under way/) as string },
    });
  await expect(send(order, { kind: 'note', ticket: 'HD-1' })).resolves.toMatchObject({ attention: { ticket: 'HD-1' } });
  slow.resume();
  await isSolved(order);
  doneOnce(order);
  expect(await retries(order)).toEqual(['Repair retry for captureRefused by ada.']);
});

it('P-25 X-07 the same of one among many; and who has the patience is told what came of it', async () => {
  const [order, other] = [await declined(), await declined()];
  const slow = stage.shop.gateway.holdNext(order);
  const answer = await stage.cantus('orders', 'repair', '--reason', 'captureRefused', '--wait', '5', '--json');
  expect(answer.code).toBe(1);
  const { orders } = JSON.parse(answer.stdout) as { orders: Record<string, unknown>[] };
  expect(orders[0]).toMatchObject({ order, allowed: true, open: true, effect: expect.stringMatching(/still at it/) });
  slow.resume();
  await Promise.all([isSolved(order), isSolved(other)]);
  expect(orders[1]).toMatchObject({ order: other, allowed: true });
  doneOnce(order);
  doneOnce(other);
});

it('P-25 P-06 sent while no worker runs it says that it may still be taken, and is done once', async () => {
  const order = await declined();
  await stage.worker.stop();
  const answer = await retry(order);
  expect(answer.code).toBe(2);
  expect(answer.stderr).toMatch(/No worker .* answers.*may be taken when one runs: look at the order before/s);
  await stage.worker.start();
  await isSolved(order);
  doneOnce(order);
});

it('P-25 P-06 taken by a worker that then dies it says that it is not to be sent again, and is done once', async () => {
  const order = await declined();
  const slow = stage.shop.gateway.holdNext(order);
  const asked = retry(order, '--wait', '8');
  await slow.reached;
  await stage.worker.kill();
  const answer = await asked;
  expect(answer.code).toBe(2);
  expect(answer.stderr).toMatch(/No worker .* answers.*was taken and is done once one runs: do not send it again/s);
  slow.resume();
  await stage.worker.start();
  await isSolved(order);
  doneOnce(order);
  expect(await retries(order)).toEqual(['Repair retry for captureRefused by ada.']);
});
