import { add } from './amounts';
import {
  childrenOf,
  isInvoiceDummy,
  natureOf,
  parentOf,
  qtyToInvoice,
  refusesInvoices,
  somethingToInvoice,
} from '../order/item-rules';
import { badRequest } from '../http/refusals';
import type { ItemRow, OrderRecord } from '../books/rows';

export interface RequestedItem {
  readonly order_item_id: number;
  readonly qty: number;
}

export interface DraftInvoiceLine {
  readonly item: ItemRow;
  readonly qty: number;
  /** Carries no money. */
  readonly dummy: boolean;
  /** Takes all that is left of its row. */
  readonly last: boolean;
}

export interface InvoiceDraft {
  readonly lines: readonly DraftInvoiceLine[];
  /** As sent, not as cut: the shop does not correct it (contract §2.2). */
  readonly totalQty: number;
  /** Finishes the order, and so takes every remainder. */
  readonly last: boolean;
}

/** Whole pieces only, unless the item is sold by decimals. */
export const castQty = (item: ItemRow, qty: number): number => (item.is_qty_decimal === 1 ? qty : Math.trunc(qty));

type Quantities = Map<number, number>;

/** Children of a named parent take quantities from it: a bundle's parts by selection, a configurable's child alike. */
const withChildren = (record: OrderRecord, requested: readonly RequestedItem[]): Quantities => {
  const quantities: Quantities = new Map();
  const known = new Set(record.row.items.map((item) => item.item_id));
  for (const { order_item_id, qty } of requested) if (known.has(order_item_id)) quantities.set(order_item_id, qty);
  for (const item of record.row.items) {
    const own = quantities.get(item.item_id);
    if (own === undefined) {
      const ofParent = item.parent_item_id === undefined ? undefined : quantities.get(item.parent_item_id);
      if (ofParent !== undefined) quantities.set(item.item_id, ofParent);
    } else if (isInvoiceDummy(record, item)) {
      for (const child of childrenOf(record, item)) {
        if (!quantities.has(child.item_id)) quantities.set(child.item_id, own * natureOf(record, child).selectionQty);
      }
    }
  }
  return quantities;
};

const belongsOnInvoice = (record: OrderRecord, item: ItemRow, all: boolean, quantities: Quantities): boolean => {
  if (!isInvoiceDummy(record, item)) return qtyToInvoice(record, item) > 0;
  const relatives = childrenOf(record, item);
  if (relatives.length > 0) {
    return relatives.some((child) => (all ? qtyToInvoice(record, child) : (quantities.get(child.item_id) ?? 0)) > 0);
  }
  const parent = parentOf(record, item);
  if (!parent) return false;
  return (all ? qtyToInvoice(record, parent) : (quantities.get(parent.item_id) ?? 0)) > 0;
};

/**
 * Builds an invoice the way the shop does, its drifting dummy rows included (contract §2.2, §3.6): with no items
 * named everything left is taken, unknown ids are dropped, and a moneyless row nobody named gets its full ordered quantity.
 *
 * @throws Refusal 400 where a quantity exceeds what is left
 */
export const draftInvoice = (record: OrderRecord, requested: readonly RequestedItem[]): InvoiceDraft => {
  const all = requested.length === 0;
  const quantities = withChildren(record, requested);
  const rows = record.row.items
    .filter((item) => belongsOnInvoice(record, item, all, quantities))
    .map((item) => {
      const dummy = isInvoiceDummy(record, item);
      const left = qtyToInvoice(record, item);
      const sent = quantities.get(item.item_id) ?? (dummy ? item.qty_ordered || 1 : all ? left : 0);
      const qty = Math.max(0, castQty(item, sent));
      if (!dummy && qty > left) throw badRequest('We found an invalid quantity to invoice item "%1".', [item.name]);
      return { item, sent, qty, dummy, last: !dummy && qty === left };
    });
  return {
    lines: rows.filter((row) => row.qty > 0).map(({ item, qty, dummy, last }) => ({ item, qty, dummy, last })),
    totalQty: add(...rows.map((row) => row.sent)),
    last: rows.every((row) => row.dummy || row.last),
  };
};

/** The validators' sentences in the shop's order; empty when the invoice may be made. */
export const invoiceObjections = (record: OrderRecord, draft: InvoiceDraft): string[] => {
  const objections: string[] = [];
  if (draft.lines.length === 0)
    objections.push("The invoice can't be created without products. Add products and try again.");
  if (refusesInvoices(record.row.state)) {
    objections.push(`An invoice cannot be created when an order has a status of ${record.row.status ?? ''}`);
  } else if (!somethingToInvoice(record)) {
    objections.push('The order does not allow an invoice to be created.');
  }
  return objections;
};
