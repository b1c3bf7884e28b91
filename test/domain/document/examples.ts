import { draftDocument } from '../../../domain/document';
import type { DocumentDraft } from '../../../domain/document/draft';
import type { Settings } from '../../../domain/settings';
import { orderOf, type OrderSpec } from './orders';
import { settingsWith } from './settings';

interface Example {
  readonly kind: string;
  readonly spec: OrderSpec;
  readonly totals?: Settings['totals'];
}

const KIT = [
  { sku: 'S1', perSet: '1' },
  { sku: 'S2', perSet: '3' },
];
const PRICED = [
  { sku: 'S1', price: '10', tax: '6.625' },
  { sku: 'S2', price: '7.37', tax: '6.625' },
];

/** One order of each kind that the reference shows. */
const EXAMPLES: readonly Example[] = [
  {
    kind: 'Simple, check, flat rate',
    spec: { rows: [{ sku: 'MUG', price: '12.50', qty: '3' }], shipping: { price: '7.95' } },
  },
  {
    kind: 'Configurable, 10 % coupon, taxed',
    spec: {
      rows: [
        {
          type: 'configurable',
          sku: 'TEE-RED-M',
          price: '24',
          qty: '2',
          tax: '8.25',
          discount: '4.80',
          parts: [{ sku: 'TEE-RED-M', perSet: '1' }],
        },
      ],
      shipping: { price: '7.95' },
      order: { coupons: ['SPRING10'] },
    },
  },
  {
    kind: 'Bundle, dynamic price',
    spec: {
      rows: [{ type: 'bundle', sku: 'BD-S1-S2', price: '0', qty: '2', priced: PRICED }],
      shipping: { price: '10', tax: '6.625' },
    },
  },
  {
    kind: 'Bundle, fixed price',
    spec: { rows: [{ type: 'bundle', sku: 'KIT', price: '49.90', qty: '2', parts: KIT }] },
  },
  { kind: 'Decimal quantity', spec: { rows: [{ sku: 'ROPE', price: '3.19', qty: '2.5', decimalQty: true }] } },
  { kind: 'Virtual or downloadable only', spec: { rows: [{ type: 'downloadable', sku: 'E-BOOK', price: '12.90' }] } },
  { kind: 'Custom options', spec: { rows: [{ sku: 'RING', price: '90', options: [{ id: '7', value: 'For ever' }] }] } },
  {
    kind: 'Discount on goods and on shipping',
    spec: { rows: [{ sku: 'MUG', price: '10', discount: '1' }], shipping: { price: '8', discount: '3' } },
  },
  {
    kind: 'Prices with 20 % tax, 10 % off everything',
    spec: {
      inclusive: true,
      rows: [{ sku: 'MUG', price: '120', tax: '20', discount: '12' }],
      shipping: { price: '12', tax: '20', discount: '1.20' },
    },
  },
  {
    kind: 'Prices with 20 % tax, 100 % off the goods',
    spec: {
      inclusive: true,
      rows: [{ sku: 'MUG', price: '20', qty: '5', tax: '20', discount: '100' }],
      shipping: { price: '25', tax: '20' },
    },
  },
  {
    kind: 'The same, tax before discount',
    spec: {
      inclusive: true,
      taxBeforeDiscount: true,
      rows: [{ sku: 'MUG', price: '20', qty: '5', tax: '20', discount: '100' }],
      shipping: { price: '25', tax: '20' },
    },
  },
  { kind: 'Fixed product tax', spec: { rows: [{ sku: 'TV', price: '100', tax: '10', weee: '7', weeeTax: '0.70' }] } },
  {
    kind: '100 % coupon',
    spec: { rows: [{ sku: 'MUG', price: '10', tax: '8', discount: '10' }], payment: { method: 'free' } },
  },
  {
    kind: 'Zero subtotal, paid shipping',
    spec: {
      rows: [{ sku: 'SAMPLE', price: '0' }],
      shipping: { price: '6.50', tax: '5.5' },
      payment: { method: 'paypal_express' },
    },
  },
  {
    kind: 'Purchase order',
    spec: {
      rows: [{ sku: 'CHAIR', price: '86', qty: '8' }],
      payment: { method: 'purchaseorder', poNumber: 'PO-48813' },
    },
  },
  {
    kind: 'Authorised card',
    spec: { rows: [{ sku: 'MUG', price: '10' }], payment: { method: 'authnetcim', authorised: '10.00' } },
  },
  { kind: 'Gift card and check', spec: { rows: [{ sku: 'MUG', price: '30' }], giftCards: '20' } },
  {
    kind: 'Store credit pays all',
    spec: { rows: [{ sku: 'MUG', price: '30' }], storeCredit: '30', payment: { method: 'free' } },
  },
  {
    kind: 'Surcharge (`totals: { surcharge: { miscCharge: 2 } }`), shopper’s note',
    totals: { surcharge: { miscCharge: 2 } },
    spec: {
      rows: [{ sku: 'MUG', price: '30' }],
      shipping: { price: '5' },
      charged: '4',
      order: {
        unknownTotals: [{ field: 'base_surcharge_amount', amount: '4.00' }],
        shopperNotes: [{ label: null, text: 'Back door' }],
      },
    },
  },
  {
    kind: 'Foreign currency, gift message',
    spec: {
      rows: [{ sku: 'MUG', price: '10', gift: { from: 'D', to: 'L', message: 'Hello' } }],
      order: { currency: { base: 'USD', order: 'EUR', orderGrandTotal: '9.20', baseToOrderRate: '0.92' } },
    },
  },
];

const draftOf = ({ spec, totals = {} }: Example): DocumentDraft =>
  draftDocument(orderOf(spec), settingsWith({ totals }));

const line = ({ lines }: DocumentDraft): string =>
  lines
    .map(
      (each) =>
        `${each.quantity} × ${each.sku} ${each.gross}${each.discountCode === null ? '' : ` − ${each.discount} (${each.discountCode})`} = ${each.net}`,
    )
    .join('<br>');

const charges = ({ shipping, charges: others }: DocumentDraft): string =>
  [shipping.amount, ...others.map(({ number, amount }) => `${String(number)}: ${amount}`)].join('<br>');

function payment({ payment: of }: DocumentDraft): string {
  const main =
    of.payCode === null
      ? []
      : [`${of.payCode} ${of.deposit ?? 'without deposit'}${of.toBeConfirmed ? ', to be confirmed' : ''}`];
  return [...main, ...of.others.map((other) => `${other.payCode} ${other.amount}`)].join('<br>') || 'none';
}

/** The drafts of the kinds of order that the reference shows. */
export const exampleDrafts = (): readonly { readonly kind: string; readonly draft: DocumentDraft }[] =>
  EXAMPLES.map((example) => ({ kind: example.kind, draft: draftOf(example) }));

/** The table of docs/reference/documents.md: what each kind of order becomes, as the mapping makes it. */
export function examplesTable(): string {
  const rows = exampleDrafts().map(({ kind, draft }) => {
    const notes = draft.notes.map(({ id }) => id).join(', ');
    return `| ${kind} | ${line(draft)} | ${charges(draft)} | ${draft.tax.code} ${draft.tax.total} | ${draft.totals.total} | ${payment(draft)} | ${notes} |`;
  });
  return [
    '| Order | Lines: gross − discount = net | Misc charges | Tax | Total | Payment | Notes |',
    '|---|---|---|---|---|---|---|',
    ...rows,
  ].join('\n');
}
