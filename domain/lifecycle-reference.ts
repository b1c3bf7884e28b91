import { liveTickets } from './lifecycle';
import type { DocumentState, Observation, PaymentKind, ReleaseTicket, ShopState } from './observation';
import { plan } from './plan';
import { DEFAULT_RULES } from './plan-rules';
import { EMPTY_MEMORY, type Memory } from './memory';
import type { PlanRules, Step } from './steps';

/** The states an order's two sides can be in, as far as the plan tells them apart (X-09). */
export const SHOP_STATES: readonly ShopState[] = [
  'new',
  'pending_payment',
  'processing',
  'payment_review',
  'holded',
  'complete',
  'closed',
  'canceled',
];
export const PAYMENT_KINDS: readonly PaymentKind[] = ['offline', 'authorised', 'paid', 'none', 'onAccount', 'unknown'];
export const DOCUMENTS: readonly DocumentState[] = ['none', 'open', 'closed', 'cancelled', 'gone'];

/** How far the only ticket of the order has come. */
export const TICKETS = [
  'no ticket',
  'released',
  'released with a number',
  'voided',
  'invoiced',
  'invoiced and voided',
  'shipped',
] as const;
export type TicketStage = (typeof TICKETS)[number];

export const RULES: Readonly<Record<string, PlanRules>> = {
  'as delivered': DEFAULT_RULES,
  'tracking off': { ...DEFAULT_RULES, tracking: false },
  'untouched documents removed': { ...DEFAULT_RULES, removeUntouched: true },
};

export interface Cell {
  readonly shop: ShopState;
  readonly payment: PaymentKind;
  readonly document: DocumentState;
  readonly ticket: TicketStage;
  readonly rules: keyof typeof RULES;
}

/** Every pair of sides there is. A document that is not there has no ticket. */
export function* cells(): Generator<Cell> {
  for (const rules of Object.keys(RULES))
    for (const document of DOCUMENTS)
      for (const ticket of TICKETS)
        for (const payment of PAYMENT_KINDS)
          for (const shop of SHOP_STATES)
            if (document !== 'none' || ticket === 'no ticket') yield { rules, document, ticket, payment, shop };
}

const ITEM = 11;
const GUID = 'GUID-1';

/** A small order in that cell: one line of two pieces, all of it on the ticket. */
export function observationOf({ shop, payment, document, ticket }: Cell): Observation {
  const invoiced = ticket.startsWith('invoiced') || ticket === 'shipped';
  const shipped = ticket === 'shipped';
  const charged = payment === 'authorised' || payment === 'paid' ? { captured: true as const } : {};
  const invoice = { id: 1, state: 'paid' as const, total: '20.00', items: [[ITEM, '2']] as const, ...charged };
  const released = ticket === 'no ticket' || ticket.endsWith('voided') ? '0' : '2';
  return {
    shop: {
      entityId: 1,
      state: shop,
      status: shop,
      total: '20.00',
      storeId: 1,
      payment: {
        method: 'any',
        kind: payment,
        authorised: '0.00',
        paid: payment === 'paid' || invoiced ? '20.00' : '0.00',
      },
      items: [
        {
          id: ITEM,
          sku: 'A',
          ordered: '2',
          invoiced: invoiced || payment === 'paid' ? '2' : '0',
          shipped: shipped ? '2' : '0',
        },
      ],
      invoices: payment === 'paid' ? [invoice] : invoiced ? [{ ...invoice, ticket: GUID }] : [],
      shipments: shipped ? [{ id: 1, ticket: GUID, items: [[ITEM, '2']], tracks: ['1Z1'] }] : [],
    },
    store: {
      document,
      ...(document === 'none' ? {} : { docId: '1', ticketNo: '1' }),
      lines: document === 'none' || document === 'gone' ? [] : [{ id: ITEM, ordered: '2', released }],
      tickets: ticketsAt(ticket),
      ...(document === 'open' && ticket === 'no ticket' ? { untouched: true as const } : {}),
    },
  };
}

function ticketsAt(stage: TicketStage): readonly ReleaseTicket[] {
  if (stage === 'no ticket') return [];
  return [
    {
      docId: '2',
      guid: GUID,
      no: '1-01',
      state: stage.endsWith('voided') ? 'voided' : 'saved',
      lines: [[ITEM, '2']],
      amount: '20.00',
      tracks: stage === 'released with a number' || stage === 'shipped' ? ['1Z1'] : [],
    },
  ];
}

export const memoryOf = ({ payment, document }: Cell): Memory => ({
  ...EMPTY_MEMORY,
  ...(payment === 'paid' ? { paidAtSale: true } : {}),
  ...(document === 'none' ? {} : { marked: true }),
});

/** What the plan does in a cell, in one phrase. */
export function outcome(cell: Cell): string {
  return inWords(plan('1', observationOf(cell), RULES[cell.rules] ?? DEFAULT_RULES, memoryOf(cell)));
}

function inWords(step: Step): string {
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
        'and its release ticket, and how the order is paid (rows). Generated from `domain/plan.ts`, the one place where these ' +
        'rules live; no pair is undefined. The order of this table has one line, wholly on one ticket; with more, each ticket is ' +
        'looked at by itself, in the order of their release. *Attention* is a wait for a person ([reasons](attention.md)), and ' +
        'shows in the shop where that page says so. After every action both sides are looked at again.',
      ...Object.keys(RULES).map((rules) => section(rules)),
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

/** Tickets that a cell's plan may charge for, for the checks of the table. */
export const chargeable = (cell: Cell): number => liveTickets(observationOf(cell).store).length;
