import { decimal, money, sum, type Money } from '../domain/money';
import type { Context } from '../counterpoint/context';
import type { DocumentPlan } from '../counterpoint/document/plan';
import { cell, type Row, type Statement } from '../database/engine';
import { sql } from '../database/kysely';

/** A deposit that nobody has seen arrive: a check, a transfer, cash on delivery (C5-44). */
export interface Receipt {
  readonly order: string;
  /** Store-local day "YYYY-MM-DD". */
  readonly placedOn: string;
  readonly store: string;
  readonly payCode: string | null;
  readonly deposit: Money;
  /** Deposit ticket the money was booked with. */
  readonly ticketNo: string | null;
}

/** The shop's own tax figures of one imported order (C5-65), base currency. */
export interface OrderTaxes {
  readonly order: string;
  /** Store-local day "YYYY-MM-DD". */
  readonly placedOn: string;
  readonly store: string;
  /** Goods after discount, without tax. */
  readonly net: Money;
  /** Shipping charged, without tax. */
  readonly shipping: Money;
  readonly goodsTax: Money;
  readonly shippingTax: Money;
  readonly tax: Money;
  readonly total: Money;
}

/** Written in the document's own transaction. */
export function figureRow(instance: string, { draft }: DocumentPlan): Statement {
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
export async function receipts({ engine, settings }: Context): Promise<Receipt[]> {
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
export async function confirmReceipt({ engine, settings }: Context, order: string, at: string): Promise<boolean> {
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
  { engine, settings }: Context,
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
