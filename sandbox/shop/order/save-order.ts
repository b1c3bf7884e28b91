import { ORDER_COLUMNS } from '../books/columns';
import { forgetPaymentAndItems } from './hold';
import { asNumber, asText, isFields, type Fields } from '../json';
import { plainItem } from '../http/present';
import { badRequest, unknownField } from '../http/refusals';
import type { HistoryRow, ItemRow, OrderRecord } from '../books/rows';
import { addHistory, changeOrder, type Shop } from '../shop';

const NESTED = [
  'items',
  'payment',
  'status_histories',
  'billing_address',
  'extension_attributes',
  'payment_additional_info',
];

/**
 * `POST /V1/orders` (contract §3.4): overwrites the columns sent, checks nothing, and takes history rows along in the
 * same call. Over a running capture it rewrites payment and items from a stale copy (contract §5).
 *
 * @returns the torso the shop answers with: only what was sent, and nulls where totals should be
 */
export const saveOrder = async (shop: Shop, entity: Fields): Promise<Fields> => {
  const sent = normalised(entity);
  const entityId = asNumber(sent['entity_id']);
  const record = shop.books.orders.find(({ row }) => row.entity_id === entityId);
  if (!record) throw badRequest('Please provide payment for the order.');
  const running = shop.locks.runningInvoice(record.row.entity_id);
  const stale = running ? structuredClone(record.row) : undefined;
  if (running) await running;

  const histories: HistoryRow[] = [];
  changeOrder(shop, record, () => {
    if (stale) forgetPaymentAndItems(record.row, stale);
    overwriteColumns(shop, record, sent);
    overwriteItems(record, sent['items']);
    histories.push(...storeHistories(shop, record, sent['status_histories']));
  });
  return torso(record, sent, histories);
};

/** Input names come in snake_case or camelCase. */
const normalised = (entity: Fields): Fields => {
  const result: Fields = {};
  for (const [name, value] of Object.entries(entity)) {
    const column = name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
    if (!ORDER_COLUMNS.has(column) && !NESTED.includes(column)) throw unknownField(column);
    result[column] = value;
  }
  return result;
};

const overwriteColumns = (shop: Shop, record: OrderRecord, sent: Fields): void => {
  for (const [column, value] of Object.entries(sent)) {
    if (NESTED.includes(column) || column === 'entity_id') continue;
    if (column === 'increment_id') {
      const number = asText(value);
      if (number !== undefined && number !== record.row.increment_id) shop.books.renumber(record, number);
    } else {
      record.row[column] = value;
    }
  }
};

/** Whoever echoes what was read writes the row totals back after discount, and they shrink with every round. */
const overwriteItems = (record: OrderRecord, items: unknown): void => {
  if (!Array.isArray(items)) return;
  for (const sent of items.filter(isFields)) {
    const row = record.row.items.find((item) => item.item_id === asNumber(sent['item_id']));
    if (row) Object.assign(row, withoutNested(sent));
  }
};

const withoutNested = (item: Fields): Partial<ItemRow> =>
  Object.fromEntries(Object.entries(item).filter(([, value]) => !isFields(value) && !Array.isArray(value)));

const storeHistories = (shop: Shop, record: OrderRecord, histories: unknown): HistoryRow[] => {
  if (!Array.isArray(histories)) return [];
  return histories
    .filter(isFields)
    .filter((line) => line['entity_id'] === undefined)
    .map((line) => {
      const entity = asText(line['entity_name']);
      return addHistory(shop, record, {
        comment: asText(line['comment']) ?? null,
        status: asText(line['status']) ?? null,
        notified: asNumber(line['is_customer_notified']) ?? null,
        visible: asNumber(line['is_visible_on_front']) ?? 0,
        ...(entity === undefined ? {} : { entity }),
      });
    });
};

const torso = (record: OrderRecord, sent: Fields, histories: readonly HistoryRow[]): Fields => {
  const { row } = record;
  const columns = Object.fromEntries(Object.entries(sent).filter(([column]) => !NESTED.includes(column)));
  const { account_status: account = null, ...payment } = row.payment;
  return {
    base_grand_total: null,
    base_total_due: 0,
    billing_address_id: row.billing_address_id,
    created_at: row.created_at,
    customer_email: null,
    grand_total: null,
    total_due: 0,
    updated_at: row.updated_at,
    ...columns,
    entity_id: row.entity_id,
    increment_id: row.increment_id,
    items: row.items.map((item) => plainItem(item)),
    billing_address: row.billing_address,
    payment: { ...payment, account_status: account, cc_last4: payment['cc_last4'] ?? null },
    status_histories: histories.map(({ created_at: _unread, ...line }) => line),
  };
};
