import { lookUpItems } from './look-up-items';
import type { Context } from '../context';
import { searchFor, type AskedLine, type Search } from './find-items';
import { itemRules } from '../../notebook/item-rules';

/**
 * Items that `items.map` and the rules of the desk name, and that no line could be written with: every order with such a
 * SKU would wait. One sentence each, with the SKU, the reason and the remedy.
 */
export async function checkItems(context: Context): Promise<string[]> {
  const kept = await itemRules(context);
  const mapped = Object.entries(context.settings.items.map);
  const named = [
    ...mapped.map(([sku, code]) => ({
      who: `items.map names "${code}" for SKU "${sku}"`,
      search: searchFor(code, 'items.map'),
      remedy: 'Correct items.map, or set the item right in Counterpoint.',
    })),
    ...kept.map(({ sku, itemNo }) => ({
      who: `A rule of the desk names "${itemNo}" for SKU "${sku}"`,
      search: searchFor(itemNo, 'rule of the desk'),
      remedy: `Take it back with cantus orders rules --remove "${sku}", or set the item right in Counterpoint.`,
    })),
  ];
  if (named.length === 0) return [];
  const { problems } = await lookUpItems<AskedLine>(
    context,
    named.map(({ search }) => search),
  );
  return named.flatMap(({ who, search, remedy }) => {
    const problem = problems.find((each) => isAbout(each, search));
    return problem === undefined ? [] : [`${who}, but ${problem.what}. ${remedy}`];
  });
}

const isAbout = ({ sku, by }: { sku: string; by: string }, { named }: Search<AskedLine>): boolean =>
  named?.code === sku && named.by === by;
