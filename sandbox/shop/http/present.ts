import { add, subtract } from '../money/amounts';
import { asNumber, type Fields } from '../json';
import type { ItemRow, OrderRecord, TransactionRow } from '../books/rows';
import type { Behaviour } from '../versions';

/** How a release shows row totals; without it, as 2.4.5 to 2.4.7 do. */
export type RowDisplay = Pick<Behaviour, 'rowTotals' | 'showsTax'>;

const OF_THE_ROW: RowDisplay = { rowTotals: 'row', showsTax: false };

/**
 * An item as REST shows it: its row totals after discount, unlike everywhere else in the shop, and never less than zero
 * (contract §4.1). 2.4.8 takes the discount of the whole row off the price of one piece; where the shop's sales pages show
 * tax, off the price with tax, and the row's tax with it.
 */
export const plainItem = (item: ItemRow, { rowTotals, showsTax }: RowDisplay = OF_THE_ROW): Fields => {
  const shown = (currency: '' | 'base_'): number => {
    const of = rowTotals === 'piece' ? 'price' : 'row_total';
    const column = `${currency}${of}${showsTax ? '_incl_tax' : ''}`;
    const tax = showsTax ? (asNumber(item[`${currency}tax_amount`]) ?? 0) : 0;
    return Math.max(0, subtract(asNumber(item[column]) ?? 0, item[`${currency}discount_amount`], tax));
  };
  const inclusive = (currency: '' | 'base_'): Fields => {
    const column = `${currency}row_total_incl_tax`;
    if (item[column] === undefined) return {};
    const value = subtract(
      add(
        asNumber(item[`${currency}row_total`]),
        asNumber(item[`${currency}tax_amount`]),
        asNumber(item[`${currency}discount_tax_compensation_amount`]),
        // The shop adds the whole row's fixed tax in the order's currency, and one piece's in the base currency.
        asNumber(item[currency === '' ? 'weee_tax_applied_row_amount' : 'base_weee_tax_applied_amount']),
      ),
      asNumber(item[`${currency}discount_amount`]) ?? 0,
    );
    return { [column]: Math.max(0, value) };
  };
  const { extension_attributes: _kept, ...columns } = item;
  return {
    ...columns,
    row_total: shown(''),
    base_row_total: shown('base_'),
    ...inclusive(''),
    ...inclusive('base_'),
  };
};

const shownItem = (record: OrderRecord, item: ItemRow, display?: RowDisplay): Fields => {
  const parent = record.row.items.find((other) => other.item_id === item.parent_item_id);
  const extension = item['extension_attributes'];
  return {
    ...plainItem(item, display),
    ...(parent ? { parent_item: shownItem(record, parent, display) } : {}),
    ...(extension === undefined ? {} : { extension_attributes: extension }),
  };
};

export const shownItems = (record: OrderRecord, display?: RowDisplay): Fields[] =>
  record.row.items.map((item) => shownItem(record, item, display));

/** The full order of `GET /V1/orders/:id`; a list item equals it key for key. A status that is NULL has no key. */
export const shownOrder = (record: OrderRecord, display?: RowDisplay): Fields => {
  const items = shownItems(record, display);
  const { status, items: _stored, extension_attributes: extension, ...columns } = record.row;
  const assignments = extension['shipping_assignments'];
  return {
    ...columns,
    ...(status === null ? {} : { status }),
    items,
    extension_attributes: {
      ...extension,
      ...(Array.isArray(assignments)
        ? { shipping_assignments: (assignments as Fields[]).map((assignment) => ({ ...assignment, items })) }
        : {}),
    },
  };
};

/** A transaction with those that hang under it. */
export const shownTransaction = (row: TransactionRow, all: readonly TransactionRow[]): Fields => ({
  ...row,
  child_transactions: all
    .filter((other) => other.parent_id === row.transaction_id)
    .map((child) => shownTransaction(child, all)),
});
