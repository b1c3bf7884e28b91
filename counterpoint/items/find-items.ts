import type { DocumentDraft, DraftLine } from '../../domain/document/draft';
import { sameCode } from '../../domain/item-rules';
import type { Settings } from '../../domain/settings';
import type { Columns } from '../../database/columns';
import type { Context } from '../context';
import type { Statement } from '../../database/engine';
import { itemsByRule, SlowPattern } from './item-patterns';
import { sql, type RawBuilder } from '../../database/kysely';
import { inPortions } from '../../database/portions';
import { setUpLacks } from '../refusals';
import { alternateUnitColumns } from './selling-unit';

/** Who says that a line is sold as this item. */
export type NamedBy = 'sku' | 'repair' | 'rule of the desk' | 'items.map' | `items.rules.${string}`;

/** A text that may be an item number or a barcode, and who says so. */
export interface Candidate {
  readonly code: string;
  readonly by: NamedBy;
}

/** As much of a line as tells which item it is. */
export type AskedLine = Pick<DraftLine, 'sku' | 'named' | 'itemId'>;

/** What is looked up for one line, apart from the rules that the desk has made: those stand in the database. */
export interface Search<Line extends AskedLine = DraftLine> {
  readonly line: Line;
  /** Somebody's word about this very line or SKU: nothing else is tried. */
  readonly named: Candidate | null;
  /** The SKU itself, then what the rules make of it. */
  readonly others: readonly Candidate[];
}

/** Columns of IM_ITEM that a document is written from. */
export const ITEM = [
  'ITEM_NO',
  'ITEM_TYP',
  'TRK_METH',
  'CATEG_COD',
  'SUBCAT_COD',
  'TAX_CATEG_COD',
  'ITEM_VEND_NO',
  'MIX_MATCH_COD',
  'BARCOD',
  'IS_TXBL',
  'IS_DISCNTBL',
  'IS_KIT_PAR',
  'QTY_DECS',
  'PRC_DECS',
  'STK_UNIT',
  'WEIGHT',
  'CUBE',
  'REG_PRC',
  'LST_COST',
] as const;

/**
 * Which item each line is, in the order of who may say so: a repair of this order, a rule of the desk, `items.map`, the
 * SKU itself as item number or barcode, the first of `items.rules` that yields an existing item.
 * @throws CantusError misconfigured: a pattern of `items.rules` does not come to an end.
 */
export function searches(draft: DocumentDraft, settings: Settings): readonly Search[] {
  const own = draft.lines.filter(isByItsSku);
  const byRule = byRules(draft.order, settings, [...new Set(own.map(({ sku }) => sku))]);
  return draft.lines.map((line): Search => {
    // A total that the configuration makes a line names its item itself.
    if (!isByItsSku(line)) return { line, named: { code: line.sku, by: 'repair' }, others: [] };
    const mapped = inMap(settings.items.map, line.sku);
    const rules = byRule.get(line.sku) ?? [];
    return {
      line,
      named: mapped === null ? null : { code: mapped, by: 'items.map' },
      others: [
        { code: line.sku, by: 'sku' },
        ...rules.map(({ rule, item }): Candidate => ({ code: item, by: `items.rules.${String(rule)}` })),
      ],
    };
  });
}

const isByItsSku = (line: AskedLine): boolean => line.named !== true && line.itemId !== null;

function byRules(order: string, { items }: Settings, skus: readonly string[]) {
  try {
    return itemsByRule(items.rules, skus);
  } catch (error) {
    if (!(error instanceof SlowPattern)) throw error;
    throw setUpLacks(order, {
      code: 'itemRuleEndless',
      field: 'items.rules',
      what: 'a pattern of items.rules does not come to an end on the SKUs of this order',
      remedy: 'Write the pattern without a repetition inside a repetition.',
    });
  }
}

/** As it is written, else whatever its letters' case: the shop takes both for one SKU. */
function inMap(map: Settings['items']['map'], sku: string): string | null {
  if (Object.hasOwn(map, sku)) return map[sku] ?? null;
  return Object.entries(map).find(([key]) => sameCode(key, sku))?.[1] ?? null;
}

/** Selects in three groups of one length each: the desk's rules, then items, then barcodes. */
export interface ItemQueries {
  readonly rules: readonly Statement[];
  readonly items: readonly Statement[];
  readonly barcodes: readonly Statement[];
}

export function itemQueries(
  context: Context,
  search: readonly Search<AskedLine>[],
  store: string,
  columns: Columns,
): ItemQueries {
  const codes = [...new Set(search.flatMap(({ named, others }) => [named, ...others].map((each) => each?.code ?? '')))];
  const skus = [...new Set(search.filter(({ line }) => isByItsSku(line)).map(({ line }) => line.sku))];
  const lookUp = { context, store, columns };
  const rules = parts(skus).map((part) => desk(context, part));
  const groups = [...parts(codes).map((part) => list(context, part)), ...rules.map(({ items }) => items)];
  return {
    rules: rules.map(({ rows }) => rows),
    items: groups.map((among) => itemRows(lookUp, among)),
    barcodes: groups.map((among) => barcodeRows(lookUp, among)),
  };
}

/** What an item number or barcode stands for, whoever names it. */
export const searchFor = (code: string, by: NamedBy): Search<AskedLine> => ({
  line: { sku: code, named: true, itemId: null },
  named: { code, by },
  others: [],
});

interface LookUp {
  readonly context: Context;
  readonly store: string;
  readonly columns: Columns;
}

const parts = (codes: readonly string[]): readonly (readonly string[])[] =>
  inPortions(codes.filter((code) => code !== ''));

const list = ({ engine }: Context, codes: readonly string[]): RawBuilder<unknown> =>
  sql.join(codes.map((code) => engine.folded(sql`${code}`)));

/** The desk's rules for these SKUs, as rows and as the codes they name. */
function desk(context: Context, skus: readonly string[]) {
  const { engine, settings } = context;
  const where = sql`instance = ${settings.instance} and ${engine.folded(sql`sku`)} in (${list(context, skus)})`;
  return {
    rows: sql`select sku as ${sql.ref('sku')}, item_no as ${sql.ref('item_no')} from cantus.item_rule where ${where}`,
    items: sql`select ${engine.folded(sql`item_no`)} from cantus.item_rule where ${where}`,
  };
}

const itemRows = (lookUp: LookUp, among: RawBuilder<unknown>): Statement =>
  sql`select ${itemColumns(lookUp)} from ${sql.table('dbo.IM_ITEM')} i${stock(lookUp)} where ${lookUp.context.engine.folded(sql`i.${sql.ref('ITEM_NO')}`)} in (${among})`;

function barcodeRows(lookUp: LookUp, among: RawBuilder<unknown>): Statement {
  const { columns, context } = lookUp;
  const code = sql`b.${sql.ref('BARCOD')}`;
  const unit = columns.has('dbo.IM_BARCOD', 'UNIT') ? sql`b.${sql.ref('UNIT')}` : sql`'!'`;
  const cell = sql.join(['DIM_1_UPR', 'DIM_2_UPR', 'DIM_3_UPR'].map((name) => sql`b.${sql.ref(name)}`));
  return sql`select ${itemColumns(lookUp)}, ${code} as ${sql.ref('MATCHED')}, ${unit} as ${sql.ref('MATCHED_UNIT')}, ${cell} from ${sql.table('dbo.IM_BARCOD')} b join ${sql.table('dbo.IM_ITEM')} i on i.${sql.ref('ITEM_NO')} = b.${sql.ref('ITEM_NO')}${stock(lookUp)} where ${context.engine.folded(code)} in (${among})`;
}

/** Versions differ in how many alternate units an item has. */
function itemColumns({ columns }: LookUp): RawBuilder<unknown> {
  const optional = ['STAT', ...alternateUnitColumns()].filter((name) => columns.has('dbo.IM_ITEM', name));
  return sql.join([
    ...[...ITEM, ...optional].map((name) => sql`i.${sql.ref(name)}`),
    sql`v.${sql.ref('LOC_ID')} as ${sql.ref('STOCKED_AT')}`,
  ]);
}

/** The item's stock record at the location the store sells from. */
const stock = ({ store }: LookUp): RawBuilder<unknown> =>
  sql` left join ${sql.table('dbo.PS_STR_CFG_PS')} c on c.${sql.ref('STR_ID')} = ${store} left join ${sql.table('dbo.IM_INV')} v on v.${sql.ref('ITEM_NO')} = i.${sql.ref('ITEM_NO')} and v.${sql.ref('LOC_ID')} = c.${sql.ref('STK_LOC_ID')}`;

/** Barcodes of cells, so that a grid item without one can be told what the shop should send. */
export const cellExamples = ({ engine }: Context, itemNos: readonly string[]): Statement =>
  sql`select ${sql.ref('ITEM_NO')}, ${sql.ref('BARCOD')} from ${sql.table('dbo.IM_BARCOD')} where ${engine.folded(sql.ref('ITEM_NO'))} in (${sql.join(itemNos.map((each) => engine.folded(sql`${each}`)))}) and ${sql.ref('DIM_1_UPR')} <> '*' order by ${sql.ref('ITEM_NO')}, ${sql.ref('SEQ_NO')}`;
