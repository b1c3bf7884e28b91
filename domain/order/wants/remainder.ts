import { Decimal } from 'decimal.js';
import { liveTickets, openQuantity } from '../lifecycle';
import { listed } from '../../text/listing';
import { decimal, quantity } from '../../money';
import type { ShopItem, ShopSide, StoreLine, AlteredRow } from '../observation';
import type { AttentionWant, Situation } from '../plan-step';

interface Difference {
  readonly id: number;
  readonly sku: string;
  readonly qty: string;
}

const list = (differences: readonly Difference[]): string =>
  listed(differences.map(({ sku, qty }) => `${qty} of ${sku}`));

/** The difference itself is part of the name: another one is another matter, whatever was accepted of this. */
const keyOf = (what: string, differences: readonly Difference[]): string =>
  `${what}:${differences.map(({ id, qty }) => `${String(id)}x${qty}`).join(',')}`;

const itemOf = (shop: ShopSide, id: number): ShopItem | undefined => shop.items.find((each) => each.id === id);

/** What the shopper is still to get, or has got: ordered, less what was cancelled or refunded. */
const owed = (item: ShopItem): ReturnType<typeof decimal> =>
  decimal(item.ordered)
    .minus(item.cancelled ?? 0)
    .minus(item.refunded ?? 0);

/** The same for goods that may yet leave: what was refunded after it had left came back and is no part of it. */
const stillWanted = (item: ShopItem): ReturnType<typeof decimal> => {
  const unshipped = decimal(item.refunded ?? 0).minus(item.shipped);
  return decimal(item.ordered)
    .minus(item.cancelled ?? 0)
    .minus(unshipped.isNegative() ? 0 : unshipped);
};

const alteredRow = (shop: ShopSide, id: number): AlteredRow | undefined =>
  shop.altered?.rows?.find((row) => row.id === id);

/**
 * Where it is known what was written of the shop's rows, only those that were changed there since can differ: a line
 * that says something else was written or edited so in Counterpoint. Without a record every row is in question.
 */
const isInQuestion = (shop: ShopSide, id: number): boolean =>
  shop.altered === undefined || alteredRow(shop, id) !== undefined;

/** Differences between the shop's order and its document, told before goods leave for them. */
export function* orderChanged(s: Situation): Generator<AttentionWant> {
  yield* noLongerOwed(s);
  yield* remainderCancelled(s);
  yield* owedBeyondDocument(s);
}

/** The store would still release what the shop no longer owes: cancelled, refunded, taken off the order or lowered. */
function* noLongerOwed(s: Situation): Generator<AttentionWant> {
  const { shop, store } = s.seen;
  const excess = store.lines.flatMap((line): Difference[] => {
    if (!isInQuestion(shop, line.id)) return [];
    const item = itemOf(shop, line.id);
    const open = decimal(openQuantity(line));
    const tooMany = decimal(line.released)
      .plus(open)
      .minus(item ? stillWanted(item) : 0);
    const qty = tooMany.lessThan(open) ? tooMany : open;
    const sku = item?.sku ?? alteredRow(shop, line.id)?.sku ?? 'a line that is gone';
    return qty.greaterThan(0) ? [{ id: line.id, sku, qty: quantity(qty) }] : [];
  });
  if (excess.length === 0) return;
  const nothingReleased = liveTickets(store).length === 0;
  const everything = nothingReleased && store.lines.every((line) => !itemOwed(shop, line));
  yield {
    reason: 'cancelledInShop',
    action: keyOf('notOwed', excess),
    repairs: everything ? ['retry', 'confirmCancelled'] : ['retry', 'acceptDifference'],
    message: everything
      ? `Everything of order ${s.order} was ${how(shop, excess)} in the shop. Cancel it in Counterpoint too; nothing of it has been released.`
      : `The shop no longer owes ${list(excess)} of order ${s.order}: ${how(shop, excess)} there. Lower the line or cancel the remainder in Counterpoint before it is released.`,
  };
}

const itemOwed = (shop: ShopSide, line: StoreLine): boolean => {
  const item = itemOf(shop, line.id);
  return item !== undefined && stillWanted(item).greaterThan(0);
};

/** Nothing of the order is expected in the shop any more, and nothing of it ever left. */
export const owesNothing = ({ items }: ShopSide): boolean =>
  items.length > 0 && items.every((item) => stillWanted(item).lessThanOrEqualTo(0));

/** What became of it in the shop, as far as its rows tell. */
function how(shop: ShopSide, differences: readonly Difference[]): string {
  const items = differences.map(({ id }) => itemOf(shop, id));
  if (items.some((item) => item !== undefined && decimal(item.refunded ?? 0).greaterThan(0))) return 'refunded';
  if (items.some((item) => item !== undefined && decimal(item.cancelled ?? 0).greaterThan(0))) return 'cancelled';
  return 'taken off the order';
}

/** The store gave up on goods that the shop still owes (C5-83): a person decides what the shopper gets. */
function* remainderCancelled(s: Situation): Generator<AttentionWant> {
  const { shop, store } = s.seen;
  if (liveTickets(store).length === 0) return;
  const givenUp = store.lines.flatMap((line): Difference[] => {
    const item = itemOf(shop, line.id);
    if (!item) return [];
    const qty = Decimal.min(
      line.cancelled ?? 0,
      owed(item)
        .minus(line.ordered)
        .plus(line.cancelled ?? 0),
    );
    return qty.greaterThan(0) ? [{ id: line.id, sku: item.sku, qty: quantity(qty) }] : [];
  });
  if (givenUp.length === 0) return;
  yield {
    reason: 'cancelledInCounterpoint',
    action: keyOf('remainder', givenUp),
    message: `The store will not release ${list(givenUp)} of order ${s.order} any more, but the shop still expects it. Cancel the remainder in the shop, or reinstate it in Counterpoint.`,
  };
}

/** The shop owes what the document never held: a row was added or raised after the import. */
function* owedBeyondDocument(s: Situation): Generator<AttentionWant> {
  const { shop, store } = s.seen;
  if (store.document === 'gone' || store.lines.length === 0) return;
  const added = shop.items.flatMap((item): Difference[] => {
    if (!isInQuestion(shop, item.id)) return [];
    const line = store.lines.find(({ id }) => id === item.id);
    const qty = owed(item)
      .minus(line?.ordered ?? 0)
      .minus(line?.added ?? 0);
    return qty.greaterThan(0) ? [{ id: item.id, sku: item.sku, qty: quantity(qty) }] : [];
  });
  if (added.length === 0) return;
  yield {
    reason: 'amountsDiffer',
    action: keyOf('added', added),
    repairs: ['retry', 'acceptDifference'],
    message: `Shop order ${s.order} now holds ${list(added)} more than its document in Counterpoint. Sell the difference on a document of its own, or take it off the order in the shop; then accept it.`,
  };
}
