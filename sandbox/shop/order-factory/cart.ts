/** What a shopper put into the cart; amounts in base currency. */
export interface CartLine {
  readonly type:
    'simple' | 'virtual' | 'downloadable' | 'giftcard' | 'grouped' | 'configurable' | 'bundle-dynamic' | 'bundle-fixed';
  readonly sku: string;
  readonly name: string;
  readonly qty: number;
  readonly price: number;
  readonly originalPrice?: number;
  readonly weight?: number;
  readonly taxable?: boolean;
  readonly decimalQty?: boolean;
  readonly discountable?: boolean;
  /** Fixed product tax (WEEE) for one piece, itself not taxed. */
  readonly fee?: number;
  /** The chosen variant, or the parts of a bundle with their pieces per bundle. */
  readonly children?: readonly {
    readonly sku: string;
    readonly name: string;
    readonly price: number;
    readonly qty: number;
  }[];
  readonly shipSeparately?: boolean;
  readonly customOptions?: readonly { readonly option_id: string; readonly option_value: string }[];
  readonly giftMessage?: GiftMessage;
}

export interface GiftMessage {
  readonly sender: string;
  readonly recipient: string;
  readonly message: string;
}

export interface Promotion {
  readonly ruleId: number;
  readonly label: string;
  /** Without a code it is a rule that applies by itself. */
  readonly coupon?: string;
  readonly percent: number;
  /** The rule applies to the shipping amount too. */
  readonly shipping?: boolean;
  /** Only to these SKUs. */
  readonly skus?: readonly string[];
}

export interface PaymentChoice {
  readonly method: string;
  /** What the gateway did at checkout; absent for offline methods. */
  readonly action?: 'authorize' | 'capture';
  /** An authorisation already closed at the gateway. */
  readonly closed?: boolean;
  readonly poNumber?: string;
  /** Left for a person to review, or for the shopper to come back from the payment page. */
  readonly held?: 'payment_review' | 'pending_payment';
}

export interface Shopper {
  readonly firstName: string;
  readonly lastName: string;
  readonly email: string;
  readonly company?: string;
  readonly customerId?: number;
  readonly groupId?: number;
  readonly taxVat?: string;
  readonly billing: CartAddress;
  readonly shipping?: CartAddress & { readonly firstName?: string; readonly lastName?: string };
}

export interface CartAddress {
  readonly street: readonly string[];
  readonly city: string;
  readonly region: string;
  readonly regionCode: string;
  readonly regionId: number;
  readonly postcode: string;
  readonly phone: string;
}

export interface Cart {
  readonly lines: readonly CartLine[];
  /** Null on carts with nothing to ship. */
  readonly shipping: { readonly method: string; readonly description: string; readonly amount: number } | null;
  /** Null: nothing is taxed. */
  readonly tax: {
    readonly code: string;
    readonly percent: number;
    readonly pricesInclude?: boolean;
    /** Tax on the full price, the discount afterwards. */
    readonly beforeDiscount?: boolean;
    /** Discounts are taken on prices with tax, also where prices are kept without. */
    readonly discountsInclude?: boolean;
    readonly shipping?: boolean;
  } | null;
  readonly promotions: readonly Promotion[];
  readonly payment: PaymentChoice;
  readonly shopper: Shopper;
  /** Order currency where it is not the base currency; units of it for one of the base. */
  readonly currency?: { readonly code: string; readonly rate: number };
  readonly giftMessage?: GiftMessage;
  /** Adobe Commerce: paid by other means, taken off the grand total. */
  readonly giftCard?: number;
  readonly storeCredit?: number;
  /** Adobe Commerce: wrapping of the whole order, without tax. */
  readonly giftWrap?: number;
  /** A third-party module's charge that the order carries in a field of its own. */
  readonly surcharge?: { readonly field: string; readonly amount: number };
}
