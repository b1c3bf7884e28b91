import { decimal, isPositive, isZero, sum } from '../money';
import { parseMarker } from './marker';
import type { PaymentKind } from './payment-traits';
import type { PaymentSetting } from '../settings';
import type { ShopInvoiceRecord, ShopOrder } from './order';

/** Methods of the shop's own that move no money; an invoice records what the store received. */
export const OFFLINE: ReadonlySet<string> = new Set(['checkmo', 'banktransfer', 'cashondelivery', 'free']);
export const ON_ACCOUNT: ReadonlySet<string> = new Set(['purchaseorder']);

type PaidOrder = Pick<ShopOrder, 'payment' | 'totals'>;

export interface MoneyEvidence {
  readonly order: PaidOrder;
  readonly invoices: readonly ShopInvoiceRecord[];
  /** The shop's transactions show an authorisation that is not closed. */
  readonly openAuthorisation?: boolean;
}

/**
 * Who holds the money of this order, from all the shop shows of it. What somebody else took stays taken whatever the
 * settings say: it must never be taken twice (P-06). A setting says how the rest is taken, never that it was: goods on
 * which the shop shows no payment are not given away because a line of the configuration expects one.
 */
export function paymentKind(evidence: MoneyEvidence, payments: Readonly<Record<string, PaymentSetting>>): PaymentKind {
  const { order, openAuthorisation = false } = evidence;
  const { method, authorised } = order.payment;
  const setting = payments[method] ?? payments['*'];
  if (isZero(order.totals.grandTotal)) return 'none';
  if (takenByOthers(evidence)) return 'paid';
  if (setting?.kind === 'ar' || ON_ACCOUNT.has(method)) return 'onAccount';
  if (setting?.capture === 'onRelease') return 'authorised';
  if (setting?.capture === 'atSale') return 'unknown';
  if (setting?.capture === 'never') return 'offline';
  if (isPositive(authorised) || openAuthorisation) return 'authorised';
  return OFFLINE.has(method) ? 'offline' : 'unknown';
}

/**
 * What the order was paid beside our own invoices covers the whole of it. Our own captures never turn an authorised order
 * into a paid one, and an invoice that is still open, or that the order does not count as paid, is no money (contract §4.3).
 */
function takenByOthers({ order, invoices }: MoneyEvidence): boolean {
  const paid = invoices.filter((invoice) => invoice.state === 2);
  const ours = sum(paid.filter(isOurs).map((invoice) => invoice.grandTotal));
  const theirs = sum(paid.filter((invoice) => !isOurs(invoice)).map((invoice) => invoice.grandTotal));
  const { grandTotal, paid: counted } = order.totals;
  if (decimal(counted).lessThan(grandTotal)) return false;
  return theirs.greaterThanOrEqualTo(grandTotal) || decimal(counted).minus(ours).greaterThanOrEqualTo(grandTotal);
}

const isOurs = (invoice: ShopInvoiceRecord): boolean => parseMarker(invoice.comments) !== null;
