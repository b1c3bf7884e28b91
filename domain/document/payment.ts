import { type Decimal } from 'decimal.js';
import { decimal, isPositive, isZero, minimum, money } from '../money';
import type { PaymentSetting, Settings } from '../settings';
import type { ShopOrder } from '../shop/order';
import type { DraftPayment } from './draft';
import { own } from './own';
import { placeNamed } from './money/place-totals';
import type { Placed } from './placed';
import { stop } from './refusals';

/** The one method of the shop that is on account by its nature (C5-49 … C5-53, C5-58). */
const PURCHASE_ORDER = 'purchaseorder';

/** The shop's own tenders by the code of their total in the shop; each needs a pay code of its own in `payments`. */
const SHOP_TENDERS = [
  {
    method: 'giftcardaccount',
    total: 'giftCards',
    field: 'base_gift_cards_amount',
    name: 'gift cards',
    names: ['giftcards', 'gift_card', 'gift_card_account'],
  },
  {
    method: 'customerbalance',
    total: 'storeCredit',
    field: 'base_customer_balance_amount',
    name: 'store credit',
    names: ['store_credit', 'storecredit'],
  },
  {
    method: 'reward',
    total: 'rewardPoints',
    field: 'base_reward_currency_amount',
    name: 'reward points',
    names: ['reward_points', 'rewardpoints'],
  },
] as const;

/**
 * How the document is paid: the method's pay code, its deposit, and the shop's own tenders beside it.
 *
 * - cash: a deposit of the whole grand total (C5-32), or with `deposits: whenPaid` of what the shop has been paid
 * - ar, purchase order: the pay code alone, never a deposit (C5-50, C5-54)
 * - nothing to pay: nothing at all (C5-45); charged shipping makes it an ordinary payment (C5-48)
 * @throws CantusError refused: unmappedPayment, unknownTotal (a tender of the shop without a pay code).
 */
export function draftPayment(order: ShopOrder, settings: Settings, placed: Placed): DraftPayment {
  const setting = paymentSetting(order, settings);
  const others = [...shopTenders(order, settings), ...placed.tenders];
  if (setting.kind === 'ar') {
    return { kind: 'ar', payCode: payCode(order, setting), deposit: null, others, toBeConfirmed: false };
  }
  if (isZero(order.totals.grandTotal))
    return { kind: 'none', payCode: null, deposit: null, others, toBeConfirmed: false };
  if (setting.kind === 'none') throw moneyOnFree(order);
  const deposit = depositOf(order, settings);
  return {
    kind: 'cash',
    payCode: payCode(order, setting),
    deposit: deposit === null ? null : money(deposit),
    others,
    toBeConfirmed: deposit !== null && !wasTaken(order, setting),
  };
}

/**
 * The setting of the order's payment method, or the fallback `*`.
 * @throws CantusError refused, unmappedPayment.
 */
export function paymentSetting(order: ShopOrder, settings: Settings): PaymentSetting {
  const { method } = order.payment;
  const setting = own(settings.payments, method) ?? own(settings.payments, '*');
  if (setting === undefined) {
    throw unmapped(order, `payment method "${method}" has no pay code`, `Add "${method}" to payments, then retry.`);
  }
  if (method === PURCHASE_ORDER && setting.kind !== 'ar') {
    const what = 'purchase orders are mapped to a pay code that is not of kind "ar"';
    throw unmapped(order, what, `Map payments.${PURCHASE_ORDER} to an A/R pay code (kind: ar), then retry.`);
  }
  return setting;
}

function depositOf(order: ShopOrder, settings: Settings): Decimal | null {
  const { grandTotal, paid } = order.totals;
  if (settings.deposits === 'always') return decimal(grandTotal);
  return isPositive(paid) ? minimum(paid, grandTotal) : null;
}

/** Money at sale, an authorisation, or a setting that says a gateway takes it: nobody at the store has to look for it. */
const wasTaken = (order: ShopOrder, setting: PaymentSetting): boolean =>
  decimal(order.totals.paid).greaterThanOrEqualTo(order.totals.grandTotal) ||
  isPositive(order.payment.authorised) ||
  setting.capture === 'onRelease' ||
  setting.capture === 'atSale';

function shopTenders(order: ShopOrder, settings: Settings): DraftPayment['others'] {
  return SHOP_TENDERS.flatMap(({ method, total, field, name, names }) => {
    const amount = order.totals[total];
    if (isZero(amount)) return [];
    const place = placeNamed([method, field, ...names], settings);
    if (place !== undefined && 'payCode' in place && isPositive(amount)) {
      return [{ payCode: place.payCode, amount: money(amount) }];
    }
    const setting = own(settings.payments, method);
    if (setting?.payCode !== undefined && setting.kind === 'cash' && isPositive(amount)) {
      return [{ payCode: setting.payCode, amount: money(amount) }];
    }
    throw stop(order.incrementId, {
      reason: 'unknownTotal',
      field,
      what: `${money(amount)} was paid by ${name}, which have no pay code`,
      remedy: `Add "${method}" with a pay code of kind "cash" to payments, then retry.`,
    });
  });
}

function payCode(order: ShopOrder, setting: PaymentSetting): string {
  if (setting.payCode !== undefined && setting.payCode !== '') return setting.payCode;
  const { method } = order.payment;
  throw unmapped(order, `payment method "${method}" has no pay code`, `Give payments.${method} a payCode, then retry.`);
}

const moneyOnFree = (order: ShopOrder): Error =>
  unmapped(
    order,
    `payment method "${order.payment.method}" is mapped to no payment, but ${order.totals.grandTotal} is to be paid`,
    `Map payments.${order.payment.method} to a pay code, then retry.`,
  );

const unmapped = (order: ShopOrder, what: string, remedy: string): Error =>
  stop(order.incrementId, { reason: 'unmappedPayment', field: 'payment.method', what, remedy });
