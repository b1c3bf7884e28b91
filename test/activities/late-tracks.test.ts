import type { StoreChange } from '../../domain/ports/target';
import type { Deps } from '../../passes/deps';
import { watchCounterpointPass } from '../../passes/watches';
import { refused, transient } from '../../domain/errors';
import { WorkflowNotFoundError } from '@temporalio/client';

const change = (order: string): StoreChange => ({ order, keys: [`K:1:${order}`], what: 'tracking number entered' });

/** Orders that nobody follows any more, each with what the shop answers when it is looked at. */
function watch(
  looks: Readonly<Record<string, Error>>,
  tracking = true,
): { deps: Deps; pass: () => Promise<unknown>; seen: () => string[] } {
  const seen = new Set<string>();
  const store = {
    changes: () =>
      Promise.resolve(
        Object.keys(looks)
          .filter((order) => !seen.has(order))
          .map(change),
      ),
    markSeen: (changes: readonly StoreChange[]) => Promise.resolve(changes.forEach(({ order }) => seen.add(order))),
    finishWatch: () => Promise.resolve(),
    census: ({ orders }: { orders: readonly string[] }) =>
      Promise.resolve(orders.map((order) => ({ order, entityId: Number(order) }))),
    observe: () => Promise.resolve({ document: 'closed', lines: [], tickets: [] }),
  };
  const shop = {
    look: ({ incrementId }: { incrementId: string }) => Promise.reject(looks[incrementId] ?? new Error('unknown')),
  };
  const client = {
    workflow: {
      getHandle: (id: string) => ({ signal: () => Promise.reject(new WorkflowNotFoundError('ended', id, undefined)) }),
    },
  };
  const settings = {
    instance: 'acme',
    tracking: { inCounterpoint: tracking },
    payments: {},
    shipping: { carriers: {} },
  };
  const notebook = { newTickets: () => Promise.resolve([]) };
  const deps = { target: store, notebook, shop, client, settings, log: () => undefined } as unknown as Deps;
  return { deps, pass: () => watchCounterpointPass(deps, () => undefined), seen: () => [...seen] };
}

it('C5-74 a late number whose shop is away is found again by the next pass, and holds up no other order', async () => {
  const down = transient({ code: 'shopUnreachable', message: 'The shop does not answer.' });
  const gone = refused({ code: 'orderNotFound', message: 'The shop does not know it.' });
  const { pass, seen } = watch({ '1': down, '2': gone });
  await pass();
  expect(seen()).toEqual(['2']);
  await pass();
  expect(seen()).toEqual(['2']);
});

it('C5-76 with tracking off, late numbers are left where they are', async () => {
  const { pass, seen } = watch({ '1': new Error('the shop must not be asked') }, false);
  await pass();
  expect(seen()).toEqual(['1']);
});
