import type { AsWritten } from '../domain/shop/altered';
import { money, quantity } from '../domain/money';
import type { NotebookContext } from './context';
import { cell, type Row, type Statement } from '../database/engine';
import { sql } from '../database/kysely';

/** Longest codes kept; a longer one is compared by its beginning. */
const CODE_LENGTH = 120;
const SKU_LENGTH = 64;
/** Five parameters a row, well below what one statement takes. */
const ROWS_AT_ONCE = 200;

/** Written in the document's own transaction. */
export function writtenRows(instance: string, order: string, written: AsWritten): Statement[] {
  const head = [
    instance,
    order,
    written.total,
    written.refunded,
    codeOf(written.shippingMethod),
    codeOf(written.payment),
    written.salt,
    written.billing,
    written.shipTo,
  ];
  const rows = written.rows.map(
    ({ id, sku, owed }) => sql`(${sql.join([instance, order, String(id), sku.slice(0, SKU_LENGTH), owed])})`,
  );
  const batches: Statement[] = [];
  for (let start = 0; start < rows.length; start += ROWS_AT_ONCE)
    batches.push(
      sql`insert into cantus.row_written (instance, order_no, item_id, sku, qty) values ${sql.join(rows.slice(start, start + ROWS_AT_ONCE))}`,
    );
  return [
    sql`insert into cantus.order_written (instance, order_no, total, refunded, shipping_method, payment, salt, billing, ship_to) values (${sql.join(head)})`,
    ...batches,
  ];
}

const codeOf = (code: string | null): string | null => code?.slice(0, CODE_LENGTH) ?? null;

export const removeWritten = (instance: string, order: string): Statement[] => [
  sql`delete from cantus.row_written where instance = ${instance} and order_no = ${order}`,
  sql`delete from cantus.order_written where instance = ${instance} and order_no = ${order}`,
];

/** @returns null: no document, or one written before this was kept */
export async function writtenOrder(context: NotebookContext, order: string): Promise<AsWritten | null> {
  const { instance } = context.settings;
  const [orders = [], rows = []] = await context.engine.read([
    sql`select total, refunded, shipping_method, payment, salt, billing, ship_to from cantus.order_written where instance = ${instance} and order_no = ${order}`,
    sql`select item_id, sku, qty from cantus.row_written where instance = ${instance} and order_no = ${order} order by item_id`,
  ]);
  const [head] = orders;
  if (head === undefined) return null;
  return {
    total: money(cell(head, 'total')),
    refunded: money(cell(head, 'refunded')),
    shippingMethod: orNull(head, 'shipping_method'),
    payment: cell(head, 'payment'),
    salt: cell(head, 'salt'),
    billing: orNull(head, 'billing'),
    shipTo: orNull(head, 'ship_to'),
    rows: rows.map((row) => ({
      id: Number(cell(row, 'item_id')),
      sku: cell(row, 'sku'),
      owed: quantity(cell(row, 'qty')),
    })),
  };
}

const orNull = (row: Row, column: string): string | null => {
  const text = cell(row, column);
  return text === '' ? null : text;
};
