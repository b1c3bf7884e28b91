import type { Decimal } from 'decimal.js';
import type { Row, SandboxDatabase } from '../database';
import type { ClerkHabits } from './habits';
import { number, orderLines } from './rows';

/** Stocking units in one unit of the line. */
export const factor = (line: Row): Decimal => number(line['QTY_NUMER'] ?? 1).dividedBy(number(line['QTY_DENOM'] ?? 1));

/** Open quantity of an order line: what was not released yet. */
export function openOf(line: Row, ways: ClerkHabits): Decimal {
  const sold = number(line['QTY_SOLD']);
  return ways.quantityAfterRelease === 'rest' ? sold : sold.minus(number(line['QTY_SHIPPED']));
}

/** The quantity that an order line's amounts are for. */
export function pricedQuantity(line: Row, ways: ClerkHabits): Decimal {
  const sold = number(line['QTY_SOLD']);
  return ways.quantityAfterRelease === 'rest' ? sold.plus(number(line['QTY_SHIPPED'])) : sold;
}

export async function nothingOpen(tx: SandboxDatabase, docId: string, ways: ClerkHabits): Promise<boolean> {
  return (await orderLines(tx, docId)).every((line) => openOf(line, ways).lessThanOrEqualTo(0));
}
