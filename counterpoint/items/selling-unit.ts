import type { Decimal } from 'decimal.js';
import { decimal } from '../../domain/money';
import type { Columns } from '../../database/columns';
import { cell, type Row } from '../../database/engine';
import { ALTERNATE_UNITS, STOCKING_UNIT } from '../guesses';

/** The unit a line counts in. Its quantity × numer ÷ denom is the quantity in stocking units. */
export interface SellingUnit {
  /** SELL_UNIT: `0` the stocking unit, `1` … `5` an alternate one. */
  readonly letter: string;
  readonly name: string;
  readonly numer: string;
  readonly denom: string;
}

export const stockingUnit = (name: string): SellingUnit => ({ letter: '0', name, numer: '1', denom: '1' });

/** A line's quantity in the units that are stocked. */
export const inStockingUnits = (quantity: Decimal.Value, { numer, denom }: Pick<SellingUnit, 'numer' | 'denom'>) =>
  decimal(quantity).times(numer).dividedBy(denom);

/** Columns of IM_ITEM that name its alternate units. */
export const alternateUnitColumns = (): readonly string[] =>
  ALTERNATE_UNITS.flatMap((unit) => ['UNIT', 'NUMER', 'DENOM'].map((part) => `ALT_${unit}_${part}`));

/**
 * The unit an item is sold in by the letter of its barcode (IM_BARCOD.UNIT); null: the letter names no unit of the item,
 * or one without a factor.
 */
export function unitOf(item: Row, letter: string): SellingUnit | null {
  const stock = cell(item, 'STK_UNIT');
  if (STOCKING_UNIT.includes(letter.trim())) return stockingUnit(stock);
  const name = cell(item, `ALT_${letter}_UNIT`).trim();
  const numer = cell(item, `ALT_${letter}_NUMER`);
  const denom = cell(item, `ALT_${letter}_DENOM`);
  const known = ALTERNATE_UNITS.includes(letter) && name !== '';
  if (!known || !isFactor(numer) || !isFactor(denom)) return null;
  return { letter, name, numer: decimal(numer).toFixed(0), denom: decimal(denom).toFixed(0) };
}

const isFactor = (text: string): boolean => text !== '' && decimal(text).greaterThan(0);

/** A line of our own: what was ordered of it, and the unit that counts in. */
interface OrderedLine {
  readonly qty: string | number;
  readonly numer: string | number;
  readonly denom: string | number;
}

const UNIT_COLUMNS = ['QTY_NUMER', 'QTY_DENOM', 'SELL_UNIT', 'QTY_UNIT'];

/** Columns of a table of lines that say its unit, as far as this version has them. */
export const unitColumns = (columns: Columns, table: string): readonly string[] =>
  UNIT_COLUMNS.filter((name) => columns.has(table, name));

/**
 * A quantity of a later document in the unit of the order's own line: a clerk may release twelve single pieces of a case.
 * @param quantity of the row, in the row's unit
 */
export function inUnitOf(line: OrderedLine, row: Row, quantity: Decimal): Decimal {
  if (!saysItsUnit(row, line, quantity)) return quantity;
  const own = { numer: cell(row, 'QTY_NUMER'), denom: cell(row, 'QTY_DENOM') };
  return inStockingUnits(quantity, own).times(String(line.denom)).dividedBy(String(line.numer));
}

/** A row left at its columns' defaults was not told a unit; it is in the order's, unless that would be more than was ordered. */
function saysItsUnit(row: Row, line: OrderedLine, quantity: Decimal): boolean {
  const [numer, denom] = [cell(row, 'QTY_NUMER'), cell(row, 'QTY_DENOM')];
  if (!isFactor(numer) || !isFactor(denom)) return false;
  const isDefault = decimal(numer).equals(denom) && STOCKING_UNIT.includes(cell(row, 'SELL_UNIT').trim());
  return !isDefault || cell(row, 'QTY_UNIT') !== '' || quantity.greaterThan(String(line.qty));
}
