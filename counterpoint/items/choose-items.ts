import { folded, sameCode } from '../../domain/item-rules';
import { listed } from '../../domain/text/listing';
import { cell, type Row } from '../../database/engine';
import type { AskedLine, Candidate, Search } from './find-items';
import { GRID, SOLD_STATUS } from '../guesses';
import { unitOf, stockingUnit, type SellingUnit } from './selling-unit';
import type { Item } from '../../database/tables';

export interface Cell {
  readonly DIM_1_UPR: string;
  readonly DIM_2_UPR: string;
  readonly DIM_3_UPR: string;
}

/** An item as a line is sold of it: its cell where it has some, the unit that is counted in. */
export interface ItemFact {
  readonly item: Item;
  /** The barcode it was found by. */
  readonly barcode: string | null;
  readonly cell: Cell | null;
  readonly unit: SellingUnit;
  /** For the order's timeline: how it was found, where that is not plain. */
  readonly notes?: readonly string[];
}

/** Why a line cannot be written. `what` is the middle of a sentence. */
export interface ItemProblem {
  readonly code: 'unknownSku' | 'barcodeAmbiguous' | 'cellMissing' | 'unitMissing' | 'kitItem' | 'itemInactive';
  /** What was looked up, as the shop or somebody's word has it. */
  readonly sku: string;
  /** The SKU of the line, where that is another text: `by` says who made the one of the other. */
  readonly of?: string;
  readonly by: Candidate['by'];
  readonly what: string;
  readonly remedy: string;
  /** The item whose cells would be possible. */
  readonly itemNo?: string;
}

export interface FoundRows {
  readonly rules: readonly Row[];
  readonly items: readonly Row[];
  readonly barcodes: readonly Row[];
}

export interface ChosenItems<Line extends AskedLine> {
  readonly items: ReadonlyMap<Line, ItemFact>;
  readonly problems: readonly ItemProblem[];
}

export function chooseItems<Line extends AskedLine>(
  search: readonly Search<Line>[],
  found: FoundRows,
): ChosenItems<Line> {
  const items = new Map<Line, ItemFact>();
  const problems: ItemProblem[] = [];
  for (const each of search) {
    const chosen = choose(each, found);
    if ('item' in chosen) items.set(each.line, chosen);
    else problems.push(chosen.sku === each.line.sku ? chosen : { ...chosen, of: each.line.sku });
  }
  return { items, problems };
}

function choose({ line, named, others }: Search<AskedLine>, found: FoundRows): ItemFact | ItemProblem {
  const said = line.named === true || line.itemId === null ? null : ofTheDesk(line.sku, found.rules);
  const word = said ?? named;
  const candidates = word === null ? others : [word];
  for (const candidate of candidates) {
    const item = lookUp(candidate, found);
    if (item !== null) return 'item' in item ? told(item, line, candidate) : item;
  }
  return unknown(candidates[0] ?? { code: line.sku, by: 'sku' });
}

function ofTheDesk(sku: string, rules: readonly Row[]): Candidate | null {
  const row = rules.find((each) => cell(each, 'sku') === sku) ?? rules.find((each) => sameCode(cell(each, 'sku'), sku));
  return row === undefined ? null : { code: cell(row, 'item_no'), by: 'rule of the desk' };
}

/**
 * An item number before a barcode: a number stands for one item, a barcode may be given twice. As it is written before
 * any other case: only a database that tells letters' case apart holds both.
 */
function lookUp(candidate: Candidate, { items, barcodes }: FoundRows): ItemFact | ItemProblem | null {
  const { code } = candidate;
  const numbers = distinct(likeliest(items, 'ITEM_NO', code), ({ ITEM_NO }) => String(ITEM_NO));
  const matches = distinct(likeliest(barcodes, 'MATCHED', code), standsFor);
  if (numbers.length > 1 || (numbers.length === 0 && matches.length > 1))
    return ambiguous(candidate, numbers.length > 1 ? numbers : matches);
  const [item] = numbers;
  if (item !== undefined) {
    const others = matches.filter((row) => cell(row, 'ITEM_NO') !== cell(item, 'ITEM_NO'));
    const note = `"${code}" is the number of item ${cell(item, 'ITEM_NO')}, which was taken; it is a barcode of ${listed(others.map(named))} as well.`;
    const fact = sold(candidate, item, { barcode: null, cell: null, unit: stockingUnit(cell(item, 'STK_UNIT')) });
    return 'item' in fact && others.length > 0 ? { ...fact, notes: [note] } : fact;
  }
  const [match] = matches;
  if (match === undefined) return null;
  const letter = cell(match, 'MATCHED_UNIT');
  const unit = unitOf(match, letter);
  if (unit === null) return unitMissing(candidate, match, letter);
  return sold(candidate, match, { barcode: cell(match, 'MATCHED'), cell: cellOf(match), unit });
}

function likeliest(rows: readonly Row[], column: string, code: string): readonly Row[] {
  const exact = rows.filter((row) => cell(row, column) === code);
  return exact.length > 0 ? exact : rows.filter((row) => sameCode(cell(row, column), code));
}

function distinct(rows: readonly Row[], by: (row: Row) => string): readonly Row[] {
  return [...new Map(rows.map((row) => [by(row), row])).values()];
}

const DIMENSIONS = ['DIM_1_UPR', 'DIM_2_UPR', 'DIM_3_UPR'] as const;

const standsFor = (row: Row): string =>
  [folded(cell(row, 'ITEM_NO')), ...DIMENSIONS.map((name) => cell(row, name)), unitKey(row)].join('|');
const unitKey = (row: Row): string => unitOf(row, cell(row, 'MATCHED_UNIT'))?.letter ?? cell(row, 'MATCHED_UNIT');

function cellOf(row: Row): Cell | null {
  const [first, second, third] = DIMENSIONS.map((name) => cell(row, name));
  if (first === undefined || first === '*' || first === '') return null;
  return { DIM_1_UPR: first, DIM_2_UPR: second ?? '*', DIM_3_UPR: third ?? '*' };
}

type Way = Pick<ItemFact, 'barcode' | 'cell' | 'unit'>;

/** Whether an operator could enter the item that way. */
function sold(candidate: Candidate, row: Row, way: Way): ItemFact | ItemProblem {
  const itemNo = cell(row, 'ITEM_NO');
  const problem = (code: ItemProblem['code'], what: string, remedy: string): ItemProblem => ({
    code,
    sku: candidate.code,
    by: candidate.by,
    what,
    remedy,
    itemNo,
  });
  if (row['STAT'] !== undefined && !SOLD_STATUS.includes(cell(row, 'STAT')))
    return problem(
      'itemInactive',
      `item ${itemNo} is not active in Counterpoint (status ${cell(row, 'STAT')})`,
      'Set it active in Counterpoint, or map the SKU to the item sold instead, then retry.',
    );
  if (row['IS_KIT_PAR'] === 'Y')
    return problem(
      'kitItem',
      `item ${itemNo} is a kit, whose components Cantus cannot enter`,
      'Map the SKU to an item that is no kit, or enter the order by hand in Counterpoint and skip it here.',
    );
  if (row['TRK_METH'] === GRID && way.cell === null)
    return problem(
      'cellMissing',
      `item ${itemNo} is sold by its cells (size, colour …), and "${candidate.code}" names none`,
      'Give each product in the shop the barcode of its cell as SKU, or map the SKU to that barcode, then retry.',
    );
  return { item: row as unknown as Item, ...way };
}

function told(fact: ItemFact, line: AskedLine, { by }: Candidate): ItemFact {
  const { item, unit } = fact;
  const found = by === 'sku' || by === 'repair' ? [] : [`"${line.sku}" was taken for item ${item.ITEM_NO} (${by}).`];
  const counted =
    unit.letter === '0'
      ? []
      : [`"${line.sku}" is sold by the ${unit.name}: ${unit.numer}/${unit.denom} ${item.STK_UNIT} each.`];
  const row = item as unknown as Row;
  const stockless =
    item.ITEM_TYP === 'I' && row['STOCKED_AT'] === null
      ? [`Item ${item.ITEM_NO} has no stock record at the store's location: none was committed.`]
      : [];
  const notes = [...(fact.notes ?? []), ...found, ...counted, ...stockless];
  return notes.length === 0 ? fact : { ...fact, notes };
}

const unknown = ({ code, by }: Candidate): ItemProblem => ({
  code: 'unknownSku',
  sku: code,
  by,
  what: `Counterpoint has no item or barcode "${code}"`,
  remedy: 'Add the item or barcode in Counterpoint, or map the SKU, then retry.',
});

const ambiguous = ({ code, by }: Candidate, rows: readonly Row[]): ItemProblem => ({
  code: 'barcodeAmbiguous',
  sku: code,
  by,
  what: `"${code}" stands for more than one thing in Counterpoint: ${listed(rows.map(named))}`,
  remedy: 'Give each a barcode of its own in Counterpoint, or map the SKU to one of them, then retry.',
});

const unitMissing = ({ code, by }: Candidate, row: Row, letter: string): ItemProblem => ({
  code: 'unitMissing',
  sku: code,
  by,
  what: `barcode "${code}" is for unit ${letter} of item ${cell(row, 'ITEM_NO')}, which has no such unit with a factor`,
  remedy: 'Complete the unit on the item in Counterpoint, or take it off the barcode, then retry.',
});

/** An item with its cell and unit, for people. */
function named(row: Row): string {
  const dimensions = DIMENSIONS.map((name) => cell(row, name)).filter((each) => each !== '' && each !== '*');
  const unit = row['MATCHED_UNIT'] === undefined ? null : unitOf(row, cell(row, 'MATCHED_UNIT'));
  const parts = [...dimensions, ...(unit === null || unit.letter === '0' ? [] : [unit.name])];
  return `item ${cell(row, 'ITEM_NO')}${parts.length === 0 ? '' : ` (${parts.join(' ')})`}`;
}
