import { DateTime } from 'luxon';
import type { Entry, Finding, Statement } from './statement';

/** The statement as one page that needs nothing else: to print, to sign, to send. */
export function statementHtml(statement: Statement): string {
  const local = (at: string): string => DateTime.fromISO(at, { zone: statement.timezone }).toFormat('yyyy-MM-dd HH:mm');
  const { instance, orders, attention } = statement;
  const title = `Statement of ${instance}`;
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<title>${escape(title)}</title>
<style>${STYLE}</style>
</head>
<body>
<h1>${escape(title)}</h1>
<p>${statement.environment}, ${local(statement.at)} (${escape(statement.timezone)}). Orders placed since ${local(statement.from)}, and every open one.</p>
<p class="${attention === 0 ? 'fine' : 'attention'}">${orders.length} orders, each counted once; ${attention === 0 ? 'nothing needs attention' : `${attention} need attention`}. ${statement.tiesOut ? 'The money ties out.' : 'The money does not tie out.'}</p>
${categoriesOf(statement)}
${moneyOf(statement)}
${findingsOf(statement.findings)}
${refundsOf(statement)}
${lateNewsOf(statement, local)}
${healthOf(statement)}
<h2>Orders</h2>
${tableOf(
  [
    'order',
    'category',
    'reason',
    'whose move',
    'shop',
    'Counterpoint',
    'placed',
    'ordered',
    'invoiced',
    'cancelled',
    'open',
  ],
  orders.map((entry) => rowOf(entry, local)),
  7,
)}
</body>
</html>
`;
}

const STYLE =
  'body{font:14px/1.5 system-ui,sans-serif;margin:2rem;color:#1c1c1c}h1{font-size:1.5rem}h2{font-size:1.1rem;margin-top:2rem}' +
  'table{border-collapse:collapse}th,td{padding:.25rem .75rem;border-bottom:1px solid #ddd;text-align:left;vertical-align:top}' +
  'td.number,th.number{text-align:right;font-variant-numeric:tabular-nums}.attention{color:#9a1b1b;font-weight:600}.fine{color:#1d6b34;font-weight:600}';

const categoriesOf = ({ categories, orders, money }: Statement): string =>
  `<h2>Where they stand</h2>\n${tableOf(
    ['category', 'orders', 'total'],
    [
      ...categories.filter((each) => each.orders > 0).map((each) => [each.category, String(each.orders), each.total]),
      ['all', String(orders.length), money.ordered],
    ],
    1,
  )}`;

const moneyOf = ({ money }: Statement): string =>
  `<h2>Money</h2>\n${tableOf(
    ['ordered', 'invoiced', 'cancelled', 'open', 'release tickets', 'captured'],
    [[money.ordered, money.invoiced, money.cancelled, money.open, money.tickets, money.captured]],
    0,
  )}`;

function findingsOf(findings: readonly Finding[]): string {
  if (findings.length === 0) return '';
  const rows = findings.map(({ code, order, message, owner, remedy, healed }) => [
    order,
    code,
    message,
    healed === null ? owner : `healed: ${healed}`,
    remedy,
  ]);
  return `<h2>What was found</h2>\n${tableOf(['order', 'code', 'what', 'whose move', 'remedy'], rows)}`;
}

function refundsOf({ afterTheEnd }: Statement): string {
  if (afterTheEnd.length === 0) return '';
  const rows = afterTheEnd.map(({ order, side, number, amount }) => [order, side, number, amount]);
  return `<h2>Refunds and returns after the end</h2>\n${tableOf(['order', 'where', 'number', 'amount'], rows, 3)}`;
}

function lateNewsOf({ changedAfterEnd }: Statement, local: (at: string) => string): string {
  if (changedAfterEnd.length === 0) return '';
  const orders = new Set(changedAfterEnd.map(({ order }) => order)).size;
  const rows = changedAfterEnd.map(({ order, code, at }) => [order, code, local(at)]);
  return `<h2>Told after the end, yesterday and today: ${String(orders)} ${orders === 1 ? 'order' : 'orders'}</h2>\n${tableOf(['order', 'what', 'told at'], rows)}`;
}

function healthOf({ health }: Statement): string {
  if (health.length === 0) return '';
  const rows = health.map(({ code, message, owner }) => [code, message, owner]);
  return `<h2>The instance itself</h2>\n${tableOf(['code', 'what', 'whose move'], rows)}`;
}

const rowOf = (entry: Entry, local: (at: string) => string): string[] => [
  entry.order,
  entry.category,
  entry.reason,
  entry.owner ?? '',
  [entry.shopState, entry.shopStatus].filter((each) => each !== null).join(' / '),
  entry.counterpoint ?? '',
  entry.placed === null ? '' : local(entry.placed),
  entry.ordered,
  entry.invoiced,
  entry.cancelled,
  entry.open,
];

/** Columns from `numbersFrom` on hold amounts. */
function tableOf(head: readonly string[], rows: readonly (readonly string[])[], numbersFrom = head.length): string {
  const cells = (tag: 'th' | 'td', texts: readonly string[]): string =>
    texts.map((text, at) => `<${tag}${at >= numbersFrom ? ' class="number"' : ''}>${escape(text)}</${tag}>`).join('');
  return `<table>\n<tr>${cells('th', head)}</tr>\n${rows.map((row) => `<tr>${cells('td', row)}</tr>`).join('\n')}\n</table>`;
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};
const escape = (text: string): string => text.replace(/[&<>"']/g, (char) => ENTITIES[char] ?? char);
