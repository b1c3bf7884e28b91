import { temporal } from '@temporalio/proto';
import { orderWorkflowId } from '../../domain/identities';
import { readBooks } from '../../sandbox/play/books';
import { violations } from '../../sandbox/play/invariants';
import type { OrderState } from '../../domain/order/lifecycle';
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

const inState = (order: string, state: OrderState): Promise<unknown> => reaches(stage, order, state);

const endOf = (order: string): Promise<unknown> =>
  stage.client.workflow.getHandle(orderWorkflowId(stage.instance, order)).result();

/** What the server itself says of a run's history. */
async function historyOf(
  order: string,
): Promise<{ events: number; bytes: number; text: string; activities: string[] }> {
  const handle = stage.client.workflow.getHandle(orderWorkflowId(stage.instance, order));
  const { raw, historyLength } = await handle.describe();
  const { events = [] } = await handle.fetchHistory();
  const encoded = temporal.api.history.v1.History.encode(
    temporal.api.history.v1.History.fromObject({ events }),
  ).finish();
  return {
    events: historyLength,
    bytes: Number(raw.workflowExecutionInfo?.historySizeBytes),
    text: Buffer.from(encoded).toString('latin1'),
    activities: (events ?? []).flatMap((event) => event.activityTaskScheduledEventAttributes?.activityType?.name ?? []),
  };
}

describe('one order released and shipped in one go', () => {
  let order: string;

  beforeAll(async () => {
    order = stage.shop.place('authorised-two-lines').incrementId;
    await inState(order, 'in_counterpoint');
    const ticket = await stage.clerk.release({ order });
    await stage.clerk.addTracking(ticket, '1Z999AA10123456784');
    await endOf(order);
  }, 120_000);

  it('C5-02 C5-04 C5-06 C5-13 C5-14 P-03 ends complete with one document, one invoice, one shipment and the money tied out', async () => {
    expect(stage.shop.order(order)).toMatchObject({ state: 'complete', status: 'complete' });
    expect(violations(await readBooks(stage.shop, stage.database, order))).toEqual([]);
    const { invoices, shipments, charges } = stage.shop.ledger(order);
    expect([invoices.length, shipments.length, charges.length]).toEqual([1, 1, 1]);
  });

  it('keeps its history within 60 events and 12 KB, with at most 7 activities, one per action', async () => {
    const history = await historyOf(order);
    expect(history.events).toBeLessThanOrEqual(60);
    expect(history.bytes).toBeLessThanOrEqual(12 * 1024);
    expect(history.activities.length).toBeLessThanOrEqual(7);
    expect(new Set(history.activities.filter((name) => name !== 'observe')).size).toBe(
      history.activities.filter((name) => name !== 'observe').length,
    );
  });

  it('X-11 carries no name, address, e-mail, phone or message in its history', async () => {
    const { text } = await historyOf(order);
    const shown = stage.shop.order(order) as {
      customer_email: string;
      customer_firstname: string;
      customer_lastname: string;
      billing_address: Record<string, unknown>;
    };
    const address = shown.billing_address;
    const personal = [
      shown.customer_email,
      shown.customer_firstname,
      shown.customer_lastname,
      ...(address['street'] as string[]),
      address['city'],
      address['postcode'],
      address['telephone'],
      address['company'],
    ];
    expect(personal.filter((each) => typeof each === 'string' && each.length > 2)).not.toHaveLength(0);
    for (const each of personal) if (typeof each === 'string' && each.length > 2) expect(text).not.toContain(each);
    expect(text).toContain(order);
  });

  it('tells the whole life on its timeline and in `cantus orders show`', async () => {
    const answer = await stage.cantus('orders', 'show', order, '--json');
    expect(answer.code).toBe(0);
    expect(JSON.parse(answer.stdout)).toMatchObject({
      order,
      state: 'complete',
      attention: null,
      counterpoint: { ticketNo: order },
      tickets: [{ ticketNo: `${order}-01`, tracks: ['1Z999AA10123456784'], captured: true }],
    });
  });
});

it('an open order that nobody touches causes no request to the shop and no query about it', async () => {
  const order = stage.shop.place('two-lines-checkmo').incrementId;
  await inState(order, 'in_counterpoint');
  await until('its first watch passes to be over', async () => (await stage.view(order))?.waitingFor === 'release');
  const handle = stage.client.workflow.getHandle(orderWorkflowId(stage.instance, order));
  const before = { length: (await handle.describe()).historyLength, asked: stage.shop.requests() };
  const passes = async (): Promise<number> =>
    (await stage.client.schedule.getHandle(`cantus:${stage.instance}:watch-counterpoint`).describe()).info
      .numActionsTaken;
  const first = await passes();
  await until('five more watch passes', async () => (await passes()) >= first + 5);
  const perOrder = (counts: Readonly<Record<string, number>>): number => counts['GET /V1/orders/:id'] ?? 0;
  expect((await handle.describe()).historyLength).toBe(before.length);
  expect(perOrder(stage.shop.requests())).toBe(perOrder(before.asked));
});

it('C5-01 takes a new order whether it stands at Pending or at Processing, and none in another status', async () => {
  const pending = stage.shop.place('two-lines-checkmo').incrementId;
  const processing = stage.shop.place('authorised').incrementId;
  const held = stage.shop.place('two-lines-checkmo').incrementId;
  await stage.shop.hold(held);
  const statuses = [pending, processing, held].map((order) => stage.shop.order(order)['status']);
  expect(statuses).toEqual(['pending', 'processing', 'holded']);
  await inState(pending, 'in_counterpoint');
  await inState(processing, 'in_counterpoint');
  await stage.cantus('import');
  const documentsOf = async (order: string): Promise<number> =>
    (await readBooks(stage.shop, stage.database, order)).documents.length;
  expect(await Promise.all([pending, processing, held].map(documentsOf))).toEqual([1, 1, 0]);
  expect(await stage.view(held)).toBeUndefined();
});

/** Every row Counterpoint keeps on an order and its release tickets, by table. */
async function rowsOf(order: string): Promise<Record<string, unknown[]>> {
  const tables = await stage.database.query(
    `SELECT DISTINCT c.table_name AS name FROM information_schema.columns c WHERE c.table_schema = 'dbo' AND c.table_name LIKE 'PS\\_%' AND c.column_name = 'DOC_ID'`,
  );
  const headers = await stage.database.query(`SELECT "DOC_ID" FROM dbo."PS_DOC_HDR" WHERE "TKT_NO" LIKE ?`, [
    `${order}%`,
  ]);
  const rows: Record<string, unknown[]> = {};
  for (const { name } of tables) {
    const found: string[] = [];
    for (const { DOC_ID: id } of headers)
      found.push(
        ...(await stage.database.rows(String(name), { DOC_ID: id ?? null })).map((row) => JSON.stringify(row)),
      );
    if (found.length > 0) rows[String(name)] = found.sort();
  }
  return rows;
}

it('C5-05 leaves the document as the staff left it, from its creation to its last parcel', async () => {
  const order = stage.shop.place('authorised-two-lines').incrementId;
  await inState(order, 'in_counterpoint');
  const created = await rowsOf(order);
  expect(Object.keys(created)).toEqual(expect.arrayContaining(['PS_DOC_HDR', 'PS_DOC_LIN', 'PS_DOC_PMT']));
  await stage.shop.hold(order);
  await until('the hold to be seen', async () => (await stage.view(order))?.waitingFor === 'unhold');
  stage.shop.unhold(order);
  await inState(order, 'in_counterpoint');
  expect(await rowsOf(order)).toEqual(created);

  const ticket = await stage.clerk.release({ order, lines: [{ line: 1, qty: 1 }] });
  const released = await rowsOf(order);
  await inState(order, 'partially_released');
  expect(await rowsOf(order)).toEqual(released);

  await stage.clerk.addTracking(ticket, '1Z999AA10123456786');
  const rest = await stage.clerk.release({ order });
  await stage.clerk.addTracking(rest, '1Z999AA10123456787');
  const shipped = await rowsOf(order);
  await endOf(order);
  expect(stage.shop.order(order)['status']).toBe('complete');
  expect(await rowsOf(order)).toEqual(shipped);
});

it('P-01 writes one document when the worker is killed between the commit and its acknowledgement', async () => {
  const order = stage.shop.place('configurable-authorised').incrementId;
  await stage.killAfterCommit(order);
  const { documents } = await readBooks(stage.shop, stage.database, order);
  expect(documents).toHaveLength(1);
  await stage.worker.start();
  await inState(order, 'in_counterpoint');
  expect(violations(await readBooks(stage.shop, stage.database, order))).toEqual([]);
  const history = await historyOf(order);
  expect(history.activities.filter((name) => name === 'createDocument')).toHaveLength(1);
});

it('P-06 makes one invoice and one charge when the shop’s reply is cut after it had invoiced', async () => {
  const order = stage.shop.place('authorised').incrementId;
  await inState(order, 'in_counterpoint');
  const cut = stage.shopLine
    .keepAnswerBack(
      (sent) => /POST \S*\/invoice /.test(sent),
      () => true,
    )
    .then((kept) => {
      kept.cut();
    });
  const ticket = await stage.clerk.release({ order });
  await cut;
  await stage.clerk.addTracking(ticket, '1Z999AA10123456785');
  await endOf(order);
  const { invoices, charges } = stage.shop.ledger(order);
  expect(invoices).toHaveLength(1);
  expect(charges).toHaveLength(1);
});

it('a closed id never runs twice: importing again starts nothing', async () => {
  const answer = await stage.cantus('import', '--json');
  expect(JSON.parse(answer.stdout)).toMatchObject({ started: 0, parked: [] });
});

it('stops cleanly on SIGTERM', async () => {
  await stage.worker.stop();
  expect(stage.worker.running).toBe(false);
});
