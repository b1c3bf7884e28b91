import vm from 'node:vm';
import { z } from 'zod';
import { highestGroup } from '../domain/item-rules';
import { section, table, text } from './values';

/** What trying a pattern out may take; a sound one needs thousandths of it. */
const LIMIT_MS = 1_000;
/** Twice as many tries with every character: this long none that backtracks without end gets through. */
const LENGTH = 40;

const sku = z.string().regex(/\S/, { error: 'a SKU of the shop' });

const rule = section({
  pattern: text('a regular expression'),
  item: text("an item number, with $1 for the pattern's first group"),
}).superRefine(({ pattern, item }, context) => {
  const refuse = (path: 'pattern' | 'item', message: string): void => {
    context.addIssue({ code: 'custom', path: [path], message });
  };
  const made = compiled(pattern);
  if (made === null) refuse('pattern', 'a regular expression as JavaScript writes it');
  else if (!endsSoon(pattern)) {
    refuse('pattern', 'a regular expression without a repetition inside a repetition, which may never come to an end');
  } else if (highestGroup(item) > groups(pattern)) {
    refuse('item', `$1 to $${String(groups(pattern))}: the pattern has ${String(groups(pattern))} groups`);
  }
});

/** Shop SKUs that are not item numbers by themselves. */
export const items = section({
  map: table(text('an item number or a barcode'), 'a table from shop SKU to item number', sku),
  rules: z.array(rule, { error: 'a list of pattern and item' }).default([]),
});

function compiled(pattern: string): RegExp | null {
  try {
    return new RegExp(pattern);
  } catch {
    return null;
  }
}

/** An alternative that always matches shows how many groups there are. */
const groups = (pattern: string): number => (compiled(`${pattern}|`)?.exec('')?.length ?? 1) - 1;

/** Tries the pattern where it can be stopped: long texts that begin well and do not match at their end. */
function endsSoon(pattern: string): boolean {
  const begin = /^\^?([\w\- ]*)/.exec(pattern)?.[1] ?? '';
  const characters = new Set(['a', 'A', '0', '-', '_', ' ', '.', ...pattern.replaceAll(/[^\w\- ]/g, '')]);
  const texts = ['', begin, begin.slice(0, -1)].flatMap((start) =>
    [...characters].map((each) => `${start}${each.repeat(LENGTH)}\n!`),
  );
  try {
    const room = vm.createContext({ texts: JSON.stringify(texts), pattern });
    vm.runInContext('for (const text of JSON.parse(texts)) new RegExp(pattern).exec(text)', room, {
      timeout: LIMIT_MS,
    });
    return true;
  } catch {
    return false;
  }
}
