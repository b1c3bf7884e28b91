import type { ImportReport } from '../../passes/reports';
import type { Statement } from '../../domain/census';
import { orderWorkflowId } from '../../domain/identities';
import type { Stage } from '../../sandbox/play/stage';
import { until } from '../../sandbox/play/until';
import { stageWithWorker } from '../support/stage';
import { deskAt, SCENES, type Desk, type Scene } from './decided-orders';

/** Orders of which people decided every kind of thing; then the engine forgets every run, as it does after its retention. */
jest.setTimeout(240_000);

type Name = keyof typeof SCENES;
const NAMES = Object.keys(SCENES) as Name[];
const scene = (name: Name): Scene => SCENES[name];
const ENDED = NAMES.filter((name) => scene(name).ends !== undefined);
const OPEN = NAMES.filter((name) => scene(name).ends === undefined);

let stage: Stage;
let desk: Desk;
let orders: Readonly<Record<string, string>>;
let before: Readonly<Record<string, unknown>>;

const order = (name: Name): string => orders[name] ?? '';
const byName = <T>(names: readonly Name[], of: (name: Name) => T): Record<string, T> =>
  Object.fromEntries(names.map((name) => [name, of(name)]));
const run = (name: Name) => stage.client.workflow.getHandle(orderWorkflowId(stage.instance, order(name)));
const isKnown = (name: Name): Promise<boolean> =>
  run(name)
    .describe()
    .then(
      () => true,
      () => false,
    );

/** What was booked, in the shop and at its payment provider. */
function books(name: Name): unknown {
  const { invoices, shipments, creditmemos, charges } = stage.shop.ledger(order(name));
  return { invoices, shipments, creditmemos, charges };
}

async function forget(name: Name): Promise<void> {
  if (scene(name).ends === undefined) await run(name).terminate('nobody follows it any more');
  else expect(await run(name).result()).toMatchObject({ state: scene(name).ends });
  const workflowExecution = { workflowId: orderWorkflowId(stage.instance, order(name)) };
  await stage.client.workflowService.deleteWorkflowExecution({
    namespace: stage.client.options.namespace,
    workflowExecution,
  });
  await until('the engine to forget it', async () => !(await isKnown(name)));
}

beforeAll(async () => {
  stage = await stageWithWorker({ configuration: { schedules: { import: '3600s', watchMagento: '3600s' } } });
  desk = deskAt(stage);
  orders = byName(NAMES, (name) => {
    const { kind, skus } = scene(name);
    return stage.shop.place(kind, skus === undefined ? {} : { skus }).incrementId;
  });
  await stage.cantus('import');
  const played = await Promise.allSettled(NAMES.map((name) => scene(name).play(desk, order(name))));
  expect(played.filter(({ status }) => status === 'rejected')).toEqual([]);
  await Promise.all(NAMES.map(forget));
  before = byName(NAMES, books);
}, 240_000);
afterAll(() => stage.close());

it('P-26 X-02 the census says of each what was decided, asks nothing again, and takes up only what was not ended', async () => {
  const answer = await stage.cantus('census', '--json');
  const [statement] = JSON.parse(answer.stdout) as Statement[];
  const entry = (name: Name) => statement?.orders.find((each) => each.order === order(name));
  expect(byName(ENDED, (name) => entry(name)?.reason)).toEqual(
    byName(ENDED, (name) => `${String(scene(name).ends)} by a decision`),
  );
  const named = (name: Name) =>
    statement?.findings.filter((each) => each.order === order(name)).map(({ code, healed }) => [code, healed]);
  expect(byName(NAMES, named)).toEqual(
    byName(NAMES, (name) => (ENDED.includes(name) ? [] : [['workflowMissing', 'started']])),
  );
});

/** Where each of the open ones rests, and what it asks. */
const resting = async (): Promise<Readonly<Record<string, string>>> =>
  Object.fromEntries(
    await Promise.all(
      OPEN.map(async (name): Promise<[string, string]> => {
        const view = await until(`${name} to rest`, async () => {
          const now = await stage.view(order(name));
          return now?.waitingFor ? now : undefined;
        });
        return [name, view.attention?.reason ?? 'nothing'];
      }),
    ),
  );

it('P-26 P-06 a run that is begun anew asks nothing that was decided, and invoices, charges and ships nothing twice', async () => {
  expect(await resting()).toEqual(byName(OPEN, (name) => scene(name).asks ?? 'nothing'));
  expect(byName(NAMES, books)).toEqual(before);
  expect((await stage.view(order('parcelHeld')))?.attention?.repairs).not.toContain('parcelHeld');
});

it('P-26 a full import starts none of them again, nor does a worker that was restarted, whatever their status is', async () => {
  await stage.worker.stop();
  await stage.worker.start();
  for (const name of ENDED) {
    const { state } = stage.shop.orders().find(({ incrementId }) => incrementId === order(name)) ?? {};
    if (state === 'new' || state === 'processing') stage.shop.saveStatus(order(name), 'pending');
  }
  const answer = await stage.cantus('import', '--json');
  const report = JSON.parse(answer.stdout) as ImportReport;
  expect(report).toMatchObject({ started: 0 });
  expect(report.already).toBeGreaterThanOrEqual(4);
  for (const name of ENDED) expect({ name, known: await isKnown(name) }).toEqual({ name, known: false });
  expect(await resting()).toEqual(byName(OPEN, (name) => scene(name).asks ?? 'nothing'));
  expect(byName(NAMES, books)).toEqual(before);
});

it.each(['adoptedWhole', 'paid'] as const)(
  'P-26 what one invoice stands for is known to be paid when the rest is released (%s)',
  async (name) => {
    const ticket = await desk.release(order(name));
    await stage.clerk.addTracking(ticket, '1Z999AA10123450002');
    expect(await run(name).result()).toMatchObject({ state: 'complete' });
    expect(stage.shop.ledger(order(name)).invoices).toHaveLength(1);
  },
);
