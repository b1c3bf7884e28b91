import { Decimal } from 'decimal.js';
import { decimal, sum, type Numeric } from '../../money';

export const cents = (value: Numeric): Decimal => decimal(value).toDecimalPlaces(2, Decimal.ROUND_HALF_UP);

const HALF_A_CENT = decimal('0.005');

export interface Rounding {
  /** What the rounded amounts must add up to, in cents. */
  readonly target: Numeric;
  /** How far the exact sum may lie from the target; half a cent when left out: rounding explains no more. */
  readonly tolerance?: Numeric;
  /** Whether the row at this place may carry this amount; the remainder goes to the last one that may. */
  readonly mayCarry: (index: number, amount: Decimal) => boolean;
}

/**
 * Exact amounts as cents that add up to the target. Each row is rounded by itself; what is then missing goes whole to the
 * last row that may carry it (P-09, docs/decisions/rounding-remainder.md).
 * @returns null when the exact amounts do not explain the target, or no row can take the remainder.
 */
export function roundedTo(exact: readonly Numeric[], rounding: Rounding): readonly Decimal[] | null {
  const target = decimal(rounding.target);
  const tolerance = decimal(rounding.tolerance ?? HALF_A_CENT);
  if (sum(exact).minus(target).abs().greaterThan(tolerance)) return null;
  const rounded = exact.map(cents);
  const remainder = target.minus(sum(rounded));
  if (remainder.isZero()) return rounded;
  for (let index = rounded.length - 1; index >= 0; index -= 1) {
    const corrected = (rounded[index] ?? decimal(0)).plus(remainder);
    if (rounding.mayCarry(index, corrected)) return rounded.map((amount, at) => (at === index ? corrected : amount));
  }
  return null;
}

/** An amount in cents shared out in proportion to the weights, to the cent; the largest fractions get the odd cents. */
export function shareOut(amount: Numeric, weights: readonly Numeric[]): readonly Decimal[] {
  const whole = sum(weights);
  if (whole.isZero()) return weights.map(() => decimal(0));
  const exact = weights.map((weight) => decimal(amount).times(weight).dividedBy(whole));
  const floors = exact.map((share) => share.toDecimalPlaces(2, Decimal.ROUND_FLOOR));
  const odd = decimal(amount).minus(sum(floors)).times(100).round().toNumber();
  const order = exact
    .map((share, index) => ({ index, fraction: share.minus(floors[index] ?? 0) }))
    .sort((a, b) => b.fraction.comparedTo(a.fraction) || a.index - b.index);
  const lucky = new Set(order.slice(0, odd).map(({ index }) => index));
  return floors.map((share, index) => (lucky.has(index) ? share.plus('0.01') : share));
}
