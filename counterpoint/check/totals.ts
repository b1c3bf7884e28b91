import type { TotalPlace } from '../../domain/settings';
import type { Context } from '../context';
import { cell, type Row } from '../../database/engine';

/** The places of `totals`, looked up in Counterpoint: a pay code for orders, an enabled misc charge, an item. */
export async function checkTotals(context: Context): Promise<string[]> {
  const named = Object.entries(context.settings.totals);
  if (named.length === 0) return [];
  const { counterpoint } = context.settings;
  const stores = unique([counterpoint, ...Object.values(counterpoint.stores)].map(({ store }) => store));
  const items = named.flatMap(([, place]) => ('item' in place ? [place.item] : []));
  const { db } = context.engine;
  const [payRows = [], itemRows = [], storeRows = []] = await context.engine.read([
    db.selectFrom('dbo.SY_PAY_COD').select(['PAY_COD', 'ALLOW_FOR_ORDS']),
    db
      .selectFrom('dbo.IM_ITEM')
      .select('ITEM_NO')
      .where('ITEM_NO', 'in', items.length > 0 ? items : ['']),
    db
      .selectFrom('dbo.PS_STR_CFG_PS')
      .select(['STR_ID', 'USE_MISC_1', 'USE_MISC_2', 'USE_MISC_3', 'USE_MISC_4', 'USE_MISC_5'])
      .where('STR_ID', 'in', stores),
  ]);
  return named.flatMap(([total, place]) => faults(total, place, { payRows, itemRows, storeRows }));
}

interface Known {
  readonly payRows: readonly Row[];
  readonly itemRows: readonly Row[];
  readonly storeRows: readonly Row[];
}

function faults(total: string, place: TotalPlace, { payRows, itemRows, storeRows }: Known): string[] {
  if ('payCode' in place) {
    const row = payRows.find((each) => same(each, 'PAY_COD', place.payCode));
    if (row === undefined)
      return [
        `Pay code ${place.payCode} of totals.${total} is not in Counterpoint (SY_PAY_COD). Add it or correct totals.`,
      ];
    return row['ALLOW_FOR_ORDS'] === 'N'
      ? [`Pay code ${place.payCode} of totals.${total} is not allowed for orders. Allow it in Counterpoint.`]
      : [];
  }
  if ('item' in place) {
    return itemRows.some((each) => same(each, 'ITEM_NO', place.item))
      ? []
      : [`Item ${place.item} of totals.${total} is not in Counterpoint (IM_ITEM). Add it or correct totals.`];
  }
  const column = `USE_MISC_${String(place.miscCharge)}`;
  return storeRows
    .filter((row) => row[column] !== 'Y')
    .map(
      (row) =>
        `Misc charge ${String(place.miscCharge)} of totals.${total} is not enabled for store ${cell(row, 'STR_ID').trimEnd()} (${column}). Enable it.`,
    );
}

const same = (row: Row, column: string, code: string): boolean =>
  cell(row, column).trimEnd().toUpperCase() === code.toUpperCase();
const unique = (values: readonly string[]): string[] => [...new Set(values)];
