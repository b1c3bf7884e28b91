import { decimal, money, type Money } from '../../domain/money';
import { isNumeric } from './php-json';

/** Base amounts of an order that have a place in ShopTotals or only say how far it has come. */
const KNOWN = new Set(
  [
    'adjustment_negative adjustment_positive grand_total to_global_rate to_order_rate',
    'discount_amount discount_canceled discount_invoiced discount_refunded',
    'discount_tax_compensation_amount discount_tax_compensation_invoiced discount_tax_compensation_refunded',
    'shipping_amount shipping_canceled shipping_discount_amount shipping_incl_tax shipping_invoiced shipping_refunded',
    'shipping_discount_tax_compensation_amnt shipping_discount_tax_compensation_amount',
    'shipping_tax_amount shipping_tax_refunded tax_amount tax_canceled tax_invoiced tax_refunded',
    'subtotal subtotal_canceled subtotal_incl_tax subtotal_invoiced subtotal_refunded',
    'total_canceled total_due total_invoiced total_invoiced_cost total_paid total_qty_ordered total_refunded',
    'total_offline_refunded total_online_refunded',
  ].flatMap((line) => line.split(' ')),
);

/** Families of Adobe Commerce that ShopTotals has places for. */
const FAMILY = /^(gw_|gift_cards_|customer_balance_|reward_)/;
const MONEY_NAME = /(^|_)(amount|amnt|fee|surcharge|total|price|charge|cost|tax)s?($|_)/;
const RATE = /(^|_)(rate|percent|id|code|qty|count|points)($|_)/;

export interface UnknownTotal {
  readonly field: string;
  readonly amount: Money;
}

type Fields = Readonly<Record<string, unknown>>;

/**
 * Money on an order that Cantus has no place for, by field name (P-10): any `base_` amount of the order itself,
 * and anything among its extension attributes that is named like money, one level deep.
 */
export function unknownTotals(order: Fields): UnknownTotal[] {
  const extension = isFields(order['extension_attributes']) ? order['extension_attributes'] : {};
  const own = amountsOf(order, '', (name) => name.startsWith('base_'));
  const named = amountsOf(
    extension,
    'extension_attributes.',
    (name) => MONEY_NAME.test(name) || name.startsWith('base_'),
  );
  const nested = Object.entries(extension)
    .filter((entry): entry is [string, Fields] => isFields(entry[1]) && MONEY_NAME.test(entry[0]))
    .flatMap(([name, fields]) => amountsOf(fields, `extension_attributes.${name}.`, () => true));
  return [...own, ...named, ...nested];
}

const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function amountsOf(fields: Fields, prefix: string, isMoney: (name: string) => boolean): UnknownTotal[] {
  return Object.entries(fields).flatMap(([name, value]) => {
    if (!isMoney(name) || !isNumeric(value) || decimal(value).isZero()) return [];
    const bare = name.replace(/^base_/, '');
    // The same amount in the order's own currency stands beside the base one.
    const twin = bare === name && `base_${name}` in fields;
    return twin || KNOWN.has(bare) || FAMILY.test(bare) || RATE.test(bare)
      ? []
      : [{ field: prefix + name, amount: money(value) }];
  });
}
