import { isPositive, money, quantity } from '../../money';
import type { ShopOrder } from '../../shop/order';
import { moneyRows } from '../../shop/rows';
import { tidy } from '../../text/fitting';
import type { OrderAmounts } from '../money/amounts';
import { addressNote } from './contacts';
import type { DraftNote } from '../draft';
import { giftNote } from './gift-note';
import { nameWithSku, shopperLines } from './shopper-text';
import type { AddressRoom } from './street';

/** Transaction notes: what the store needs to know and a document has no column for. */
export const draftNotes = (
  order: ShopOrder,
  { amounts, room }: { readonly amounts: OrderAmounts; readonly room: AddressRoom },
): readonly DraftNote[] =>
  [
    shopperNote(order),
    giftNote(order),
    contentsNote(order),
    optionsNote(order),
    currencyNote(order),
    taxNote(order, amounts),
    addressNote(order, room),
  ].filter((note) => note !== null);

/** What the shopper asked for at checkout: each text once, in the order of the shop's fields. */
function shopperNote(order: ShopOrder): DraftNote | null {
  const texts = new Set(order.shopperNotes.map(({ label, text }) => labelled(label, shopperLines(text))));
  texts.delete('');
  return texts.size === 0 ? null : { id: 'SHOPPER', text: [...texts].join('\n\n') };
}

const labelled = (label: string | null, text: string): string =>
  text === '' || label === null ? text : `${label}: ${text}`;

/** What to pack for each fixed-price bundle, whose line names only the bundle. */
function contentsNote(order: ShopOrder): DraftNote | null {
  const texts = moneyRows(order)
    .filter(({ row, parts }) => row.type === 'bundle' && parts.length > 0)
    .map(({ row, parts }) =>
      [
        `${quantity(row.ordered)} x ${nameWithSku(row)} holds in all:`,
        ...parts.map((part) => `${quantity(part.ordered)} x ${nameWithSku(part)}`),
      ].join('\n'),
    );
  return texts.length === 0 ? null : { id: 'CONTENTS', text: texts.join('\n\n') };
}

/** Custom options as the shop sends them: the number of the option and what was chosen or typed. */
function optionsNote(order: ShopOrder): DraftNote | null {
  const texts = order.items.flatMap((item) => {
    const chosen = item.customOptions
      .map(({ id, value }) => ({ id: tidy(id), value: shopperLines(value) }))
      .filter(({ value }) => value !== '');
    return chosen.length === 0
      ? []
      : [[nameWithSku(item), ...chosen.map(({ id, value }) => `Option ${id}: ${value}`)].join('\n')];
  });
  return texts.length === 0 ? null : { id: 'OPTIONS', text: texts.join('\n\n') };
}

/** The document is in the shop's base currency; what the shopper saw stands here. */
function currencyNote(order: ShopOrder): DraftNote | null {
  const { base, order: own, orderGrandTotal, baseToOrderRate } = order.currency;
  if (base === own) return null;
  return {
    id: 'CURRENCY',
    text: `Placed in ${own}${isPositive(orderGrandTotal) ? `: ${orderGrandTotal} ${own}` : ''}, at ${baseToOrderRate} ${own} for 1 ${base}. All amounts here are in ${base}.`,
  };
}

/** The shop states a tax that its own discount paid; the document has the tax the shopper paid. */
function taxNote(order: ShopOrder, { tax, taxCovered }: OrderAmounts): DraftNote | null {
  if (!isPositive(taxCovered)) return null;
  return {
    id: 'TAX',
    text: `The shop takes tax on the price before the discount and states ${money(order.totals.tax)} of tax. The discount paid ${money(taxCovered)} of it, so the shopper paid ${money(tax)}, which is the tax here.`,
  };
}
