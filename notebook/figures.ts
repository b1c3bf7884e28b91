import { decimal, money, sum } from '../domain/money';
import type { OrderTaxes, Receipt } from '../domain/ports/notebook';
import type { NotebookContext } from './context';
import type { DocumentDraft } from '../domain/document/draft';
import { cell, type Row, type Statement } from '../database/engine';
import { sql } from '../database/kysely';

/** Written in the document's own transaction. */
export function figureRow(instance: string, draft: DocumentDraft): Statement {
  const { payment, totals } = draft;
  const row = [
    instance,
    draft.order,
    draft.placedAt.slice(0, 10),
    draft.ids.store,
    payment.payCode,
    payment.deposit ?? money(0),
    payment.toBeConfirmed ? 'O' : 'N',
    totals.net,
    totals.misc,
    totals.tax,
    draft.shipping.tax,
    totals.total,
    money(sum(payment.others.map(({ amount }) => amount))),
  ];
  return sql`insert into cantus.order_figures (instance, order_no, placed_on, str_id, pay_code, deposit, receipt, net, shipping, tax, shipping_tax, total, tenders) values (${sql.join(row)})`;
}

/** A document that was taken back has no money to report. */
export const removeFigures = (instance: string, order: string): Statement =>
  sql`delete from cantus.order_figures where instance = ${instance} and order_no = ${order}`;

/** Deposits whose receipt the store has yet to confirm, oldest first. */
export async function receipts({ engine, settings }: NotebookContext): Promise<Receipt[]> {
  const [rows = []] = await engine.read([
    engine.db
      .selectFrom('cantus.order_figures as f')
      .innerJoin('cantus.order_link as l', (join) =>
        join.onRef('l.instance', '=', 'f.instance').onRef('l.order_no', '=', 'f.order_no'),
      )
      .select(['f.order_no', 'f.placed_on', 'f.str_id', 'f.pay_code', 'f.deposit', 'l.deposit_ticket_no'])
      .where('f.instance', '=', settings.instance)
      .where('f.receipt', '=', 'O')
      .orderBy('f.placed_on')
      .orderBy('f.order_no'),
  ]);
  return rows.map((row) => ({
    order: cell(row, 'order_no'),
    placedOn: cell(row, 'placed_on'),
    store: cell(row, 'str_id'),
    payCode: orNull(row, 'pay_code'),
    deposit: money(cell(row, 'deposit')),
    ticketNo: orNull(row, 'deposit_ticket_no'),
  }));
}

/** The store has the money in hand. @returns false: no receipt of this order was awaited. */
export async function confirmReceipt(
  { engine, settings }: NotebookContext,
  order: string,
  at: string,
): Promise<boolean> {
  const { instance } = settings;
  return engine.transaction(order, async (on) => {
    const [open = []] = await engine.read(
      [
        sql`select order_no from cantus.order_figures where instance = ${instance} and order_no = ${order} and receipt = 'O'`,
      ],
      on,
    );
    if (open.length === 0) return false;
    await engine.write(
      [
        sql`update cantus.order_figures set receipt = 'C', confirmed_at = ${at} where instance = ${instance} and order_no = ${order}`,
      ],
      on,
    );
    return true;
  });
}

/** Tax figures of the orders placed on these store-local days, both included. */
export async function taxes(
  { engine, settings }: NotebookContext,
  days: { readonly from: string; readonly to: string },
): Promise<OrderTaxes[]> {
  const [rows = []] = await engine.read([
    engine.db
      .selectFrom('cantus.order_figures')
      .select(['order_no', 'placed_on', 'str_id', 'net', 'shipping', 'tax', 'shipping_tax', 'total'])
      .where('instance', '=', settings.instance)
      .where('placed_on', '>=', days.from)
      .where('placed_on', '<=', days.to)
      .orderBy('placed_on')
      .orderBy('order_no'),
  ]);
  return rows.map((row) => {
    const tax = money(cell(row, 'tax'));
    const shippingTax = money(cell(row, 'shipping_tax'));
    return {
      order: cell(row, 'order_no'),
      placedOn: cell(row, 'placed_on'),
      store: cell(row, 'str_id'),
      net: money(cell(row, 'net')),
      shipping: money(cell(row, 'shipping')),
      goodsTax: money(decimal(tax).minus(shippingTax)),
      shippingTax,
      tax,
      total: money(cell(row, 'total')),
    };
  });
}

const orNull = (row: Row, column: string): string | null => {
  const text = cell(row, column);
  return text === '' ? null : text;
};
