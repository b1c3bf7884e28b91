/** What follows from how the money of an order is (to be) taken. One row per kind; nothing asks for a kind by name. */
export interface PaymentTraits {
  /** The invoice of each ticket takes its part from a gateway. */
  readonly captures: boolean;
  /** The shop took and invoiced everything itself: no ticket gets an invoice, and parcels wait for none. */
  readonly invoicedByShop: boolean;
  /** Money is due with each ticket. */
  readonly dueByTicket: boolean;
  /** A gateway's transaction stands behind its invoices. */
  readonly transaction: boolean;
  /** Nobody is known to pay: an invoice would record money that never came. */
  readonly payerUnknown: boolean;
  /** What the order counts as when it came to be this only after its import, by invoices made by hand. */
  readonly whenLate: PaymentKind;
}

/**
 * - offline: checks, transfers, cash on delivery: an invoice records it, nobody is charged
 * - authorised: a gateway holds an authorisation; each release ticket captures its part
 * - paid: everything was taken at sale; the shop invoiced it itself
 * - none: nothing to pay
 * - onAccount: purchase order or A/R; invoiced in the shop without money
 * - unknown: a gateway order that is neither authorised nor paid
 */
export type PaymentKind = 'offline' | 'authorised' | 'paid' | 'none' | 'onAccount' | 'unknown';

const RECORDED: Omit<PaymentTraits, 'whenLate'> = {
  captures: false,
  invoicedByShop: false,
  dueByTicket: true,
  transaction: false,
  payerUnknown: false,
};

export const PAYMENT: Readonly<Record<PaymentKind, PaymentTraits>> = {
  offline: { ...RECORDED, whenLate: 'offline' },
  authorised: { ...RECORDED, captures: true, transaction: true, whenLate: 'authorised' },
  paid: { ...RECORDED, invoicedByShop: true, dueByTicket: false, transaction: true, whenLate: 'offline' },
  none: { ...RECORDED, dueByTicket: false, whenLate: 'none' },
  onAccount: { ...RECORDED, whenLate: 'onAccount' },
  unknown: { ...RECORDED, payerUnknown: true, whenLate: 'unknown' },
};

export const PAYMENT_KINDS = Object.keys(PAYMENT) as readonly PaymentKind[];

/** What the kind of this payment means. */
export const paymentTraits = ({ kind }: { readonly kind: PaymentKind }): PaymentTraits => PAYMENT[kind];
