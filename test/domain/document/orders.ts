import { Decimal } from 'decimal.js';
import { decimal, exactMoney, isZero, money, sum } from '../../../domain/money';
import type {
  GiftMessage,
  ShopAddress,
  ShopOrder,
  ShopOrderItem,
  ShopPayment,
  ShopTotals,
} from '../../../domain/shop/order';

/**
 * Orders as a shop would answer them, with totals worked out the shop's way: each row's tax after its discount, prices with
 * or without tax, the row total after discount. The arithmetic is the shop's, not the mapping's.
 */
export interface RowSpec {
  readonly type?: ShopOrderItem['type'];
  readonly sku?: string;
  readonly name?: string;
  /** Shelf price of one, with tax when the order says `inclusive`. */
  readonly price: string;
  readonly qty?: string;
  /** Percent. */
  readonly tax?: string;
  /** Discount on the whole row, in shelf prices. */
  readonly discount?: string;
  /** Fixed product tax of the whole row, and the tax on it. */
  readonly weee?: string;
  readonly weeeTax?: string;
  /** The variant of a configurable, the parts of a bundle with a fixed price: rows without money. */
  readonly parts?: readonly { readonly sku: string; readonly perSet: string }[];
  /** The parts of a bundle with a dynamic price; the row above only repeats their sum. */
  readonly priced?: readonly RowSpec[];
  readonly decimalQty?: boolean;
  readonly gift?: GiftMessage;
  readonly options?: readonly { readonly id: string; readonly value: string }[];
}

/**
 * How releases and tax display settings show a row's total (contract §4.1): stored (2.3.0), after discount (2.3.1 to 2.4.4),
 * the same cut off at 0 (2.4.5 to 2.4.7), of one piece (2.4.8), of one piece with tax (2.4.8, prices displayed with tax),
 * with tax less discount and tax (later, displayed with tax); bare: as cut off, without the totals with tax beside it.
 */
export const SHOWN = ['stored', 'afterDiscount', 'cutOff', 'unit', 'unitWithTax', 'displayedWithTax', 'bare'] as const;
export type Shown = (typeof SHOWN)[number];

export interface OrderSpec {
  readonly rows: readonly RowSpec[];
  readonly inclusive?: boolean;
  /** "Apply customer tax: before discount": tax on the full price. */
  readonly taxBeforeDiscount?: boolean;
  /** Where the shop rounds prices that include tax: each piece, or each row. */
  readonly rounding?: 'unit' | 'row';
  readonly shown?: Shown;
  /** A shop that rounds nothing before the grand total, and not even that. */
  readonly partsOfCents?: boolean;
  readonly shipping?: { readonly price: string; readonly tax?: string; readonly discount?: string };
  /** Charged beside goods, shipping and tax. */
  readonly charged?: string;
  readonly giftCards?: string;
  readonly storeCredit?: string;
  readonly rewardPoints?: string;
  /** An amount, or "all" of the grand total. */
  readonly paid?: string;
  readonly weeeInSubtotal?: boolean;
  readonly payment?: Partial<ShopPayment>;
  readonly order?: Partial<ShopOrder>;
}

export const ADDRESS: ShopAddress = {
  firstName: 'Dana',
  lastName: 'Whitfield',
  company: null,
  street: ['18 Orchard Rd', 'Unit 4'],
  city: 'Salem',
  region: 'Oregon',
  regionCode: 'OR',
  postcode: '97301',
  country: 'US',
  phone: '503-555-0142',
  email: 'dana@example.com',
};

const inCents = (value: Decimal.Value): Decimal => decimal(value).toDecimalPlaces(2, Decimal.ROUND_HALF_UP);
/** As a database column keeps it. */
const fourPlaces = (value: Decimal.Value): Decimal => decimal(value).toDecimalPlaces(4, Decimal.ROUND_HALF_UP);

interface Amounts {
  readonly unit: Decimal;
  readonly unitInclTax: Decimal;
  readonly row: Decimal;
  readonly discount: Decimal;
  readonly tax: Decimal;
  /** On the full price. */
  readonly fullTax: Decimal;
  readonly compensation: Decimal;
}

interface Priced {
  readonly price: string;
  readonly qty: string;
  readonly rate: string;
  readonly discount: string;
}

/** One price × quantity with its discount, as the shop's tax calculation splits it. */
function split({ price, qty, rate, discount }: Priced, order: Omit<OrderSpec, 'rows'>): Amounts {
  const cents = order.partsOfCents === true ? fourPlaces : inCents;
  const factor = decimal(rate).dividedBy(100);
  const shelf = cents(decimal(price).times(qty));
  const off = Decimal.min(cents(discount), shelf);
  const left = order.taxBeforeDiscount === true ? shelf : shelf.minus(off);
  if (order.inclusive !== true) {
    const fullTax = cents(shelf.times(factor));
    const unitInclTax = isZero(qty) ? decimal(0) : cents(shelf.plus(fullTax).dividedBy(qty));
    const tax = cents(left.times(factor));
    return { unit: decimal(price), unitInclTax, row: shelf, discount: off, tax, fullTax, compensation: decimal(0) };
  }
  const taxIn = (amount: Decimal): Decimal => cents(amount.times(factor).dividedBy(factor.plus(1)));
  const perPiece = order.rounding === 'unit' && decimal(qty).isInteger();
  const fullTax = perPiece ? taxIn(decimal(price)).times(qty) : taxIn(shelf);
  const row = shelf.minus(fullTax);
  const tax =
    order.taxBeforeDiscount === true || off.isZero()
      ? fullTax
      : perPiece
        ? taxIn(left.dividedBy(qty)).times(qty)
        : taxIn(left);
  const exact = decimal(price).dividedBy(factor.plus(1)).toDecimalPlaces(4, Decimal.ROUND_HALF_UP);
  return {
    // A real shop rounds the price without tax to cents; without the totals with tax nothing else tells a cut-off row.
    unit: order.shown === 'bare' ? exact : cents(row.dividedBy(qty)),
    unitInclTax: decimal(price),
    row,
    discount: off,
    tax,
    fullTax,
    compensation: fullTax.minus(tax),
  };
}

const NOTHING: Amounts = {
  unit: decimal(0),
  unitInclTax: decimal(0),
  fullTax: decimal(0),
  row: decimal(0),
  discount: decimal(0),
  tax: decimal(0),
  compensation: decimal(0),
};

interface Row {
  readonly item: ShopOrderItem;
  readonly amounts: Amounts;
  readonly counts: boolean;
}

class Rows {
  readonly all: Row[] = [];
  private id = 100;
  constructor(private readonly order: OrderSpec) {}

  add(spec: RowSpec): void {
    const qty = spec.qty ?? '1';
    if (spec.priced !== undefined) {
      this.addDynamicBundle(spec, qty, spec.priced);
      return;
    }
    const parent = this.push(spec, qty, null, this.amountsOf(spec, qty), true);
    for (const part of spec.parts ?? []) {
      const of = { type: 'simple', sku: part.sku, price: '0' };
      this.push(of, decimal(part.perSet).times(qty).toString(), parent, NOTHING, false);
    }
  }

  private addDynamicBundle(spec: RowSpec, qty: string, parts: readonly RowSpec[]): void {
    const qtyOf = (part: RowSpec): string =>
      decimal(part.qty ?? '1')
        .times(qty)
        .toString();
    const amounts = parts.map((part) => this.amountsOf(part, qtyOf(part)));
    const total: Amounts = {
      ...NOTHING,
      unit: sum(amounts.map(({ row }) => row)).dividedBy(qty),
      row: sum(amounts.map(({ row }) => row)),
      tax: sum(amounts.map(({ tax }) => tax)),
    };
    const parent = this.push({ ...spec, type: 'bundle' }, qty, null, total, false);
    parts.forEach((part, index) => this.push(part, qtyOf(part), parent, amounts[index] ?? NOTHING, true));
  }

  private amountsOf(spec: RowSpec, qty: string): Amounts {
    return split({ price: spec.price, qty, rate: spec.tax ?? '0', discount: spec.discount ?? '0' }, this.order);
  }

  private push(spec: RowSpec, qty: string, parentId: number | null, amounts: Amounts, counts: boolean): number {
    const id = (this.id += 1);
    const shown = this.order.shown ?? 'cutOff';
    const weeeUnit = isZero(qty)
      ? '0'
      : decimal(spec.weee ?? 0)
          .dividedBy(qty)
          .toDecimalPlaces(4)
          .toString();
    const item: ShopOrderItem = {
      id,
      parentId,
      type: spec.type ?? 'simple',
      sku: spec.sku ?? `SKU-${id}`,
      name: spec.name ?? `Item ${id}`,
      virtual: spec.type === 'virtual' || spec.type === 'downloadable',
      decimalQty: spec.decimalQty ?? false,
      ordered: qty,
      invoiced: '0',
      shipped: '0',
      cancelled: '0',
      refunded: '0',
      price: amounts.unit.toString(),
      priceInclTax: shown === 'bare' ? null : amounts.unitInclTax.toString(),
      originalPrice: amounts.unit.toString(),
      rowTotal: rowTotal(amounts, shown).toString(),
      rowTotalInclTax: shown === 'bare' ? null : rowTotalInclTax(amounts, shown, weeeUnit).toString(),
      discount: amounts.discount.toString(),
      tax: amounts.tax.toString(),
      taxPercent: counts ? (spec.tax ?? '0') : '0',
      compensation: amounts.compensation.toString(),
      weee: spec.weee ?? '0',
      weeeUnit,
      weeeTax: spec.weeeTax ?? '0',
      giftMessage: spec.gift ?? null,
      customOptions: spec.options ?? [],
    };
    this.all.push({ item, amounts, counts });
    return id;
  }
}

/** `base_row_total` of an order row, as a release shows it. */
function rowTotal({ unit, unitInclTax, row, discount, tax, fullTax }: Amounts, shown: Shown): Decimal {
  const before = {
    stored: row.plus(discount),
    afterDiscount: row,
    cutOff: row,
    bare: row,
    unit,
    unitWithTax: unitInclTax.minus(tax),
    displayedWithTax: row.plus(fullTax).minus(tax),
  }[shown];
  const after = before.minus(discount);
  return shown === 'afterDiscount' ? after : Decimal.max(0, after);
}

/** `base_row_total_incl_tax`: of the whole row in every release; with the fixed tax of one piece. */
function rowTotalInclTax({ row, discount, tax, fullTax, compensation }: Amounts, shown: Shown, weee = '0'): Decimal {
  if (shown === 'stored') return row.plus(fullTax);
  const after = row.minus(discount).plus(tax).plus(compensation).plus(weee);
  return shown === 'afterDiscount' ? after : Decimal.max(0, after);
}

function totalsOf(spec: OrderSpec, rows: readonly Row[]): ShopTotals {
  const counting = rows.filter(({ counts }) => counts);
  const add = (pick: (row: Row) => Decimal.Value): Decimal => sum(counting.map(pick));
  const shipping = split(
    {
      price: spec.shipping?.price ?? '0',
      qty: '1',
      rate: spec.shipping?.tax ?? '0',
      discount: spec.shipping?.discount ?? '0',
    },
    spec,
  );
  const weee = add(({ item }) => item.weee);
  const goods = add(({ amounts }) => amounts.row);
  const discount = add(({ amounts }) => amounts.discount).plus(shipping.discount);
  const tax = add(({ amounts }) => amounts.tax)
    .plus(add(({ item }) => item.weeeTax))
    .plus(shipping.tax);
  const compensation = add(({ amounts }) => amounts.compensation);
  const worth = goods
    .minus(discount)
    .plus(shipping.row)
    .plus(tax)
    .plus(compensation)
    .plus(shipping.compensation)
    .plus(weee)
    .plus(spec.charged ?? 0);
  const tenders = sum([spec.giftCards ?? 0, spec.storeCredit ?? 0, spec.rewardPoints ?? 0]);
  const grandTotal = worth.minus(tenders);
  const paid = spec.paid === 'all' ? grandTotal : decimal(spec.paid ?? 0);
  const amount = spec.partsOfCents === true ? exactMoney : money;
  return {
    subtotal: amount(spec.weeeInSubtotal === true ? goods.plus(weee) : goods),
    discount: amount(discount),
    shipping: amount(shipping.row),
    shippingDiscount: amount(shipping.discount),
    tax: amount(tax),
    shippingTax: amount(shipping.tax),
    compensation: amount(compensation),
    shippingCompensation: amount(shipping.compensation),
    weee: amount(weee),
    giftCards: money(spec.giftCards ?? 0),
    storeCredit: money(spec.storeCredit ?? 0),
    rewardPoints: money(spec.rewardPoints ?? 0),
    giftWrap: '0.00',
    giftWrapTax: '0.00',
    grandTotal: money(grandTotal),
    ...(amount(grandTotal) === money(grandTotal) ? {} : { exactGrandTotal: amount(grandTotal) }),
    paid: money(paid),
    refunded: '0.00',
    due: money(grandTotal.minus(paid)),
  };
}

/** An order of these rows, paid by check and sent by the flat rate unless the spec says otherwise. */
export function orderOf(spec: OrderSpec): ShopOrder {
  const rows = new Rows(spec);
  for (const row of spec.rows) rows.add(row);
  const totals = totalsOf(spec, rows.all);
  const virtual = rows.all.every(({ item }) => item.virtual);
  return {
    entityId: 501,
    incrementId: '000000501',
    state: 'new',
    status: 'pending',
    storeId: 1,
    createdAt: '2026-03-11T15:42:07Z',
    updatedAt: '2026-03-11T15:42:07Z',
    virtual,
    customer: {
      email: 'dana@example.com',
      guest: true,
      id: null,
      firstName: 'Dana',
      lastName: 'Whitfield',
      taxVat: null,
    },
    currency: { base: 'USD', order: 'USD', orderGrandTotal: totals.grandTotal, baseToOrderRate: '1' },
    totals,
    coupons: [],
    discountDescription: null,
    items: rows.all.map(({ item }) => item),
    billing: ADDRESS,
    shipping: virtual ? null : ADDRESS,
    shippingMethod: virtual ? null : 'flatrate_flatrate',
    shippingDescription: virtual ? null : 'Flat Rate - Fixed',
    payment: {
      method: 'checkmo',
      poNumber: null,
      authorised: '0.00',
      paid: totals.paid,
      lastTransactionId: null,
      ...spec.payment,
    },
    taxes: [],
    giftMessage: null,
    shopperNotes: [],
    relations: { parent: null, parentEntityId: null, child: null, originalIncrementId: null },
    unknownTotals: [],
    ...spec.order,
  };
}
