import type { Money, Quantity } from '../money';
import type { ShopState } from '../order/observation';

/**
 * A shop order as Cantus reads it: parsed once at the edge (magento/), in base currency, decimals as strings.
 * Amounts keep the shop's own signs only where named. Holds personal data: never leaves an activity.
 */
export interface ShopOrder {
  readonly entityId: number;
  readonly incrementId: string;
  readonly state: ShopState;
  readonly status: string | null;
  readonly storeId: number;
  /** UTC, ISO 8601 with Z. */
  readonly createdAt: string;
  readonly updatedAt: string;
  readonly virtual: boolean;
  readonly customer: {
    readonly email: string | null;
    readonly guest: boolean;
    readonly id: number | null;
    readonly firstName: string | null;
    readonly lastName: string | null;
    readonly taxVat: string | null;
  };
  readonly currency: {
    readonly base: string;
    readonly order: string;
    readonly orderGrandTotal: Money;
    readonly baseToOrderRate: string;
  };
  readonly totals: ShopTotals;
  readonly coupons: readonly string[];
  readonly discountDescription: string | null;
  readonly items: readonly ShopOrderItem[];
  readonly billing: ShopAddress | null;
  /** Null on virtual orders. */
  readonly shipping: ShopAddress | null;
  /** carrier_method, e.g. "ups_GND"; null on virtual orders. */
  readonly shippingMethod: string | null;
  readonly shippingDescription: string | null;
  readonly payment: ShopPayment;
  readonly taxes: readonly {
    readonly code: string;
    readonly title: string;
    readonly percent: string;
    readonly amount: Money;
  }[];
  readonly giftMessage: GiftMessage | null;
  /** What the shopper wrote at checkout, by the field's name where that says more than "note". */
  readonly shopperNotes: readonly ShopperNote[];
  readonly relations: {
    readonly parent: string | null;
    readonly parentEntityId: number | null;
    readonly child: string | null;
    readonly originalIncrementId: string | null;
  };
  /** Money the order carries in fields Cantus has no place for, by field name (P-10). */
  readonly unknownTotals: readonly { readonly field: string; readonly amount: Money }[];
}

/**
 * Base currency. Discounts positive here (the shop sends the order's negative). What makes the order's ledger keeps the
 * shop's four places; what was owed, paid and refunded is money, in cents.
 */
export interface ShopTotals {
  readonly subtotal: Money;
  readonly discount: Money;
  readonly shipping: Money;
  readonly shippingDiscount: Money;
  /** Includes shipping tax. */
  readonly tax: Money;
  readonly shippingTax: Money;
  readonly compensation: Money;
  readonly shippingCompensation: Money;
  readonly weee: Money;
  readonly giftCards: Money;
  readonly storeCredit: Money;
  readonly rewardPoints: Money;
  readonly giftWrap: Money;
  readonly giftWrapTax: Money;
  readonly grandTotal: Money;
  /** Where the shop kept parts of a cent to the end; `grandTotal` is what a shopper can pay of it. */
  readonly exactGrandTotal?: string;
  readonly paid: Money;
  readonly refunded: Money;
  readonly due: Money;
}

export interface ShopOrderItem {
  readonly id: number;
  readonly parentId: number | null;
  readonly type:
    'simple' | 'configurable' | 'bundle' | 'grouped' | 'virtual' | 'downloadable' | 'giftcard' | (string & {});
  readonly sku: string;
  readonly name: string;
  readonly virtual: boolean;
  readonly decimalQty: boolean;
  readonly ordered: Quantity;
  readonly invoiced: Quantity;
  readonly shipped: Quantity;
  readonly cancelled: Quantity;
  readonly refunded: Quantity;
  /** Unit price before discount, base currency, up to four places. */
  readonly price: string;
  /** Unit price with tax before discount; null where the shop did not say. */
  readonly priceInclTax: string | null;
  readonly originalPrice: string;
  /** As the shop sent it: after discount on 2.3.1 and later, without the quantity on some 2.4.8 (contract §4.1). */
  readonly rowTotal: string;
  /** The whole row after discount with what tax is left of it, in every release; null where the shop did not say. */
  readonly rowTotalInclTax: string | null;
  /** Positive, for the whole row. */
  readonly discount: string;
  readonly tax: string;
  readonly taxPercent: string;
  readonly compensation: string;
  /** Fixed product tax of the whole row, and of one piece. */
  readonly weee: string;
  readonly weeeUnit: string;
  readonly weeeTax: string;
  readonly giftMessage: GiftMessage | null;
  readonly customOptions: readonly { readonly id: string; readonly value: string }[];
}

export interface ShopperNote {
  readonly label: string | null;
  readonly text: string;
}

export interface GiftMessage {
  readonly from: string | null;
  readonly to: string | null;
  readonly message: string | null;
}

export interface ShopAddress {
  readonly firstName: string | null;
  readonly lastName: string | null;
  readonly company: string | null;
  readonly street: readonly string[];
  readonly city: string | null;
  readonly region: string | null;
  readonly regionCode: string | null;
  readonly postcode: string | null;
  readonly country: string | null;
  readonly phone: string | null;
  readonly email: string | null;
}

export interface ShopPayment {
  readonly method: string;
  readonly poNumber: string | null;
  readonly authorised: Money;
  readonly paid: Money;
  readonly lastTransactionId: string | null;
}

/** Invoices, shipments of one order as the shop lists them. */
export interface ShopInvoiceRecord {
  readonly id: number;
  readonly incrementId: string;
  readonly state: 1 | 2 | 3;
  readonly grandTotal: Money;
  readonly shipping: Money;
  readonly tax: Money;
  readonly transactionId: string | null;
  /** UTC, ISO 8601; null where the shop does not say. */
  readonly createdAt: string | null;
  readonly items: readonly { readonly orderItemId: number; readonly qty: Quantity; readonly priced: boolean }[];
  readonly comments: readonly string[];
}

export interface ShopShipmentRecord {
  readonly id: number;
  readonly incrementId: string;
  /** UTC, ISO 8601; null where the shop does not say. */
  readonly createdAt: string | null;
  readonly items: readonly { readonly orderItemId: number; readonly qty: Quantity }[];
  readonly tracks: readonly {
    readonly number: string;
    readonly title: string | null;
    readonly carrier: string | null;
  }[];
  readonly comments: readonly string[];
}
