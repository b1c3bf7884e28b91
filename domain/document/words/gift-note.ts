import type { GiftMessage, ShopOrder } from '../../shop/order';
import type { DraftNote } from '../draft';
import { nameWithSku, shopperLine, shopperLines } from './shopper-text';

export const GIFT_NOTE = 'GIFT';

/**
 * All gift messages of the order and its items in one note (C5-66). From and To stand in it where the shop has them; a
 * message without them makes the note all the same (C5-67).
 * @returns null when there is no gift message.
 */
export function giftNote(order: ShopOrder): DraftNote | null {
  const parts = [
    part('Gift message', order.giftMessage),
    ...order.items.map((item) => part(`Gift message for ${nameWithSku(item)}`, item.giftMessage)),
  ].filter((text) => text !== null);
  return parts.length === 0 ? null : { id: GIFT_NOTE, text: parts.join('\n\n') };
}

function part(title: string, gift: GiftMessage | null): string | null {
  if (gift === null) return null;
  const from = shopperLine(gift.from);
  const to = shopperLine(gift.to);
  const message = shopperLines(gift.message);
  const lines = [from === '' ? '' : `From: ${from}`, to === '' ? '' : `To: ${to}`, message].filter(
    (line) => line !== '',
  );
  return lines.length === 0 ? null : [title, ...lines].join('\n');
}
