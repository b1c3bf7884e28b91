import { decimal, isZero, sum } from '../../money';
import type { DocumentDraft } from '../draft';

/**
 * The ledger of a whole draft, to the cent: every line, the lines' sums, the taxes and the total.
 * @returns what does not add up, as a clause without personal data; null when all does.
 */
export function ledgerFault(draft: DocumentDraft): string | null {
  const { lines, totals, tax, shipping, charges, payment } = draft;
  const faults: readonly (readonly [what: string, is: { toString(): string }, shouldBe: { toString(): string }])[] = [
    ...lines.map(
      ({ gross, discount, net }, at) =>
        [`line ${at + 1} (gross less discount)`, decimal(gross).minus(discount), net] as const,
    ),
    ['the sum of the lines before discount', sum(lines.map((line) => line.gross)), totals.gross],
    ['the sum of the line discounts', sum(lines.map((line) => line.discount)), totals.discount],
    ['the sum of the lines', sum(lines.map((line) => line.net)), totals.net],
    ['the shipping charge', sum([shipping.amount, ...charges.map((charge) => charge.amount)]), totals.misc],
    [
      'the taxes of lines and shipping',
      sum([...lines.map((line) => line.tax), shipping.tax, ...charges.map((charge) => charge.tax)]),
      totals.tax,
    ],
    ['the tax of the document', decimal(tax.total), totals.tax],
    ['the tax rows', sum(tax.rows.map((row) => row.amount)), isZero(totals.tax) ? '0' : totals.tax],
    ['the total', sum([totals.net, totals.misc, totals.tax]), totals.total],
  ];
  const broken = faults.find(([, is, shouldBe]) => !decimal(is.toString()).equals(shouldBe.toString()));
  if (broken !== undefined) {
    const [what, is, shouldBe] = broken;
    return `${what} is ${decimal(is.toString()).toFixed(2)}, but ${decimal(shouldBe.toString()).toFixed(2)} is written`;
  }
  const tendered = sum([payment.deposit ?? 0, ...payment.others.map((other) => other.amount)]);
  if (tendered.greaterThan(totals.total))
    return `the deposits come to ${tendered.toFixed(2)}, more than the total of ${totals.total}`;
  return null;
}
