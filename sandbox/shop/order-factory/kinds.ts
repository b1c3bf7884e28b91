import type { Cart, CartLine, PaymentChoice, Promotion, Shopper } from './cart';

const NEW_JERSEY = { code: 'US-NJ', percent: 6.625 } as const;

const GERMANY = { code: 'DE', percent: 20 } as const;

const ADA: Shopper = {
  firstName: 'Ada',
  lastName: 'Byron',
  email: 'ada@example.com',
  company: 'ACME',
  billing: {
    street: ['12 Elm St', 'Apt 4'],
    city: 'Hoboken',
    region: 'New Jersey',
    regionCode: 'NJ',
    regionId: 41,
    postcode: '07030',
    phone: '2015550100',
  },
};

const CAFE: Shopper = {
  ...ADA,
  firstName: 'Priya',
  lastName: 'Nolan',
  email: 'ap@northlakecafe.example',
  company: 'Northlake Cafe LLC',
  customerId: 318,
  groupId: 2,
  taxVat: 'US-MN-448213',
};

const S1: CartLine = { type: 'simple', sku: 'S1', name: 'Product S1', qty: 2, price: 10 };
const S2: CartLine = { type: 'simple', sku: 'S2', name: 'Product S2', qty: 1, price: 7.37 };
const SHIRT: CartLine = {
  type: 'configurable',
  sku: 'C',
  name: 'Conf shirt',
  qty: 3,
  price: 20,
  children: [{ sku: 'C-Red', name: 'Product C-Red', price: 0, qty: 1 }],
};
const PARTS = [
  { sku: 'S1', name: 'Product S1', price: 10, qty: 1 },
  { sku: 'S2', name: 'Product S2', price: 7.37, qty: 1 },
] as const;
const BUNDLE: CartLine = {
  type: 'bundle-dynamic',
  sku: 'BD-T',
  name: 'Product BD-T',
  qty: 2,
  price: 0,
  weight: 2,
  children: PARTS,
};
const FIXED_BUNDLE: CartLine = {
  type: 'bundle-fixed',
  sku: 'BF',
  name: 'Product BF',
  qty: 2,
  price: 25.5,
  weight: 2,
  children: PARTS.map((part) => ({ ...part, price: 0 })),
};
const COURSE: CartLine = { type: 'virtual', sku: 'CONSULT-15', name: 'Colour consultation, 15 min', qty: 1, price: 30 };
const ALL: Promotion = { ruleId: 4, label: 'Label ALL', coupon: 'ALL', percent: 100 };
const TEN: Promotion = { ruleId: 1, label: 'Label TEN', coupon: 'TEN', percent: 10 };

const cart = (lines: readonly CartLine[], payment: PaymentChoice, more: Partial<Cart> = {}): Cart => ({
  lines,
  shipping: { method: 'flatrate_flatrate', description: 'Flat Rate - Fixed', amount: 15 },
  tax: NEW_JERSEY,
  promotions: [],
  payment,
  shopper: ADA,
  ...more,
});

const check: PaymentChoice = { method: 'checkmo' };
const authorised: PaymentChoice = { method: 'authnetcim', action: 'authorize' };
const charged: PaymentChoice = { method: 'authnetcim', action: 'capture' };
const NO_SHIPPING = { shipping: null } as const;

/** Every kind of product, promotion, tax and payment a shop order may come with. */
const KINDS = {
  'simple-checkmo': cart([S1], check),
  'two-lines-checkmo': cart(
    [
      { ...S1, qty: 3 },
      { ...S2, qty: 2 },
    ],
    check,
  ),
  'many-pieces-checkmo': cart([{ ...S1, qty: 25 }], check),
  'simple-banktransfer': cart([S1, S2], { method: 'banktransfer' }),
  'simple-cashondelivery': cart([S1], { method: 'cashondelivery' }),
  'simple-purchaseorder': cart([S1, S2], { method: 'purchaseorder', poNumber: 'PO-991' }, { shopper: CAFE }),
  'purchaseorder-tax-exempt': cart(
    [{ ...S1, qty: 8, price: 86, originalPrice: 95 }],
    { method: 'purchaseorder', poNumber: 'PO-48813' },
    {
      tax: null,
      shopper: CAFE,
      shipping: { method: 'tablerate_bestway', description: 'Best Way - Table Rate', amount: 145 },
    },
  ),
  'purchaseorder-long-number': cart(
    [S1],
    { method: 'purchaseorder', poNumber: 'PO-2026-11-0000048813-B' },
    { shopper: CAFE },
  ),
  'free-zero-subtotal': cart(
    [{ ...S1, price: 0, sku: 'SAMPLE-CLOTH', name: 'Fabric sample set' }],
    { method: 'free' },
    {
      shipping: { method: 'freeshipping_freeshipping', description: 'Free Shipping - Free', amount: 0 },
    },
  ),
  'zero-subtotal-paid-shipping': cart([{ ...S1, price: 0, sku: 'SAMPLE-CLOTH', name: 'Fabric sample set' }], {
    method: 'paypal_express',
    action: 'authorize',
  }),
  'full-discount-free': cart(
    [S1],
    { method: 'free' },
    {
      promotions: [{ ruleId: 9, label: 'All free', coupon: 'ALLFREE', percent: 100, shipping: true }],
    },
  ),
  'paypal-authorised': cart([S1, S2], { method: 'paypal_express', action: 'authorize' }),
  'paypal-paid-at-sale': cart([S1, S2], { method: 'paypal_express', action: 'capture' }),
  authorised: cart([S1], authorised),
  'authorised-two-lines': cart([S1, S2], authorised),
  'paid-at-sale': cart([S1, S2], charged),
  'authorised-closed': cart([S1], { ...authorised, closed: true }),
  'saved-card': cart([S1], { method: 'ccsave', action: 'authorize' }),
  'braintree-authorised': cart([S1, S2], { method: 'braintree', action: 'authorize' }),
  'unmapped-payment': cart([S1], { method: 'acme_wallet', action: 'capture' }),
  'payment-review': cart([S1], { ...authorised, held: 'payment_review' }),
  'pending-payment': cart([S1], { method: 'paypal_express', held: 'pending_payment' }),
  configurable: cart([SHIRT, { ...S1, qty: 1 }], check),
  'configurable-coupon': cart([SHIRT, { ...S1, qty: 1 }], check, { promotions: [TEN] }),
  'configurable-authorised': cart([SHIRT], authorised),
  'bundle-dynamic-together': cart([BUNDLE], authorised),
  'bundle-dynamic-and-simple': cart([BUNDLE, { ...S1, qty: 1, sku: 'S3', name: 'Product S3' }], check),
  'bundle-dynamic-separately': cart([{ ...BUNDLE, sku: 'BD-S', shipSeparately: true }], check),
  'bundle-dynamic-coupon': cart([BUNDLE], check, { promotions: [TEN] }),
  'bundle-fixed': cart([FIXED_BUNDLE, { ...S1, qty: 1, sku: 'S3', name: 'Product S3' }], check),
  grouped: cart(
    [
      { ...S1, type: 'grouped' },
      { ...S2, type: 'grouped' },
    ],
    check,
  ),
  virtual: cart([COURSE], check, NO_SHIPPING),
  'virtual-authorised': cart([COURSE], authorised, NO_SHIPPING),
  downloadable: cart(
    [{ ...COURSE, type: 'downloadable', sku: 'E-BOOK', name: 'Weaving, the e-book', price: 12.9 }],
    charged,
    NO_SHIPPING,
  ),
  'simple-and-virtual': cart([S1, COURSE], check),
  'gift-card-product': cart(
    [{ ...COURSE, type: 'giftcard', sku: 'GC-50', name: 'Gift card 50', price: 50, taxable: false }],
    charged,
    NO_SHIPPING,
  ),
  'custom-options': cart(
    [{ ...S1, sku: 'S1-engraved', customOptions: [{ option_id: '3', option_value: 'Lee' }] }],
    check,
  ),
  'decimal-quantity': cart(
    [{ ...S1, sku: 'FABRIC-M', name: 'Linen by the metre', qty: 2.5, price: 13.9, decimalQty: true }],
    check,
  ),
  'coupon-percent': cart(
    [
      { ...S1, qty: 3 },
      { ...S2, qty: 2 },
    ],
    check,
    { promotions: [TEN] },
  ),
  'coupon-item': cart([S1, S2], check, { promotions: [{ ...TEN, skus: ['S1'] }] }),
  'discount-without-coupon': cart([S1, S2], check, { promotions: [{ ruleId: 22, label: 'Autumn sale', percent: 15 }] }),
  'several-coupons': cart([S1, S2], check, {
    promotions: [TEN, { ruleId: 5, label: 'Five', coupon: 'FIVE', percent: 5 }],
  }),
  'coupon-authorised': cart(
    [
      { ...S1, qty: 3 },
      { ...S2, qty: 2 },
    ],
    authorised,
    { promotions: [TEN] },
  ),
  'shipping-discount': cart([S1, S2], check, { promotions: [{ ...TEN, label: 'Ten with shipping', shipping: true }] }),
  'tax-exempt': cart([S1, S2], check, { tax: null }),
  'tax-mixed': cart([S1, { ...S2, taxable: false }], check),
  'tax-without-shipping': cart([S1, S2], check, { tax: { ...NEW_JERSEY, shipping: false } }),
  'tax-included-coupon': cart([{ ...S1, qty: 3, price: 10.66 }, S2], check, {
    tax: { code: 'US-NJ', percent: 6.625, pricesInclude: true },
    promotions: [TEN],
  }),
  'tax-included-all-off': cart(
    [
      { ...S1, qty: 5, price: 20 },
      { ...S2, qty: 7 },
    ],
    check,
    {
      tax: { ...GERMANY, pricesInclude: true },
      promotions: [ALL],
    },
  ),
  'tax-before-discount-all-off': cart(
    [
      { ...S1, qty: 3 },
      { ...S2, qty: 7 },
    ],
    check,
    {
      tax: { ...GERMANY, beforeDiscount: true, discountsInclude: true },
      promotions: [ALL],
    },
  ),
  'gift-messages': cart(
    [{ ...S1, giftMessage: { sender: 'Dana', recipient: 'Lee', message: 'For your new kitchen' } }, S2],
    check,
    { giftMessage: { sender: 'Dana', recipient: 'Lee', message: 'Happy <b>housewarming</b> & all the best' } },
  ),
  'foreign-currency': cart([{ ...S1, qty: 3 }, S2], check, { currency: { code: 'EUR', rate: 0.9137 } }),
  'gift-card-and-store-credit': cart([{ ...S1, qty: 5 }], check, { giftCard: 20, storeCredit: 5.5 }),
  'recycling-fee': cart([{ ...S1, qty: 3, fee: 1.25 }, S2], check),
  'gift-wrap': cart([S1, S2], check, { giftWrap: 4 }),
  'unknown-surcharge': cart([S1], check, { surcharge: { field: 'acme_surcharge_amount', amount: 1.95 } }),
  'unknown-sku': cart([{ ...S1, sku: 'NO-SUCH-ITEM', name: 'Item nobody stocks' }], check),
  'unmapped-shipping': cart([S1], check, { shipping: { method: 'acme_drone', description: 'Drone', amount: 15 } }),
  'odd-characters': cart([{ ...S1, name: 'Café “Łódź” mug ☕' }], check, {
    shopper: {
      ...ADA,
      firstName: 'Zoë',
      lastName: 'Łukasiewicz-Nguyễn',
      billing: { ...ADA.billing, street: ['12 Élm Straße'] },
    },
  }),
} as const satisfies Record<string, Cart>;

export type OrderKind = keyof typeof KINDS;
export const ORDER_KINDS = Object.keys(KINDS) as OrderKind[];
export const isOrderKind = (kind: string): kind is OrderKind => kind in KINDS;
export const cartOf = (kind: OrderKind): Cart => KINDS[kind];
