import { Decimal } from 'decimal.js';
import { decimal, money, sum } from '../../../domain/money';
import type {
  GiftMessage,
  ShopAddress,
  ShopOrder,
  ShopOrderItem,
  ShopPayment,
  ShopTotals,
} from '../../../domain/shop-order';

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

export interface OrderSpec {
  readonly rows: readonly RowSpec[];
  readonly inclusive?: boolean;
  readonly shipping?: { readonly price: string; readonly tax?: string; readonly discount?: string };
  readonly giftCards?: string;
  readonly storeCredit?: string;
  readonly rewardPoints?: string;
  /** An amount, or "all" of the grand total. */
  readonly paid?: string;
  /** 2.3.0 sends rows before discount. */
  readonly grossRows?: boolean;
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

const cents = (value: Decimal.Value): Decimal => decimal(value).toDecimalPlaces(2, Decimal.ROUND_HALF_UP);

interface Amounts {
  readonly unit: Decimal;
  readonly row: Decimal;
  readonly discount: Decimal;
  readonly tax: Decimal;
  readonly compensation: Decimal;
}

/** One price × quantity with its discount, as the shop's tax calculation splits it. */
function split(price: string, qty: string, rate: string, discount: string, inclusive: boolean): Amounts {
  const factor = decimal(rate).dividedBy(100);
  const shelf = cents(decimal(price).times(qty));
  const off = Decimal.min(cents(discount), shelf);
  if (!inclusive) {
    return {
      unit: decimal(price),
      row: shelf,
      discount: off,
      tax: cents(shelf.minus(off).times(factor)),
      compensation: decimal(0),
    };
  }
  const row = cents(shelf.dividedBy(factor.plus(1)));
  const left = shelf.minus(off);
  const tax = left.minus(cents(left.dividedBy(factor.plus(1))));
  const unit = decimal(price).dividedBy(factor.plus(1)).toDecimalPlaces(4, Decimal.ROUND_HALF_UP);
  return { unit, row, discount: off, tax, compensation: shelf.minus(row).minus(tax) };
}

const NOTHING: Amounts = {
  unit: decimal(0),
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
    return split(spec.price, qty, spec.tax ?? '0', spec.discount ?? '0', this.order.inclusive === true);
  }

  private push(spec: RowSpec, qty: string, parentId: number | null, amounts: Amounts, counts: boolean): number {
    const id = (this.id += 1);
    const shown = this.order.grossRows === true ? amounts.row : Decimal.max(0, amounts.row.minus(amounts.discount));
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
      originalPrice: amounts.unit.toString(),
      rowTotal: shown.toString(),
      discount: amounts.discount.toString(),
      tax: amounts.tax.toString(),
      taxPercent: counts ? (spec.tax ?? '0') : '0',
      compensation: amounts.compensation.toString(),
      weee: spec.weee ?? '0',
      weeeTax: spec.weeeTax ?? '0',
      giftMessage: spec.gift ?? null,
      customOptions: spec.options ?? [],
    };
    this.all.push({ item, amounts, counts });
    return id;
  }
}

function totalsOf(spec: OrderSpec, rows: readonly Row[]): ShopTotals {
  const counting = rows.filter(({ counts }) => counts);
  const add = (pick: (row: Row) => Decimal.Value): Decimal => sum(counting.map(pick));
  const shipping = split(
    spec.shipping?.price ?? '0',
    '1',
    spec.shipping?.tax ?? '0',
    spec.shipping?.discount ?? '0',
    spec.inclusive === true,
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
    .plus(weee);
  const tenders = sum([spec.giftCards ?? 0, spec.storeCredit ?? 0, spec.rewardPoints ?? 0]);
  const grandTotal = worth.minus(tenders);
  const paid = spec.paid === 'all' ? grandTotal : decimal(spec.paid ?? 0);
  return {
    subtotal: money(spec.weeeInSubtotal === true ? goods.plus(weee) : goods),
    discount: money(discount),
    shipping: money(shipping.row),
    shippingDiscount: money(shipping.discount),
    tax: money(tax),
    shippingTax: money(shipping.tax),
    compensation: money(compensation),
    shippingCompensation: money(shipping.compensation),
    weee: money(weee),
    giftCards: money(spec.giftCards ?? 0),
    storeCredit: money(spec.storeCredit ?? 0),
    rewardPoints: money(spec.rewardPoints ?? 0),
    giftWrap: '0.00',
    giftWrapTax: '0.00',
    grandTotal: money(grandTotal),
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
    relations: { parent: null, parentEntityId: null, child: null, originalIncrementId: null },
    unknownTotals: [],
    ...spec.order,
  };
}
