import type { Altered, AlteredRow } from '../order/observation';
import { decimal, isPositive, money, quantity, type Money, type Quantity } from '../money';
import type { ShopAddress, ShopOrder } from './order';
import { moneyRows } from './rows';

/** The shop's order as it was when its document was written; kept with the document's link. */
export interface AsWritten {
  /** Base currency. */
  readonly total: Money;
  readonly refunded: Money;
  readonly shippingMethod: string | null;
  readonly payment: string;
  /** Made for this order alone; without it nothing can be read from the signs of its addresses. */
  readonly salt: string;
  /** Signs of the addresses, never the addresses; null: there was none. */
  readonly billing: string | null;
  readonly shipTo: string | null;
  /** The rows that carry the money, with what the shop owed of them: ordered less cancelled and refunded. */
  readonly rows: readonly WrittenRow[];
}

export interface WrittenRow {
  readonly id: number;
  readonly sku: string;
  readonly owed: Quantity;
}

export interface AddressSigns {
  readonly billing: string | null;
  readonly shipTo: string | null;
}

export function alterations(order: ShopOrder, written: AsWritten, signs: AddressSigns): Altered {
  const rows = alteredRows(order, written);
  const given = decimal(order.totals.refunded).minus(written.refunded);
  const goodsBack = moneyRows(order).some(({ row }) => isPositive(row.refunded));
  return {
    ...(rows.length > 0 ? { rows } : {}),
    ...(order.totals.grandTotal !== written.total && !resized(order, written)
      ? { total: [written.total, order.totals.grandTotal] as const }
      : {}),
    ...(isPositive(given) && !goodsBack ? { refunded: money(given) } : {}),
    ...(signs.billing !== written.billing ? { billing: signs.billing ?? GONE } : {}),
    ...(signs.shipTo !== written.shipTo ? { shipTo: signs.shipTo ?? GONE } : {}),
    ...(order.shippingMethod !== written.shippingMethod
      ? { shippingMethod: [written.shippingMethod, order.shippingMethod] as const }
      : {}),
    ...(order.payment.method !== written.payment ? { payment: [written.payment, order.payment.method] as const } : {}),
  };
}

const GONE = 'none';

function alteredRows(order: ShopOrder, written: AsWritten): AlteredRow[] {
  const rows = owedRows(order);
  const now = rows.flatMap(({ id, sku, owed }): AlteredRow[] => {
    const wrote = written.rows.find((row) => row.id === id)?.owed ?? '0';
    return decimal(owed).equals(wrote) ? [] : [{ id, sku, wrote }];
  });
  const gone = written.rows
    .filter((row) => !rows.some(({ id }) => id === row.id))
    .map(({ id, sku, owed }) => ({ id, sku, wrote: owed }));
  return [...now, ...gone];
}

export const owedRows = (order: ShopOrder): WrittenRow[] =>
  moneyRows(order).map(({ row: { id, sku, ordered, cancelled, refunded } }) => ({
    id,
    sku,
    owed: quantity(decimal(ordered).minus(cancelled).minus(refunded)),
  }));

/** Rows or ordered quantities are not those that were written, which changes the total by itself. */
const resized = (order: ShopOrder, written: AsWritten): boolean => {
  const rows = moneyRows(order).map(({ row }) => row);
  const before = (id: number): Quantity => written.rows.find((row) => row.id === id)?.owed ?? '-1';
  // A credit memo and a cancelled line leave the total as it was; so does a row of which nothing was owed when it was written.
  return rows.length !== written.rows.length || rows.some(({ id, ordered }) => !decimal(ordered).equals(before(id)));
};

/** An address as far as it matters where a parcel or a bill goes: letter case and blanks do not. */
export const addressText = (address: ShopAddress | null): string | null =>
  address === null
    ? null
    : [
        address.firstName,
        address.lastName,
        address.company,
        address.street.join(' '),
        address.city,
        address.regionCode ?? address.region,
        address.postcode,
        address.country,
        address.phone,
      ]
        .map((part) => (part ?? '').normalize('NFKC').toLowerCase().replace(/\s+/g, ' ').trim())
        .join('\n');
