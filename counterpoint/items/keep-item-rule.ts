import { lookUpItems } from './look-up-items';
import type { ItemProblem } from './choose-items';
import { refused } from '../../domain/errors';
import type { Context } from '../context';
import { searchFor } from './find-items';
import type { ItemRuleAsked } from '../../domain/ports/notebook';
import { keepRule } from '../../notebook/item-rules';

/** Longest SKU of `cantus.item_rule`; the shop's own are shorter. */
const SKU_LENGTH = 255;
const NAME_LENGTH = 60;

/**
 * Keeps a person's word about one SKU for every later order of the instance; a later word about the same SKU replaces it.
 * @throws CantusError refused where no line could be written with that item: nothing is kept then
 */
export async function keepItemRule(context: Context, asked: ItemRuleAsked, at: string): Promise<void> {
  const rule = { ...asked, sku: asked.sku.trim(), itemNo: asked.itemNo.trim() };
  if (rule.sku === '' || rule.sku.length > SKU_LENGTH)
    throw notKept(rule, `"${rule.sku.slice(0, NAME_LENGTH)}" is no SKU that a product could have`);
  const [problem] = (await lookUpItems(context, [searchFor(rule.itemNo, 'rule of the desk')])).problems;
  if (problem !== undefined) throw notKept(rule, problem.what, problem);
  await keepRule(context, rule, at);
}

const notKept = ({ order, sku, itemNo }: ItemRuleAsked, what: string, problem?: ItemProblem) =>
  refused({
    code: problem?.code ?? 'unknownSku',
    reason: 'unknownSku',
    order,
    field: 'itemNo',
    message: `Order ${order}: no rule was kept for SKU "${sku}", because ${what}. Name an item that Counterpoint can sell instead of "${itemNo}".`,
  });
