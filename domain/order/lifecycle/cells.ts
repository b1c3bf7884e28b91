import { EMPTY_MEMORY, type Memory } from '../remembered';
import type { DocumentState, Observation, ReleaseTicket, ShopInvoice, ShopShipment, ShopState } from '../observation';
import { DEFAULT_RULES } from '../plan-rules';
import type { PlanRules, Problem } from '../steps';
import { PAYMENT, PAYMENT_KINDS, type PaymentKind } from '../../shop/payment-traits';

/** The states an order's two sides can be in, as far as the plan tells them apart. */
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
export const DOCUMENTS: readonly DocumentState[] = ['none', 'open', 'closed', 'cancelled', 'gone'];

/** How far the only ticket of the order has come, and what may be wrong with it. */
export const TICKETS = [
  'no ticket',
  'released',
  'released with a number',
  'voided',
  'charge refused',
  'charge unknown',
  'counters differ',
  'part invoiced by hand',
  'invoiced',
  'invoiced and voided',
  'invoiced, nothing captured',
  'invoiced twice',
  'invoiced for less',
  'invoice still open',
  'part shipped by hand',
  'shipped',
  'shipped in part',
] as const;
export type TicketStage = (typeof TICKETS)[number];

/** What can go wrong only where somebody is charged. */
const CHARGED_ONLY: readonly TicketStage[] = ['charge refused', 'charge unknown', 'invoiced, nothing captured'];
/** What can go wrong only where each ticket has its own invoice. */
const INVOICED_BY_TICKET: readonly TicketStage[] = [
  'counters differ',
  'part invoiced by hand',
  'invoiced twice',
  'invoiced for less',
  'invoice still open',
];
const WITHOUT_NUMBER: readonly TicketStage[] = ['released', 'voided', 'invoiced', 'invoiced and voided'];

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
            if (isPossible(document, ticket, payment)) yield { rules, document, ticket, payment, shop };
}

function isPossible(document: DocumentState, ticket: TicketStage, payment: PaymentKind): boolean {
  if (document === 'none' && ticket !== 'no ticket') return false;
  if (CHARGED_ONLY.includes(ticket)) return PAYMENT[payment].captures;
  return !(INVOICED_BY_TICKET.includes(ticket) && !PAYMENT[payment].dueByTicket);
}

const ITEM = 11;
const GUID = 'GUID-1';
const ALL = [[ITEM, '2']] as const;
const ONE = [[ITEM, '1']] as const;

/** A small order in that cell: one line of two pieces, all of it on the ticket. */
export function observationOf(cell: Cell): Observation {
  const { shop, payment, document, ticket } = cell;
  const invoices = invoicesIn(cell);
  const shipments = shipmentsIn(cell);
  const counted = invoices.filter(({ state }) => state === 'paid' && ticket !== 'invoiced, nothing captured');
  const gone = ticket === 'no ticket' || ticket.endsWith('voided');
  return {
    shop: {
      entityId: 1,
      state: shop,
      status: shop,
      total: '20.00',
      storeId: 1,
      payment: { method: 'any', kind: payment, authorised: '0.00', paid: `${String(totalOf(counted))}.00` },
      items: [
        {
          id: ITEM,
          sku: 'A',
          ordered: '2',
          invoiced: String(piecesIn(invoices)),
          shipped: String(piecesIn(shipments)),
        },
      ],
      invoices,
      shipments,
      ...(ticket === 'counters differ' ? { countersDiffer: true as const } : {}),
    },
    store: {
      document,
      ...(document === 'none' ? {} : { docId: '1', ticketNo: '1' }),
      lines: document === 'none' || document === 'gone' ? [] : [{ id: ITEM, ordered: '2', released: gone ? '0' : '2' }],
      tickets: ticketsAt(ticket),
      ...(document === 'open' && ticket === 'no ticket' ? { untouched: true as const } : {}),
    },
  };
}

const totalOf = (invoices: readonly ShopInvoice[]): number =>
  invoices.reduce((sum, { total }) => sum + Number(total), 0);

const piecesIn = (records: readonly { readonly items: ShopInvoice['items'] }[]): number =>
  records.reduce((sum, { items }) => sum + items.reduce((all, [, qty]) => all + Number(qty), 0), 0);

function invoicesIn({ payment, ticket }: Cell): readonly ShopInvoice[] {
  const charged = PAYMENT[payment].transaction ? { captured: true as const } : {};
  const whole: ShopInvoice = { id: 1, state: 'paid', total: '20.00', items: ALL, ...charged };
  const half: ShopInvoice = { ...whole, total: '10.00', items: ONE };
  if (PAYMENT[payment].invoicedByShop) return [whole];
  switch (ticket) {
    case 'part invoiced by hand':
      return [half];
    case 'invoiced twice':
      return [
        { ...half, ticket: GUID },
        { ...half, id: 2, ticket: GUID },
      ];
    case 'invoiced for less':
      return [{ ...whole, total: '10.00', goods: ['10.00', '10.00'], ticket: GUID }];
    case 'invoice still open':
      return [{ id: 1, state: 'open', total: '20.00', items: ALL, ticket: GUID }];
    case 'invoiced, nothing captured':
      return [{ id: 1, state: 'paid', total: '20.00', items: ALL, ticket: GUID }];
    case 'invoiced':
    case 'invoiced and voided':
    case 'part shipped by hand':
    case 'shipped':
    case 'shipped in part':
      return [{ ...whole, ticket: GUID }];
    default:
      return [];
  }
}

function shipmentsIn({ ticket }: Cell): readonly ShopShipment[] {
  switch (ticket) {
    case 'part shipped by hand':
      return [{ id: 1, items: ONE, tracks: [] }];
    case 'shipped':
      return [{ id: 1, ticket: GUID, items: ALL, tracks: ['1Z1'] }];
    case 'shipped in part':
      return [{ id: 1, ticket: GUID, items: ONE, tracks: ['1Z1'] }];
    default:
      return [];
  }
}

function ticketsAt(stage: TicketStage): readonly ReleaseTicket[] {
  if (stage === 'no ticket') return [];
  return [
    {
      docId: '2',
      guid: GUID,
      no: '1-01',
      state: stage.endsWith('voided') ? 'voided' : 'saved',
      lines: ALL,
      amount: '20.00',
      tracks: WITHOUT_NUMBER.includes(stage) ? [] : ['1Z1'],
    },
  ];
}

export const memoryOf = ({ payment, document, ticket }: Cell): Memory => ({
  ...EMPTY_MEMORY,
  ...(PAYMENT[payment].invoicedByShop ? { paidAtSale: true } : {}),
  ...(document === 'none' ? {} : { marked: true }),
  problems: ticket === 'charge refused' || ticket === 'charge unknown' ? [charge(ticket)] : [],
});

function charge(stage: 'charge refused' | 'charge unknown'): Problem {
  const reason = stage === 'charge refused' ? 'captureRefused' : 'captureUnknown';
  return {
    action: `invoiceTicket:${GUID}`,
    reason,
    code: reason,
    message: `${reason}.`,
    attempts: 1,
    retryAt: null,
    sentAt: '2026-11-22T10:00:00.000Z',
  };
}
