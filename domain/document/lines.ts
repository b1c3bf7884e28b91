import { Decimal } from 'decimal.js';
import { sameCode } from '../item-rules';
import { decimal, isPositive, isZero, money, quantity } from '../money';
import type { CounterpointSettings } from '../settings';
import type { ShopOrder, ShopOrderItem } from '../shop/order';
import { tidy, toCodePage, type CodePage } from '../text/fitting';
import type { OrderAmounts, RowAmounts } from './money/amounts';
import type { TaxedCharge } from './money/charges';
import { discountCode } from './money/discounts';
import type { DraftLine } from './draft';
import { own } from './own';
import { plainName } from './money/place-totals';
import { isItem, type PlacedItem } from './placed';
import { stop } from './refusals';
import { isReadable, shopperLine } from './words/shopper-text';

/** Shop SKU → ITEM_NO, as a person named it in a repair. */
export type SkuMap = Readonly<Record<string, string>>;

/**
 * One document line per order row that carries money (P-11), in the shop's order: a configurable's parent, a dynamic
 * bundle's parts, a fixed-price bundle as a whole, every other row itself; totals that the configuration makes a line come
 * last. Prices are the shop's own (C5-22, C5-25), the description is the item's name on the order (C5-17); the amounts in
 * cents are what adds up.
 * @throws CantusError refused: unknownSku.
 */
export function draftLines(
  order: ShopOrder,
  { amounts, charges }: { readonly amounts: OrderAmounts; readonly charges: readonly TaxedCharge[] },
  { counterpoint, codePage, skus = {} }: LineSettings,
): readonly DraftLine[] {
  const code = discountCode(order, counterpoint);
  const taxed = isPositive(amounts.tax);
  return [
    ...amounts.rows.map((row) =>
      draftLine(row, { ...itemOf(order, row.item, skus), discountCode: code, taxed, codePage }),
    ),
    ...charges.flatMap(({ charge, tax }) => (isItem(charge) ? [chargeLine(charge, tax)] : [])),
  ];
}

/** The item's name as the shopper saw it (C5-17); its SKU where the name is a picture, or in a script that cannot be written. */
function descriptionOf(item: ShopOrderItem, codePage: CodePage): string {
  const name = shopperLine(item.name);
  return isReadable(toCodePage(name, codePage).text) ? name : tidy(item.sku);
}

export interface LineSettings {
  readonly counterpoint: CounterpointSettings;
  readonly codePage: CodePage;
  readonly skus?: SkuMap | undefined;
}

interface LineFacts {
  readonly codePage: CodePage;
  readonly sku: string;
  readonly named?: true;
  readonly discountCode: string;
  readonly taxed: boolean;
}

function draftLine({ item, gross, discount, net, tax }: RowAmounts, facts: LineFacts): DraftLine {
  return {
    itemId: item.id,
    sku: facts.sku,
    ...(facts.named ? { named: true } : {}),
    description: descriptionOf(item, facts.codePage),
    quantity: quantity(item.ordered),
    grossPrice: unitPrice(gross, item),
    netPrice: discount.isZero() ? unitPrice(gross, item) : perUnit(net, item.ordered),
    gross: money(gross),
    discount: money(discount),
    net: money(net),
    tax: money(tax),
    taxable: facts.taxed && (isPositive(item.taxPercent) || isPositive(tax)),
    discountCode: discount.isZero() ? null : facts.discountCode,
  };
}

/** A total of the order as one piece of an item: wrapping, a service, a fee. */
function chargeLine({ field, place, amount }: PlacedItem, tax: Decimal): DraftLine {
  return {
    itemId: null,
    sku: place.item,
    description: described(field),
    quantity: '1',
    grossPrice: amount,
    netPrice: amount,
    gross: amount,
    discount: money(0),
    net: amount,
    tax: money(tax),
    taxable: isPositive(tax),
    discountCode: null,
  };
}

/** `extension_attributes.base_handling_fee_amount` → "Handling fee". */
function described(field: string): string {
  const words = plainName(field).replace(/[._]+/g, ' ').trim();
  return words === 'gw' ? 'Gift wrapping' : words.charAt(0).toUpperCase() + words.slice(1);
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

/** What a repair named for the SKU (the person may have typed it in another case), else the SKU itself. */
function itemOf(order: ShopOrder, row: ShopOrderItem, skus: SkuMap): { readonly sku: string; readonly named?: true } {
  const named = own(skus, row.sku) ?? Object.entries(skus).find(([sku]) => sameCode(tidy(sku), tidy(row.sku)))?.[1];
  if (named !== undefined) return { sku: tidy(named), named: true };
  const sku = tidy(row.sku);
  if (sku !== '') return { sku };
  throw stop(order.incrementId, {
    reason: 'unknownSku',
    field: 'items.sku',
    what: `item ${row.id} has no SKU`,
    remedy: 'Give the product a SKU in the shop, or name the Counterpoint item by the repair mapSku.',
  });
}
