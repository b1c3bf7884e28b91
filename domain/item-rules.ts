/** A shop SKU that is no item of Counterpoint's by itself, and the item it stands for. */
export interface ItemRule {
  /** Regular expression for the shop's SKU. */
  readonly pattern: string;
  /** What it becomes: text with $1 … $99 for the pattern's groups, $& for all it found, $$ for a dollar sign. */
  readonly item: string;
}

export interface ItemSettings {
  /** Shop SKU → ITEM_NO or barcode; wins over everything else the configuration says. */
  readonly map: Readonly<Record<string, string>>;
  /** For SKUs that are neither item nor barcode: the first that matches and yields an existing item. */
  readonly rules: readonly ItemRule[];
}

const PLACE = /\$(\$|&|\d{1,2})/g;

/** The item a rule names: its text with what the pattern found, `found[0]` being the whole match. */
export const namedItem = (item: string, found: readonly (string | null)[]): string =>
  item
    .replaceAll(PLACE, (_all, place: string) =>
      place === '$' ? '$' : place === '&' ? (found[0] ?? '') : (found[Number(place)] ?? ''),
    )
    .trim();

/** The highest group a rule's text takes, 0: none. */
export const highestGroup = (item: string): number =>
  Math.max(0, ...[...item.matchAll(PLACE)].map(([, place]) => Number(place)).filter((each) => !Number.isNaN(each)));

/** On the order's timeline: what a person said about its SKU holds for every later order. */
export const ruleKept = (sku: string, itemNo: string): string =>
  `Rule kept: every order takes SKU "${sku}" for item ${itemNo} from now on.`;

/** Whether what an order waits for is about this SKU: messages name it between quotes. */
export const isAboutSku = (message: string, sku: string): boolean =>
  message.toUpperCase().includes(`"${folded(sku.trimStart())}"`);

/** SQL Server's databases of Counterpoint take texts that differ in case and blanks at the end for the same. */
export const sameCode = (one: string, other: string): boolean => folded(one) === folded(other);

export const folded = (text: string): string => text.trimEnd().toUpperCase();
