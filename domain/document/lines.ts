import { Decimal } from 'decimal.js';
import { decimal, isPositive, isZero, money, quantity } from '../money';
import type { CounterpointSettings } from '../settings';
import type { ShopOrder, ShopOrderItem } from '../shop-order';
import { moneyRows } from '../shop-rows';
import { tidy } from '../text';
import { discountCode, lineDiscounts } from './discounts';
import type { DraftLine } from './draft';
import { grossAmounts } from './gross';
import { own } from './own';
import { stop } from './refusals';
import { lineTaxes } from './taxes';

/** Shop SKU → ITEM_NO, as a person named it in a repair. */
export type SkuMap = Readonly<Record<string, string>>;

/**
 * One document line per order row that carries money (P-11), in the shop's order: a configurable's parent, a dynamic
 * bundle's parts, a fixed-price bundle as a whole, every other row itself. Prices are the shop's own (C5-22, C5-25), the
 * description is the item's name on the order (C5-17); the amounts in cents are what adds up.
 * @throws CantusError refused: totalsDiffer, unknownSku.
 */
export function draftLines(
  order: ShopOrder,
  counterpoint: CounterpointSettings,
  skus: SkuMap = {},
): readonly DraftLine[] {
  const rows = moneyRows(order).map(({ row }) => row);
  if (rows.length === 0) throw noLines(order);
  const gross = grossAmounts(order, rows);
  const discounts = lineDiscounts(order, rows, gross);
  const taxes = lineTaxes(order, rows);
  const code = discountCode(order, counterpoint);
  return rows.map((row, index) =>
    draftLine(row, {
      sku: skuOf(order, row, skus),
      gross: gross[index] ?? decimal(0),
      discount: discounts[index] ?? decimal(0),
      tax: taxes[index] ?? decimal(0),
      discountCode: code,
      taxed: isPositive(order.totals.tax),
    }),
  );
}

interface LineFacts {
  readonly sku: string;
  readonly gross: Decimal;
  readonly discount: Decimal;
  readonly tax: Decimal;
  readonly discountCode: string;
  readonly taxed: boolean;
}

function draftLine(row: ShopOrderItem, facts: LineFacts): DraftLine {
  const { gross, discount, tax } = facts;
  const net = gross.minus(discount);
  return {
    itemId: row.id,
    sku: facts.sku,
    description: tidy(row.name),
    quantity: quantity(row.ordered),
    grossPrice: unitPrice(gross, row),
    netPrice: discount.isZero() ? unitPrice(gross, row) : perUnit(net, row.ordered),
    gross: money(gross),
    discount: money(discount),
    net: money(net),
    tax: money(tax),
    taxable: facts.taxed && (isPositive(row.taxPercent) || isPositive(tax)),
    discountCode: discount.isZero() ? null : facts.discountCode,
  };
}

/** The shop's own unit price where it leads to the row's amount, else the amount divided again. */
function unitPrice(gross: Decimal, row: ShopOrderItem): string {
  const price = decimal(row.price);
  const leadsThere = price.times(row.ordered).toDecimalPlaces(2, Decimal.ROUND_HALF_UP).equals(gross);
  return leadsThere ? places(price) : perUnit(gross, row.ordered);
}

const perUnit = (amount: Decimal, ordered: string): string =>
  isZero(ordered) ? places(amount) : places(amount.dividedBy(ordered));

/** Two to four places, as a price is written. */
function places(price: Decimal): string {
  const rounded = price.toDecimalPlaces(4, Decimal.ROUND_HALF_UP);
  return rounded.toFixed(Math.max(2, rounded.decimalPlaces()));
}

function skuOf(order: ShopOrder, row: ShopOrderItem, skus: SkuMap): string {
  const sku = tidy(own(skus, row.sku) ?? row.sku);
  if (sku !== '') return sku;
  throw stop(order.incrementId, {
    reason: 'unknownSku',
    field: 'items.sku',
    what: `item ${row.id} has no SKU`,
    remedy: 'Give the product a SKU in the shop, or name the Counterpoint item by the repair mapSku.',
  });
}

const noLines = (order: ShopOrder): Error =>
  stop(order.incrementId, {
    reason: 'totalsDiffer',
    code: 'noLines',
    field: 'items',
    what: 'the shop sent no items',
    remedy: 'Look at the order in the shop; one without items cannot be imported.',
  });
