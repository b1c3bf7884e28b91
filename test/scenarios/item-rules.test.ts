import type { OrderView } from '../../domain/people/order-view';
import { readBooks } from '../../sandbox/play/books';
import { violations } from '../../sandbox/play/invariants';
import type { Stage } from '../../sandbox/play/stage';
import { until } from '../../sandbox/play/until';
import { reaches, stageWithWorker } from '../support/stage';

let stage: Stage;

beforeAll(async () => {
  stage = await stageWithWorker();
}, 180_000);
afterAll(async () => {
  await stage.close();
});

const selling = (sku: string): string => stage.shop.place('simple-checkmo', { skus: { S1: sku } }).incrementId;

const waits = (order: string, sku: string): Promise<OrderView> =>
  until(`${order} to wait for ${sku}`, async () => {
    const view = await stage.view(order);
    return view?.attention?.reason === 'unknownSku' && view.attention.message.includes(`"${sku}"`) ? view : undefined;
  });

const imported = (order: string): Promise<unknown> => reaches(stage, order, 'in_counterpoint');

const always = (order: string, sku: string, itemNo: string, ...more: string[]) =>
  stage.cantus(
    'orders',
    'repair',
    order,
    'mapSku',
    '--sku',
    sku,
    '--item-no',
    itemNo,
    '--always',
    '--by',
    'ada',
    ...more,
  );

const rules = async (): Promise<{ sku: string; itemNo: string }[]> =>
  JSON.parse((await stage.cantus('orders', 'rules', '--json')).stdout) as { sku: string; itemNo: string }[];

it('P-13 P-25 a mapping that was right is kept, sends on who waits for it, and the next order needs nobody', async () => {
  const [first, second, other] = [selling('MUG-2024'), selling('mug-2024'), selling('GLASS-9')];
  await Promise.all([waits(first, 'MUG-2024'), waits(second, 'mug-2024'), waits(other, 'GLASS-9')]);
  const preview = await always(first, 'MUG-2024', 'S1', '--preview');
  expect(preview.stdout).toMatch(/Every later order of the instance/);
  expect(await rules()).toEqual([]);
  const answer = await always(first, 'MUG-2024', 'S1', '--json');
  expect(answer.code).toBe(0);
  expect(JSON.parse(answer.stdout)).toMatchObject({
    order: first,
    rule: { sku: 'MUG-2024', itemNo: 'S1', kept: true },
    others: [{ order: second, effect: 'in_counterpoint', allowed: true }],
  });
  await Promise.all([imported(first), imported(second)]);
  expect((await stage.view(other))?.attention?.reason).toBe('unknownSku');
  expect(await rules()).toMatchObject([{ sku: 'MUG-2024', itemNo: 'S1', decidedBy: 'ada', order: first }]);
  const third = selling('MUG-2024');
  await imported(third);
  const timeline = (await stage.view(third))?.timeline.map(({ what }) => what) ?? [];
  expect(timeline).toContain('"MUG-2024" was taken for item S1 (rule of the desk).');
  expect(timeline.filter((what) => what.startsWith('Needs attention'))).toEqual([]);
  for (const order of [first, second, third])
    expect(violations(await readBooks(stage.shop, stage.database, order))).toEqual([]);
});

it('P-13 a rule that could not hold is refused in a sentence: nothing is kept and the order still waits', async () => {
  const order = selling('GLASS-10');
  await waits(order, 'GLASS-10');
  const before = await rules();
  const unknown = await always(order, 'GLASS-10', 'NO-SUCH-ITEM');
  expect(unknown.code).toBe(2);
  expect(unknown.stderr).toMatch(/no rule was kept for SKU "GLASS-10".*no item or barcode "NO-SUCH-ITEM"/);
  const mistyped = await always(order, 'GLAS-10', 'S1');
  expect(mistyped.code).toBe(2);
  expect(mistyped.stderr).toMatch(new RegExp(`Order ${order} has no product with the SKU "GLAS-10"`));
  const wrongKind = await stage.cantus('orders', 'repair', order, 'retry', '--always');
  expect(wrongKind.code).toBe(2);
  expect(wrongKind.stderr).toMatch(/'always' goes with 'mapSku' alone/);
  expect(await rules()).toEqual(before);
  expect((await stage.view(order))?.attention?.reason).toBe('unknownSku');
});

it('P-13 doctor names a kept rule whose item is gone; taken back, the next order waits again', async () => {
  const order = selling('CUP-1');
  await waits(order, 'CUP-1');
  await stage.addItem('CUP-ONE');
  expect((await always(order, 'CUP-1', 'CUP-ONE')).stdout).toMatch(/Rule kept: .*"CUP-1" for item CUP-ONE/);
  await stage.database.update('IM_ITEM', { STAT: 'I' }, { ITEM_NO: 'CUP-ONE' });
  const doctor = await stage.cantus('doctor', '--json');
  expect(doctor.code).toBe(1);
  expect(doctor.stdout).toMatch(/A rule of the desk names .{1,2}CUP-ONE.*is not active in Counterpoint/);
  const mistyped = await stage.cantus('orders', 'rules', '--remove', 'CUP-1', '--remove', 'CUP-2');
  expect(mistyped.code).toBe(2);
  expect(mistyped.stderr).toMatch(/no rule for SKU "CUP-2"/);
  const listed = await stage.cantus('orders', 'rules');
  expect(listed.stdout).toMatch(/CUP-1 +CUP-ONE +ada/);
  const removed = await stage.cantus('orders', 'rules', '--remove', 'cup-1');
  expect(removed.code).toBe(0);
  expect(removed.stdout).not.toMatch(/CUP-1/);
  await waits(selling('CUP-1'), 'CUP-1');
});
