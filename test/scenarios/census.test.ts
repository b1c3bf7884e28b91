import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { statementName, type Statement } from '../../domain/census';
import { orderWorkflowId, scheduleId, type ScheduleKind } from '../../domain/identities';
import type { Row } from '../../sandbox/counterpoint/database';
import type { OrderState } from '../../domain/order/lifecycle';
import type { Stage } from '../../sandbox/play/stage';
import { until } from '../../sandbox/play/until';
import { openMailbox, type Mailbox } from '../support/desk';
import { reaches, stageWithWorker } from '../support/stage';

const KINDS: readonly ScheduleKind[] = ['import', 'watch-counterpoint', 'watch-magento'];
/** Long enough ago that every import had its chance. */
const PLACED = new Date(Date.now() - 2 * 3_600_000).toISOString().slice(0, 19).replace('T', ' ');

/** Each command is a process of its own, and machines that test are busy. */
jest.setTimeout(120_000);

let stage: Stage;
let mailbox: Mailbox;
let orders: Record<string, string>;

const inState = (order: string, state: OrderState): Promise<unknown> => reaches(stage, order, state);
const run = (order: string) => stage.client.workflow.getHandle(orderWorkflowId(stage.instance, order));
const order = (name: string): string => orders[name] ?? '';

async function census(...args: string[]): Promise<{ code: number; statement: Statement }> {
  const answer = await stage.cantus('census', '--json', ...args);
  const [statement] = JSON.parse(answer.stdout) as Statement[];
  if (!statement) throw new Error(answer.stderr);
  return { code: answer.code, statement };
}

const named = ({ findings }: Statement): Record<string, string> =>
  Object.fromEntries(findings.map((finding) => [finding.order, finding.code]));

/** No pass may see what is done to the orders meanwhile; one that is under way ends first. */
async function pause(): Promise<void> {
  for (const kind of KINDS) await stage.client.schedule.getHandle(scheduleId(stage.instance, kind)).pause();
  await until('the passes to end', async () => {
    for (const kind of KINDS) {
      const { info } = await stage.client.schedule.getHandle(scheduleId(stage.instance, kind)).describe();
      if (info.runningActions.length > 0) return false;
    }
    return true;
  });
}

beforeAll(async () => {
  mailbox = await openMailbox();
  process.env['TEST_SMTP_URL'] = mailbox.url;
  stage = await stageWithWorker({
    configuration: {
      parties: { merchant: { name: 'Sandbox Outdoor', email: 'desk@outdoor.example' } },
      notifications: { email: { smtp: '${TEST_SMTP_URL}', from: 'cantus@outdoor.example', to: ['merchant'] } },
    },
  });
  const place = (kind: 'simple-checkmo' | 'authorised-two-lines' = 'simple-checkmo'): string =>
    stage.shop.place(kind, { createdAt: PLACED }).incrementId;
  orders = {
    healthy: place(),
    complete: place('authorised-two-lines'),
    terminated: place(),
    removed: place(),
    byHand: place(),
  };
  for (const each of Object.values(orders)) await inState(each, 'in_counterpoint');
  const ticket = await stage.clerk.release({ order: order('complete') });
  await stage.clerk.addTracking(ticket, '1Z999AA10123450001');
  await run(order('complete')).result();
}, 240_000);
afterAll(async () => {
  await stage.close();
  await mailbox.close();
});

it('C5-74 a tracking number that comes after the end joins the shipment of its ticket, once', async () => {
  const shipments = () => stage.shop.ledger(order('complete')).shipments;
  const ticket = `${order('complete')}-01`;
  await stage.clerk.addTracking(ticket, '1Z999AA10123450002');
  await until('the late number', () => shipments()[0]?.tracks.length === 2);
  expect(shipments()).toHaveLength(1);
  expect(shipments()[0]?.tracks.map((track) => track.track_number)).toEqual([
    '1Z999AA10123450001',
    '1Z999AA10123450002',
  ]);
  const again = await stage.cantus('sync', '--json');
  expect(JSON.parse(again.stdout)).toMatchObject({ changed: 0 });
  expect(shipments()[0]?.tracks).toHaveLength(2);
});

it('P-16 a release after the end is mailed to the merchant, once, by the watch that finds it', async () => {
  const told = () => mailbox.mails.filter((mail) => /^Subject: .*was released for order/m.test(mail));
  await stage.clerk.editQuantity(order('complete'), 1, 9);
  const ticket = await stage.clerk.release({ order: order('complete') });
  const [mail = ''] = await until('the mail', () => Promise.resolve(told().length > 0 && told()));
  expect(mail).toMatch(/^To: .*desk@outdoor\.example/m);
  for (const word of [order('complete'), ticket, 'void ticket']) expect(mail).toContain(word);
  await stage.clerk.voidTicket(ticket);
  for (const command of ['sync', 'sync']) expect((await stage.cantus(command, '--json')).code).toBe(0);
  expect(told()).toHaveLength(1);
});

describe('with orders tampered with while nobody watches', () => {
  beforeAll(async () => {
    await pause();
    await run(order('terminated')).terminate('a person ended it');
    await stage.clerk.cancelOrder(order('removed'));
    await stage.database.remove('PS_ORD_HIST_LIN', { TKT_NO: order('removed') });
    await stage.database.remove('PS_ORD_HIST', { TKT_NO: order('removed') });
    await stage.shop.invoiceByHand(order('byHand'));
    const place = (kind: 'simple-checkmo' | 'pending-payment' = 'simple-checkmo'): string =>
      stage.shop.place(kind, { createdAt: PLACED }).incrementId;
    Object.assign(orders, {
      missed: place(),
      completing: place(),
      excluded: place('pending-payment'),
      parked: place(),
    });
    await stage.shop.invoiceByHand(order('completing'));
    await stage.shop.shipByHand(order('completing'));
    stage.shop.faults.poison(order('parked'));
  }, 120_000);

  let first: { code: number; statement: Statement };
  const folder = mkdtempSync(join(tmpdir(), 'cantus-statement-'));

  beforeAll(async () => {
    first = await census('--no-heal', '--out', folder);
  }, 60_000);
  afterAll(() => rmSync(folder, { recursive: true }));

  it('P-02 the census names exactly those, and touches nothing when it is told not to', async () => {
    const { code, statement } = first;
    expect(code).toBe(1);
    const parked = statement.orders.find(({ category }) => category === 'parked')?.order ?? '';
    expect(named(statement)).toEqual({
      [order('terminated')]: 'workflowEnded',
      [order('removed')]: 'documentGone',
      [order('byHand')]: 'manualInvoice',
      [order('missed')]: 'notImported',
      [order('completing')]: 'completing',
      [parked]: 'parked',
    });
    expect(statement.findings.every(({ remedy, healed }) => remedy !== '' && healed === null)).toBe(true);
    await expect(run(order('missed')).describe()).rejects.toThrow();
  });

  it('P-20 says that the passes stand still', () => {
    expect(first.statement.health.map(({ code }) => code)).toEqual([
      'schedulePaused',
      'schedulePaused',
      'schedulePaused',
    ]);
  });

  it('X-02 C5-80 writes a statement in which every order of the shop stands exactly once and the money ties out', () => {
    const { statement } = first;
    const name = join(folder, statementName(statement));
    const shop = stage.shop.orders().map(({ incrementId }) => incrementId);
    const lines = readFileSync(`${name}.csv`, 'utf8').trimEnd().split('\r\n').slice(1);
    const rows = lines.map((line) => line.split(',')[0] ?? '');
    const readable = shop.filter((each) => each !== order('parked'));
    expect(rows.filter((each) => /^\d+$/.test(each) && each !== order('parked')).sort()).toEqual(readable.sort());
    expect(rows).toHaveLength(shop.length);
    expect(statement.tiesOut).toBe(true);
    const counts = Object.fromEntries(statement.categories.map((each) => [each.category, each.orders]));
    expect(counts).toMatchObject({ open: 3, ended: 1, lost: 1, missing: 1, completing: 1, excluded: 1, parked: 1 });
    expect(readFileSync(`${name}.html`, 'utf8')).toContain(order('completing'));
    const written = readFileSync(`${name}.json`, 'utf8');
    expect(JSON.parse(written)).toEqual(statement);
    const person = stage.shop.order(order('healthy')) as { customer_email: string; customer_lastname: string };
    for (const each of [person.customer_email, person.customer_lastname]) expect(written).not.toContain(each);
  });

  it('P-02 heals what it can: starts the missed order, wakes the others, and never runs a closed one again', async () => {
    const { statement } = await census();
    const healed = statement.findings.filter((finding) => finding.healed !== null);
    expect(healed.map((finding) => [finding.order, finding.code, finding.healed])).toEqual([
      [order('missed'), 'notImported', 'started'],
    ]);
    await inState(order('missed'), 'in_counterpoint');
    const attention = (each: string, reason: string): Promise<unknown> =>
      until(`${each} to ask for ${reason}`, async () => (await stage.view(each))?.attention?.reason === reason);
    await attention(order('byHand'), 'manualInvoice');
    await attention(order('removed'), 'documentGone');
    expect((await run(order('terminated')).describe()).status.name).toBe('TERMINATED');
  });

  it('takes an order up where it stands once its ended workflow was deleted', async () => {
    const { workflowId } = run(order('terminated'));
    await stage.client.workflowService.deleteWorkflowExecution({
      namespace: 'default',
      workflowExecution: { workflowId },
    });
    await until('the engine to forget it', async () => {
      try {
        await run(order('terminated')).describe();
        return false;
      } catch {
        return true;
      }
    });
    const { statement } = await census();
    expect(statement.findings.find((each) => each.order === order('terminated'))).toMatchObject({
      code: 'workflowMissing',
      healed: 'started',
    });
    await inState(order('terminated'), 'in_counterpoint');
    const documents = await stage.database.rows('PS_DOC_HDR', { TKT_NO: order('terminated'), DOC_TYP: 'O' });
    expect(documents).toHaveLength(1);
  });

  it('P-16 a credit memo and a return after the end are news exactly once and stay on the statement', async () => {
    const number = order('complete');
    await stage.shop.refund(number, { S1: 1 });
    await returnGoods(number);
    const both = [
      { order: number, side: 'shop', news: true },
      { order: number, side: 'counterpoint', news: true, number: 'R-1', amount: '10.00' },
    ];
    const first = await census();
    expect(first.statement.afterTheEnd).toMatchObject(both);
    const second = await census();
    expect(second.statement.afterTheEnd).toMatchObject(both.map((each) => ({ ...each, news: false })));
    const seen = await stage.database.query(
      `select seen_key from cantus.seen where seen_key like 'M:%' or seen_key like 'R:%' order by seen_key`,
    );
    expect(seen.map((row) => String(row['seen_key']).replace(/\d+/, 'N'))).toEqual(['M:N@log', 'R:N@log']);
  });
});

/** Runs the census that is scheduled, now. @returns its result */
async function scheduledCensus(): Promise<unknown> {
  const handle = stage.client.schedule.getHandle(scheduleId(stage.instance, 'census'));
  const before = (await handle.describe()).info.numActionsTaken;
  await handle.trigger();
  const taken = await until('the census to begin', async () => {
    const { recentActions, numActionsTaken } = (await handle.describe()).info;
    return numActionsTaken > before && recentActions.at(-1);
  });
  const { workflowId, firstExecutionRunId } = taken.action.workflow;
  return await stage.client.workflow.getHandle(workflowId, firstExecutionRunId).result();
}

it('X-02 runs on schedule, keeps the statement as its result and mails it once a day, whole', async () => {
  const { spec } = await stage.client.schedule.getHandle(scheduleId(stage.instance, 'census')).describe();
  expect(spec.timezone).toBe('America/New_York');
  expect(spec.calendars?.[0]).toMatchObject({ hour: [{ start: 6 }], minute: [{ start: 0 }] });
  const placed = stage.shop.orders().length;
  expect(await scheduledCensus()).toMatchObject({ orders: placed, tiesOut: true });
  await scheduledCensus();

  const mails = mailbox.mails.filter((mail) => /^Subject: .*Statement of/m.test(mail));
  expect(mails).toHaveLength(1);
  const [mail = ''] = mails;
  expect(mail).toMatch(/^To: .*desk@outdoor\.example/m);
  expect(mail).toContain(`Instance sandbox: ${String(placed)} orders`);
  expect(mail).toContain(`told after the end  1 order: ${order('complete')}`);
  const csv = /filename=sandbox-\S+\.csv\r\n\r\n([\w+/\r\n]+)/.exec(mail)?.[1] ?? '';
  const rows = Buffer.from(csv, 'base64').toString('utf8');
  expect(rows.trim().split('\n')).toHaveLength(1 + placed);
  expect(rows).toContain(order('complete'));
  expect(mail).toMatch(/filename=sandbox-\S+\.html/);
});

/** A validated return of one piece against the release ticket, as the program's own register writes it. */
async function returnGoods(number: string): Promise<void> {
  const saved = await stage.database.rows('PS_DOC_HDR', { TKT_NO: `${number}-01` });
  const [ticket] = saved;
  if (!ticket) throw new Error(`no ticket of ${number}`);
  const id = '990000000000001';
  const same = (row: Row, columns: readonly string[]): Row =>
    Object.fromEntries(columns.map((column) => [column, row[column] ?? null]));
  await stage.database.insert('PS_DOC_HDR', {
    ...same(ticket, ['STR_ID', 'STA_ID', 'DRW_ID', 'CUST_NO', 'USR_ID']),
    DOC_ID: id,
    DOC_GUID: 'A0000000-0000-4000-8000-000000000001',
    DOC_TYP: 'T',
    TKT_NO: 'R-1',
    IS_REL_TKT: 'N',
  });
  await stage.database.insert('PS_DOC_HDR_ORIG_DOC', { DOC_ID: id, ORIG_DOC_ID: ticket['DOC_ID'] ?? null });
  const [line] = await stage.database.rows('PS_DOC_LIN', { DOC_ID: ticket['DOC_ID'] ?? null, LIN_TYP: 'S' });
  if (!line) throw new Error(`no goods on ${number}`);
  await stage.database.insert('PS_DOC_LIN', {
    ...same(line, ['STR_ID', 'STA_ID', 'ITEM_NO', 'DESCR']),
    DOC_ID: id,
    LIN_SEQ_NO: 1,
    TKT_NO: 'R-1',
    LIN_TYP: 'R',
    LIN_GUID: 'A0000000-0000-4000-8000-000000000002',
    QTY_SOLD: '-1',
    EXT_PRC: '-10.00',
    GROSS_EXT_PRC: '-10.00',
    CALC_EXT_PRC: '-10.00',
  });
}
