import type { Deps } from '../../passes/deps';
import { tellOnce, type News, type Send } from '../../passes/tell-once';

const NEWS: News = {
  key: 'M:7',
  code: 'refundedInShop',
  subject: 'Refunded',
  text: 'Credit memo 7.',
  owner: 'merchant',
};

/** A store that remembers; the rest of the world is not asked. */
function bench(): { deps: Deps; log: string[]; forget: () => void } {
  const seen = new Set<string>();
  const log: string[] = [];
  let forgets = false;
  const store = {
    alreadyTold: (notes: readonly { order: string; key: string }[]) =>
      Promise.resolve(new Set(notes.map(({ order, key }) => `${order} ${key}`).filter((note) => seen.has(note)))),
    markSeen: (changes: readonly { order: string; keys: readonly string[] }[]) => {
      if (forgets && changes.some(({ keys }) => keys.some((key) => key.endsWith('@webhook'))))
        return Promise.reject(new Error('killed before it was remembered'));
      for (const { order, keys } of changes) for (const key of keys) seen.add(`${order} ${key}`);
      return Promise.resolve();
    },
  };
  const deps = {
    target: store,
    notebook: store,
    settings: { instance: 'acme' },
    log: (_: object, message: string) => log.push(message),
  };
  return { deps: deps as unknown as Deps, log, forget: () => (forgets = !forgets) };
}

it('P-16 the same news found by many passes is told once over every channel', async () => {
  const { deps, log } = bench();
  const sent: string[] = [];
  const channels: Record<string, Send> = {
    email: async ({ key }) => void sent.push(`email ${key}`),
    webhook: async ({ key }) => void sent.push(`webhook ${key}`),
  };
  expect(await tellOnce(deps, [NEWS], channels)).toEqual([NEWS]);
  expect(await tellOnce(deps, [NEWS, { ...NEWS, key: 'M:8' }], channels)).toEqual([{ ...NEWS, key: 'M:8' }]);
  expect(sent).toEqual(['email M:7', 'webhook M:7', 'email M:8', 'webhook M:8']);
  expect(log).toEqual([NEWS.text, NEWS.text]);
});

it('P-16 what one channel does not take is sent again by the next pass, over that channel only', async () => {
  const { deps } = bench();
  const sent: string[] = [];
  let away = true;
  const channels: Record<string, Send> = {
    email: () => (away ? Promise.reject(new Error('no server')) : Promise.resolve(void sent.push('email'))),
    webhook: async () => void sent.push('webhook'),
  };
  await tellOnce(deps, [NEWS], channels);
  expect(sent).toEqual(['webhook']);
  away = false;
  expect(await tellOnce(deps, [NEWS], channels)).toEqual([]);
  expect(sent).toEqual(['webhook', 'email']);
});

it('X-02 what has to be delivered fails where a channel does not take it, and goes to that channel only once it does', async () => {
  const { deps } = bench();
  const sent: string[] = [];
  let away = true;
  const channels: Record<string, Send> = {
    email: () => (away ? Promise.reject(new Error('no server')) : Promise.resolve(void sent.push('email'))),
    webhook: async () => void sent.push('webhook'),
  };
  await expect(tellOnce(deps, [NEWS], channels, { insist: true })).rejects.toThrow('no server');
  away = false;
  await tellOnce(deps, [NEWS], channels, { insist: true });
  expect(sent).toEqual(['webhook', 'email']);
});

it('P-16 a worker killed between telling and remembering tells again under the same key', async () => {
  const { deps, forget } = bench();
  const keys: string[] = [];
  const channels: Record<string, Send> = { webhook: async ({ key }) => void keys.push(key) };
  forget();
  await expect(tellOnce(deps, [NEWS], channels)).rejects.toThrow('killed');
  forget();
  await tellOnce(deps, [NEWS], channels);
  await tellOnce(deps, [NEWS], channels);
  expect(keys).toEqual(['M:7', 'M:7']);
});
