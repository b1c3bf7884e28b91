import { Decimal } from 'decimal.js';

/** An amount in the instance's currency as a decimal string with two places, e.g. "12.30". Never a float. */
export type Money = string;
/** A quantity as a decimal string without trailing zeros, e.g. "2" or "1.25" (at most four places). */
export type Quantity = string;

export type Numeric = Decimal.Value;

export const decimal = (value: Numeric): Decimal => new Decimal(value);

/** Rounds half away from zero to cents, as Magento and Counterpoint do. */
export const money = (value: Numeric): Money => new Decimal(value).toDecimalPlaces(2, Decimal.ROUND_HALF_UP).toFixed(2);

/** The shop's own precision: two to four places, as some shops keep parts of a cent until the grand total. */
export const exactMoney = (value: Numeric): string => {
  const exact = new Decimal(value).toDecimalPlaces(4, Decimal.ROUND_HALF_UP);
  return exact.toFixed(Math.max(2, exact.decimalPlaces()));
};

export const quantity = (value: Numeric): Quantity =>
  new Decimal(value).toDecimalPlaces(4, Decimal.ROUND_HALF_UP).toString();

export const sum = (values: Iterable<Numeric>): Decimal => {
  let total = new Decimal(0);
  for (const value of values) total = total.plus(value);
  return total;
};

export const isZero = (value: Numeric): boolean => new Decimal(value).isZero();
export const isPositive = (value: Numeric): boolean => new Decimal(value).greaterThan(0);
export const minimum = (a: Numeric, b: Numeric): Decimal => Decimal.min(a, b);
export const maximum = (a: Numeric, b: Numeric): Decimal => Decimal.max(a, b);
