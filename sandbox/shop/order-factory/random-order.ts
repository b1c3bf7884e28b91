import { cents, portion } from '../money/amounts';
import type { Fields } from '../json';
import { shownOrder } from '../http/present';
import { buildOrder } from './build-order';
import type { Cart, CartLine, Promotion } from './cart';
import { cartOf, ORDER_KINDS } from './kinds';

/** Small, fast and repeatable (mulberry32); nothing here needs to be unguessable. */
const generator = (seed: number): (() => number) => {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
};

class Dice {
  private readonly next: () => number;
  constructor(seed: number) {
    this.next = generator(seed);
  }
  whole(from: number, to: number): number {
    return from + Math.floor(this.next() * (to - from + 1));
  }
  amount(from: number, to: number): number {
    return cents(portion(this.whole(from * 100, to * 100), 1, 100));
  }
  chance(of: number): boolean {
    return this.next() < of;
  }
  pick<T>(choices: readonly [T, ...T[]]): T {
    return choices[this.whole(0, choices.length - 1)] ?? choices[0];
  }
}

const LINE_TYPES = [
  'simple',
  'simple',
  'simple',
  'grouped',
  'virtual',
  'downloadable',
  'configurable',
  'bundle-dynamic',
  'bundle-fixed',
] as const;

const randomLine = (dice: Dice, at: number): CartLine => {
  const type = dice.pick<CartLine['type']>([...LINE_TYPES] as [CartLine['type'], ...CartLine['type'][]]);
  const sku = `R${String(at + 1)}`;
  const line: CartLine = {
    type,
    sku,
    name: `Product ${sku}`,
    qty: dice.whole(1, 9),
    price: dice.amount(1, 180),
    taxable: dice.chance(0.85),
    discountable: dice.chance(0.9),
  };
  if (type === 'configurable')
    return { ...line, children: [{ sku: `${sku}-A`, name: `Product ${sku}-A`, price: 0, qty: 1 }] };
  if (!type.startsWith('bundle'))
    return dice.chance(0.1) && type === 'simple' ? { ...line, decimalQty: true, qty: dice.amount(1, 7) } : line;
  const dynamic = type === 'bundle-dynamic';
  const children = Array.from({ length: dice.whole(1, 3) }, (_unused, part) => ({
    sku: `${sku}-P${String(part + 1)}`,
    name: `Part ${String(part + 1)}`,
    price: dynamic ? dice.amount(1, 60) : 0,
    qty: dice.whole(1, 3),
  }));
  return { ...line, price: dynamic ? 0 : line.price, children, shipSeparately: dice.chance(0.4) };
};

const randomPromotions = (dice: Dice): Promotion[] => {
  if (dice.chance(0.5)) return [];
  const coupon = dice.chance(0.7) ? { coupon: 'LUCKY' } : {};
  return [
    {
      ruleId: 7,
      label: 'Lucky',
      percent: dice.pick([5, 7.5, 10, 12, 15, 33, 50]),
      shipping: dice.chance(0.3),
      ...coupon,
    },
  ];
};

const PAYMENTS = [
  'checkmo',
  'banktransfer',
  'cashondelivery',
  'purchaseorder',
  'authorise',
  'authorise',
  'paid',
] as const;

/** A cart of any kind that the shop can add up; the same seed gives the same cart. */
export const randomCart = (seed: number): Cart => {
  const dice = new Dice(seed);
  if (dice.chance(0.2))
    return cartOf(
      dice.pick(ORDER_KINDS.filter((kind) => !kind.startsWith('un')) as ['configurable', ...'configurable'[]]),
    );
  const lines = Array.from({ length: dice.whole(1, 5) }, (_unused, at) => randomLine(dice, at));
  const method = dice.pick<(typeof PAYMENTS)[number]>([...PAYMENTS] as [
    (typeof PAYMENTS)[number],
    ...(typeof PAYMENTS)[number][],
  ]);
  const physical = lines.some((line) => line.type !== 'virtual' && line.type !== 'downloadable');
  return {
    lines,
    shipping: physical
      ? {
          method: 'flatrate_flatrate',
          description: 'Flat Rate - Fixed',
          amount: dice.chance(0.2) ? 0 : dice.amount(3, 60),
        }
      : null,
    tax: dice.chance(0.8)
      ? { code: 'US-NJ', percent: dice.pick([5.5, 6.625, 7, 8.25, 8.875]), shipping: dice.chance(0.7) }
      : null,
    promotions: randomPromotions(dice),
    payment:
      method === 'authorise' || method === 'paid'
        ? { method: 'authnetcim', action: method === 'paid' ? 'capture' : 'authorize' }
        : { method, ...(method === 'purchaseorder' ? { poNumber: `PO-${String(dice.whole(1, 99999))}` } : {}) },
    shopper: cartOf('simple-checkmo').shopper,
    ...(dice.chance(0.1) ? { currency: { code: 'EUR', rate: 0.9137 } } : {}),
  };
};

/** A random order as REST shows one just placed, without a shop: for property tests and measurements. */
export const randomOrder = (seed: number): Fields => {
  const sequences = new Map<string, number>();
  const next = (table: string): number => {
    const id = (sequences.get(table) ?? seed * 100) + 1;
    sequences.set(table, id);
    return id;
  };
  const orderId = seed + 1;
  const record = buildOrder(randomCart(seed), {
    next,
    at: '2026-11-22 12:00:00',
    orderId,
    storeId: 1,
    incrementId: String(orderId).padStart(9, '0'),
    itemizedTaxes: true,
  });
  return shownOrder(record);
};
