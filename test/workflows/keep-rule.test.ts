import '../support/quiet-runtime';
import { builtBundle } from '../support/built';
import { quickWorker } from '../support/quick-worker';
import { ApplicationFailure } from '@temporalio/common';
import { WorkflowUpdateFailedError } from '@temporalio/client';
import type { TestWorkflowEnvironment } from '@temporalio/testing';
import type { WorkflowBundlePath } from '@temporalio/worker';
import type { Activities } from '../../activities/contract';
import type { OrderView } from '../../domain/people/order-view';
import { startTimeSkipping } from '../../sandbox/temporal';
import { World } from '../domain/order/world';
import { putAway } from '../support/put-away';
import { refusal, worldActivities, type Troubles } from './world-activities';

let bundle: WorkflowBundlePath;
let env: TestWorkflowEnvironment;
beforeAll(async () => {
  [bundle, env] = await Promise.all([builtBundle(), startTimeSkipping()]);
}, 120_000);
afterAll(async () => {
  await env.teardown();
});

let count = 0;
const ALWAYS = { kind: 'mapSku', sku: 'X', itemNo: '4711', always: true, by: 'ada' } as const;
const kept = async (troubles: Troubles, keepItemRule: Activities['keepItemRule']) => {
  const world = new World('000000012', [{ id: 11, ordered: '3' }]);
  const { activities, calls } = worldActivities(world, troubles);
  const imports = (): number => calls.filter((call) => call === 'createDocument').length;
  const taskQueue = `keep-rule-${String((count += 1))}`;
  const worker = await quickWorker({
    connection: env.nativeConnection,
    taskQueue,
    workflowBundle: bundle,
    activities: { ...activities, keepItemRule },
  });
  return worker.runUntil(async () => {
    const handle = await env.client.workflow.start('order', {
      workflowId: `order:attention:${taskQueue}`,
      taskQueue,
      args: [{ instance: 'attention', order: world.order, entityId: 7 }],
    });
    let view = await handle.query<OrderView>('status');
    for (let asked = 0; asked < 400 && view.attention === null; asked += 1) {
      await new Promise((resolve) => setTimeout(resolve, 25));
      view = await handle.query<OrderView>('status');
    }
    expect(view.attention?.reason).toBe('unknownSku');
    const tries = imports();
    const answer = await handle
      .executeUpdate<OrderView, [unknown]>('repair', { args: [ALWAYS] })
      .catch((error: unknown) => error);
    const after = await handle.query<OrderView>('status');
    await putAway(handle);
    return { answer, after, triedAgain: imports() > tries };
  });
};
const why = (answer: unknown): string =>
  answer instanceof WorkflowUpdateFailedError ? (answer.cause?.message ?? '') : 'not refused';
const stuck = (): Troubles => ({ createDocument: [refusal('unknownSku', 'Order 000000012: SKU "X" is unknown.')] });

it('P-13 P-25 keeps the rule before the order goes on with it', async () => {
  const asked: unknown[] = [];
  const troubles = stuck();
  const { answer } = await kept(troubles, (rule) => {
    asked.push({ ...rule, stillWaits: troubles.createDocument?.length === 0 });
    return Promise.resolve();
  });
  expect(asked).toEqual([{ order: '000000012', entityId: 7, sku: 'X', itemNo: '4711', by: 'ada', stillWaits: true }]);
  expect(answer).toMatchObject({ attention: null, state: 'in_counterpoint' });
  const timeline = (answer as OrderView).timeline.map(({ what }) => what);
  const at = (text: string): number => timeline.findIndex((what) => what.startsWith(text));
  expect(at('Rule kept: every order takes SKU "X" for item 4711')).toBeGreaterThan(0);
  expect(at('Repair mapSku')).toBeGreaterThan(at('Rule kept'));
});

it('P-13 P-25 answers a rule that was refused with its sentence: the order stays where it was', async () => {
  const { answer, after, triedAgain } = await kept(stuck(), () =>
    Promise.reject(refusal('unknownSku', 'Order 000000012: no rule was kept for SKU "X".')),
  );
  expect(why(answer)).toBe('Order 000000012: no rule was kept for SKU "X".');
  expect(after.attention?.reason).toBe('unknownSku');
  expect(triedAgain).toBe(false);
});

it('P-18 P-25 says that it is not known whether the rule was kept where nobody answers, and goes on with nothing', async () => {
  const { answer, after, triedAgain } = await kept(stuck(), () =>
    Promise.reject(ApplicationFailure.nonRetryable('no answer, and no word of ours')),
  );
  expect(why(answer)).toMatch(/not known whether the rule was kept.*orders rules.*send the repair again/);
  expect(after.attention?.reason).toBe('unknownSku');
  expect(triedAgain).toBe(false);
});
