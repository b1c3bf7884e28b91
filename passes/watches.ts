import type { WatchReport } from './reports';
import { LIMITS } from '../domain/limits';
import { sameFingerprint } from '../domain/shop/fingerprint';
import type { Alive, Deps } from './deps';
import { inParallel } from './in-parallel';
import { addLateTracks } from './late-tracks';
import { tellMoved } from './moved-after-end';
import { orderKeys } from './order-keys';
import { tellReleased } from './released-after-end';
import { signalOrder } from './orders';

const CHANGES_AT_ONCE = 500;

/** One pass over what is new in Counterpoint: signal first, remember after, so that a crash between only signals twice. */
export async function watchCounterpointPass(deps: Deps, alive: Alive): Promise<WatchReport> {
  let changed = 0;
  let signalled = 0;
  for (;;) {
    const changes = await deps.target.changes(CHANGES_AT_ONCE);
    if (changes.length === 0) {
      await deps.target.finishWatch();
      return { changed, signalled };
    }
    const orders = [...new Set(changes.map((change) => change.order))];
    const answers = await inParallel(orders, LIMITS.ordersAtOnce, (order) => signalOrder(deps, order));
    const unheard = changes.filter(({ order }) => answers[orders.indexOf(order)] === false);
    const pending = [...(await addLateTracks(deps, unheard)), ...(await tellReleased(deps, unheard))];
    await deps.target.markSeen(changes.filter((change) => !pending.includes(change)));
    changed += orders.length;
    signalled += answers.filter(Boolean).length;
    alive();
    if (pending.length > 0) {
      // What stays unseen would be listed again at once; the next pass takes it up. Nobody else's changes wait for it.
      if (changes.length < CHANGES_AT_ONCE) await deps.target.finishWatch('someLeft');
      return { changed, signalled };
    }
  }
}

/** One pass over what changed in the shop: only orders whose state differs from what their workflow last saw. */
export async function watchMagentoPass(
  deps: Deps,
  since: string | null,
  alive: Alive,
): Promise<WatchReport & { until: string }> {
  const { changes, serverTime } = await deps.shop.changes(since ?? firstLook());
  alive();
  const keys = await orderKeys(deps, changes);
  const keyed = changes.map(({ entityId, incrementId, fingerprint }) => ({
    order: keys.get(entityId) ?? incrementId,
    fingerprint,
  }));
  const known = await deps.notebook.shopFingerprints(keyed.map(({ order }) => order));
  const differing = keyed.filter(({ order, fingerprint }) => {
    const before = known.get(order);
    return before !== undefined && !sameFingerprint(before, fingerprint);
  });
  const answers = await inParallel(differing, LIMITS.ordersAtOnce, ({ order }) => signalOrder(deps, order));
  const unheard = differing
    .filter((_, at) => answers[at] === false)
    .map(({ order, fingerprint }) => ({ order, fingerprint, before: known.get(order) ?? '' }));
  // Nobody is listening any more: remembered here, so that it is not found again with every pass.
  for (const { order, fingerprint } of await tellMoved(deps, unheard))
    await deps.notebook.rememberShop(order, fingerprint);
  return { changed: differing.length, signalled: answers.filter(Boolean).length, until: serverTime };
}

/** Without a last pass to go on from, the last day is looked at. */
const firstLook = (): string => new Date(Date.now() - 24 * 3_600_000).toISOString();
