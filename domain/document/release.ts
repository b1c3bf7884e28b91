import { type Decimal } from 'decimal.js';
import { decimal, isZero, maximum, minimum, money, sum, type Money, type Quantity } from '../money';
import type { ShopInvoice } from '../observation';
import type { ShopOrder, ShopOrderItem } from '../shop-order';
import { moneyRows } from '../shop-rows';
import { addUp, type ItemQuantities } from '../tickets';
import { cents } from './cents';
import { lineDiscounts } from './discounts';
import { grossAmounts } from './gross';
import { lineTaxes } from './taxes';
import { settledInShop, shippingCharge } from './totals';

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
  const rows = pricedRows(order);
  const done = addUp(standing.flatMap((invoice) => invoice.items));
  const now = asInvoiced(rows, addUp(items));
  const shipping = standing.length === 0 ? shippingCharge(order).plus(order.totals.shippingTax) : decimal(0);
  const remainder = finishes(rows, now, done) ? missingToTotal(order, standing) : null;
  const goods = sum(rows.map((row) => cents(shareOf(row, now))));
  const expected = remainder ?? goods.plus(shipping);
  // A row's share is rounded as amount, discount and tax, with carried remainders: a cent for the row is what they make.
  const slack = remainder === null ? CENT.times(now.length) : decimal(0);
  return {
    low: money(maximum(0, expected.minus(slack))),
    high: money(expected.plus(slack)),
    expected: money(expected),
    goods: money(sum(rows.map((row) => cents(shareOf({ item: row.item, worth: row.net }, now))))),
    shipping: money(shipping),
    charged: money(maximum(0, expected.minus(tendersLeft(order, standing)))),
  };
}

interface PricedRow {
  readonly item: ShopOrderItem;
  /** The whole row after discount, in cents. */
  readonly net: Decimal;
  /** Net and tax of the whole row in cents. */
  readonly worth: Decimal;
}

function pricedRows(order: ShopOrder): readonly PricedRow[] {
  const rows = moneyRows(order).map(({ row }) => row);
  const gross = grossAmounts(order, rows);
  const discounts = lineDiscounts(order, rows, gross);
  const taxes = lineTaxes(order, rows);
  return rows.map((item, index) => {
    const net = (gross[index] ?? decimal(0)).minus(discounts[index] ?? 0);
    return { item, net, worth: net.plus(taxes[index] ?? 0) };
  });
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
function missingToTotal(order: ShopOrder, standing: readonly EarlierInvoice[]): Decimal | null {
  const tenders = settledInShop(order);
  const invoiced = sum(standing.map((invoice) => invoice.total));
  if (standing.length > 0 && tenders.greaterThan(0) && invoiced.isZero()) return null;
  const used = standing.length === 0 ? decimal(0) : tenders;
  return decimal(order.totals.grandTotal).plus(tenders).minus(invoiced).minus(used);
}

/** The shop uses its own tenders up first: once an invoice came to money, none of them is left. */
function tendersLeft(order: ShopOrder, standing: readonly EarlierInvoice[]): Decimal {
  const tenders = settledInShop(order);
  if (tenders.isZero() || standing.some((invoice) => !isZero(invoice.total))) return decimal(0);
  if (standing.length === 0) return tenders;
  const rows = pricedRows(order);
  const covered = sum(standing.flatMap((invoice) => rows.map((row) => cents(shareOf(row, invoice.items)))));
  const shipping = shippingCharge(order).plus(order.totals.shippingTax);
  return decimal(maximum(0, tenders.minus(minimum(tenders, covered.plus(shipping)))));
}
