import { cell, type Executor, type Row } from '../../database/engine';
import { inPortions } from '../../database/portions';
import type { Context } from '../context';
import { chooseItems, type ChosenItems, type FoundRows, type ItemProblem } from './choose-items';
import { cellExamples, itemQueries, type AskedLine, type Search } from './find-items';

/** Which items these are, by the same questions and the same rules for whoever asks. */
export async function lookUpItems<Line extends AskedLine>(
  context: Context,
  search: readonly Search<Line>[],
): Promise<ChosenItems<Line>> {
  const goods = itemQueries(context, search, context.settings.counterpoint.store, await context.columns());
  const groups = [goods.rules, goods.items, goods.barcodes];
  const [rules = [], items = [], barcodes = []] = grouped(await context.engine.read(groups.flat()), groups);
  return chosen(context, search, { rules: rules.flat(), items: items.flat(), barcodes: barcodes.flat() });
}

/** The answers of several groups of selects, by group. */
export function grouped(answers: readonly Row[][], groups: readonly (readonly unknown[])[]): Row[][][] {
  let start = 0;
  return groups.map(({ length }) => answers.slice(start, (start += length)));
}

/** Only where a cell is missing it is looked up which there are. */
export async function chosen<Line extends AskedLine>(
  context: Context,
  search: readonly Search<Line>[],
  found: FoundRows,
  on?: Executor,
): Promise<ChosenItems<Line>> {
  const { items, problems } = chooseItems(search, found);
  const grids = problems.flatMap(({ code, itemNo }) =>
    code === 'cellMissing' && itemNo !== undefined ? [itemNo] : [],
  );
  const parts = inPortions([...new Set(grids)]).map((part) => cellExamples(context, part));
  const cells = parts.length === 0 ? [] : (await context.engine.read(parts, on)).flat();
  return { items, problems: problems.map((each) => withCells(each, cells)) };
}

const EXAMPLES = 3;

function withCells(problem: ItemProblem, cells: readonly Row[]): ItemProblem {
  const codes = cells.filter((row) => cell(row, 'ITEM_NO') === problem.itemNo).map((row) => cell(row, 'BARCOD'));
  if (codes.length === 0) return problem;
  const some = codes.slice(0, EXAMPLES).join(', ');
  return { ...problem, what: `${problem.what}; its cells have barcodes such as ${some}` };
}
