import type { KeptItemRule } from '../../domain/ports/notebook';
import type { Command } from 'commander';
import { sameCode } from '../../domain/item-rules';
import { table } from '../../domain/text/table';
import { command, oneInstance, settingsOf, type CommonOptions, type Done } from '../options';
import { CannotRun, print } from '../output';
import { withStore } from '../report/with-store';

interface RulesOptions extends CommonOptions {
  readonly remove: string[];
  readonly instance?: string;
}

interface Listed extends KeptItemRule {
  readonly instance: string;
}

const collect = (value: string, all: string[]): string[] => [...all, value];

/** `cantus orders rules`: which item a person said a SKU is, by `orders repair … mapSku --always`. */
export const rulesCommand = (done: Done): Command =>
  command('rules', 'which item each SKU is, as people have said for every order; --remove takes one back')
    .option('--remove <sku>', 'take the rule for this SKU back; repeatable', collect, [])
    .option('--instance <name>', 'only this instance; with --remove, where several are configured')
    .action(async (options: RulesOptions) => {
      if (options.remove.length > 0) await remove(options);
      const instances = options.instance === undefined ? await settingsOf(options) : [await oneInstance(options)];
      const kept: Listed[] = [];
      for (const settings of instances) {
        const { instance } = settings;
        const rules = await withStore(settings, (store) => store.notebook.itemRules());
        kept.push(...rules.map((rule) => ({ instance, ...rule })));
      }
      print(options.json, kept, () => inWords(kept));
      done(0);
    });

/** Each is looked for before one is taken back, so that a mistyped one changes nothing. */
async function remove(options: RulesOptions): Promise<void> {
  const settings = await oneInstance(options);
  await withStore(settings, async (store) => {
    const kept = await store.notebook.itemRules();
    const unknown = options.remove.filter((sku) => !kept.some((rule) => sameCode(rule.sku, sku.trim())));
    if (unknown.length > 0)
      throw new CannotRun(
        `Instance ${settings.instance} has no rule for SKU ${unknown.map((sku) => `"${sku}"`).join(', ')}. \`cantus orders rules\` lists those it has.`,
      );
    for (const sku of options.remove) await store.notebook.dropItemRule(sku);
  });
}

function inWords(kept: readonly Listed[]): string {
  if (kept.length === 0) return 'No rule is kept.';
  const rows = kept.map((each) => [
    each.sku,
    each.itemNo,
    each.decidedBy,
    each.decidedAt.slice(0, 16),
    each.order ?? '',
    each.instance,
  ]);
  return table(['SKU', 'item', 'decided by', 'decided at', 'for order', 'instance'], rows);
}
