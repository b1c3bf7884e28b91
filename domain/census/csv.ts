import type { Entry, Statement } from './statement';

const COLUMNS: readonly (keyof Entry)[] = [
  'order',
  'category',
  'reason',
  'owner',
  'shopState',
  'shopStatus',
  'counterpoint',
  'placed',
  'since',
  'ordered',
  'invoiced',
  'cancelled',
  'open',
  'document',
  'tickets',
  'captured',
  'afterEnd',
];

/** One row per order (RFC 4180); amounts with a point, instants in UTC. */
export function statementCsv({ orders }: Pick<Statement, 'orders'>): string {
  const rows = orders.map((entry) => COLUMNS.map((column) => field(entry[column])).join(','));
  return `${[COLUMNS.join(','), ...rows].join('\r\n')}\r\n`;
}

/** A text that a spreadsheet would take for a formula is kept a text; an amount below zero stays a number. */
function field(value: string | null): string {
  const text = value === null ? '' : /^[=+@\t\r-]/.test(value) && !/^-\d+(\.\d+)?$/.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
