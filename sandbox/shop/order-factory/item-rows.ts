import { multiply } from '../money/amounts';
import { without, type Fields } from '../json';
import type { ItemNature, ItemRow } from '../books/rows';
import type { CartLine, GiftMessage } from './cart';
import type { CartTotals, RowTotals } from './cart-totals';

export interface Numbering {
  readonly next: (table: string) => number;
  readonly at: string;
  readonly orderId: number;
  readonly storeId: number;
}

export interface BuiltItems {
  readonly rows: ItemRow[];
  readonly natures: Record<string, ItemNature>;
}

const amounts = (prefix: '' | 'base_', row: RowTotals): Fields => ({
  [`${prefix}price`]: row.price,
  [`${prefix}original_price`]: row.originalPrice,
  [`${prefix}price_incl_tax`]: row.priceInclTax,
  [`${prefix}row_total`]: row.rowTotal,
  [`${prefix}row_total_incl_tax`]: row.rowTotalInclTax,
  [`${prefix}tax_amount`]: row.tax,
  [`${prefix}discount_amount`]: row.discount,
  [`${prefix}discount_tax_compensation_amount`]: row.compensation,
});

/** A fixed product tax as the shop's tables spell it. */
const feeColumns = (line: CartLine, order: RowTotals, base: RowTotals): Fields =>
  line.fee === undefined
    ? {}
    : {
        weee_tax_applied: JSON.stringify([
          {
            title: 'Recycling fee',
            base_amount: line.fee,
            amount: line.fee,
            row_amount: order.fee,
            base_row_amount: base.fee,
          },
        ]),
        weee_tax_applied_amount: line.fee,
        base_weee_tax_applied_amount: line.fee,
        weee_tax_applied_row_amount: order.fee,
        base_weee_tax_applied_row_amnt: base.fee,
      };

const NOTHING: RowTotals = {
  price: 0,
  originalPrice: 0,
  priceInclTax: 0,
  rowTotal: 0,
  rowTotalInclTax: 0,
  discount: 0,
  discountPercent: 0,
  tax: 0,
  taxPercent: 0,
  compensation: 0,
  fee: 0,
};

const isVirtualType = (type: CartLine['type']): boolean => ['virtual', 'downloadable', 'giftcard'].includes(type);

/** The type a row carries: a grouped product's members stand as rows of their own, marked as grouped. */
const rowType = (type: CartLine['type']): string => (type.startsWith('bundle') ? 'bundle' : type);

interface RowFacts {
  readonly type: string;
  readonly sku: string;
  readonly name: string;
  readonly qty: number;
  readonly weight: number;
  readonly virtual: boolean;
  readonly decimal: boolean;
  readonly parent?: number;
  readonly order: RowTotals;
  readonly base: RowTotals;
  readonly extra?: Fields;
}

const itemRow = (numbering: Numbering, facts: RowFacts): ItemRow => ({
  amount_refunded: 0,
  base_amount_refunded: 0,
  base_discount_invoiced: 0,
  base_row_invoiced: 0,
  base_tax_invoiced: 0,
  created_at: numbering.at,
  discount_invoiced: 0,
  discount_percent: facts.order.discountPercent,
  free_shipping: 0,
  is_qty_decimal: facts.decimal ? 1 : 0,
  is_virtual: facts.virtual ? 1 : 0,
  item_id: numbering.next('order_item'),
  name: facts.name,
  no_discount: 0,
  order_id: numbering.orderId,
  ...(facts.parent === undefined ? {} : { parent_item_id: facts.parent }),
  product_id: numbering.next('product'),
  product_type: facts.type,
  qty_canceled: 0,
  qty_invoiced: 0,
  qty_ordered: facts.qty,
  qty_refunded: 0,
  qty_shipped: 0,
  quote_item_id: numbering.next('quote_item'),
  row_invoiced: 0,
  row_weight: multiply(facts.weight, facts.qty),
  sku: facts.sku,
  store_id: numbering.storeId,
  tax_invoiced: 0,
  tax_percent: facts.order.taxPercent,
  updated_at: numbering.at,
  weight: facts.weight,
  price: 0,
  base_price: 0,
  row_total: 0,
  base_row_total: 0,
  tax_amount: 0,
  base_tax_amount: 0,
  discount_amount: 0,
  base_discount_amount: 0,
  ...amounts('', facts.order),
  ...amounts('base_', facts.base),
  ...facts.extra,
});

export const giftMessageFields = (message: GiftMessage, id: number, entity: { id: number; type: string }): Fields => ({
  gift_message_id: id,
  customer_id: 0,
  ...message,
  extension_attributes: { entity_id: String(entity.id), entity_type: entity.type },
});

const extras = (line: CartLine): Fields => {
  const options: Fields = {};
  if (line.customOptions) options['custom_options'] = line.customOptions;
  if (line.type === 'configurable') options['configurable_item_options'] = [{ option_id: '93', option_value: 58 }];
  if (line.type.startsWith('bundle')) {
    options['bundle_options'] = (line.children ?? []).map((child, at) => ({
      option_id: at + 1,
      option_qty: child.qty,
      option_selections: [at + 1],
    }));
  }
  return Object.keys(options).length > 0 ? { product_option: { extension_attributes: options } } : {};
};

/** A dynamic bundle's sku names its parts (contract §4.2). */
const lineSku = (line: CartLine): string => {
  const [variant] = line.children ?? [];
  if (line.type === 'configurable' && variant) return variant.sku;
  if (line.type === 'bundle-dynamic') return [line.sku, ...(line.children ?? []).map((child) => child.sku)].join('-');
  return line.sku;
};

/** Columns a dynamic bundle's own row does not have. */
const OF_PRICED_ROWS = ['discount_tax_compensation_amount', 'base_discount_tax_compensation_amount', 'tax_percent'];

interface PricedLine {
  readonly line: CartLine;
  readonly order: CartTotals['rows'][number];
  readonly base: CartTotals['rows'][number];
}

const ownRow = ({ line, order, base }: PricedLine, numbering: Numbering): ItemRow => {
  const virtual = isVirtualType(line.type);
  const row = itemRow(numbering, {
    type: rowType(line.type),
    sku: lineSku(line),
    name: line.name,
    qty: line.qty,
    weight: virtual ? 0 : (line.weight ?? 1),
    virtual,
    decimal: line.decimalQty === true,
    order: order.own,
    base: base.own,
    extra: { ...extras(line), ...feeColumns(line, order.own, base.own) },
  });
  if (line.giftMessage) {
    const entity = { id: row.item_id, type: 'order_item' };
    row['extension_attributes'] = {
      gift_message: giftMessageFields(line.giftMessage, numbering.next('gift_message'), entity),
    };
  }
  return line.type === 'bundle-dynamic' ? without(row, (column) => OF_PRICED_ROWS.includes(column)) : row;
};

const childRows = ({ line, order, base }: PricedLine, parent: ItemRow, numbering: Numbering): ItemRow[] =>
  (line.children ?? []).map((child, index) =>
    itemRow(numbering, {
      type: 'simple',
      sku: child.sku,
      name: child.name,
      qty: multiply(child.qty, line.qty),
      weight: line.type === 'bundle-dynamic' ? (line.weight ?? 1) : 0,
      virtual: false,
      decimal: false,
      parent: parent.item_id,
      order: order.children[index] ?? NOTHING,
      base: base.children[index] ?? NOTHING,
    }),
  );

/** Rows of the order's items, parents before their children, in the form the shop's database keeps them. */
export const buildItems = (
  lines: readonly CartLine[],
  totals: { readonly order: CartTotals; readonly base: CartTotals },
  numbering: Numbering,
): BuiltItems => {
  const rows: ItemRow[] = [];
  const natures: Record<string, ItemNature> = {};
  lines.forEach((line, at) => {
    const order = totals.order.rows[at] ?? { own: NOTHING, children: [] };
    const priced = { line, order, base: totals.base.rows[at] ?? order };
    const parent = ownRow(priced, numbering);
    const children = childRows(priced, parent, numbering);
    const nature = { shipSeparately: line.shipSeparately === true, childrenPriced: line.type === 'bundle-dynamic' };
    rows.push(parent, ...children);
    natures[String(parent.item_id)] = { ...nature, selectionQty: 1 };
    children.forEach((child, index) => {
      natures[String(child.item_id)] = { ...nature, selectionQty: line.children?.[index]?.qty ?? 1 };
    });
  });
  return { rows, natures };
};
