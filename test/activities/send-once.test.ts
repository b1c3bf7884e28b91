import type { Deps } from '../../passes/deps';
import { shopActivities } from '../../activities/magento';
import { settledAfterSeconds } from '../../activities/send-once';
import { classify } from '../../activities/classify';
import { CantusError } from '../../domain/errors';
import type { Settings } from '../../domain/settings';
import { createShop } from '../../magento';
import { SANDBOX_TOKEN, startShop, type OrderKind, type SandboxShop } from '../../sandbox/shop';
import { storeBench, type StoreBench } from '../support/store';

let bench: StoreBench;
let shop: SandboxShop;
beforeAll(async () => {
  [bench, shop] = await Promise.all([storeBench(), startShop()]);
});
afterAll(async () => {
  await shop.close();
  await bench.close();
});

const GUID = '7C9E6679-7425-40DE-944B-E07FC1F90AE7';

/** The database's clock as if so much time had gone by since everything was sent. */
const goneBy = (seconds: number): Promise<unknown> =>
  bench.database.query(
    `update cantus.intent set sent_at = to_char(sent_at::timestamp - make_interval(secs => ?), 'YYYY-MM-DD"T"HH24:MI:SS.MS')`,
    [seconds],
  );

/** Time that really goes by, on both clocks. */
const aMoment = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 20));

/** A worker of its own; between two looks, a fifth of the time the shop may need goes by. */
function worker(
  captures: Partial<Settings['captures']> = {},
  between: () => void = () => undefined,
  rest = (settings: Settings): Promise<unknown> => goneBy(settledAfterSeconds(settings) / 5),
) {
  const settings: Settings = {
    ...bench.settings,
    magento: {
      ...bench.settings.magento,
      baseUrl: shop.baseUrl,
      auth: { kind: 'token', token: SANDBOX_TOKEN },
      requestsPerSecond: 500,
      timeoutSeconds: 5,
    },
    captures: { ...bench.settings.captures, ...captures },
  };
  const deps = {
    settings,
    target: bench.store.target,
    notebook: bench.store.notebook,
    shop: createShop(settings.magento, { looksMs: [0] }),
    log: () => undefined,
  } as Partial<Deps> as Deps;
  return shopActivities(deps, async () => {
    between();
    await rest(settings);
  });
}

const patient = () => worker({}, undefined, aMoment);

function place(kind: OrderKind) {
  const { entityId, incrementId: order } = shop.place(kind);
  const rows = shop.order(order)['items'] as { item_id: number; qty_ordered: number }[];
  const ticket = { no: `${order}-01`, guid: GUID };
  return { order, entityId, ticket, items: rows.map((row) => [row.item_id, String(row.qty_ordered)] as const) };
}

const failureOf = async (work: Promise<unknown>): Promise<CantusError> => {
  const error: unknown = await work.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  if (!(error instanceof CantusError)) throw new Error('expected a CantusError', { cause: error });
  return error;
};

describe('an invoice whose first worker died while the shop was capturing', () => {
  test('P-06 is found by the next one as soon as the shop has made it, and charged once', async () => {
    const input = { ...place('authorised'), capture: true };
    const held = shop.gateway.holdNext(input.order);
    const dead = worker()
      .invoiceTicket(input)
      .catch(() => undefined);
    await held.reached;
    let looks = 0;
    await worker({}, () => {
      looks += 1;
      if (looks === 2) held.resume();
    }).invoiceTicket(input);
    await dead;
    expect(looks).toBeGreaterThanOrEqual(2);
    expect(shop.ledger(input.order)).toMatchObject({ invoices: [{ state: 2 }], charges: [{ kind: 'capture' }] });
  });

  test('P-06 is never sent again while nobody knows: a person is asked, with a code that is not retried', async () => {
    const input = { ...place('authorised'), capture: true };
    await bench.store.notebook.intend(input.order, 'invoice', GUID);
    const error = await failureOf(worker().invoiceTicket(input));
    expect(error.facts).toMatchObject({ kind: 'ambiguous', code: 'captureUnknown', reason: 'captureUnknown' });
    expect(classify(error)).toMatchObject({ nonRetryable: true });
    expect(shop.ledger(input.order).charges).toHaveLength(0);
  });

  test('P-06 X-01 is sent again once a person says so, and that word holds for one sending only', async () => {
    const input = { ...place('authorised'), capture: true };
    await bench.store.notebook.intend(input.order, 'invoice', GUID);
    const { sentAt = '' } = (await failureOf(worker().invoiceTicket(input))).facts;
    // A worker that dies right after it took the person's word for its own sending.
    expect((await bench.store.notebook.intend(input.order, 'invoice', GUID, sentAt)).first).toBe(true);
    const second = await failureOf(worker().invoiceTicket({ ...input, again: sentAt }));
    expect(second.facts.code).toBe('captureUnknown');
    expect(shop.ledger(input.order).charges).toHaveLength(0);
    await worker().invoiceTicket({ ...input, again: second.facts.sentAt ?? '' });
    expect(shop.ledger(input.order)).toMatchObject({ invoices: [{ state: 2 }], charges: [{ kind: 'capture' }] });
  });

  test('is sent again by itself where the merchant set `captures.ambiguous: retry`, after the time the shop may need', async () => {
    const input = { ...place('authorised'), capture: true };
    await bench.store.notebook.intend(input.order, 'invoice', GUID);
    let looks = 0;
    await worker({ ambiguous: 'retry' }, () => {
      looks += 1;
      expect(shop.ledger(input.order).invoices).toHaveLength(0);
    }).invoiceTicket(input);
    expect(looks).toBeGreaterThanOrEqual(5);
    expect(shop.ledger(input.order).charges).toHaveLength(1);
  });

  test('is sent again by itself where no money is involved', async () => {
    const input = { ...place('simple-checkmo'), capture: false };
    await bench.store.notebook.intend(input.order, 'invoice', GUID);
    await worker().invoiceTicket(input);
    expect(shop.ledger(input.order).invoices).toHaveLength(1);
  });
});

test('P-06 two workers that run at the same moment make one invoice and one charge', async () => {
  const input = { ...place('authorised'), capture: true };
  await Promise.all([patient().invoiceTicket(input), patient().invoiceTicket(input), patient().invoiceTicket(input)]);
  expect(shop.ledger(input.order)).toMatchObject({ invoices: [{ state: 2 }], charges: [{ kind: 'capture' }] });
});

test('P-06 a charge whose answer was cut is looked for until the shop cannot be at it any more', async () => {
  const input = { ...place('authorised'), capture: true };
  shop.faults.add({ kind: 'resetAfter', method: 'POST', path: '/invoice' });
  await worker().invoiceTicket(input);
  shop.faults.add({ kind: 'resetBefore', method: 'POST', path: '/invoice' });
  const lost = { ...place('authorised'), capture: true };
  expect((await failureOf(worker().invoiceTicket(lost))).facts).toMatchObject({
    code: 'captureUnknown',
    sentAt: expect.any(String) as string,
  });
  expect([shop.ledger(input.order).charges.length, shop.ledger(lost.order).charges.length]).toEqual([1, 0]);
});

describe('a refused capture, behind which a charge may stand', () => {
  /** The gateway charges and the shop fails to save that, and then says what it says when a gateway declines. */
  async function chargedThenFailed(answer: 'chargeThenFailNext' | 'refuseNext' = 'chargeThenFailNext') {
    const input = { ...place('authorised'), capture: true };
    shop.gateway[answer](1, input.order);
    const { facts } = await failureOf(worker().invoiceTicket(input));
    expect(facts).toMatchObject({ kind: 'ambiguous', code: 'captureRefused', sentAt: expect.any(String) as string });
    return { input, sentAt: facts.sentAt ?? '' };
  }
  const charges = (order: string): number => shop.ledger(order).charges.length;

  test('P-24 is not retried by the engine', async () => {
    const input = { ...place('authorised'), capture: true };
    shop.gateway.chargeThenFailNext(1, input.order);
    expect(classify(await failureOf(worker().invoiceTicket(input)))).toMatchObject({
      nonRetryable: true,
      details: [expect.objectContaining({ code: 'captureRefused', sentAt: expect.any(String) as string })],
    });
  });

  test('P-24 is repeated by no other attempt, worker or order started anew, however late it comes', async () => {
    const { input, sentAt } = await chargedThenFailed();
    let looks = 0;
    const looking = (captures: Partial<Settings['captures']> = {}) =>
      worker(captures, () => {
        looks += 1;
      });
    for (const later of [looking(), looking({ ambiguous: 'retry' }), looking()]) {
      const { facts } = await failureOf(later.invoiceTicket(input));
      expect(facts).toMatchObject({ kind: 'ambiguous', code: 'captureRefused', reason: 'captureRefused', sentAt });
      expect(facts.remedy).toMatch(/payment provider first/);
    }
    await goneBy(86_400);
    await failureOf(looking({ ambiguous: 'retry' }).invoiceTicket(input));
    expect({ looks, charges: charges(input.order) }).toEqual({ looks: 0, charges: 1 });
  });

  test('P-24 a refusal that could not be noted is met as an answer that was lost, and repeated no more than that', async () => {
    const input = { ...place('authorised'), capture: true };
    shop.gateway.chargeThenFailNext(1, input.order);
    const note = jest
      .spyOn(bench.store.notebook, 'noteRefusal')
      .mockRejectedValueOnce(new Error('the database is away'));
    expect((await failureOf(worker().invoiceTicket(input))).facts.code).toBe('captureRefused');
    note.mockRestore();
    expect((await failureOf(worker().invoiceTicket(input))).facts.code).toBe('captureUnknown');
    expect(charges(input.order)).toBe(1);
  });

  test('P-24 X-01 is sent exactly once more, and at once, on the word of a person who has looked', async () => {
    const { input, sentAt } = await chargedThenFailed('refuseNext');
    let looks = 0;
    const quick = worker({}, () => {
      looks += 1;
    });
    await quick.invoiceTicket({ ...input, again: sentAt });
    expect(looks).toBe(0);
    expect(shop.ledger(input.order)).toMatchObject({ invoices: [{ state: 2 }], charges: [{ kind: 'capture' }] });
    await quick.invoiceTicket({ ...input, again: sentAt });
    expect(charges(input.order)).toBe(1);
  });

  test('P-24 a person’s word covers the one sending they looked at, not the refusal that follows it', async () => {
    const { input, sentAt } = await chargedThenFailed('refuseNext');
    shop.gateway.chargeThenFailNext(1, input.order);
    const second = await failureOf(worker().invoiceTicket({ ...input, again: sentAt }));
    expect(second.facts).toMatchObject({ code: 'captureRefused' });
    expect(second.facts.sentAt).not.toBe(sentAt);
    await failureOf(worker().invoiceTicket({ ...input, again: sentAt }));
    expect(charges(input.order)).toBe(1);
  });

  test('P-24 where the money was taken, the invoice is made without a second charge', async () => {
    const { input } = await chargedThenFailed();
    let looks = 0;
    await worker({}, () => {
      looks += 1;
    }).invoiceTicket({ ...input, capture: false });
    expect(looks).toBe(0);
    expect(shop.ledger(input.order)).toMatchObject({ invoices: [{ state: 2 }], charges: [{ kind: 'capture' }] });
  });
});

test('P-24 P-20 a firewall that turns every invoice away is told as that after two sendings, not sent for ever', async () => {
  const input = { ...place('simple-checkmo'), capture: false };
  const post = { kind: 'inFront', method: 'POST', path: '/invoice', status: 403, times: 'always' } as const;
  const restore = shop.faults.add(post);
  const error = await failureOf(worker().invoiceTicket(input));
  restore();
  expect(error.facts).toMatchObject({ kind: 'misconfigured', reason: 'misconfigured', code: 'invoiceUnknown' });
  expect(error.message).toContain('403');
  await worker().invoiceTicket(input);
  expect(shop.ledger(input.order).invoices).toHaveLength(1);
});

test('P-24 P-06 a 408 given after the shop made the invoice is found; one given before is a person’s to settle', async () => {
  const made = { ...place('authorised'), capture: true };
  shop.faults.add({ kind: 'inFront', method: 'POST', path: '/invoice', status: 408, applied: true });
  await worker().invoiceTicket(made);
  const lost = { ...place('authorised'), capture: true };
  shop.faults.add({ kind: 'inFront', method: 'POST', path: '/invoice', status: 408 });
  expect((await failureOf(worker().invoiceTicket(lost))).facts).toMatchObject({ code: 'captureUnknown' });
  expect([shop.ledger(made.order).charges.length, shop.ledger(lost.order).charges.length]).toEqual([1, 0]);
});

test('P-24 P-12 a 408 given after the shop made the shipment is found by its marker', async () => {
  const input = { ...place('simple-checkmo'), tracks: ['1Z1'] };
  shop.faults.add({ kind: 'inFront', method: 'POST', path: '/ship', status: 408, applied: true });
  await worker().shipTicket(input);
  expect(shop.ledger(input.order).shipments).toHaveLength(1);
});

test('P-24 `captures.ambiguous: retry` sends a lost charge once more, and no third time', async () => {
  const input = { ...place('authorised'), capture: true };
  shop.faults.add({ kind: 'resetBefore', method: 'POST', path: '/invoice', times: 'always' });
  const before = shop.requests()['POST /V1/order/:id/invoice'] ?? 0;
  const error = await failureOf(worker({ ambiguous: 'retry' }).invoiceTicket(input));
  shop.faults.clear();
  expect(error.facts).toMatchObject({ code: 'captureUnknown', sentAt: expect.any(String) as string });
  expect((shop.requests()['POST /V1/order/:id/invoice'] ?? 0) - before).toBe(2);
});

test('P-12 five of 25 pieces are shipped once although two workers ship them at the same moment', async () => {
  const whole = place('many-pieces-checkmo');
  const item = whole.items[0]?.[0] ?? 0;
  const input = { ...whole, items: [[item, '5']] as const, tracks: ['1Z1'] };
  shop.faults.add({ kind: 'slow', method: 'POST', path: '/ship', milliseconds: 150 });
  await Promise.all([patient().shipTicket(input), patient().shipTicket(input)]);
  expect(shop.ledger(input.order).shipments.map((each) => each.total_qty)).toEqual([5]);
});
