import type { Candidate, InvoiceInput, Shop } from '../../domain/ports/shop';
import { randomUUID } from 'node:crypto';
import type { TestWorkflowEnvironment } from '@temporalio/testing';
import type { Deps } from '../../passes/deps';
import { shopActivities } from '../../activities/magento';
import { startOrder } from '../../passes/orders';
import { CantusError, transient } from '../../domain/errors';
import { formatMarker } from '../../domain/shop/marker';
import { createShop } from '../../magento';
import { createClerk, type SandboxDatabase } from '../../sandbox/counterpoint';
import { readBooks } from '../../sandbox/play/books';
import { violations } from '../../sandbox/play/invariants';
import { SANDBOX_TOKEN, startShop, type SandboxShop } from '../../sandbox/shop';
import { startTimeSkipping } from '../../sandbox/temporal';
import { draftDocument } from '../../domain/document';
import { storeBench, type StoreBench } from '../support/store';

/** Would the invariants notice? Each protection is taken away in turn, and the same small fault has to break a rule. */

let bench: StoreBench;
let shop: SandboxShop;
let database: SandboxDatabase;
let engine: TestWorkflowEnvironment;
beforeAll(async () => {
  [bench, shop, engine] = await Promise.all([storeBench(), startShop(), startTimeSkipping()]);
  database = bench.database;
}, 120_000);
afterAll(async () => {
  await engine.teardown();
  await shop.close();
  await bench.close();
});

/** How a worker of ours is built, and what is taken out of it. */
type Mutation = (real: Deps) => Deps;
const none: Mutation = (deps) => deps;

function depsOf(mutation: Mutation): Deps {
  const settings = {
    ...bench.settings,
    magento: {
      ...bench.settings.magento,
      baseUrl: shop.baseUrl,
      auth: { kind: 'token', token: SANDBOX_TOKEN } as const,
      requestsPerSecond: 500,
      timeoutSeconds: 1,
    },
  };
  return mutation({
    settings,
    target: bench.store.target,
    notebook: bench.store.notebook,
    shop: createShop(settings.magento, { looksMs: [0] }),
    client: engine.client,
    log: () => undefined,
  });
}

const withShop =
  (change: (real: Shop) => Partial<Shop>): Mutation =>
  (deps) => ({ ...deps, shop: { ...deps.shop, ...change(deps.shop) } });

/** Sends without looking, and takes no note of what it sends. */
const withoutLook: Mutation = withShop(() => ({
  invoice: async ({ entityId, ticket, items, capture }: InvoiceInput) => {
    const answer = await fetch(`${shop.baseUrl}/rest/all/V1/order/${String(entityId)}/invoice`, {
      method: 'POST',
      headers: { authorization: `Bearer ${SANDBOX_TOKEN}`, 'content-type': 'application/json' },
      body: JSON.stringify({
        capture,
        items: items.map(([id, qty]) => ({ order_item_id: id, qty: Number(qty) })),
        comment: { comment: formatMarker(ticket), is_visible_on_front: 0 },
      }),
    }).catch((cause: unknown) => {
      throw transient({ code: 'connectionLost', message: 'The answer was lost.' }, cause);
    });
    return { invoiceId: Number(await answer.text()), already: false };
  },
}));

/** The marker names another ticket each time, as good as none. */
const withoutMarker: Mutation = withShop((real) => ({
  invoice: (input) => real.invoice({ ...input, ticket: { ...input.ticket, guid: randomUUID().toUpperCase() } }),
}));

/** One order in Counterpoint, partly released; the answer to its invoice is cut after the shop made it; tried again as the engine does. */
async function invoiceWithCutReply(mutation: Mutation): Promise<string[]> {
  const deps = depsOf(mutation);
  const { entityId, incrementId: order } = shop.place('many-pieces-checkmo');
  await bench.store.target.createDocument(draftDocument(await deps.shop.order(entityId), deps.settings, {}));
  const no = await createClerk(database).release({ order, lines: [{ sku: 'S1', qty: '5' }] });
  const [ticket] = (await bench.store.target.observe(order)).tickets;
  if (!ticket) throw new Error('not released');
  shop.faults.add({ kind: 'resetAfter', method: 'POST', path: '/invoice' });
  for (let attempt = 0; attempt < 2; attempt += 1) {
    const work = shopActivities(deps, () => Promise.resolve()).invoiceTicket({
      order,
      entityId,
      ticket: { no, guid: ticket.guid },
      items: ticket.lines,
      capture: false,
    });
    const error: unknown = await work.then(
      () => undefined,
      (thrown: unknown) => thrown,
    );
    if (error === undefined) break;
    expect(error).toBeInstanceOf(CantusError);
  }
  return violations(await readBooks(shop, database, order));
}

/** A refusal is taken for a plain no: its note is taken back, as if nothing had been sent. */
const refusalMeansNo: Mutation = (deps) => ({
  ...deps,
  notebook: {
    ...deps.notebook,
    noteRefusal: (order, kind, guid, sentAt) => deps.notebook.withdraw(order, kind, guid, sentAt),
  },
});

/** The gateway charges, the shop fails to save that, and somebody tries again: a timer, a second worker, a new start. */
async function chargedThenFailed(mutation: Mutation): Promise<string[]> {
  const deps = depsOf(mutation);
  const { entityId, incrementId: order } = shop.place('authorised');
  await bench.store.target.createDocument(draftDocument(await deps.shop.order(entityId), deps.settings, {}));
  const no = await createClerk(database).release({ order });
  const [ticket] = (await bench.store.target.observe(order)).tickets;
  if (!ticket) throw new Error('not released');
  shop.gateway.chargeThenFailNext(1, order);
  for (let attempt = 0; attempt < 3; attempt += 1) {
    await shopActivities(deps, () => Promise.resolve())
      .invoiceTicket({ order, entityId, ticket: { no, guid: ticket.guid }, items: ticket.lines, capture: true })
      .catch((error: unknown) => {
        expect(error).toBeInstanceOf(CantusError);
      });
  }
  return violations(await readBooks(shop, database, order)).filter((each) => each.includes('charged'));
}

/** The same order found twice, the second time after its workflow has ended. */
async function foundTwice(mutation: Mutation): Promise<string[]> {
  const deps = depsOf(mutation);
  const { entityId, incrementId } = shop.place('simple-checkmo');
  const found: Candidate = {
    entityId,
    incrementId,
    state: 'new',
    status: 'pending',
    storeId: 1,
    createdAt: '2026-01-01T00:00:00Z',
    updatedAt: '2026-01-01T00:00:00Z',
    total: '25.00',
  };
  const started = [await startOrder(deps, incrementId, found)];
  await engine.client.workflow.getHandle(`order:${deps.settings.instance}:${incrementId}`).terminate();
  started.push(await startOrder(deps, incrementId, found));
  return started.filter(Boolean).length === 1
    ? []
    : [`${incrementId}: ran ${String(started.filter(Boolean).length)} times`];
}

const withoutIdPolicy: Mutation = (deps) => {
  const start: typeof deps.client.workflow.start = (type, options) => {
    const { workflowIdReusePolicy: _reuse, workflowIdConflictPolicy: _conflict, ...plain } = options;
    return engine.client.workflow.start(type, plain as typeof options);
  };
  return { ...deps, client: { workflow: { start } } as unknown as Deps['client'] };
};

describe('P-06 the marker and the look before a write', () => {
  it('keep the books in order as they are', async () => {
    expect(await invoiceWithCutReply(none)).toEqual([]);
  });
  it('are missed by the invariants when the look is taken away', async () => {
    expect(await invoiceWithCutReply(withoutLook)).toContainEqual(expect.stringMatching(/has 2 invoices/));
  });
  it('are missed by the invariants when the marker is taken away', async () => {
    expect(await invoiceWithCutReply(withoutMarker)).not.toEqual([]);
  });
});

describe('P-01 the id policy', () => {
  it('lets an order run once as it is', async () => {
    expect(await foundTwice(none)).toEqual([]);
  });
  it('is missed by the invariants when it is taken away', async () => {
    expect(await foundTwice(withoutIdPolicy)).toContainEqual(expect.stringMatching(/ran 2 times/));
  });
});

describe('P-24 the note of a refused charge', () => {
  it('keeps the gateway’s ledger at one charge as it is', async () => {
    expect(await chargedThenFailed(none)).toEqual([]);
  });
  it('is missed by the invariants when a refusal is taken for a plain no', async () => {
    expect(await chargedThenFailed(refusalMeansNo)).toContainEqual(expect.stringMatching(/charged .* on an order of/));
  });
});
