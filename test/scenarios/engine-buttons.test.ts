import { WorkflowFailedError } from '@temporalio/client';
import { orderWorkflowId } from '../../domain/identities';
import type { Statement } from '../../domain/census';
import type { OrderState } from '../../domain/order/lifecycle';
import type { Stage } from '../../sandbox/play/stage';
import { until } from '../../sandbox/play/until';
import { reaches, stageWithWorker } from '../support/stage';

/** The engine's own buttons, as its web page sends them, with real books on both sides. */
jest.setTimeout(240_000);

let stage: Stage;
beforeAll(async () => {
  stage = await stageWithWorker();
}, 240_000);
afterAll(() => stage.close());

const run = (order: string) => stage.client.workflow.getHandle(orderWorkflowId(stage.instance, order));
const inState = (order: string, state: OrderState): Promise<unknown> => reaches(stage, order, state);
const shopState = (order: string): string => (stage.shop.order(order) as { state: string }).state;
const documents = (order: string) => stage.database.rows('PS_DOC_HDR', { TKT_NO: order, DOC_TYP: 'O' });

async function imported(kind: 'simple-checkmo' | 'authorised-two-lines'): Promise<string> {
  const { incrementId } = stage.shop.place(kind);
  await inState(incrementId, 'in_counterpoint');
  return incrementId;
}

async function finding(order: string): Promise<Statement['findings'][number] | undefined> {
  const answer = await stage.cantus('census', '--json');
  const [statement] = JSON.parse(answer.stdout) as Statement[];
  return statement?.findings.find((each) => each.order === order);
}

it('X-09 C5-70 "Request Cancellation" cancels the order in the shop, asks for Counterpoint, and follows it to its end', async () => {
  const order = await imported('authorised-two-lines');
  await run(order).cancel();
  await until('the clerk to be asked', async () => (await stage.view(order))?.attention?.reason === 'cancelledInShop');
  expect(shopState(order)).toBe('canceled');
  expect(await documents(order)).toHaveLength(1);
  const said = (await stage.view(order))?.timeline.map(({ what }) => what) ?? [];
  const { identity } = stage.client.options;
  expect(said).toContain(`The engine's cancel request came from ${identity}.`);
  await stage.clerk.cancelOrder(order);
  expect(await run(order).result()).toMatchObject({ state: 'cancelled' });
  expect(stage.shop.ledger(order).charges).toEqual([]);
});

it('X-09 "Request Cancellation" of a released order changes neither side, and says why', async () => {
  const order = await imported('authorised-two-lines');
  const ticket = await stage.clerk.release({ order });
  await until('the ticket to be charged', async () => (await stage.view(order))?.waitingFor === 'tracking');
  await run(order).cancel();
  await until('the answer', async () =>
    (await stage.view(order))?.timeline.some(({ what }) =>
      what.includes("not cancelled as the engine's own cancel request"),
    ),
  );
  await stage.clerk.addTracking(ticket, '1Z999AA10123450001');
  expect(await run(order).result()).toMatchObject({ state: 'complete' });
  expect(shopState(order)).toBe('complete');
  expect(stage.shop.ledger(order).charges).toHaveLength(1);
});

it('P-02 "Terminate" is named by the next census with what to do, and nothing is doubled when the order is taken up again', async () => {
  const order = await imported('authorised-two-lines');
  const ticket = await stage.clerk.release({ order });
  await until('the ticket to be charged', async () => (await stage.view(order))?.waitingFor === 'tracking');
  const { runId: ended } = await run(order).describe();
  await run(order).terminate('pressed in the web page');
  expect(await finding(order)).toMatchObject({ code: 'workflowEnded', healed: null });
  await stage.client.workflowService.deleteWorkflowExecution({
    namespace: stage.client.options.namespace,
    workflowExecution: { workflowId: orderWorkflowId(stage.instance, order) },
  });
  // Import and census both take up what the engine does not know; whichever comes first.
  await until('a new run to wait where the old one had', async () => {
    if (
      await run(order)
        .describe()
        .then(
          ({ runId }) => runId === ended,
          () => true,
        )
    )
      await finding(order);
    const now = await run(order)
      .describe()
      .catch(() => undefined);
    return now !== undefined && now.runId !== ended && (await stage.view(order))?.waitingFor === 'tracking';
  });
  await stage.clerk.addTracking(ticket, '1Z999AA10123450001');
  expect(await run(order).result()).toMatchObject({ state: 'complete' });
  const { charges, invoices, shipments } = stage.shop.ledger(order);
  expect([charges.length, invoices.length, shipments.length]).toEqual([1, 1, 1]);
});

it('P-06 "Reset" to the first step repeats looks, never a document, a charge, or a parcel', async () => {
  const order = await imported('authorised-two-lines');
  const [line] = await stage.database.rows('PS_DOC_LIN', { TKT_NO: order, LIN_TYP: 'O' });
  expect(line).toBeDefined();
  const ticket = await stage.clerk.release({ order });
  await until('the ticket to be charged', async () => (await stage.view(order))?.waitingFor === 'tracking');
  const { events } = await run(order).fetchHistory();
  const first = events?.find((event) => event.workflowTaskCompletedEventAttributes)?.eventId;
  const { runId } = await stage.client.workflowService.resetWorkflowExecution({
    namespace: stage.client.options.namespace,
    workflowExecution: { workflowId: orderWorkflowId(stage.instance, order) },
    reason: 'pressed in the web page',
    requestId: 'reset-once',
    workflowTaskFinishEventId: first ?? null,
  });
  await until('the new run to wait where the old one had', async () => {
    const view = await stage.view(order);
    return (await run(order).describe()).runId === runId && view?.waitingFor === 'tracking';
  });
  expect(await documents(order)).toHaveLength(1);
  await stage.clerk.addTracking(ticket, '1Z999AA10123450001');
  expect(await run(order).result()).toMatchObject({ state: 'complete' });
  const { charges, invoices, shipments } = stage.shop.ledger(order);
  expect([charges.length, invoices.length, shipments.length]).toEqual([1, 1, 1]);
  expect(await finding(order)).toBeUndefined();
});

it('P-02 a pass that is cancelled leaves its work to the next one', async () => {
  const handle = stage.client.schedule.getHandle(`cantus:${stage.instance}:import`);
  await handle.pause();
  await until('no pass to be under way', async () => (await handle.describe()).info.runningActions.length === 0);
  const { incrementId } = stage.shop.place('simple-checkmo');
  stage.shopLine.mode('blackHole');
  try {
    const before = (await handle.describe()).info.numActionsTaken;
    await handle.trigger();
    const { workflow } = await until('a pass to begin', async () => {
      const { numActionsTaken, recentActions } = (await handle.describe()).info;
      return numActionsTaken > before && recentActions.at(-1)?.action;
    });
    const pass = stage.client.workflow.getHandle(workflow.workflowId, workflow.firstExecutionRunId);
    await pass.cancel();
    await expect(pass.result()).rejects.toThrow(WorkflowFailedError);
    expect((await pass.describe()).status.name).toBe('CANCELLED');
  } finally {
    stage.shopLine.mode('pass');
  }
  await handle.unpause();
  await inState(incrementId, 'in_counterpoint');
});
