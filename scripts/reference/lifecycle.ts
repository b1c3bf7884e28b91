import type { RepairKind } from '../../domain/order/attention';
import { liveTickets } from '../../domain/order/lifecycle';
import {
  cells,
  DOCUMENTS,
  memoryOf,
  observationOf,
  RULES,
  SHOP_STATES,
  TICKETS,
  type Cell,
} from '../../domain/order/lifecycle/cells';
import { decisionsIn } from '../../domain/order/lifecycle/decided-cells';
import { PAYMENT_KINDS, type PaymentKind } from '../../domain/shop/payment-traits';
import { plan } from '../../domain/order/plan';
import { DEFAULT_RULES } from '../../domain/order/plan-rules';
import type { Step } from '../../domain/order/steps';

/** What the plan does in a cell, in one phrase. */
export function outcome(cell: Cell): string {
  return inWords(plan('1', observationOf(cell), RULES[cell.rules] ?? DEFAULT_RULES, memoryOf(cell)));
}

/** A step in one phrase. */
export function inWords(step: Step): string {
  if (step.next === 'end') return `end: ${step.state}`;
  const attention = step.attention ? `attention ${step.attention.reason}` : '';
  if (step.next === 'wait') return attention === '' ? `wait for ${step.for}` : attention;
  const { action } = step;
  if (action.do === 'setStatus' && action.because === 'needsAttention') return attention;
  const act = action.do === 'setStatus' ? `status ${action.because}` : action.do;
  const charging = action.do === 'invoiceTicket' && action.capture ? ' and capture' : '';
  return `${act}${charging}${attention === '' ? '' : `, ${attention}`}`;
}

/** docs/reference/lifecycle.md as the code plays it; a test keeps the two equal. */
export function lifecycleReference(): string {
  return (
    [
      '# The table of states',
      'What Cantus does next, from what both sides show: the state of the shop’s order (columns), the document in Counterpoint ' +
        'and its release ticket, and how the order is paid (rows). Generated from `domain/order/plan.ts`, the one place where these ' +
        'rules live; no pair is undefined. The order of this table has one line, wholly on one ticket; with more, each ticket is ' +
        'looked at by itself, in the order of their release. *Attention* is a wait for a person ([reasons](attention.md)), and ' +
        'shows in the shop where that page says so. After every action both sides are looked at again.',
      ...Object.keys(RULES).map((rules) => section(rules)),
      decisionSection(),
    ].join('\n\n') + '\n'
  );
}

function section(rules: string): string {
  const all = [...cells()].filter((cell) => cell.rules === rules);
  const rows = new Map<string, { row: string; answers: string[]; payments: PaymentKind[] }>();
  for (const document of DOCUMENTS)
    for (const ticket of TICKETS)
      for (const payment of PAYMENT_KINDS) {
        const row = all.filter(
          (each) => each.document === document && each.ticket === ticket && each.payment === payment,
        );
        if (row.length === 0) continue;
        const answers = row.map(outcome);
        const base = rules === 'as delivered' ? null : row.map((cell) => outcome({ ...cell, rules: 'as delivered' }));
        if (base !== null && base.join() === answers.join()) continue;
        const key = `${document}|${ticket}|${answers.join('|')}`;
        const known = rows.get(key);
        if (known) known.payments.push(payment);
        else rows.set(key, { row: `${document} | ${ticket}`, answers, payments: [payment] });
      }
  const head = ['document', 'ticket', 'payment', ...SHOP_STATES];
  const lines = [...rows.values()].map(
    ({ row, answers, payments }) =>
      `| ${row} | ${payments.length === PAYMENT_KINDS.length ? 'any' : payments.join(', ')} | ${answers.join(' | ')} |`,
  );
  const intro =
    rules === 'as delivered'
      ? 'The settings of the reference configuration.'
      : 'Only the rows that differ from the settings as delivered.';
  return `## With ${rules === 'as delivered' ? 'the settings as delivered' : rules}\n\n${intro}\n\n| ${head.join(' | ')} |\n|${head.map(() => '---|').join('')}\n${lines.join('\n')}`;
}

/** What a repair means that leaves the question as it was. */
const UNCHANGED: Partial<Record<RepairKind, string>> = { retry: 'looked at again', parcelHeld: 'noted' };

const questionOf = (step: Step): string =>
  step.next === 'wait' && step.attention ? `${step.attention.reason} ${step.attention.action ?? ''}` : step.next;
const sameQuestion = (before: Step, then: Step): boolean => questionOf(before) === questionOf(then);

/** What each decision leads to, over all cells of the settings as delivered. */
function decisionSection(): string {
  const rows = new Map<string, Set<string>>();
  for (const cell of cells()) {
    if (cell.rules !== 'as delivered') continue;
    for (const { reason, repair, then, before } of decisionsIn(cell)) {
      const key = `${reason} | ${repair}`;
      const says = sameQuestion(before, then) ? (UNCHANGED[repair] ?? inWords(then)) : inWords(then);
      rows.set(key, (rows.get(key) ?? new Set()).add(says));
    }
  }
  const lines = [...rows]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, says]) => `| ${key} | ${[...says].sort().join('; ')} |`);
  return (
    '## What a decision leads to\n\nEvery repair that is offered in any pair of states above, and whatever may be decided ' +
    'after it, with what the plan does next: an action, a true wait, an end, or the next thing that has to be decided.\n\n' +
    `| attention | repair | then |\n|---|---|---|\n${lines.join('\n')}`
  );
}

/** Tickets that a cell's plan may charge for, for the checks of the table. */
export const chargeable = (cell: Cell): number => liveTickets(observationOf(cell).store).length;
