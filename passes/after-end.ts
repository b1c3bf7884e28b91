import type { CreditMemoFact, LateRefund } from '../domain/census';
import { LIMITS } from '../domain/limits';
import type { Deps } from './deps';
import { shopCensus } from './census-shop';
import { inParallel } from './in-parallel';
import { describeRun } from './order-runs';
import { NO_ORDER, tellOnce, type News, type Send } from './tell-once';

/** `key` names the news of it. */
export type ToldRefund = LateRefund & { readonly key: string };

interface Refund {
  readonly refund: Omit<LateRefund, 'news'>;
  readonly news: News;
}

/**
 * Credit memos in the shop and returns in Counterpoint that came after the end of their order: each is told to the other
 * side's people exactly once (P-16). An order that is still open looks after its own refunds.
 * @param since ISO instant from which on they are looked for
 * @param all also those that were told before, for the statement
 */
export async function afterTheEnd(
  deps: Deps,
  {
    since,
    all,
    channels,
  }: { readonly since: string; readonly all: boolean; readonly channels: Readonly<Record<string, Send>> },
): Promise<ToldRefund[]> {
  const refunds = [...(await creditMemos(deps, since, all)), ...(await returnedGoods(deps, since, all))];
  const ended = await inParallel(
    refunds,
    LIMITS.ordersAtOnce,
    async ({ refund }) => (await describeRun(deps, refund.order))?.status !== 'running',
  );
  const late = refunds.filter((_, at) => ended[at] === true);
  const fresh = await tellOnce(
    deps,
    late.map(({ news }) => news),
    channels,
  );
  const keys = new Set(fresh.map(({ key }) => key));
  return late.map(({ refund, news }) => ({ ...refund, key: news.key, news: keys.has(news.key) }));
}

async function creditMemos(deps: Deps, since: string, all: boolean): Promise<Refund[]> {
  const from = new Date(Date.parse(since) - LIMITS.afterEndOverlapMs).toISOString();
  const listed = await deps.shop.creditMemos(from);
  const memos = all ? listed : await unsettled(deps, listed);
  if (memos.length === 0) return [];
  const { orders } = await shopCensus(deps, { entityIds: [...new Set(memos.map(({ entityId }) => entityId))] });
  const ours = new Set(
    (await deps.target.census({ orders: orders.map(({ order }) => order) })).map(({ order }) => order),
  );
  return memos.flatMap((memo): Refund[] => {
    const order = orders.find(({ entityId }) => entityId === memo.entityId)?.order;
    return order === undefined || !ours.has(order) ? [] : [refundedInShop(order, memo)];
  });
}

/** What was logged was told; a channel that did not take it yet is tried again by the census. */
async function unsettled(deps: Deps, memos: readonly CreditMemoFact[]): Promise<CreditMemoFact[]> {
  const told = await deps.notebook.alreadyTold(memos.map(({ id }) => ({ order: NO_ORDER, key: `${memoKey(id)}@log` })));
  return memos.filter(({ id }) => !told.has(`${NO_ORDER} ${memoKey(id)}@log`));
}

const memoKey = (id: number): string => `M:${String(id)}`;

const refundedInShop = (order: string, { id, number, total }: CreditMemoFact): Refund => ({
  refund: { order, side: 'shop', number, amount: total },
  news: {
    key: memoKey(id),
    code: 'refundedInShop',
    subject: `Order ${order} was refunded in the shop after its end`,
    text: `Credit memo ${number} over ${total} was made in the shop for order ${order}, which had already ended. If goods came back, enter the return in Counterpoint.`,
    owner: 'merchant',
  },
});

async function returnedGoods(deps: Deps, since: string, all: boolean): Promise<Refund[]> {
  const found = (await deps.target.returns(since)).map(({ order, docId, no, amount }): Refund => ({
    refund: { order, side: 'counterpoint', number: no, amount },
    news: {
      key: `R:${docId}`,
      order,
      code: 'returnedInCounterpoint',
      subject: `Goods of order ${order} came back after its end`,
      text: `Ticket ${no} in Counterpoint takes back goods of order ${order} worth ${amount} before tax. If the shopper gets the money back by the shop’s payment, make the credit memo there.`,
      owner: 'merchant',
    },
  }));
  if (all) return found;
  const told = await deps.notebook.alreadyTold(
    found.map(({ refund, news }) => ({ order: refund.order, key: `${news.key}@log` })),
  );
  return found.filter(({ refund, news }) => !told.has(`${refund.order} ${news.key}@log`));
}
