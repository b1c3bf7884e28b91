import { decimal, money, sum, type Money } from '../money';
import type { InvoiceFact, StoreFact, Subject } from './facts';

export const stands = (invoice: InvoiceFact): boolean => invoice.state !== 'canceled';
export const live = (store: StoreFact): StoreFact['tickets'] => store.tickets.filter((ticket) => !ticket.voided);

export interface Amounts {
  readonly ordered: Money;
  readonly invoiced: Money;
  readonly cancelled: Money;
  /** ordered − invoiced − cancelled, never below zero. */
  readonly open: Money;
  readonly document: Money | null;
  readonly tickets: Money;
  readonly captured: Money;
}

/** One order's money as the shop and the store book it. */
export function amountsOf({ shop, store }: Subject): Amounts {
  const standing = (shop?.invoices ?? []).filter(stands);
  const ordered = decimal(shop?.total ?? 0);
  const invoiced = sum(standing.map(({ total }) => total));
  const rest = ordered.minus(invoiced);
  // The shop counts what was not paid as cancelled, an invoice that is still unpaid included.
  const cancelled = rest.isNegative()
    ? decimal(0)
    : rest.lessThan(shop?.cancelled ?? 0)
      ? rest
      : decimal(shop?.cancelled ?? 0);
  const open = rest.minus(cancelled);
  return {
    ordered: money(ordered),
    invoiced: money(invoiced),
    cancelled: money(cancelled),
    open: money(open.isNegative() ? 0 : open),
    document: store?.total ?? null,
    tickets: money(sum((store ? live(store) : []).map(({ amount }) => amount))),
    captured: money(sum(standing.filter(({ captured }) => captured).map(({ total }) => total))),
  };
}
