import type { TextChange } from '../../../domain/document/draft';
import type { CounterpointSettings } from '../../../domain/settings';
import { fit, isWritable, lengthOf, tidy, toCodePage, upperTwin } from '../../../domain/text/fitting';
import { USUAL_CODE_PAGE, type Column, type Columns } from '../../../database/columns';
import { refuse } from '../../refusals';
import type { CellValue, RowBatch, TableRow } from '../../../database/row-batch';

/** Texts that may lose their end; every other text is an identifier, and one that does not fit stops the order. */
const MAY_BE_CUT =
  /^(NAM|NAM_UPR|FST_NAM(_UPR)?|LST_NAM(_UPR)?|ADRS_[1-3]|CITY|CNTRY|PHONE_\d|CONTCT_\d|REF|DESCR|LOG_ENTRY|PROF_ALPHA_\d)$/;
/** Useless when cut, and nothing depends on them: left out as a whole. */
const MAY_BE_DROPPED = /^EMAIL_ADRS_\d$/;

export interface FittedRows {
  readonly batches: readonly RowBatch[];
  readonly changes: readonly TextChange[];
}

/**
 * Brings rows into the form of the real tables: unknown tables and columns are left out (the check at start names those
 * that matter), text goes into the code page by `textPolicy` and into the real lengths.
 * @throws CantusError refused: fieldTooLong, badText.
 */
export function fitRows(
  batches: readonly RowBatch[],
  columns: Columns,
  order: string,
  policy: CounterpointSettings['textPolicy'],
): FittedRows {
  const changes = new Map<string, TextChange>();
  const fitted = batches
    .filter((batch) => columns.has(`dbo.${batch.table}`))
    .map((batch) => ({ table: batch.table, rows: batch.rows.map((row) => fitRow(batch.table, row)) }));
  return { batches: fitted, changes: [...changes.values()] };

  function fitRow(table: string, row: TableRow): TableRow {
    const kept: Record<string, CellValue> = {};
    for (const [name, value] of Object.entries(row)) {
      const column = columns.column(`dbo.${table}`, name);
      if (column?.writable !== true) continue;
      kept[name] = typeof value === 'string' && isText(column) ? fitText({ table, name, column }, value) : value;
    }
    return kept;
  }

  function fitText(
    place: { readonly table: string; readonly name: string; readonly column: Column },
    value: string,
  ): string | null {
    const { table, name, column } = place;
    const field = `${table}.${name}`;
    const cuttable = MAY_BE_CUT.test(name);
    const droppable = MAY_BE_DROPPED.test(name);
    const note = (change: TextChange['change'], from: number, to: number): void => {
      // The upper-case twins and the copies on the deposit ticket say nothing new.
      if (!name.endsWith('_UPR')) changes.set(`${field} ${change}`, { field, change, from, to });
    };
    let text = value;
    const codePage = column.codePage ?? USUAL_CODE_PAGE;
    if (!isWritable(value, codePage)) {
      if (policy === 'reject' || !(cuttable || droppable || column.length === null)) throw badText(order, field);
      const written = toCodePage(value, codePage).text;
      // A picture that is left out leaves its blanks behind.
      text = column.length === null ? written : tidy(written);
      note('transliterated', lengthOf(value), lengthOf(text));
    }
    if (column.length === null || lengthOf(text) <= column.length) return text;
    if (droppable) {
      note('dropped', lengthOf(text), 0);
      return null;
    }
    if (!cuttable) throw tooLong(order, field, lengthOf(text), column.length);
    const cut = fit(text, column.length).text;
    note('truncated', lengthOf(text), lengthOf(cut));
    return name.endsWith('_UPR') ? upperTwin(cut, codePage) : cut;
  }
}

const isText = (column: Column): boolean => /char|text/.test(column.type);

export const tooLong = (order: string, field: string, found: number, allowed: number) =>
  refuse(order, {
    reason: 'fieldTooLong',
    field,
    what: `${field} would have ${String(found)} characters, Counterpoint allows ${String(allowed)}`,
    remedy: 'Shorten it in the shop, then retry.',
  });

const badText = (order: string, field: string) =>
  refuse(order, {
    reason: 'badText',
    field,
    what: `the text for ${field} has characters that the Counterpoint database cannot hold`,
    remedy: 'Correct the text in the shop, then retry.',
  });
