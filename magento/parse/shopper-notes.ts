import type { ShopperNote } from '../../domain/shop/order';
import type { WireOrder } from './order-schema';

/** What modules for comments and delivery wishes call their fields: bold_order_comment, delivery_instructions, … */
const NOTE = /(^|_)(comments?|notes?|instructions?|remarks?|wish(es)?)$/;
const DELIVERY = /(^|_)(delivery|arrival|pickup)_(date|day|time|slot|timeslot|time_slot|interval)$/;
/** Written by the shop's people or for machines, not by the shopper. */
const NOT_THE_SHOPPERS = /(^|_)(admin|internal|staff|private|gift|status|history|credit|delivery_note_id)(_|$)/;

/**
 * What the shopper wrote at checkout: the order's note, the first comment of its history that shoppers see, and what known
 * kinds of modules put among the extension attributes.
 */
export function shopperNotes(wire: WireOrder): readonly ShopperNote[] {
  return [
    ...(wire.customer_note === null ? [] : [{ label: null, text: wire.customer_note }]),
    ...firstVisibleComment(wire),
    ...attributeNotes(wire.extension_attributes ?? {}),
  ];
}

/** Checkout modules keep the shopper's comment there; later ones answer it. Invoices and shipments have comments of their own. */
function firstVisibleComment({ status_histories: rows }: WireOrder): ShopperNote[] {
  const [first] = rows
    .filter((row) => row.is_visible_on_front && (row.entity_name === null || row.entity_name === 'order'))
    .flatMap(({ comment, created_at: at, entity_id: id }) => (comment === null ? [] : [{ comment, at: at ?? '', id }]))
    .sort((a, b) => a.at.localeCompare(b.at) || (a.id ?? 0) - (b.id ?? 0));
  return first === undefined ? [] : [{ label: null, text: first.comment }];
}

function attributeNotes(extension: Readonly<Record<string, unknown>>): ShopperNote[] {
  return Object.entries(extension).flatMap(([name, value]) => {
    const isNote = NOTE.test(name);
    if ((!isNote && !DELIVERY.test(name)) || NOT_THE_SHOPPERS.test(name)) return [];
    const text = typeof value === 'string' ? value : '';
    return text.trim() === '' ? [] : [{ label: label(name), text }];
  });
}

/** `bold_order_comment` → "Bold order comment". */
const label = (name: string): string => {
  const words = name.replace(/_+/g, ' ').trim();
  return words.charAt(0).toUpperCase() + words.slice(1);
};
