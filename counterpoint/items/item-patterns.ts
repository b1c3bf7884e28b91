import vm from 'node:vm';
import { namedItem, type ItemRule } from '../../domain/item-rules';

/** What one pass over an order's SKUs may take; patterns that are fit for their work need thousandths of it. */
const LIMIT_MS = 1_000;

const FIND = new vm.Script(
  'const made = JSON.parse(patterns).map((each) => new RegExp(each)); JSON.stringify(JSON.parse(skus).map((sku) => made.map((each) => each.exec(sku))))',
);

/** A pattern that does not come to an end on some SKU. */
export class SlowPattern extends Error {
  override readonly name = 'SlowPattern';
}

/**
 * For each SKU the items that the rules name for it, in the rules' order; whether they exist is not known here. A pattern
 * is somebody's text: it runs where it can be stopped, so that one that backtracks without end costs an order, not the
 * worker.
 * @throws SlowPattern
 */
export function itemsByRule(
  rules: readonly ItemRule[],
  skus: readonly string[],
): ReadonlyMap<string, readonly { readonly rule: number; readonly item: string }[]> {
  if (rules.length === 0 || skus.length === 0) return new Map();
  const found = find(
    rules.map(({ pattern }) => pattern),
    skus,
  );
  return new Map(
    skus.map((sku, at) => [
      sku,
      (found[at] ?? []).flatMap((match, rule) => {
        const item = match === null ? '' : namedItem(rules[rule]?.item ?? '', match);
        return item === '' ? [] : [{ rule, item }];
      }),
    ]),
  );
}

function find(patterns: readonly string[], skus: readonly string[]): readonly (readonly (string | null)[] | null)[][] {
  const room = vm.createContext({ skus: JSON.stringify(skus), patterns: JSON.stringify(patterns) });
  try {
    return JSON.parse(String(FIND.runInContext(room, { timeout: LIMIT_MS }))) as (string[] | null)[][];
  } catch (error) {
    if ((error as { code?: unknown }).code === 'ERR_SCRIPT_EXECUTION_TIMEOUT') throw new SlowPattern();
    throw error;
  }
}
