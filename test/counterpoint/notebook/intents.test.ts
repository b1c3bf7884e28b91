import { draft } from '../../support/drafts';
import { storeBench, type StoreBench } from '../../support/store';
import { place } from '../place';

let bench: StoreBench;
beforeAll(async () => {
  bench = await storeBench({}, place);
});
afterAll(() => bench.close());

const GUID = '7C9E6679-7425-40DE-944B-E07FC1F90AE7';

/** By the text alone, in words both engines know: the database's clock is this machine's. */
const agedBy = async (order: string, seconds: number): Promise<void> => {
  const [row] = await bench.database.query('select sent_at from cantus.intent where order_no = ?', [order]);
  const sentAt = new Date(Date.parse(`${String(row?.['sent_at'])}Z`) - seconds * 1_000).toISOString().slice(0, 23);
  await bench.database.query('update cantus.intent set sent_at = ? where order_no = ?', [sentAt, order]);
};

test('P-06 of many attempts at once exactly one may send, and the others learn when it was sent', async () => {
  const stores = [bench.store, await bench.another(), await bench.another()];
  const answers = await Promise.all(
    Array.from({ length: 12 }, (_, at) => (stores[at % 3] ?? bench.store).notebook.intend('1', 'invoice', GUID)),
  );
  expect(answers.filter((each) => each.first)).toHaveLength(1);
  expect(new Set(answers.map((each) => each.sentAt)).size).toBe(1);
  expect(answers[0]?.sentAt).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}$/);
});

test('an invoice and a shipment of one ticket, and two instances, do not stand in each other’s way', async () => {
  const other = await bench.another({}, 'other');
  expect((await bench.store.notebook.intend('2', 'invoice', GUID)).first).toBe(true);
  expect((await bench.store.notebook.intend('2', 'shipment', GUID)).first).toBe(true);
  expect((await other.notebook.intend('2', 'invoice', GUID)).first).toBe(true);
});

test('the age is counted by the database’s own clock', async () => {
  expect((await bench.store.notebook.intend('3', 'invoice', GUID)).age).toBe(0);
  await agedBy('3', 90);
  expect((await bench.store.notebook.intend('3', 'invoice', GUID)).age).toBeGreaterThanOrEqual(90);
});

test('a sending that came to nothing is replaced once, whoever asks at the same time', async () => {
  await bench.store.notebook.intend('4', 'invoice', GUID);
  await agedBy('4', 90);
  const { sentAt } = await bench.store.notebook.intend('4', 'invoice', GUID);
  const answers = await Promise.all(
    Array.from({ length: 8 }, () => bench.store.notebook.intend('4', 'invoice', GUID, sentAt)),
  );
  expect(answers.filter((each) => each.first)).toHaveLength(1);
  expect((await bench.store.notebook.intend('4', 'invoice', GUID)).age).toBeLessThan(90);
});

test('P-24 a refusal is noted with its own sending, and gone with it', async () => {
  const { sentAt } = await bench.store.notebook.intend('6', 'invoice', GUID);
  await bench.store.notebook.noteRefusal('6', 'invoice', GUID, '2020-01-01T00:00:00.000');
  expect((await bench.store.notebook.intend('6', 'invoice', GUID)).refused).toBe(false);
  await bench.store.notebook.noteRefusal('6', 'invoice', GUID, sentAt);
  expect(await bench.store.notebook.intend('6', 'invoice', GUID)).toMatchObject({
    first: false,
    refused: true,
    sentAt,
  });
  await agedBy('6', 1);
  const before = await bench.store.notebook.intend('6', 'invoice', GUID);
  expect(await bench.store.notebook.intend('6', 'invoice', GUID, before.sentAt)).toMatchObject({
    first: true,
    refused: false,
  });
  expect(await bench.store.notebook.intend('6', 'invoice', GUID)).toMatchObject({ first: false, refused: false });
});

test('P-24 a voided ticket whose invoice had been sent says so, a live one does not', async () => {
  const order = '700000001';
  await bench.store.target.createDocument(draft({ order }));
  const clerk = bench.clerk();
  const no = await clerk.release({ order });
  const ticketNow = async () => (await bench.store.target.observe(order)).tickets[0];
  const guid = (await ticketNow())?.guid ?? '';
  const { sentAt } = await bench.store.notebook.intend(order, 'invoice', guid);
  expect(await ticketNow()).not.toHaveProperty('charge');
  await clerk.voidTicket(no);
  expect(await ticketNow()).toMatchObject({ state: 'voided', charge: sentAt });
  await bench.store.notebook.withdraw(order, 'invoice', guid, sentAt);
  expect(await ticketNow()).not.toHaveProperty('charge');
});

test('what is withdrawn may be sent again, unless it was sent anew meanwhile', async () => {
  const { sentAt } = await bench.store.notebook.intend('5', 'invoice', GUID);
  await bench.store.notebook.withdraw('5', 'invoice', GUID, '2020-01-01T00:00:00.000');
  expect((await bench.store.notebook.intend('5', 'invoice', GUID)).first).toBe(false);
  await bench.store.notebook.withdraw('5', 'invoice', GUID, sentAt);
  expect((await bench.store.notebook.intend('5', 'invoice', GUID)).first).toBe(true);
});
