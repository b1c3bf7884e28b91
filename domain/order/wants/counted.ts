import { liveTickets } from '../lifecycle';
import { decimal, money, sum } from '../../money';
import type { ShopSide } from '../observation';
import { acceptanceKey, type AttentionWant, type Situation } from '../plan-step';
import type { Repair } from '../repair';
import type { Attention } from '../steps';
import { invoiceOf } from '../tickets';
import { paymentTraits } from '../../shop/payment-traits';

const invoicedBy = ({ invoices }: ShopSide): ReturnType<typeof decimal> =>
  sum(invoices.filter(({ state }) => state === 'paid').map(({ total }) => total));

/** What stands as paid invoices beyond what the shop counts as paid; below zero where it counts more. */
export const uncounted = (shop: ShopSide): ReturnType<typeof decimal> => invoicedBy(shop).minus(shop.payment.paid);

/** More invoices fewer payments can explain than this are a matter for a person. */
const EXPLAINED_AT_MOST = 10;

/** Invoices stand as paid that the shop does not count, and not just those of a closed authorisation, which are told. */
export function isMiscounted(s: Situation): boolean {
  const { shop } = s.seen;
  const missing = uncounted(shop);
  if (missing.isZero()) return false;
  if (!paymentTraits(shop.payment).captures || missing.isNegative()) return true;
  const uncaptured = shop.invoices.filter(({ state, captured }) => state === 'paid' && captured !== true);
  if (uncaptured.length > EXPLAINED_AT_MOST) return true;
  let sums = [decimal(0)];
  for (const { total } of uncaptured) sums = [...sums, ...sums.map((each) => each.plus(total))];
  return !sums.some((each) => each.equals(missing));
}

/** Every ticket has its invoice, yet the shop does not count them as paid: pending, under review, or wiped by a hold. */
export function* notCounted(s: Situation): Generator<AttentionWant> {
  const { shop, store } = s.seen;
  const tickets = liveTickets(store);
  if (paymentTraits(shop.payment).invoicedByShop || tickets.length === 0 || !isMiscounted(s)) return;
  if (s.memory.accepted.includes(uncountedKey(shop)) || !tickets.every((ticket) => invoiceOf(ticket, shop))) return;
  const invoiced = invoicedBy(shop).toFixed(2);
  yield {
    reason: 'captureUnknown',
    action: `counted:${invoiced}/${shop.payment.paid}`,
    repairs: ['retry', 'acceptDifference'],
    message:
      `The invoices of order ${s.order} come to ${invoiced}, but the shop counts ${shop.payment.paid} as paid: a payment may be pending, under review or not taken. ` +
      'Look at the payment provider before the parcel leaves, then accept the difference.',
  };
}

/** Under this name a person knows of just this much that the shop does not count: another amount is another question. */
export const uncountedKey = (shop: ShopSide): string =>
  acceptanceKey('captureUnknown', `uncounted:${money(uncounted(shop))}`);

/**
 * Who decides about a ticket because the shop's counters disagree with its invoices has compared them with the payment
 * provider: the amount that is missing need not be asked about once more when every ticket has its invoice.
 */
export const settlesCounting = ({ kind }: Pick<Repair, 'kind'>, { reason, action, code }: Attention): boolean =>
  reason === 'captureUnknown' &&
  (kind === 'invoiceOffline' || kind === 'acceptDifference') &&
  (code === 'countersDiffer' || /^count(ers|ed):/.test(action ?? ''));
