import type { OrderView } from '../../domain/people/order-view';
import { orderWorkflowId } from '../../domain/identities';
import { readBooks } from '../../sandbox/play/books';
import { violations } from '../../sandbox/play/invariants';
import type { Stage } from '../../sandbox/play/stage';
import { until } from '../../sandbox/play/until';
import { sampleOrder } from '../../sandbox/shop';
import { reaches, stageWithWorker } from '../support/stage';

let stage: Stage;

beforeAll(async () => {
  stage = await stageWithWorker();
}, 180_000);
afterAll(async () => {
  await stage.close();
});

type Attention = NonNullable<OrderView['attention']>;

const attentionOf = (order: string): Promise<Attention> =>
  until(`${order} to need attention`, async () => (await stage.view(order))?.attention ?? undefined);

const imported = (order: string): Promise<unknown> => reaches(stage, order, 'in_counterpoint');

const runOf = async (order: string): Promise<string> =>
  (await stage.client.workflow.getHandle(orderWorkflowId(stage.instance, order)).describe()).runId;

const repair = (order: string, ...args: string[]): Promise<unknown> =>
  stage.cantus('orders', 'repair', order, ...args, '--by', 'test', '--json');

/** A recorded order with something changed, as the shop would answer it. */
const changed = (change: (order: Record<string, unknown>) => void, incrementId: string): string => {
  const order = structuredClone(sampleOrder('live-configurable'));
  change(order);
  return stage.shop.seed(order, { incrementId }).incrementId;
};

it('P-13 an unknown SKU waits with the SKU named, and the same run goes on when it is mapped', async () => {
  const order = stage.shop.place('simple-checkmo', { skus: { S1: 'NO-SUCH-SKU' } }).incrementId;
  const attention = await attentionOf(order);
  expect(attention).toMatchObject({ reason: 'unknownSku' });
  expect(attention.message).toMatch(new RegExp(`${order}.*NO-SUCH-SKU`));
  const run = await runOf(order);
  await repair(order, 'mapSku', '--sku', 'NO-SUCH-SKU', '--item-no', 'S1');
  await imported(order);
  expect(await runOf(order)).toBe(run);
  expect(violations(await readBooks(stage.shop, stage.database, order))).toEqual([]);
});

it('an unmapped payment method waits with the method named, while other orders go on', async () => {
  const bad = stage.shop.place('unmapped-payment').incrementId;
  const good = stage.shop.place('two-lines-checkmo').incrementId;
  await imported(good);
  const attention = await attentionOf(bad);
  expect(attention).toMatchObject({
    reason: 'unmappedPayment',
    repairs: expect.arrayContaining(['retry', 'skip']) as unknown,
  });
  expect(attention.message).toMatch(new RegExp(`${bad}.*acme_wallet`));
});

it('C5-53 a purchase order number over 20 characters waits, named, and is never cut', async () => {
  const order = stage.shop.place('purchaseorder-long-number').incrementId;
  const attention = await attentionOf(order);
  expect(attention).toMatchObject({ reason: 'fieldTooLong' });
  expect(attention.message).toMatch(/20/);
  expect((await readBooks(stage.shop, stage.database, order)).documents).toEqual([]);
});

it('P-10 an unknown total stops the order with its name', async () => {
  const order = changed((each) => {
    each['base_grand_total'] = Number(each['base_grand_total']) + 3;
    each['grand_total'] = Number(each['grand_total']) + 3;
    each['base_handling_fee_amount'] = 3;
  }, '000000801');
  const attention = await attentionOf(order);
  expect(attention.reason).toBe('unknownTotal');
  expect(attention.message).toMatch(/000000801.*handling_fee/);
});

it('a missing address waits, named', async () => {
  const order = changed((each) => {
    delete each['billing_address'];
  }, '000000802');
  expect(await attentionOf(order)).toMatchObject({ reason: 'missingAddress' });
});

it('P-01 a number that somebody else’s document already has is never taken twice', async () => {
  const first = stage.shop.place('simple-checkmo').incrementId;
  await imported(first);
  // Another shop's order of the same number in the same Counterpoint store: our own link does not know it.
  await stage.database.query(
    'DELETE FROM cantus.line_link WHERE doc_id IN (SELECT doc_id FROM cantus.order_link WHERE order_no = ?)',
    [first],
  );
  await stage.database.query('DELETE FROM cantus.order_link WHERE order_no = ?', [first]);
  await stage.client.workflow.getHandle(orderWorkflowId(stage.instance, first)).terminate('the other shop');
  await stage.client.workflow.start('order', {
    workflowId: orderWorkflowId(stage.instance, first),
    taskQueue: `cantus-${stage.instance}`,
    args: [{ instance: stage.instance, order: first, entityId: Number(stage.shop.order(first)['entity_id']) }],
  });
  expect(await attentionOf(first)).toMatchObject({ reason: 'numberTaken' });
  expect((await readBooks(stage.shop, stage.database, first)).documents).toHaveLength(1);
});

it('P-18 an order that is not JSON is parked with its number, and the others go on', async () => {
  const poisoned = stage.shop.place('simple-checkmo').incrementId;
  stage.shop.faults.poison(poisoned);
  const after = stage.shop.place('simple-checkmo').incrementId;
  await imported(after);
  const waiting = await until('the poisoned order to be parked or to wait', async () => {
    const answer = await stage.cantus('import', '--json');
    const report = JSON.parse(answer.stdout) as { parked: { order: string | null; reason: string }[] };
    if (report.parked.length > 0) return { code: answer.code, reason: report.parked[0]?.reason };
    const attention = (await stage.view(poisoned))?.attention;
    return attention ? { code: 1, reason: attention.message } : undefined;
  });
  expect(waiting.code).toBe(1);
  expect(waiting.reason).toEqual(expect.any(String));
  stage.shop.faults.cure(poisoned);
  await stage.cantus('import', '--json');
  await repair(poisoned, 'retry');
  await imported(poisoned);
});

it('X-01 lists what needs attention with exit code 1, and shows one order with its reason and repairs', async () => {
  const list = await stage.cantus('orders', 'list', '--attention', '--json');
  expect(list.code).toBe(1);
  const rows = JSON.parse(list.stdout) as { order: string; attention: string | null; since: string }[];
  expect(rows.length).toBeGreaterThanOrEqual(4);
  for (const row of rows) {
    expect(row.attention).not.toBeNull();
    expect(Number.isNaN(Date.parse(row.since))).toBe(false);
  }
  const order = rows[0]?.order ?? '';
  const shown = await stage.cantus('orders', 'show', order, '--json');
  expect(shown.code).toBe(1);
  expect(JSON.parse(shown.stdout)).toMatchObject({
    order,
    attention: { reason: rows[0]?.attention, repairs: expect.any(Array) as unknown },
  });
});

it('X-01 refuses a repair that does not fit with a sentence and exit code 2', async () => {
  const rows = JSON.parse((await stage.cantus('orders', 'list', '--attention', '--json')).stdout) as {
    order: string;
    attention: string;
  }[];
  const stuck = rows.find((row) => row.attention === 'fieldTooLong');
  const answer = await stage.cantus('orders', 'repair', stuck?.order ?? '', 'parcelHeld');
  expect(answer.code).toBe(2);
  expect(answer.stderr).toMatch(/parcelHeld.*fieldTooLong.*retry/);
  expect(answer.stderr).not.toMatch(/ at .*\.ts:/);
});

it('says in a sentence when an order is unknown', async () => {
  const answer = await stage.cantus('orders', 'show', '999999999');
  expect(answer.code).toBe(2);
  expect(answer.stderr).toMatch(/999999999 is not known/);
});
