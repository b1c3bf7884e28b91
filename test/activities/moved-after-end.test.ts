import { tellMoved } from '../../passes/moved-after-end';
import type { Deps } from '../../passes/deps';
import { orderFingerprint } from '../../domain/shop/fingerprint';
import { openHook } from '../support/desk';
import { order as recorded, withRows, withTotals } from '../domain/shop/shop-orders';

const base = recorded('live-bundle-together');
const ORDER = '000000012';
const OF_ITS_OWN = orderFingerprint(base);

interface Told {
  readonly deps: Deps;
  readonly texts: string[];
}
function place(document: 'open' | 'history', decided?: 'skipped', notifications: object = {}): Told {
  const texts: string[] = [];
  const seen = new Set<string>();
  const store = {
    census: () => Promise.resolve([{ order: ORDER, document }]),
    endedByDecision: () => Promise.resolve(new Map(decided ? [[ORDER, decided]] : [])),
    alreadyTold: (notes: readonly { order: string; key: string }[]) =>
      Promise.resolve(new Set(notes.map(({ order, key }) => `${order} ${key}`).filter((note) => seen.has(note)))),
    markSeen: (changes: readonly { order: string; keys: readonly string[] }[]) =>
      Promise.resolve(changes.forEach(({ order, keys }) => keys.forEach((key) => seen.add(`${order} ${key}`)))),
  };
  const settings = { instance: 'acme', environment: 'test', parties: {}, notifications };
  const deps = {
    target: store,
    notebook: store,
    settings,
    log: (_: object, text: string) => texts.push(text),
  } as unknown as Deps;
  return { deps, texts };
}
const tell = async ({ deps, texts }: Told, now: typeof base): Promise<string[]> => {
  texts.length = 0;
  await tellMoved(deps, [{ order: ORDER, before: OF_ITS_OWN, fingerprint: orderFingerprint(now) }]);
  return [...texts];
};

describe('P-16 what is done in the shop after the end of an order is told once', () => {
  test.each([
    ['a status set back', { ...base, status: 'pending_pickup' }, 'its status was changed'],
    ['a shipment', withRows(base, { 53: { shipped: '1' } }), 'a shipment was made'],
    ['an invoice', withRows(base, { 53: { invoiced: '1' } }), 'an invoice was made'],
  ])('%s', async (_what, now, says) => {
    const at = place('history');
    expect(await tell(at, now)).toEqual([expect.stringContaining(says)]);
    expect(await tell(at, now)).toEqual([]);
  });

  test('a save that changed nothing is nobody’s news', async () => {
    expect(await tell(place('history'), { ...base, updatedAt: '2027-01-01T00:00:00Z' })).toEqual([]);
  });

  test('a refund, which closes the order, has news of its own', async () => {
    const refunded = { ...withTotals(base, { refunded: '1.00' }), state: 'closed', status: 'closed' };
    expect(await tell(place('history'), refunded)).toEqual([]);
  });

  test('what a channel does not take is remembered as seen only once it did', async () => {
    const moved = { order: ORDER, before: OF_ITS_OWN, fingerprint: orderFingerprint({ ...base, status: 'pickup' }) };
    const hook = await openHook();
    const { url } = hook;
    await hook.close();
    const { deps } = place('history', undefined, { webhook: { url } });
    expect(await tellMoved(deps, [moved])).toEqual([]);
    const { deps: reached } = place('history');
    expect(await tellMoved(reached, [moved])).toEqual([moved]);
  });

  test('an order that a person skipped, or whose document is still open, is left to its people', async () => {
    const now = withRows(base, { 53: { shipped: '1' } });
    expect(await tell(place('history', 'skipped'), now)).toEqual([]);
    expect(await tell(place('open'), now)).toEqual([]);
  });
});
