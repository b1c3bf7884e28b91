import { type Decimal } from 'decimal.js';
import { decimal, isZero, maximum, minimum, money, sum, type Money, type Quantity } from '../../money';
import type { ShopInvoice, ItemQuantities } from '../../order/observation';
import type { ShopOrder, ShopOrderItem } from '../../shop/order';
import { addUp } from '../../order/tickets';
import { orderAmounts } from './amounts';
import { cents } from './cents';
import { placedByLedger } from './place-totals';
import { placedCharges, placedTenders } from '../placed';
import { settledInShop } from './totals';

/** An invoice that stands already: its rows by order_item_id and its base grand total. */
export type EarlierInvoice = Pick<ShopInvoice, 'items' | 'total'> & Partial<Pick<ShopInvoice, 'state'>>;

/** What the shop will invoice for a release, before gift cards, store credit and reward points, as a ticket's amount is. */
export interface ExpectedInvoice {
  readonly low: Money;
  readonly high: Money;
  readonly expected: Money;
  /** The released goods alone, after discounts and before tax. */
  readonly goods: Money;
  /** Shipping with its tax within `expected`: all of it on the first invoice, nothing later (C5-10). */
  readonly shipping: Money;
  /** What the order carries beside goods and shipping, with its tax (`totals`): within `expected` of the first invoice. */
  readonly charges: Money;
  /** The same for the whole order, on whichever invoice or ticket it comes. */
  readonly chargesInAll: Money;
  /** `expected` less what the shop's own tenders still cover: what a capture of this invoice charges. */
  readonly charged: Money;
}

const CENT = decimal('0.01');

/**
 * The ledger of a release. The first standing invoice carries the whole shipping; the one that leaves nothing open takes
 * what is missing to the order's total, to the cent; any other carries its rows' shares, each rounded by the shop with what
 * earlier roundings left over, so it is known to a cent per row (contract §4.3).
 * @param items order_item_id and quantity of the money rows to be invoiced; ids the order does not have are no money
 * @param earlier the invoices of the order so far; cancelled ones count for nothing
 * @throws CantusError refused, totalsDiffer, when the order's own amounts do not add up.
 */
export function expectedInvoice(
  order: ShopOrder,
  items: ItemQuantities,
  earlier: readonly EarlierInvoice[] = [],
): ExpectedInvoice {
  const standing = earlier.filter((invoice) => invoice.state !== 'canceled');
  const worth = worthOf(order);
  const { rows } = worth;
  const done = addUp(standing.flatMap((invoice) => invoice.items));
  const now = asInvoiced(rows, addUp(items));
  const first = standing.length === 0;
  const shipping = first ? worth.shipping : decimal(0);
  const remainder = finishes(rows, now, done) ? missingToTotal(worth, standing) : null;
  const goods = sum(rows.map((row) => cents(shareOf(row, now))));
  const charges = first ? worth.charges : decimal(0);
  const expected = remainder ?? goods.plus(shipping).plus(charges);
  // A row's share is rounded as amount, discount and tax, with carried remainders: a cent for the row is what they make.
  const rounding = CENT.times(remainder === null ? now.length : worth.partsOfCents ? standing.length : 0);
  // An extension puts its charge on whichever invoice it likes; most put it on the first.
  const elsewhere = remainder === null ? worth.charges : decimal(0);
  return {
    low: money(maximum(0, expected.minus(rounding).minus(first ? elsewhere : 0))),
    high: money(expected.plus(rounding).plus(first ? 0 : elsewhere)),
    expected: money(expected),
    goods: money(sum(rows.map((row) => cents(shareOf({ item: row.item, worth: row.net }, now))))),
    shipping: money(shipping),
    charges: money(charges),
    chargesInAll: money(worth.charges),
    charged: money(maximum(0, expected.minus(tendersLeft(worth, standing)))),
  };
}

interface PricedRow {
  readonly item: ShopOrderItem;
  /** The whole row after discount, in cents. */
  readonly net: Decimal;
  /** Net and tax of the whole row in cents. */
  readonly worth: Decimal;
}

/** What an order is worth to its invoices, in cents. */
interface OrderWorth {
  readonly rows: readonly PricedRow[];
  /** With its tax. */
  readonly shipping: Decimal;
  /** What was charged beside goods and shipping, with its tax. */
  readonly charges: Decimal;
  /** What pays for the order beside its payment method: the grand total is net of it. */
  readonly tenders: Decimal;
  readonly grandTotal: Decimal;
  readonly partsOfCents: boolean;
}

function worthOf(order: ShopOrder): OrderWorth {
  const placed = placedByLedger(order);
  const amounts = orderAmounts(order, placed);
  return {
    rows: amounts.rows.map(({ item, net, tax }) => ({ item, net, worth: net.plus(tax) })),
    shipping: amounts.shipping.plus(amounts.shippingTax),
    charges: placedCharges(placed).plus(amounts.placedTax),
    tenders: settledInShop({ totals: amounts.totals }).plus(placedTenders(placed)),
    grandTotal: decimal(order.totals.grandTotal),
    partsOfCents: order.totals.exactGrandTotal !== undefined,
  };
}

const quantityOf = (id: number, quantities: ItemQuantities): Quantity =>
  quantities.find(([item]) => item === id)?.[1] ?? '0';

/** The shop cuts quantities of items that are not sold in fractions to whole ones (contract §2.2). */
const asInvoiced = (rows: readonly PricedRow[], items: ItemQuantities): ItemQuantities =>
  items.flatMap(([id, qty]) => {
    const row = rows.find(({ item }) => item.id === id);
    if (row === undefined) return [];
    const invoiced = row.item.decimalQty ? qty : decimal(qty).trunc().toString();
    return isZero(invoiced) ? [] : [[id, invoiced] as const];
  });

function shareOf({ item, worth }: Pick<PricedRow, 'item' | 'worth'>, now: ItemQuantities): Decimal {
  const qty = quantityOf(item.id, now);
  return isZero(item.ordered) ? decimal(0) : worth.times(qty).dividedBy(item.ordered);
}

/** Nothing is open after it, and nothing was cancelled: only then is "the rest" the rest of the order's total. */
const finishes = (rows: readonly PricedRow[], now: ItemQuantities, done: ItemQuantities): boolean =>
  rows.every(
    ({ item }) =>
      isZero(item.cancelled) &&
      decimal(quantityOf(item.id, now)).plus(quantityOf(item.id, done)).greaterThanOrEqualTo(item.ordered),
  );

/** @returns null when earlier invoices were wholly settled by the shop's tenders and so do not show what they carried. */
function missingToTotal({ tenders, grandTotal }: OrderWorth, standing: readonly EarlierInvoice[]): Decimal | null {
  const invoiced = sum(standing.map((invoice) => invoice.total));
  if (standing.length > 0 && tenders.greaterThan(0) && invoiced.isZero()) return null;
  const used = standing.length === 0 ? decimal(0) : tenders;
  return grandTotal.plus(tenders).minus(invoiced).minus(used);
}

/** The shop uses its own tenders up first: once an invoice came to money, none of them is left. */
function tendersLeft(worth: OrderWorth, standing: readonly EarlierInvoice[]): Decimal {
  const { tenders } = worth;
  if (tenders.isZero() || standing.some((invoice) => !isZero(invoice.total))) return decimal(0);
  if (standing.length === 0) return tenders;
  const covered = sum(standing.flatMap((invoice) => worth.rows.map((row) => cents(shareOf(row, invoice.items)))));
  return decimal(maximum(0, tenders.minus(minimum(tenders, covered.plus(worth.shipping).plus(worth.charges)))));
}
