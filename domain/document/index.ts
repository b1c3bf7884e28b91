import { draftTotals, draftTax } from './money/draft-totals';
import { money } from '../money';
import type { Settings, StoreIds } from '../settings';
import type { ShopOrder } from '../shop/order';
import { tidy, type CodePage } from '../text/fitting';
import { toStoreTime } from '../time';
import { orderAmounts } from './money/amounts';
import { draftCharges, taxedCharges } from './money/charges';
import { billTo, contactChanges, shipTo } from './words/contacts';
import type { DocumentDraft, TextChange } from './draft';
import { customerPoNo } from './identifiers';
import { draftLines, type SkuMap } from './lines';
import { draftNotes } from './words/notes';
import { refuseTakenBack } from './owed';
import { own } from './own';
import { draftPayment } from './payment';
import { placeTotals } from './money/place-totals';
import { shipVia } from './ship-via';
import { USUAL_ROOM, type AddressRoom } from './words/street';
import { checkText } from './words/text-policy';

export { expectedInvoice, type ExpectedInvoice } from './money/release';

export interface DraftExtras {
  /** Shop SKU → ITEM_NO, as named by the repair mapSku. */
  readonly skus?: SkuMap;
  /** Code page of the database; cp1252, that of SQL Server's Latin collations, when nobody knows better. */
  readonly codePage?: CodePage;
  /** Lengths of ADRS_1 … ADRS_3; as they usually are when nobody knows better. */
  readonly addressLengths?: readonly number[];
}

/**
 * The Counterpoint document for a shop order, as an experienced operator would key it: pure, in base currency, without keys
 * and column lengths. docs/reference/documents.md says what becomes of each kind of order.
 * @throws CantusError refused, with the attention reason, the shop's field and the remedy; misconfigured for a bad time zone.
 */
export function draftDocument(order: ShopOrder, settings: Settings, extras: DraftExtras = {}): DocumentDraft {
  const { counterpoint } = settings;
  const codePage = extras.codePage ?? USUAL_ROOM.codePage;
  const room: AddressRoom = { codePage, lengths: known(extras.addressLengths) };
  refuseTakenBack(order);
  const placed = placeTotals(order, settings);
  const amounts = orderAmounts(order, placed);
  const taxed = taxedCharges(placed, amounts.placedTax);
  const lines = draftLines(order, { amounts, charges: taxed }, { counterpoint, codePage, skus: extras.skus });
  const charges = draftCharges(taxed);
  const totals = draftTotals(order, amounts, { lines, placed });
  const payment = draftPayment(order, settings, placed);
  const tax = draftTax(amounts, { lines, charges }, counterpoint);
  const draft: DocumentDraft = {
    order: order.incrementId,
    entityId: order.entityId,
    ids: storeIds(order, settings),
    ticketNo: order.incrementId.trim(),
    placedAt: toStoreTime(order.createdAt, settings.timezone),
    reference: reference(order),
    customer: {
      email: emailOf(order),
      shopCustomerId: order.customer.id,
      mustExist: payment.kind === 'ar',
    },
    billing: billTo(order, room),
    shipTo: shipTo(order, room),
    shipVia: shipVia(order, settings),
    customerPoNo: customerPoNo(order, codePage),
    taxExemptNo: tax.taxable ? null : orNull(order.customer.taxVat),
    lines,
    shipping: { amount: money(amounts.shipping), tax: money(amounts.shippingTax) },
    charges,
    tax,
    totals,
    payment,
    notes: draftNotes(order, { amounts, room }),
    changes: textChanges(order, room),
  };
  checkText(draft, counterpoint.textPolicy, codePage);
  return draft;
}

const known = (lengths: readonly number[] = []): readonly number[] =>
  lengths.length > 0 ? lengths : USUAL_ROOM.lengths;

function textChanges(order: ShopOrder, room: AddressRoom): readonly TextChange[] {
  const { billing, shipping, virtual } = order;
  return [
    ...(billing === null ? [] : contactChanges(billing, 'billing_address', room)),
    ...(virtual || shipping === null ? [] : contactChanges(shipping, 'shipping.address', room)),
  ];
}

/** Store, station and drawer of the order's shop view, where it has its own (C5-87). */
export function storeIds(order: Pick<ShopOrder, 'storeId'>, settings: Settings): StoreIds {
  const { store, station, drawer, stores } = settings.counterpoint;
  return own(stores, String(order.storeId)) ?? { store, station, drawer };
}

/** REF: where the order came from, and which one it follows when staff edited or repeated it (C5-71). */
function reference(order: ShopOrder): string {
  const { parent } = order.relations;
  return parent === null
    ? `Magento order ${order.incrementId}`
    : `Magento order ${order.incrementId}, follows ${parent}`;
}

const emailOf = (order: ShopOrder): string | null =>
  orNull(order.customer.email) ?? orNull(order.billing?.email ?? null);

function orNull(value: string | null): string | null {
  const tidied = tidy(value ?? '');
  return tidied === '' ? null : tidied;
}
