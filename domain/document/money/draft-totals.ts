import { type Decimal } from 'decimal.js';
import { decimal, isPositive, money, sum } from '../../money';
import type { CounterpointSettings } from '../../settings';
import type { ShopOrder } from '../../shop/order';
import type { DocumentDraft, DraftLine, DraftTax, DraftTotals } from '../draft';
import { miscCharges, type Placed } from '../placed';
import { stop } from '../refusals';
import type { OrderAmounts } from './amounts';
import { dueOf } from './totals';

/**
 * The ledger of a document. It closes to the cent or the order waits (P-09):
 *
 *     Σ line net + misc charges + tax = base grand total + gift cards + store credit + reward points + tenders of `totals`
 *
 * The right side is the order before what paid for it beside its payment method, which the document carries as payments.
 * @throws CantusError refused, totalsDiffer, when the two sides differ.
 */
export function draftTotals(
  order: ShopOrder,
  amounts: OrderAmounts,
  { lines, placed }: { readonly lines: readonly DraftLine[]; readonly placed: Placed },
): DraftTotals {
  const gross = sum(lines.map((line) => line.gross));
  const discount = sum(lines.map((line) => line.discount));
  const net = gross.minus(discount);
  const misc = amounts.shipping.plus(sum(miscCharges(placed).map((charge) => charge.amount)));
  const { tax } = amounts;
  const total = net.plus(misc).plus(tax);
  const due = dueOf({ totals: amounts.totals }, placed);
  if (!total.equals(due)) throw doesNotClose(order, { net, misc, tax, total, due });
  if (decimal(order.totals.grandTotal).isNegative() || tax.isNegative()) throw negative(order);
  return {
    gross: money(gross),
    discount: money(discount),
    net: money(net),
    misc: money(misc),
    tax: money(tax),
    total: money(total),
  };
}

interface Sides {
  readonly net: Decimal;
  readonly misc: Decimal;
  readonly tax: Decimal;
  readonly total: Decimal;
  readonly due: Decimal;
}

function doesNotClose(order: ShopOrder, sides: Sides): Error {
  const [net, misc, tax, total, due] = [sides.net, sides.misc, sides.tax, sides.total, sides.due].map((amount) =>
    amount.toFixed(2),
  );
  return stop(order.incrementId, {
    reason: 'totalsDiffer',
    field: 'base_grand_total',
    what:
      `lines ${net} + shipping ${misc} + tax ${tax} make ${total}, but the order is worth ${due}: ` +
      `${sides.due.minus(sides.total).toFixed(2)} is not explained`,
    remedy:
      'Look in the shop for a fee, a credit or a surcharge on this order; nothing is imported until the amounts agree.',
  });
}

const negative = (order: ShopOrder): Error =>
  stop(order.incrementId, {
    reason: 'totalsDiffer',
    field: 'base_grand_total',
    what: 'its grand total or its tax is below zero',
    remedy: 'Look at the order in the shop; a credit cannot be imported as an order.',
  });

/**
 * The document's tax, an override of Counterpoint's own (C5-59): one code for taxable orders, one for the others
 * (C5-60 … C5-62), and one row for the authority and rule that stand for the shop, with the shop's amount and what it was
 * charged on. An order without tax has no row.
 */
export function draftTax(
  amounts: OrderAmounts,
  { lines, charges }: Pick<DocumentDraft, 'lines' | 'charges'>,
  settings: CounterpointSettings,
): DraftTax {
  const { tax, shipping, shippingTax } = amounts;
  if (!isPositive(tax)) return { code: settings.noTaxCode, taxable: false, total: money(tax), rows: [] };
  return {
    code: settings.taxCode,
    taxable: true,
    total: money(tax),
    rows: [
      {
        authority: settings.taxAuthority,
        rule: settings.taxRule,
        amount: money(tax),
        taxableLines: money(sum(lines.filter((line) => line.taxable).map((line) => line.net))),
        taxableShipping: isPositive(shippingTax) ? money(shipping) : money(0),
        taxableCharges: charges
          .filter((charge) => isPositive(charge.tax))
          .map(({ number, amount }) => ({ number, amount })),
      },
    ],
  };
}
