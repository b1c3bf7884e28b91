import type { ShopSide } from '../order/observation';
import { decimal } from '../money';
import { paymentTraits } from './payment-traits';

const DAY = 24 * 3_600_000;
/** Time enough to release or to ask the shopper; of a short life it is the last third. */
const WARN_DAYS = 3;

/** The instant, ISO 8601, at which an authorisation given at `since` lapses (P-08). */
export const lapsesAt = (since: string, days: number): string => new Date(Date.parse(since) + days * DAY).toISOString();

/** Money is authorised that no invoice has taken yet. */
export const stillAuthorised = ({ payment, items }: ShopSide): boolean =>
  paymentTraits(payment).captures &&
  items.some((item) =>
    decimal(item.ordered)
      .minus(item.invoiced)
      .minus(item.cancelled ?? 0)
      .greaterThan(0),
  );

/** When people are warned that an authorisation lapses; null: nothing is authorised, or its life is not configured. */
export function warnOfLapseAt(shop: ShopSide): number | null {
  const { since, lapses } = shop.payment;
  if (lapses === undefined || !stillAuthorised(shop)) return null;
  const life = Date.parse(lapses) - Date.parse(since ?? lapses);
  return Date.parse(lapses) - Math.min(WARN_DAYS * DAY, life / 3);
}
