import { orderWorkflowId } from '../../domain/identities';
import type { OrderView } from '../../domain/people/order-view';
import type { Statement } from '../../domain/census';
import type { Row } from '../../sandbox/counterpoint/database';
import type { Stage } from '../../sandbox/play/stage';
import { until } from '../../sandbox/play/until';
import { stageWithWorker } from '../support/stage';

/** Each command is a process of its own, and machines that test are busy. */
jest.setTimeout(180_000);

const NUMBER = '000000777';
const PLACED = new Date(Date.now() - 2 * 3_600_000).toISOString().slice(0, 19).replace('T', ' ');

let stage: Stage;
/** By store view. */
const ids: Record<number, number> = {};
const keyOf = (view: number): string => (view === 1 ? NUMBER : `${NUMBER}#${String(ids[view])}`);

const view = (key: string): Promise<OrderView | undefined> =>
  stage.client.workflow
    .getHandle(orderWorkflowId(stage.instance, key))
    .query<OrderView>('status')
    .catch(() => undefined);

/** A second store, set up as the first one is. */
async function anotherStore({ database }: Stage): Promise<void> {
  for (const table of ['PS_STR', 'PS_STR_CFG_PS', 'PS_STA', 'PS_STA_CFG_PS', 'PS_DRW', 'PS_DRW_SESSION']) {
    for (const row of await database.rows(table, { STR_ID: 'WEB' })) {
      const own: Row = Object.fromEntries(Object.entries(row).filter(([, value]) => value !== null));
      await database.insert(table, {
        ...own,
        STR_ID: 'WEB2',
        ...('STR_NO' in own ? { STR_NO: 3 } : {}),
        ...('DRW_SESSION_ID' in own ? { DRW_SESSION_ID: 900_001 } : {}),
      });
    }
  }
}

beforeAll(async () => {
  const stores = { '2': { store: 'WEB2', station: '1', drawer: '1' } };
  stage = await stageWithWorker({ configuration: { counterpoint: { stores } } }, anotherStore);
  const place = (storeId: number): void => {
    ids[storeId] = stage.shop.place('simple-checkmo', { incrementId: NUMBER, storeId, createdAt: PLACED }).entityId;
  };
  place(1);
  place(2);
  await until('the first to be in Counterpoint', async () => (await view(keyOf(1)))?.state === 'in_counterpoint');
  await until('the second to be in Counterpoint', async () => (await view(keyOf(2)))?.state === 'in_counterpoint');
  // Two that share a Counterpoint store are written at once, and whichever comes second waits; here that is the third.
  place(3);
  await until('the third to wait', async () => (await view(keyOf(3)))?.attention?.reason === 'numberTaken');
}, 240_000);
afterAll(async () => {
  await stage.close();
});

it('P-01 orders of several store views with one number are imported each, or wait as numberTaken, naming both', async () => {
  const documents = await stage.database.query(
    `select h."STR_ID", h."TKT_NO", p."PROF_ALPHA_2", p."PROF_ALPHA_3" from dbo."PS_DOC_HDR" h join dbo."PS_DOC_HDR_PROF" p on p."DOC_ID" = h."DOC_ID" where h."TKT_NO" = ? and h."DOC_TYP" = 'O' order by h."STR_ID"`,
    [NUMBER],
  );
  const document = (store: string, id: number | undefined) => ({
    STR_ID: store,
    TKT_NO: NUMBER,
    PROF_ALPHA_2: NUMBER,
    PROF_ALPHA_3: String(id),
  });
  expect(documents).toEqual([document('WEB', ids[1]), document('WEB2', ids[2])]);
  const waiting = (await view(keyOf(3)))?.attention;
  expect(waiting?.message).toContain(`Order ${keyOf(3)}`);
  expect(waiting?.message).toContain(`order ${keyOf(1)} of the shop has the same number`);
});

it('P-02 X-02 the statement accounts for each of them once, and the import starts none again', async () => {
  const census = await stage.cantus('census', '--json');
  const [statement] = JSON.parse(census.stdout) as Statement[];
  expect(statement?.orders.map(({ order, category }) => [order, category])).toEqual([
    [keyOf(1), 'open'],
    [keyOf(2), 'open'],
    [keyOf(3), 'attention'],
  ]);
  expect(statement?.tiesOut).toBe(true);
  expect(statement?.findings.map(({ code, order }) => [code, order])).toEqual([['numberTaken', keyOf(3)]]);
  const again = await stage.cantus('import', '--json');
  expect(JSON.parse(again.stdout)).toMatchObject({ started: 0 });
});

it('X-01 `orders show` takes both forms, says when a number is ambiguous, and what changes something asks which', async () => {
  const show = async (order: string): Promise<{ order: string; sameNumber?: string[] }> =>
    JSON.parse((await stage.cantus('orders', 'show', order, '--json')).stdout) as never;
  expect(await show(NUMBER)).toMatchObject({ order: keyOf(1), sameNumber: [keyOf(2), keyOf(3)].sort() });
  expect((await show(keyOf(2))).order).toBe(keyOf(2));
  expect((await show(`${NUMBER}#${String(ids[1])}`)).order).toBe(keyOf(1));
  const cancel = await stage.cantus('orders', 'cancel', NUMBER, '--reason', 'a test');
  expect(cancel.code).toBe(2);
  for (const id of Object.values(ids)) expect(cancel.stderr).toContain(`${NUMBER}#${String(id)}`);
});

it('P-01 P-14 cancelling one of them reaches that one alone', async () => {
  await stage.cantus('orders', 'cancel', keyOf(2), '--reason', 'a test', '--by', 'desk');
  await until('the second to be cancelled in the shop', async () => {
    return (await view(keyOf(2)))?.attention?.reason === 'cancelledInShop';
  });
  expect((await view(keyOf(1)))?.state).toBe('in_counterpoint');
  expect(stage.shop.order(NUMBER)['state']).toBe('new');
  expect(stage.shop.order(keyOf(2))['state']).toBe('canceled');
});
