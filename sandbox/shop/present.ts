import { add, subtract } from './amounts';
import { asNumber, type Fields } from './json';
import type { ItemRow, OrderRecord, TransactionRow } from './rows';

/**
 * An item as REST shows it: its row totals after discount, unlike everywhere else in the shop (contract §4.1).
 * Releases from 2.4.5 on never show less than zero.
 */
export const plainItem = (item: ItemRow): Fields => {
  const after = (total: unknown, discount: number): number => Math.max(0, subtract(asNumber(total), discount));
  const inclusive = (currency: '' | 'base_'): Fields => {
    const column = `${currency}row_total_incl_tax`;
    if (item[column] === undefined) return {};
    const discount = asNumber(item[`${currency}discount_amount`]) ?? 0;
    if (discount === 0) return { [column]: item[column] };
    const value = subtract(
      add(
        asNumber(item[`${currency}row_total`]),
        asNumber(item[`${currency}tax_amount`]),
        asNumber(item[`${currency}discount_tax_compensation_amount`]),
      ),
      discount,
    );
    return { [column]: Math.max(0, value) };
  };
  const { extension_attributes: _kept, ...columns } = item;
  return {
    ...columns,
    row_total: after(item.row_total, item.discount_amount),
    base_row_total: after(item.base_row_total, item.base_discount_amount),
    ...inclusive(''),
    ...inclusive('base_'),
  };
};

const shownItem = (record: OrderRecord, item: ItemRow): Fields => {
  const parent = record.row.items.find((other) => other.item_id === item.parent_item_id);
  const extension = item['extension_attributes'];
  return {
    ...plainItem(item),
    ...(parent ? { parent_item: shownItem(record, parent) } : {}),
    ...(extension === undefined ? {} : { extension_attributes: extension }),
  };
};

export const shownItems = (record: OrderRecord): Fields[] => record.row.items.map((item) => shownItem(record, item));

/** The full order of `GET /V1/orders/:id`; a list item equals it key for key. A status that is NULL has no key. */
export const shownOrder = (record: OrderRecord): Fields => {
  const items = shownItems(record);
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
