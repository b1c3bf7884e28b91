import { cell, type Row } from '../database/engine';
import { sql, type RawBuilder } from '../database/kysely';
import type { ItemRuleAsked, KeptItemRule } from '../domain/ports/notebook';
import type { NotebookContext } from './context';

/** Longest name of who decided that is kept. */
const NAME_LENGTH = 60;

/** Keeps a rule; a later one about the same SKU replaces it. Whether a line can be written with its item is the target's to say. */
export async function keepRule(context: NotebookContext, rule: ItemRuleAsked, at: string): Promise<void> {
  const { engine, settings } = context;
  const { instance } = settings;
  const row = [instance, rule.sku, rule.itemNo, rule.decidedBy.slice(0, NAME_LENGTH), at, rule.order];
  await engine.transaction(rule.order, async (on) => {
    await engine.write(
      [
        engine.lock(`cantus:item rules:${instance}`),
        sql`delete from cantus.item_rule where ${sameSku(context, rule.sku)}`,
        sql`insert into cantus.item_rule (instance, sku, item_no, decided_by, decided_at, order_no) values (${sql.join(row)})`,
      ],
      on,
    );
  });
}

/** The rules that people have made, by SKU. */
export async function itemRules({ engine, settings }: NotebookContext): Promise<KeptItemRule[]> {
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
export async function dropItemRule(context: NotebookContext, sku: string): Promise<boolean> {
  const { engine } = context;
  return engine.transaction('item rules', async (on) => {
    const where = sameSku(context, sku.trim());
    const [found = []] = await engine.read([sql`select sku from cantus.item_rule where ${where}`], on);
    if (found.length === 0) return false;
    await engine.write([sql`delete from cantus.item_rule where ${where}`], on);
    return true;
  });
}

const sameSku = ({ engine, settings }: NotebookContext, sku: string): RawBuilder<unknown> =>
  sql`instance = ${settings.instance} and ${engine.folded(sql`sku`)} = ${engine.folded(sql`${sku}`)}`;
