import { z } from 'zod';
import { amount, count, id, instant, list, optionalId, optionalInstant, requiredText, text } from './php-json';

/** What every list of orders asks of a row. */
export const orderRow = z.looseObject({
  entity_id: id,
  increment_id: requiredText,
  state: requiredText,
  status: text,
  store_id: optionalId,
  created_at: instant,
  updated_at: optionalInstant,
  base_grand_total: amount,
});

/** `items[item_id,qty_invoiced,qty_shipped,qty_refunded,qty_canceled]` of a row. */
export const countedItems = list(
  z.looseObject({ item_id: id, qty_invoiced: count, qty_shipped: count, qty_refunded: count, qty_canceled: count }),
);

export const countersOf = (items: z.output<typeof countedItems>) =>
  items.map((item) => ({
    id: item.item_id,
    invoiced: item.qty_invoiced,
    shipped: item.qty_shipped,
    refunded: item.qty_refunded,
    cancelled: item.qty_canceled,
  }));
