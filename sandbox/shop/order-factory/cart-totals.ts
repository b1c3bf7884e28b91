import { add, CarryRounder, cents, multiply, portion, subtract } from '../money/amounts';
import type { Cart, CartLine, Promotion } from './cart';

/** A priced row of the cart in one currency; totals before discount, without tax. */
export interface RowTotals {
  readonly price: number;
  readonly originalPrice: number;
  readonly priceInclTax: number;
  readonly rowTotal: number;
  readonly rowTotalInclTax: number;
  readonly discount: number;
  readonly discountPercent: number;
  readonly tax: number;
  readonly taxPercent: number;
  readonly compensation: number;
  /** Fixed product tax of the whole row. */
  readonly fee: number;
}

export interface CartTotals {
  /** By line, then by child for dynamic bundles (their parent's row is the sum). */
  readonly rows: readonly { readonly own: RowTotals; readonly children: readonly RowTotals[] }[];
  readonly subtotal: number;
  readonly subtotalInclTax: number;
  readonly shipping: {
    readonly amount: number;
    readonly inclTax: number;
    readonly tax: number;
    readonly discount: number;
  };
  /** Positive, shipping discount included. */
  readonly discount: number;
  readonly tax: number;
  readonly compensation: number;
  readonly grandTotal: number;
}

/** The shop starts the carry a millionth above zero, so that halves round up. */
const CARRY_START = '0.000001';

class Rounders {
  private readonly byRate = new Map<string, CarryRounder>();
  round(kind: string, value: number): number {
    const rounder = this.byRate.get(kind) ?? new CarryRounder(CARRY_START);
    this.byRate.set(kind, rounder);
    return rounder.round(value);
  }
}

const applies = (promotion: Promotion, line: CartLine): boolean =>
  line.discountable !== false && (promotion.skus === undefined || promotion.skus.includes(line.sku));

class Totaller {
  private readonly rounders = new Rounders();
  constructor(
    private readonly cart: Cart,
    private readonly rate: number,
  ) {}

  inCurrency(amount: number): number {
    return cents(multiply(amount, this.rate));
  }

  percentOf(line: CartLine): number {
    return add(
      ...this.cart.promotions.filter((promotion) => applies(promotion, line)).map((promotion) => promotion.percent),
    );
  }

  /** One priced row: its discount and tax rounded with what the rows before left over (contract §4.3). */
  row(line: CartLine, basePrice: number, qty: number): RowTotals {
    const { tax } = this.cart;
    const shown = this.inCurrency(basePrice);
    const gross = cents(multiply(shown, qty));
    const taxPercent = line.taxable === false || !tax ? 0 : tax.percent;
    const inclusive = tax?.pricesInclude === true && taxPercent > 0;
    const before = this.tax('before', gross, taxPercent, inclusive);
    const rowTotal = inclusive ? subtract(gross, before) : gross;
    const rowTotalInclTax = inclusive ? gross : add(gross, before);
    const percent = this.percentOf(line);
    const most = tax?.discountsInclude === true ? rowTotalInclTax : gross;
    const discount =
      percent === 0
        ? 0
        : Math.min(most, this.rounders.round(`discount ${String(percent)}`, portion(most, percent, 100)));
    const taxed = Math.max(0, subtract(gross, discount));
    const after = tax?.beforeDiscount === true ? before : this.tax('after', taxed, taxPercent, inclusive);
    return {
      price: inclusive ? cents(portion(rowTotal, 1, qty)) : shown,
      originalPrice: this.inCurrency(line.originalPrice ?? basePrice),
      priceInclTax: inclusive ? shown : cents(portion(rowTotalInclTax, 1, qty)),
      rowTotal,
      rowTotalInclTax,
      discount,
      discountPercent: percent,
      tax: after,
      taxPercent,
      compensation: inclusive ? subtract(before, after) : 0,
      fee: this.inCurrency(multiply(line.fee ?? 0, qty)),
    };
  }

  /** Tax on an amount; where prices include it, the part of the amount that is tax. */
  tax(kind: string, amount: number, percent: number, inclusive: boolean): number {
    if (percent === 0) return 0;
    return this.rounders.round(`${kind} ${String(percent)}`, portion(amount, percent, inclusive ? 100 + percent : 100));
  }

  shipping(): CartTotals['shipping'] {
    const amount = this.inCurrency(this.cart.shipping?.amount ?? 0);
    const percent = add(
      ...this.cart.promotions.filter((promotion) => promotion.shipping === true).map((promotion) => promotion.percent),
    );
    const discount = cents(portion(amount, percent, 100));
    const { tax } = this.cart;
    const taxPercent = tax && tax.shipping !== false ? tax.percent : 0;
    const inclTax = add(amount, this.tax('before', amount, taxPercent, false));
    return { amount, inclTax, discount, tax: this.tax('after', subtract(amount, discount), taxPercent, false) };
  }
}

const summed = (rows: readonly RowTotals[], line: CartLine): RowTotals => {
  const total = (pick: (row: RowTotals) => number): number => add(...rows.map(pick));
  const rowTotal = total((row) => row.rowTotal);
  const rowTotalInclTax = total((row) => row.rowTotalInclTax);
  return {
    price: cents(portion(rowTotal, 1, line.qty)),
    originalPrice: cents(portion(rowTotal, 1, line.qty)),
    priceInclTax: cents(portion(rowTotalInclTax, 1, line.qty)),
    rowTotal,
    rowTotalInclTax,
    discount: 0,
    discountPercent: 0,
    tax: total((row) => row.tax),
    taxPercent: 0,
    compensation: 0,
    fee: 0,
  };
};

/** Adds a cart up the way the shop does, in the currency one base unit buys `rate` of. */
export const cartTotals = (cart: Cart, rate: number): CartTotals => {
  const totaller = new Totaller(cart, rate);
  const rows = cart.lines.map((line) => {
    if (line.type !== 'bundle-dynamic') return { own: totaller.row(line, line.price, line.qty), children: [] };
    const children = (line.children ?? []).map((child) =>
      totaller.row(line, child.price, multiply(child.qty, line.qty)),
    );
    return { own: summed(children, line), children };
  });
  const priced = rows.flatMap(({ own, children }) => (children.length > 0 ? children : [own]));
  const shipping = totaller.shipping();
  const subtotal = add(...priced.map((row) => row.rowTotal));
  const discount = add(...priced.map((row) => row.discount), shipping.discount);
  const tax = add(...priced.map((row) => row.tax), shipping.tax);
  const compensation = add(...priced.map((row) => row.compensation));
  const fees = add(...priced.map((row) => row.fee));
  const charges = totaller.inCurrency(add(cart.surcharge?.amount, cart.giftWrap));
  const tenders = totaller.inCurrency(add(cart.giftCard, cart.storeCredit));
  return {
    rows,
    subtotal,
    subtotalInclTax: add(...priced.map((row) => row.rowTotalInclTax)),
    shipping,
    discount,
    tax,
    compensation,
    grandTotal: subtract(add(subtotal, shipping.amount, tax, compensation, fees, charges), discount, tenders),
  };
};
