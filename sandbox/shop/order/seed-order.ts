import { add, multiply, CarryRounder, portion, subtract } from '../money/amounts';
import { nextOrderNumber, type PlacedOrder } from './place-order';
import { asNumber, asText, isFields, type Fields } from '../json';
import { isGatewayMethod } from '../money/payment-methods';
import type { HistoryRow, ItemNature, ItemRow, OrderRecord, OrderRow, PaymentRow } from '../books/rows';
import { renumberItems } from './renumber-items';
import type { Shop } from '../shop';
import { takeOverInvoices } from '../money/seed-invoices';
import { recordTransaction } from '../money/transactions';

const list = (value: unknown): Fields[] => (Array.isArray(value) ? value.filter(isFields) : []);
const number = (fields: Fields, column: string): number => asNumber(fields[column]) ?? 0;

/**
 * Row totals were sent after discount, or by 2.4.8 for one piece; the shop keeps whole rows before discount (contract §4.1).
 * The total with tax is of the whole row in every release, and exact where the row after discount was cut off at 0.
 */
const grossTotal = (item: Fields, prefix: '' | 'base_'): number => {
  const discount = number(item, `${prefix}discount_amount`);
  const inclusive = asNumber(item[`${prefix}row_total_incl_tax`]);
  if (inclusive !== undefined && discount > 0) {
    const tax = number(item, `${prefix}tax_amount`);
    return subtract(add(inclusive, discount), tax, number(item, `${prefix}discount_tax_compensation_amount`));
  }
  const sent = add(number(item, `${prefix}row_total`), discount);
  const priced = multiply(number(item, `${prefix}price`), number(item, 'qty_ordered'));
  const slack = multiply(number(item, 'qty_ordered'), 0.01);
  return Math.abs(subtract(sent, priced)) <= Math.max(slack, 0.01) ? sent : priced;
};

const storedItem = (item: Fields, taxes: CarryRounder): ItemRow => {
  const { parent_item: _embedded, ...columns } = item;
  const rowTotal = grossTotal(item, '');
  const taxBefore = taxes.round(portion(rowTotal, number(item, 'tax_percent'), 100));
  const discounted = number(item, 'discount_amount') > 0;
  const inclusive = discounted
    ? {
        row_total_incl_tax: add(rowTotal, taxBefore),
        base_row_total_incl_tax: add(grossTotal(item, 'base_'), taxBefore),
      }
    : {};
  return {
    ...(columns as ItemRow),
    row_total: rowTotal,
    base_row_total: grossTotal(item, 'base_'),
    ...inclusive,
  };
};

/** Whose children carry the money shows in their prices; how a bundle ships does not show at all. */
const natureOf = (item: ItemRow, items: readonly ItemRow[], separately: boolean): ItemNature => {
  const parent = items.find((other) => other.item_id === item.parent_item_id);
  const family = items.filter((other) => other.parent_item_id === (parent ?? item).item_id);
  const bundle = (parent ?? item).product_type === 'bundle';
  return {
    shipSeparately: bundle && separately,
    childrenPriced: bundle && family.some((child) => child.price !== 0),
    selectionQty: parent ? portion(item.qty_ordered, 1, parent.qty_ordered) : 1,
  };
};

const storedPayment = (payment: Fields, orderId: number): PaymentRow => ({
  ...payment,
  method: asText(payment['method']) ?? 'checkmo',
  entity_id: asNumber(payment['entity_id']) ?? orderId,
  amount_ordered: number(payment, 'amount_ordered'),
});

export interface SeedOptions {
  /** Bundles in the order ship part by part. */
  readonly shipSeparately?: boolean;
  /** Another number in the place of the recorded one. */
  readonly incrementId?: string;
}

/**
 * Takes an order over as REST showed it, with its ids; an order number that is taken gets the next free one.
 * An authorised payment that is not captured to the end becomes an open authorisation at the gateway.
 *
 * @param order the JSON of `GET /V1/orders/:id`
 */
export const seedOrder = (shop: Shop, order: Fields, options: SeedOptions = {}): PlacedOrder => {
  const free = (id: number): boolean => !shop.books.orders.some(({ row }) => row.entity_id === id);
  const recorded = number(order, 'entity_id');
  const entityId = recorded > 0 && free(recorded) ? recorded : shop.books.next('order');
  const storeId = asNumber(order['store_id']) ?? 1;
  const wanted = options.incrementId ?? asText(order['increment_id']) ?? '';
  const incrementId = wanted !== '' && !shop.books.findOrder(wanted) ? wanted : nextOrderNumber(shop, storeId);
  const taxes = new CarryRounder('0.000001');
  const items = list(order['items']).map((item) => ({ ...storedItem(item, taxes), order_id: entityId }));
  const extension = isFields(order['extension_attributes']) ? order['extension_attributes'] : {};
  const assignments = list(extension['shipping_assignments']).map(({ shipping }) => ({ shipping }));
  const row: OrderRow = {
    ...(order as OrderRow),
    entity_id: entityId,
    increment_id: incrementId,
    store_id: storeId,
    status: asText(order['status']) ?? null,
    items,
    payment: storedPayment(isFields(order['payment']) ? order['payment'] : {}, entityId),
    status_histories: list(order['status_histories']) as unknown as HistoryRow[],
    billing_address: isFields(order['billing_address']) ? order['billing_address'] : {},
    extension_attributes: { ...extension, shipping_assignments: assignments },
  };
  const natures = Object.fromEntries(
    items.map((item) => [String(item.item_id), natureOf(item, items, options.shipSeparately === true)]),
  );
  const record: OrderRecord = structuredClone({
    row,
    natures,
    heldFrom: null,
    besidesInvoiced: { order: 0, base: 0 },
    shippingAddressId: shippingAddressId(assignments),
  });
  renumberItems(record, freeIds(shop, record));
  reserveIds(shop, record);
  shop.books.addOrder(record);
  relink(shop, record);
  takeOverAuthorization(shop, record);
  takeOverInvoices(shop, record);
  return { entityId, incrementId };
};

/** Recorded item ids are kept, unless one of them is taken. */
const freeIds = (shop: Shop, record: OrderRecord): Map<number, number> => {
  const taken = new Set(shop.books.orders.flatMap(({ row }) => row.items.map((item) => item.item_id)));
  if (!record.row.items.some((item) => taken.has(item.item_id))) return new Map();
  return new Map(record.row.items.map((item) => [item.item_id, shop.books.next('order_item')]));
};

const shippingAddressId = (assignments: readonly Fields[]): number | null => {
  const shipping = assignments[0]?.['shipping'];
  const address = isFields(shipping) ? shipping['address'] : undefined;
  return isFields(address) ? (asNumber(address['entity_id']) ?? null) : null;
};

const reserveIds = (shop: Shop, { row, shippingAddressId: shipping }: OrderRecord): void => {
  shop.books.reserve('order', row.entity_id);
  shop.books.reserve('address', Math.max(row.billing_address_id, shipping ?? 0));
  for (const item of row.items) shop.books.reserve('order_item', item.item_id);
  for (const line of row.status_histories) shop.books.reserve('history', line.entity_id);
};

const takeOverAuthorization = (shop: Shop, record: OrderRecord): void => {
  const { row } = record;
  const authorised = asNumber(row.payment['base_amount_authorized']) ?? 0;
  if (!isGatewayMethod(row.payment.method) || authorised === 0) return;
  const captured = asNumber(row.payment.base_amount_paid) ?? 0;
  const transaction = authorizationOf(row) ?? row.payment.last_trans_id ?? `AUTH-${row.increment_id}`;
  const open = captured < authorised && row.state !== 'canceled';
  shop.books.authorizations[row.increment_id] = {
    transaction,
    amount: authorised,
    captured,
    open,
    expired: false,
    closesOnCapture: false,
  };
  recordTransaction(shop.books, record, { txnId: transaction, type: 'authorization', closed: !open });
};

/** Relations go by number; the ids beside them must be those the orders have here. */
const relink = (shop: Shop, record: OrderRecord): void => {
  const { row } = record;
  const parent = shop.books.findOrder(asText(row['relation_parent_real_id']) ?? '');
  if (parent) {
    row['relation_parent_id'] = String(parent.row.entity_id);
    if (parent.row['relation_child_real_id'] === row.increment_id) {
      parent.row['relation_child_id'] = String(row.entity_id);
    }
  }
  const child = shop.books.findOrder(asText(row['relation_child_real_id']) ?? '');
  if (child) {
    row['relation_child_id'] = String(child.row.entity_id);
    child.row['relation_parent_id'] = String(row.entity_id);
  }
};

/** The history names the authorisation; the payment only its latest transaction. */
const authorizationOf = (row: OrderRow): string | undefined => {
  const line = row.status_histories.find(({ comment }) => comment?.startsWith('Authorized amount'));
  return /Transaction ID: "([^"]+)"/.exec(line?.comment ?? '')?.[1];
};
