import { listed } from '../domain/text/listing';
import { movedBetween } from '../domain/shop/fingerprint';
import type { Deps } from './deps';
import { tellOnce, type News } from './tell-once';
import { channelsTo } from './tell-people';

/** An order that nobody follows any more, as the shop shows it now and as it was last seen. */
export interface Moved {
  readonly order: string;
  readonly before: string;
  readonly fingerprint: string;
}

/**
 * Tells once what was done in the shop to orders after their end (P-16): an invoice, a shipment, another status. Refunds have
 * news of their own. An order that a person skipped is looked after by hand, and one whose document is still open has not
 * ended: neither is told.
 * @returns those to be remembered as seen; what a channel did not take is found again by the next pass
 */
export async function tellMoved(deps: Deps, moved: readonly Moved[]): Promise<readonly Moved[]> {
  const orders = moved.map(({ order }) => order);
  if (orders.length === 0) return [];
  const [ours, decided] = await Promise.all([deps.target.census({ orders }), deps.notebook.endedByDecision(orders)]);
  const ended = new Set(
    ours
      .filter(({ order, document }) => document !== 'open' && decided.get(order) !== 'skipped')
      .map(({ order }) => order),
  );
  const heard: Moved[] = [];
  for (const each of moved) if (!ended.has(each.order) || (await told(deps, each))) heard.push(each);
  return heard;
}

async function told(deps: Deps, moved: Moved): Promise<boolean> {
  const news = newsOf(moved);
  if (news === undefined) return true;
  try {
    await tellOnce(deps, [news], channelsTo(deps), { insist: true });
    return true;
  } catch (error) {
    const { instance } = deps.settings;
    deps.log({ instance, order: moved.order, err: error, warning: true }, 'a change after the end was not told to all');
    return false;
  }
}

function newsOf({ order, before, fingerprint }: Moved): News | undefined {
  const moved = movedBetween(before, fingerprint);
  const refunded = moved.includes('refunded');
  const what = [
    ...(moved.includes('invoiced') ? ['an invoice was made or taken back'] : []),
    ...(moved.includes('shipped') ? ['a shipment was made'] : []),
    // A refund closes the order by itself.
    ...(moved.includes('status') && !refunded ? ['its status was changed'] : []),
  ];
  if (what.length === 0) return undefined;
  return {
    key: `E:${order}:${fingerprint.split('.')[0] ?? ''}`,
    order,
    code: 'changedAfterEnd',
    subject: `Order ${order} was changed in the shop after its end`,
    text: `Order ${order} had ended here; then, in the shop, ${listed(what)}. Cantus does nothing more for it: see in the shop whether that was meant, and enter in Counterpoint by hand what belongs there and no release ticket stands for yet.`,
    owner: 'merchant',
  };
}
