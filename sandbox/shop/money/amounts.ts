import { decimal, type Numeric } from '../../../domain/money';

/** The API's JSON carries plain numbers; every sum on them goes through decimals and comes back as the nearest number. */
type Amount = Numeric | undefined | null;

const exact = (value: Amount) => decimal(value ?? 0);

export const add = (...values: Amount[]): number =>
  values.reduce<ReturnType<typeof decimal>>((total, value) => total.plus(exact(value)), decimal(0)).toNumber();

export const subtract = (from: Amount, ...values: Amount[]): number =>
  exact(from)
    .minus(add(...values))
    .toNumber();

export const multiply = (a: Amount, b: Amount): number => exact(a).times(exact(b)).toNumber();

/** Rounded to cents, half away from zero. */
export const cents = (value: Amount): number => exact(value).toDecimalPlaces(2, 4).toNumber();

/** Unrounded part of a total: total × part ÷ whole. */
export const portion = (total: Amount, part: Amount, whole: Amount): number =>
  exact(total).times(exact(part)).div(exact(whole)).toNumber();

export const negate = (value: Amount): number => {
  const result = exact(value).negated().toNumber();
  return result === 0 ? 0 : result;
};

/** Text with two places, for history lines. */
export const fixed = (value: Amount): string => exact(value).toFixed(2);

/**
 * Rounds to cents and carries what rounding took or gave to the next amount, as the shop does from row to row
 * (contract §4.3), so that a sum of rounded rows stays within a cent of the rounded sum.
 */
export class CarryRounder {
  private carry;
  constructor(start: Numeric = 0) {
    this.carry = decimal(start);
  }

  round(value: Amount, negative = false): number {
    if (exact(value).isZero()) return 0;
    const wanted = exact(value).plus(negative ? this.carry.negated() : this.carry);
    const rounded = wanted.toDecimalPlaces(2, 4);
    const left = wanted.minus(rounded);
    this.carry = negative ? left.negated() : left;
    return rounded.toNumber();
  }
}
