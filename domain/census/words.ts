import { table } from '../text/table';
import type { LateNews } from './late-news';
import type { Finding, Statement } from './statement';

/** A statement as a terminal and a mail show it: counts, sums and what needs somebody. */
export function statementWords(statement: Statement): string {
  const { instance, orders, categories, money, findings, afterTheEnd, changedAfterEnd, health, attention, tiesOut } =
    statement;
  const counted = categories
    .filter((each) => each.orders > 0)
    .map((each) => [each.category, String(each.orders), each.total]);
  return [
    `Instance ${instance}: ${orders.length} orders since ${statement.from.slice(0, 10)}, each counted once`,
    table(['category', 'orders', 'total'], [...counted, ['all', String(orders.length), money.ordered]]),
    `ordered ${money.ordered} = invoiced ${money.invoiced} + cancelled ${money.cancelled} + open ${money.open}${tiesOut ? '' : ' DOES NOT TIE OUT'}`,
    ...findings.map(findingInWords),
    ...afterTheEnd.map(
      (each) =>
        `after the end  ${each.order}: ${each.side} ${each.number} over ${each.amount}${each.news ? ' (new)' : ''}`,
    ),
    ...(changedAfterEnd.length === 0 ? [] : [lateNewsInWords(changedAfterEnd)]),
    ...health.map((each) => `${each.code}  ${each.message} (${each.owner})`),
    attention === 0 ? 'Nothing needs attention.' : `${attention} need attention.`,
  ].join('\n');
}

const findingInWords = ({ code, message, owner, remedy, healed }: Finding): string =>
  healed === null ? `${code}  ${message} ${remedy} (${owner})` : `${code}  ${message} Healed: ${healed}.`;

/** One row, however much was told of one order. */
function lateNewsInWords(news: readonly LateNews[]): string {
  const orders = [...new Set(news.map(({ order }) => order))];
  return `told after the end  ${String(orders.length)} ${orders.length === 1 ? 'order' : 'orders'}: ${orders.join(', ')}`;
}
