import type { ItemProblem } from './choose-items';
import { refused } from '../../domain/errors';
import type { Context } from '../context';
import { cell, type Row } from '../../database/engine';
import { lookUpItems } from '../document/code-tables';
import { searchFor } from './find-items';
import { sql, type RawBuilder } from '../../database/kysely';
import type { ItemRuleAsked, KeptItemRule } from '../store';

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
  const { instance } = context.settings;
  const row = [instance, rule.sku, rule.itemNo, rule.decidedBy.slice(0, NAME_LENGTH), at, rule.order];
  await context.engine.transaction(rule.order, async (on) => {
    await context.engine.write(
      [
        context.engine.lock(`cantus:item rules:${instance}`),
        sql`delete from cantus.item_rule where ${sameSku(context, rule.sku)}`,
        sql`insert into cantus.item_rule (instance, sku, item_no, decided_by, decided_at, order_no) values (${sql.join(row)})`,
      ],
      on,
    );
  });
}

const notKept = ({ order, sku, itemNo }: ItemRuleAsked, what: string, problem?: ItemProblem) =>
  refused({
    code: problem?.code ?? 'unknownSku',
    reason: 'unknownSku',
    order,
    field: 'itemNo',
    message: `Order ${order}: no rule was kept for SKU "${sku}", because ${what}. Name an item that Counterpoint can sell instead of "${itemNo}".`,
  });

/** The rules that people have made, by SKU. */
export async function itemRules({ engine, settings }: Context): Promise<KeptItemRule[]> {
  const [rows = []] = await engine.read([
    sql`select sku as ${sql.ref('sku')}, item_no as ${sql.ref('item_no')}, decided_by as ${sql.ref('decided_by')}, decided_at as ${sql.ref('decided_at')}, order_no as ${sql.ref('order_no')} from cantus.item_rule where instance = ${settings.instance} order by sku`,
  ]);
  return rows.map(ruleIn);
}

const ruleIn = (row: Row): KeptItemRule => ({
  sku: cell(row, 'sku'),
  itemNo: cell(row, 'item_no'),
  decidedBy: cell(row, 'decided_by'),
  decidedAt: cell(row, 'decided_at'),
  order: row['order_no'] === null ? null : cell(row, 'order_no'),
});

/** @returns false: there is no rule for this SKU */
export async function dropItemRule(context: Context, sku: string): Promise<boolean> {
  const { engine } = context;
  return engine.transaction('item rules', async (on) => {
    const where = sameSku(context, sku.trim());
    const [found = []] = await engine.read([sql`select sku from cantus.item_rule where ${where}`], on);
    if (found.length === 0) return false;
    await engine.write([sql`delete from cantus.item_rule where ${where}`], on);
    return true;
  });
}

const sameSku = ({ engine, settings }: Context, sku: string): RawBuilder<unknown> =>
  sql`instance = ${settings.instance} and ${engine.folded(sql`sku`)} = ${engine.folded(sql`${sku}`)}`;
