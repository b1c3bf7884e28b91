import type { Money, Quantity } from '../money';
import type { PaymentKind } from '../shop/payment-traits';

/**
 * A small picture of one order on both sides. It travels through workflow histories, so it carries
 * ids, quantities, amounts, codes and states only: never a name, an address, an e-mail or a message,
 * and it is kept small: an absent optional key means "no" or "none".
 */
export interface Observation {
  readonly shop: ShopSide;
  readonly store: StoreSide;
}

export type ShopState =
  | 'new'
  | 'pending_payment'
  | 'processing'
  | 'complete'
  | 'closed'
  | 'canceled'
  | 'holded'
  | 'payment_review'
  | (string & {});

/** One document line as the shop counts it: the order row that carries the money, and the row that counts its shipping. */
export interface ShopItem {
  /** order_item_id of the row that carries the money; invoices name it. */
  readonly id: number;
  readonly sku: string;
  readonly ordered: Quantity;
  /** Sum over the not cancelled invoices, not the item's counter (P-21). */
  readonly invoiced: Quantity;
  /** Sum over the shipments (a bundle shipped as a whole counted in its parts). */
  readonly shipped: Quantity;
  readonly cancelled?: Quantity;
  readonly refunded?: Quantity;
  /** Nothing to ship: virtual, downloadable. */
  readonly virtual?: true;
  /** Part of a dynamic bundle: the bundle's row and how many of this item one bundle holds. */
  readonly bundle?: { readonly parent: number; readonly perSet: Quantity };
}

export interface ShopInvoice {
  readonly id: number;
  /** Its number as people see it in the shop; absent in histories of before 0.2.0. */
  readonly no?: string;
  readonly state: 'open' | 'paid' | 'canceled';
  /** DOC_GUID of the release ticket in its marker; absent: made by the shop itself or by hand. */
  readonly ticket?: string;
  /** The plan's own: the voided ticket it was made for, where one that released the same goods took it over. */
  readonly takenOverFrom?: string;
  /** Base currency grand total. */
  readonly total: Money;
  readonly items: readonly (readonly [id: number, qty: Quantity])[];
  /** A gateway transaction stands behind it. */
  readonly captured?: true;
  /** Of one with a ticket's marker: its goods without tax and with it, for what the ticket is compared with (P-09). */
  readonly goods?: readonly [net: Money, withTax: Money];
}

/** What the store may put on any of an order's tickets, wherever the shop put it; absent: none. Base currency. */
export interface Spread {
  readonly tax?: Money;
  /** Shipping charged, without tax. */
  readonly shipping?: Money;
  readonly shippingTax?: Money;
  /** What else the order carries, with its tax (setting `totals`). */
  readonly charges?: Money;
}

export interface ShopShipment {
  readonly id: number;
  /** Likewise. */
  readonly no?: string;
  readonly ticket?: string;
  readonly items: readonly (readonly [id: number, qty: Quantity])[];
  readonly tracks: readonly string[];
}

export interface ShopSide {
  readonly entityId: number;
  readonly state: ShopState;
  readonly status: string | null;
  /** Base currency grand total. */
  readonly total: Money;
  /** Shop store view id. */
  readonly storeId: number;
  readonly payment: {
    readonly method: string;
    /** Read from the order itself and the payment's setting. */
    readonly kind: PaymentKind;
    readonly authorised: Money;
    readonly paid: Money;
    readonly refunded?: Money;
    /** ISO instant the authorisation was given, for its life (P-08). */
    readonly since?: string;
    /** ISO instant at which it lapses, where the payment's setting tells its life. */
    readonly lapses?: string;
    /** The store's calendar day of that instant, for people. */
    readonly lapsesOn?: string;
    /** The gateway's authorisation is closed though money is still owed: an invoice would be stored that nobody pays. */
    readonly closed?: true;
  };
  readonly items: readonly ShopItem[];
  readonly invoices: readonly ShopInvoice[];
  readonly shipments: readonly ShopShipment[];
  /** Item counters and invoices disagree (P-21): nothing may be captured. */
  readonly countersDiffer?: true;
  /** What was changed in the shop since the document was written; `{}` nothing, absent: that is not known. */
  readonly altered?: Altered;
  /** Beside invoices that a ticket is compared with. */
  readonly spread?: Spread;
  /** Increment id and state of the order this one replaced by an edit, and of the one that replaced it. */
  readonly predecessor?: { readonly order: string; readonly state: ShopState; readonly document?: DocumentState };
  readonly successor?: { readonly order: string };
}

/** A row whose quantity the shop owes now is not the one that was written. */
export interface AlteredRow {
  readonly id: number;
  readonly sku: string;
  /** 0: the row was added since. */
  readonly wrote: Quantity;
}

/** How the shop's order differs from what was written to Counterpoint; what is alike is absent, so `{}` is an order as written. */
export interface Altered {
  readonly rows?: readonly AlteredRow[];
  /** Where quantities do not explain it: before and now. */
  readonly total?: readonly [Money, Money];
  /** Given back since without any goods. */
  readonly refunded?: Money;
  /** The sign of the address as it is now. */
  readonly billing?: string;
  readonly shipTo?: string;
  readonly shippingMethod?: readonly [string | null, string | null];
  readonly payment?: readonly [string, string];
}

export type DocumentState = 'none' | 'open' | 'closed' | 'cancelled' | 'gone';

/** A line of our document, by the shop's order_item_id. */
export interface StoreLine {
  readonly id: number;
  readonly ordered: Quantity;
  readonly released: Quantity;
  /** No longer to come: quantity lowered, line deleted or remainder cancelled by the store. */
  readonly cancelled?: Quantity;
  /** More than was written: quantity raised by the store. */
  readonly added?: Quantity;
}

export interface ReleaseTicket {
  readonly docId: string;
  /** DOC_GUID, upper case, without braces. */
  readonly guid: string;
  readonly no: string;
  readonly state: 'saved' | 'posted' | 'voided';
  /** Gives deposit money back, releases no goods. */
  readonly depositOnly?: true;
  /** Released quantities by order_item_id; 0 stands for a line that is not on the shop's order. */
  readonly lines: readonly (readonly [id: number, qty: Quantity])[];
  /** Sub-total + misc charges + tax of the ticket. */
  readonly amount: Money;
  readonly shipVia?: string;
  /** Counterpoint location each item left from; only where `magento.source` hangs on it. */
  readonly locations?: readonly (readonly [id: number, location: string])[];
  readonly tracks: readonly string[];
  /** Of a voided ticket: the sending of its invoice, by which somebody may have been charged. */
  readonly charge?: string;
}

export interface StoreSide {
  readonly document: DocumentState;
  readonly docId?: string;
  readonly ticketNo?: string;
  readonly lines: readonly StoreLine[];
  readonly tickets: readonly ReleaseTicket[];
  /** The document is still exactly as Cantus wrote it. */
  readonly untouched?: true;
  /** Money moved on it by hand after import (C5-83): deposits received differ from what Cantus wrote. */
  readonly depositsDiffer?: true;
}

export const EMPTY_STORE_SIDE: StoreSide = { document: 'none', lines: [], tickets: [] };

/** A release ticket as the shop's invoice and shipment markers name it. */
export interface TicketRef {
  readonly no: string;
  readonly guid: string;
}

export type ItemQuantities = readonly (readonly [id: number, qty: Quantity])[];
