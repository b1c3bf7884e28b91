import { asNumber, isFields, type Fields } from '../json';
import type { OrderRecord } from '../books/rows';

const listed = (value: unknown): Fields[] => (Array.isArray(value) ? value.filter(isFields) : []);

const renumberReference = (fields: Fields, ids: ReadonlyMap<number, number>): void => {
  const item = asNumber(fields['item_id']);
  if (item !== undefined) fields['item_id'] = ids.get(item) ?? item;
};

/** Gives an order's items other ids, everywhere the order names them. */
export const renumberItems = (record: OrderRecord, ids: ReadonlyMap<number, number>): void => {
  for (const item of record.row.items) {
    item.item_id = ids.get(item.item_id) ?? item.item_id;
    if (item.parent_item_id !== undefined) item.parent_item_id = ids.get(item.parent_item_id) ?? item.parent_item_id;
    const extension = item['extension_attributes'];
    if (isFields(extension)) listed(extension['itemized_taxes']).forEach((tax) => renumberReference(tax, ids));
  }
  listed(record.row.extension_attributes['item_applied_taxes']).forEach((tax) => renumberReference(tax, ids));
  record.natures = Object.fromEntries(
    Object.entries(record.natures).map(([id, nature]) => [String(ids.get(Number(id)) ?? id), nature]),
  );
};
