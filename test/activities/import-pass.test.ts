import type { Candidate, CandidatePage, CandidateQuery } from '../../domain/ports/shop';
import type { ParkedRecord } from '../../domain/ports/notebook';
import { WorkflowExecutionAlreadyStartedError } from '@temporalio/client';
import { importPass } from '../../passes/import';
import type { Deps } from '../../passes/deps';
import { keysOf, type GivenKey, type Numbered } from '../../domain/order-keys';

const PAGE = 2;

/** A shop's order list, an engine and the parking place, reduced to what a pass touches. */
class Surroundings {
  readonly orders: (Candidate & { readonly poisoned?: boolean })[] = [];
  readonly started: string[] = [];
  readonly queries: CandidateQuery[] = [];
  readonly keys: GivenKey[] = [];
  readonly parking = new Map<string, ParkedRecord>();

  place(entityId: number, change: Partial<Candidate> & { poisoned?: boolean } = {}): void {
    const incrementId = String(entityId).padStart(9, '0');
    this.orders.push({
      entityId,
      incrementId,
      state: 'new',
      status: 'pending',
      storeId: 1,
      createdAt: '2026-01-02T00:00:00Z',
      updatedAt: '2026-01-02T00:00:00Z',
      total: '10.00',
      ...change,
    });
  }

  change(entityId: number, change: Partial<Candidate> & { poisoned?: boolean }): void {
    const at = this.orders.findIndex((order) => order.entityId === entityId);
    const before = this.orders[at];
    if (before) this.orders[at] = { ...before, ...change };
  }

  /** Orders that a person ended. */
  readonly ended = new Set<string>();

  readonly deps = {
    settings: {
      instance: 'test',
      timezone: 'UTC',
      magento: { import: { statuses: ['pending'], from: '2026-01-01', storeViews: [], pageSize: PAGE } },
    },
    log: () => undefined,
    shop: {
      candidates: (query: CandidateQuery) => Promise.resolve(this.#page(query)),
      namesakes: (numbers: readonly string[]) =>
        Promise.resolve(this.orders.filter(({ incrementId }) => numbers.includes(incrementId))),
    },
    notebook: {
      givenKeys: () => Promise.resolve(this.keys),
      giveKeys: (orders: readonly Numbered[]) => {
        const keys = keysOf(orders, this.keys);
        for (const { entityId, incrementId: number } of orders)
          this.keys.push({ entityId, number, key: keys.get(entityId) ?? number });
        return Promise.resolve(keys);
      },
      parked: () => Promise.resolve([...this.parking.values()]),
      endedByDecision: (orders: readonly string[]) =>
        Promise.resolve(new Map(orders.flatMap((order) => (this.ended.has(order) ? [[order, 'skipped']] : [])))),
      park: (record: ParkedRecord) => Promise.resolve(this.parking.set(record.key, record)),
      unpark: (key: string) => Promise.resolve(this.parking.delete(key)),
    },
    client: {
      workflow: {
        start: (_type: string, { workflowId }: { workflowId: string }) => {
          if (this.started.includes(workflowId))
            return Promise.reject(new WorkflowExecutionAlreadyStartedError('known', workflowId, 'order'));
          this.started.push(workflowId);
          return Promise.resolve();
        },
      },
    },
  } as unknown as Deps;

  #page(query: CandidateQuery): CandidatePage {
    this.queries.push(query);
    const matching = this.orders.filter(
      (order) =>
        order.status === 'pending' &&
        order.entityId > (query.after ?? 0) &&
        (query.updatedSince === undefined || order.updatedAt >= query.updatedSince),
    );
    const page = matching.slice(0, query.pageSize);
    const last = page.at(-1);
    return {
      orders: page.filter((order) => order.poisoned !== true),
      parked: page
        .filter((order) => order.poisoned === true)
        .map((order) => ({ key: String(order.entityId), order: null, reason: 'not JSON' })),
      next: matching.length > query.pageSize && last ? last.entityId : null,
    };
  }
}

const pass = (around: Surroundings, since: string | null): ReturnType<typeof importPass> =>
  importPass(around.deps, since, () => undefined);

it('C5-02 C5-03 starts one workflow for each candidate, page by page, and none twice', async () => {
  const around = new Surroundings();
  for (const id of [3, 5, 9, 12, 13]) around.place(id);
  around.place(14, { status: 'on_hold_by_fraud_module' });
  expect(await pass(around, null)).toMatchObject({ found: 5, started: 5, already: 0, parked: [], skipped: [] });
  expect(await pass(around, null)).toMatchObject({ found: 5, started: 0, already: 5 });
  expect(around.started).toHaveLength(5);
});

it('P-17 finds a new order by its id, whatever the shop’s clock wrote on it', async () => {
  const around = new Surroundings();
  around.place(3);
  const { until } = await pass(around, null);
  around.place(4, { updatedAt: '2019-01-01T00:00:00Z' });
  expect(await pass(around, until)).toMatchObject({ started: 1 });
});

it('P-02 finds an older order that becomes ready later, and asks only for what changed since', async () => {
  const around = new Surroundings();
  around.place(3, { status: 'pending_payment' });
  around.place(4);
  const { until } = await pass(around, null);
  around.change(3, { status: 'pending', updatedAt: new Date().toISOString() });
  around.queries.length = 0;
  expect(await pass(around, until)).toMatchObject({ started: 1, already: 0 });
  expect(around.queries.every((query) => query.updatedSince !== undefined || (query.after ?? 0) >= 4)).toBe(true);
});

it('P-17 looks back over the edge of the last pass, so that a save under way then is not lost', async () => {
  const around = new Surroundings();
  around.place(3, { status: 'pending_payment' });
  const { until } = await pass(around, null);
  around.place(9);
  const second = await pass(around, until);
  // Saved by a shop whose clock is ten minutes behind ours.
  around.change(3, { status: 'pending', updatedAt: new Date(Date.now() - 10 * 60_000).toISOString() });
  expect(await pass(around, second.until)).toMatchObject({ started: 1 });
});

it('P-18 parks a record that cannot be read, goes on with the rest, and takes it when it is readable again', async () => {
  const around = new Surroundings();
  around.place(3);
  around.place(4, { poisoned: true });
  around.place(5);
  const first = await pass(around, null);
  expect(first).toMatchObject({ found: 3, started: 2, parked: [{ reason: 'not JSON' }] });
  const second = await pass(around, first.until);
  expect(second).toMatchObject({ started: 0, parked: [{ reason: 'not JSON' }] });
  around.change(4, { poisoned: false });
  expect(await pass(around, second.until)).toMatchObject({ started: 1, parked: [] });
  expect(around.parking.size).toBe(0);
});

it('C5-15 passes over an order that is finished though its status says otherwise, and says so', async () => {
  const around = new Surroundings();
  around.place(3, { state: 'complete' });
  expect(await pass(around, null)).toMatchObject({
    started: 0,
    skipped: [{ order: '000000003', reason: expect.stringContaining('complete') as string }],
  });
});

it('P-26 never starts an order again that a person ended, though the engine has forgotten it', async () => {
  const around = new Surroundings();
  around.place(3);
  around.place(4);
  around.ended.add('000000003');
  expect(await pass(around, null)).toMatchObject({ found: 2, started: 1, already: 1 });
  expect(around.started).toEqual(['order:test:000000004']);
});

it('P-01 P-02 two orders with one number are two, and which is the first does not hang on which the import meets first', async () => {
  const there = new Surroundings();
  // The earlier sale is not yet in a status that is imported.
  there.place(7, { incrementId: '000000012', status: 'holded' });
  there.place(9, { incrementId: '000000012', storeId: 2 });
  await importPass(there.deps, null, () => undefined);
  expect(there.started).toEqual(['order:test:000000012#9']);
  there.change(7, { status: 'pending' });
  await importPass(there.deps, null, () => undefined);
  expect(there.started).toEqual(['order:test:000000012#9', 'order:test:000000012']);
  const again = await importPass(there.deps, null, () => undefined);
  expect(again).toMatchObject({ found: 2, started: 0, already: 2 });
});
