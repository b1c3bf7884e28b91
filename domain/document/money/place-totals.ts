import type { Decimal } from 'decimal.js';
import { decimal, isPositive, isZero, money, sum, type Money, type Numeric } from '../../money';
import type { Settings, TotalPlace } from '../../settings';
import type { ShopOrder } from '../../shop/order';
import { own } from '../own';
import { NOTHING_PLACED, type Placed } from '../placed';
import { stop } from '../refusals';
import { residuals } from './totals';

interface Total {
  readonly field: string;
  readonly amount: string;
  readonly isTax: boolean;
  /** Names a configuration may give it. */
  readonly names: readonly string[];
}

/**
 * Money beside goods, shipping, tax and discount, placed as the configuration says (`totals`). What it does not name stops
 * the order by that name (P-10).
 * @throws CantusError refused, unknownTotal.
 */
export function placeTotals(order: ShopOrder, settings: Pick<Settings, 'totals'>): Placed {
  const found = totalsBeside(order);
  if (found.length === 0) return NOTHING_PLACED;
  const places = found.filter(({ isTax }) => !isTax).map((total) => ({ total, place: placeOf(total, settings) }));
  const taxes = found.filter(({ isTax }) => isTax);
  const [unplaced] = places.filter(({ place }) => place === undefined);
  if (unplaced !== undefined) throw unknown(order, unplaced.total);
  const charges = places.flatMap(({ total, place }) =>
    place === undefined || 'payCode' in place ? [] : [{ field: total.field, place, amount: charged(order, total) }],
  );
  const [tax] = taxes;
  if (tax !== undefined && charges.length === 0) throw unknown(order, tax);
  const placed: Placed = {
    charges,
    tenders: places.flatMap(({ total, place }) =>
      place !== undefined && 'payCode' in place
        ? [{ payCode: place.payCode, amount: money(decimal(total.amount).abs()) }]
        : [],
    ),
    tax: tax === undefined ? null : money(sum(taxes.map(({ amount }) => amount))),
    taxBeside: false,
  };
  return { ...placed, taxBeside: placed.tax !== null && standsBeside(order, placed) };
}

/** The same amount may stand on the order and among its extension attributes. */
function totalsBeside(order: ShopOrder): readonly Total[] {
  const { giftWrap, giftWrapTax } = order.totals;
  const all: readonly Total[] = [
    ...order.unknownTotals.map(({ field, amount }) => ({ field, amount, isTax: isTax(field), names: namesOf(field) })),
    { field: 'gw_base_price', amount: giftWrap, isTax: false, names: GIFT_WRAP },
    { field: 'gw_base_tax_amount', amount: giftWrapTax, isTax: true, names: [] },
  ];
  const seen = new Set<string>();
  return all.filter(({ field, amount, isTax: tax }) => {
    const key = `${plainName(field)} ${String(tax)} ${money(amount)}`;
    if (isZero(amount) || seen.has(key)) return false;
    seen.add(key);
    return true;
  });
}

const GIFT_WRAP = ['gw', 'giftwrap', 'giftwrapping', 'gift_wrap', 'gift_wrapping', 'gw_items', 'gw_card'];
const isTax = (field: string): boolean => /(^|[_.])tax([_.]|$)/.test(field);

/** A field's name without what every amount is called: `extension_attributes.base_handling_fee_amount` → `handling_fee`. */
export function plainName(field: string): string {
  const own = field.toLowerCase().replace(/^extension_attributes\./, '');
  const parts = own
    .split('.')
    .map((part) => part.replace(/(^|_)base_/, '$1').replace(/_?(amount|amnt|price|total|value)$/, ''));
  return parts.filter((part) => part !== '').join('.');
}

const namesOf = (field: string): readonly string[] => {
  const plain = plainName(field);
  return [plain, ...plain.split('.')];
};

const placeOf = (total: Total, settings: Pick<Settings, 'totals'>): TotalPlace | undefined =>
  placeNamed([total.field, ...total.names], settings);

/** The configuration's place for a total that goes by any of these names. */
export function placeNamed(names: readonly string[], { totals }: Pick<Settings, 'totals'>): TotalPlace | undefined {
  const plain = new Set(names.map(plainName));
  const key = Object.keys(totals).find((each) => names.includes(each) || plain.has(plainName(each)));
  return key === undefined ? undefined : own(totals, key);
}

function charged(order: ShopOrder, { field, amount }: Total): Money {
  if (isPositive(amount)) return money(amount);
  throw stop(order.incrementId, {
    reason: 'unknownTotal',
    field,
    what: `it is below zero (${money(amount)}), and a charge or a line cannot be`,
    remedy: `Give "${plainName(field)}" a payCode in totals, if it pays for the order, or enter the order by hand; then retry.`,
  });
}

/** Only one of the two closes the ledger. */
const standsBeside = (order: ShopOrder, placed: Placed): boolean =>
  residuals(order, placed).some((rest) => isSame(rest, placed.tax ?? 0));

const isSame = (a: Decimal, b: Numeric): boolean => a.minus(b).abs().lessThan('0.005');

/**
 * For an order that is a document already: what of it is beside goods, shipping and tax, told from the ledger alone. A rest
 * above zero was charged on top, one below paid for it.
 */
export function placedByLedger(order: ShopOrder): Placed {
  const found = totalsBeside(order).filter(({ isTax }) => !isTax);
  if (found.length === 0) return NOTHING_PLACED;
  const known = sum(found.map(({ amount }) => decimal(amount).abs()));
  const [inside, beside] = residuals(order, NOTHING_PLACED);
  const smaller = beside.abs().lessThan(inside.abs()) ? beside : inside;
  const rest = [inside, beside].find((each) => isSame(each.abs(), known)) ?? smaller;
  const amount = money(rest.abs());
  if (isZero(amount)) return NOTHING_PLACED;
  return isPositive(rest)
    ? { ...NOTHING_PLACED, charges: [{ field: 'totals', place: { miscCharge: 1 }, amount }] }
    : { ...NOTHING_PLACED, tenders: [{ payCode: '', amount }] };
}

const unknown = (order: ShopOrder, { field, amount }: Total): Error =>
  stop(order.incrementId, {
    reason: 'unknownTotal',
    field,
    what: `it carries ${money(amount)} that has no place on a Counterpoint document`,
    remedy: `Say in totals where "${plainName(field)}" belongs (a pay code, a misc charge or an item), then retry; or enter this order by hand and skip it here.`,
  });
