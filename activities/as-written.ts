import type { Altered } from '../domain/order/observation';
import { createHmac, randomBytes } from 'node:crypto';
import { addressText, alterations, owedRows, type AddressSigns, type AsWritten } from '../domain/shop/altered';
import type { ShopOrder } from '../domain/shop/order';
import type { Deps } from '../passes/deps';

/** What is kept of an order beside its document, to tell later what was changed in the shop since. */
export function asWritten(order: ShopOrder, salt = randomBytes(16).toString('hex')): AsWritten {
  return {
    total: order.totals.grandTotal,
    refunded: order.totals.refunded,
    shippingMethod: order.shippingMethod,
    payment: order.payment.method,
    salt,
    ...signsOf(order, salt),
    rows: owedRows(order),
  };
}

/** @returns undefined: the order is not written yet, or was written before this was kept */
export async function alteredSince(
  { notebook }: Pick<Deps, 'notebook'>,
  key: string,
  order: ShopOrder,
): Promise<Altered | undefined> {
  const written = await notebook.written(key);
  return written === null ? undefined : alterations(order, written, signsOf(order, written.salt));
}

function signsOf({ billing, shipping }: ShopOrder, salt: string): AddressSigns {
  const sign = (address: Parameters<typeof addressText>[0]): string | null => {
    const text = addressText(address);
    return text === null ? null : createHmac('sha256', salt).update(text).digest('hex').slice(0, 16);
  };
  return { billing: sign(billing), shipTo: sign(shipping) };
}
