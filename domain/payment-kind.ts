import { decimal, isPositive, isZero, sum } from './money';
import { parseMarker } from './marker';
import type { PaymentKind } from './observation';
import type { PaymentSetting } from './settings';
import type { ShopInvoiceRecord, ShopOrder } from './shop-order';

/** Methods of the shop's own that move no money; an invoice records what the store received. */
const OFFLINE = new Set(['checkmo', 'banktransfer', 'cashondelivery', 'free']);
const ON_ACCOUNT = new Set(['purchaseorder']);

type PaidOrder = Pick<ShopOrder, 'payment' | 'totals'>;

/**
 * How the money of this order is taken. What was paid at sale stays so whatever the settings say: it must
 * never be taken twice (P-06). Otherwise the setting's `capture` decides, then the order itself.
 */
export function paymentKind(
  order: PaidOrder,
  invoices: readonly ShopInvoiceRecord[],
  payments: Readonly<Record<string, PaymentSetting>>,
): PaymentKind {
  const { method, authorised } = order.payment;
  const setting = payments[method] ?? payments['*'];
  if (isZero(order.totals.grandTotal)) return 'none';
  if (paidAtSale(order, invoices)) return 'paid';
  if (setting?.kind === 'ar' || ON_ACCOUNT.has(method)) return 'onAccount';
  if (setting?.capture === 'onRelease') return 'authorised';
  if (setting?.capture === 'atSale') return 'paid';
  if (setting?.capture === 'never') return 'offline';
  if (isPositive(authorised)) return 'authorised';
  return OFFLINE.has(method) ? 'offline' : 'unknown';
}

/** Invoices that are not ours cover the whole order. Our own captures never turn an authorised order into a paid one. */
function paidAtSale(order: PaidOrder, invoices: readonly ShopInvoiceRecord[]): boolean {
  const foreign = invoices.filter((invoice) => invoice.state === 2 && parseMarker(invoice.comments) === null);
  const covered = sum(foreign.map((invoice) => invoice.grandTotal));
  const { grandTotal, paid } = order.totals;
  return covered.greaterThanOrEqualTo(grandTotal) && decimal(paid).greaterThanOrEqualTo(grandTotal);
}
