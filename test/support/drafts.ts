import type { DocumentDraft, DraftContact, DraftLine } from '../../domain/document/draft';
import { decimal, money, quantity, sum } from '../../domain/money';

export interface DraftOptions extends Partial<Omit<DocumentDraft, 'lines' | 'totals'>> {
  readonly lines?: readonly DraftLine[];
}

export const PERSON: DraftContact = {
  name: 'Ada Example',
  kind: 'person',
  firstName: 'Ada',
  lastName: 'Example',
  contact: null,
  address: ['1 Main Street', 'Flat 2'],
  city: 'Springfield',
  state: 'IL',
  postcode: '62701',
  country: 'US',
  phone: '555-0100',
  email: 'ada@shop.example',
};

export interface LineOptions {
  readonly itemId?: number;
  readonly sku?: string;
  readonly qty?: string;
  readonly price?: string;
  readonly discount?: string;
  readonly tax?: string;
  readonly description?: string;
}

export function line(options: LineOptions = {}): DraftLine {
  const qty = options.qty ?? '2';
  const price = options.price ?? '10.00';
  const gross = money(decimal(price).times(qty));
  const discount = money(options.discount ?? 0);
  const net = money(decimal(gross).minus(discount));
  return {
    itemId: options.itemId ?? 1,
    sku: options.sku ?? 'S1',
    description: options.description ?? 'Simple one as the shop names it',
    quantity: quantity(qty),
    grossPrice: price,
    netPrice: decimal(net).dividedBy(qty).toDecimalPlaces(4).toFixed(4),
    gross,
    discount,
    net,
    tax: money(options.tax ?? 0),
    taxable: options.tax !== undefined,
    discountCode: discount === '0.00' ? null : 'WEBDISC',
  };
}

/** A draft whose totals add up, as the mapping of an order would have made it. */
export function draft(options: DraftOptions = {}): DocumentDraft {
  const lines = options.lines ?? [line(), line({ itemId: 2, sku: 'S2', qty: '1', price: '7.37' })];
  const shipping = options.shipping ?? { amount: '5.00', tax: '0.00' };
  const tax = money(sum([...lines.map((each) => each.tax), shipping.tax]));
  const net = money(sum(lines.map((each) => each.net)));
  const total = money(decimal(net).plus(shipping.amount).plus(tax));
  const order = options.order ?? '100000001';
  return {
    order,
    entityId: Number(order.replace(/\D/g, '')) || 1,
    ids: { store: 'WEB', station: '1', drawer: '1' },
    ticketNo: order,
    placedAt: '2026-11-20T10:15:00',
    reference: `Web order ${order}`,
    customer: { email: 'ada@shop.example', shopCustomerId: 7, mustExist: false },
    billing: PERSON,
    shipTo: PERSON,
    shipVia: 'BEST',
    customerPoNo: null,
    taxExemptNo: null,
    notes: [],
    tax: {
      code: tax === '0.00' ? 'EXEMPT' : 'MAGENTO',
      taxable: tax !== '0.00',
      total: tax,
      rows:
        tax === '0.00'
          ? []
          : [
              {
                authority: 'MAGENTO',
                rule: 'TAX',
                amount: tax,
                taxableLines: money(sum(lines.filter((each) => each.taxable).map((each) => each.net))),
                taxableShipping: '0.00',
                taxableCharges: [],
              },
            ],
    },
    payment: { kind: 'cash', payCode: 'CHECK', deposit: total, others: [], toBeConfirmed: true },
    charges: [],
    ...options,
    shipping,
    lines,
    totals: {
      gross: money(sum(lines.map((each) => each.gross))),
      discount: money(sum(lines.map((each) => each.discount))),
      net,
      misc: shipping.amount,
      tax,
      total,
    },
  };
}
