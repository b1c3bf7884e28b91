import type { ShopOrder } from '../shop/order';
import { isWritable, lengthOf, tidy, type CodePage } from '../text/fitting';
import { stop } from './refusals';

/** CUST_PO_NO holds 20 characters everywhere (C5-53). */
const PO_NUMBER_LENGTH = 20;

/**
 * Customer PO number (C5-49); one that does not fit is never cut (C5-53).
 * @throws CantusError refused: fieldTooLong, badText.
 */
export function customerPoNo(order: ShopOrder, codePage: CodePage): string | null {
  const number = tidy(order.payment.poNumber ?? '');
  if (number === '') return null;
  if (lengthOf(number) > PO_NUMBER_LENGTH) {
    throw stop(order.incrementId, {
      reason: 'fieldTooLong',
      field: 'payment.po_number',
      what: `the purchase order number has ${lengthOf(number)} characters, Counterpoint holds ${PO_NUMBER_LENGTH}`,
      remedy:
        'Agree on a shorter number with the customer and enter the order by hand, or shorten it in the shop and retry.',
    });
  }
  requireWritable(order.incrementId, 'payment.po_number', number, codePage);
  return number;
}

/** Identifiers are never respelled: one the code page cannot hold stops the order. */
export function requireWritable(order: string, field: string, value: string, codePage: CodePage): void {
  if (isWritable(value, codePage)) return;
  throw stop(order, {
    reason: 'badText',
    field,
    what: 'it has a character that the Counterpoint database cannot hold',
    remedy: 'Correct it in the shop, then retry.',
  });
}
