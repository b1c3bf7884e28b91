import type {
  CensusFacts,
  CensusRules,
  FindingCode,
  InvoiceFact,
  RunFact,
  ShopFact,
  StoreFact,
  TicketFact,
} from '../../../domain/census';
import { decimal, money } from '../../../domain/money';

export const NOW = Date.parse('2026-11-20T12:00:00Z');
const PLACED = '2026-11-10T10:00:00Z';
const WRITTEN = '2026-11-10T10:01:00Z';
const RELEASED = '2026-11-12T10:00:00Z';

export const RULES: CensusRules = {
  statuses: ['pending', 'processing'],
  from: '2026-11-01T04:00:00Z',
  storeViews: [],
  ownStatuses: ['in_counterpoint', 'needs_attention'],
  payments: {
    authnetcim: { payCode: 'CARD', kind: 'cash', capture: 'onRelease' },
    checkmo: { payCode: 'CHECK', kind: 'cash' },
  },
  importWithinMs: 180_000,
  wakeWithinMs: 900_000,
};

/** What the three places hold of one order. */
export interface Place {
  readonly shop?: ShopFact;
  readonly store?: StoreFact;
  readonly run?: RunFact;
  readonly parked?: CensusFacts['parked'][number];
}

export const shopFact = (order: string, over: Partial<ShopFact> = {}): ShopFact => ({
  order,
  entityId: Number(order),
  state: 'new',
  status: 'pending',
  storeId: 1,
  createdAt: PLACED,
  updatedAt: PLACED,
  total: '34.74',
  tenders: '0.00',
  cancelled: '0.00',
  refunded: '0.00',
  method: 'checkmo',
  authorised: '0.00',
  fingerprint: 'as-seen',
  invoices: [],
  ...over,
});

export const storeFact = (order: string, over: Partial<StoreFact> = {}): StoreFact => ({
  order,
  entityId: Number(order),
  docId: `9${order}`,
  writtenAt: WRITTEN,
  document: 'open',
  total: '34.74',
  edited: false,
  lines: 2,
  tickets: [],
  tenders: '0.00',
  shopSeen: 'as-seen',
  ...over,
});

export const runFact = (order: string, over: Partial<RunFact> = {}): RunFact => ({
  order,
  status: 'running',
  state: 'in_counterpoint',
  attention: null,
  since: WRITTEN,
  ...over,
});

export const ticketOf = (order: string, amount = '34.74', voided = false): TicketFact => ({
  guid: `GUID-${order}`,
  no: `${order}-01`,
  voided,
  amount,
});
export const invoiceOf = (order: string, over: Partial<InvoiceFact> = {}): InvoiceFact => ({
  id: Number(order),
  total: '34.74',
  state: 'paid',
  createdAt: RELEASED,
  ticket: `GUID-${order}`,
  captured: false,
  ...over,
});

const imported = (order: string): Required<Pick<Place, 'shop' | 'store' | 'run'>> => ({
  shop: shopFact(order, { status: 'in_counterpoint' }),
  store: storeFact(order),
  run: runFact(order),
});

const done = (order: string): Required<Pick<Place, 'shop' | 'store' | 'run'>> => ({
  shop: shopFact(order, { state: 'complete', status: 'complete', invoices: [invoiceOf(order)] }),
  store: storeFact(order, { document: 'history', tickets: [ticketOf(order)] }),
  run: runFact(order, { status: 'completed', state: 'complete' }),
});

/** Orders in whom nothing is to be found, by what makes them so. */
export const HEALTHY: Readonly<Record<string, (order: string) => Place>> = {
  'in Counterpoint': imported,
  'in Counterpoint, partly paid by an extension’s voucher': (order) => ({
    ...imported(order),
    store: storeFact(order, { total: '44.74', tenders: '10.00' }),
  }),
  complete: done,
  'complete, forgotten by the engine': (order) => ({ ...done(order), run: undefined as never }),
  'captured per ticket': (order) => {
    const half = money(decimal('34.74').dividedBy(2));
    return {
      shop: shopFact(order, {
        state: 'processing',
        status: 'processing',
        method: 'authnetcim',
        authorised: '34.74',
        invoices: [invoiceOf(order, { total: half, captured: true })],
      }),
      store: storeFact(order, { tickets: [ticketOf(order, half)] }),
      run: runFact(order, { state: 'partially_released' }),
    };
  },
  'paid at sale': (order) => ({
    shop: shopFact(order, {
      state: 'processing',
      status: 'in_counterpoint',
      invoices: [invoiceOf(order, { ticket: null, createdAt: PLACED, captured: true })],
    }),
    store: storeFact(order, { tickets: [ticketOf(order)] }),
    run: runFact(order, { state: 'invoiced' }),
  }),
  'a voided ticket': (order) => ({
    ...imported(order),
    store: storeFact(order, { tickets: [ticketOf(order, '34.74', true)] }),
  }),
  'invoiced by hand for its ticket': (order) => ({
    shop: shopFact(order, { state: 'processing', invoices: [invoiceOf(order, { ticket: null })] }),
    store: storeFact(order, { tickets: [ticketOf(order)] }),
    run: runFact(order, { state: 'invoiced' }),
  }),
  'held with a ticket': (order) => ({
    shop: shopFact(order, { state: 'holded', status: 'holded' }),
    store: storeFact(order, { tickets: [ticketOf(order)] }),
    run: runFact(order),
  }),
  'cancelled on both sides': (order) => ({
    shop: shopFact(order, { state: 'canceled', status: 'confirmed_cancelled', cancelled: '34.74' }),
    store: storeFact(order, { document: 'history', edited: true }),
    run: runFact(order, { status: 'completed', state: 'cancelled' }),
  }),
  'removed after it was cancelled': (order) => ({
    shop: shopFact(order, { state: 'canceled', status: 'canceled', cancelled: '34.74' }),
    run: runFact(order, { status: 'completed', state: 'cancelled' }),
  }),
  'not yet imported': (order) => ({ run: runFact(order, { state: 'imported' }), shop: shopFact(order) }),
  'placed a moment ago': (order) => ({
    shop: shopFact(order, { createdAt: '2026-11-20T11:59:00Z', updatedAt: '2026-11-20T11:59:00Z' }),
  }),
  'before the cut-off': (order) => ({
    shop: shopFact(order, { createdAt: '2026-10-31T23:00:00Z', state: 'complete' }),
  }),
  'status that is not imported': (order) => ({
    shop: shopFact(order, { state: 'pending_payment', status: 'pending_payment' }),
  }),
  'cancelled before the import': (order) => ({
    shop: shopFact(order, { state: 'canceled', status: 'canceled', cancelled: '34.74' }),
  }),
  skipped: (order) => ({ shop: shopFact(order), run: runFact(order, { status: 'completed', state: 'skipped' }) }),
  'terminated after its end on both sides': (order) => ({
    ...done(order),
    run: runFact(order, { status: 'terminated' }),
  }),
  'gift card': (order) => ({ ...imported(order), shop: shopFact(order, { total: '24.74', tenders: '10.00' }) }),
  'edited by staff': (order) => ({ ...imported(order), store: storeFact(order, { total: '20.00', edited: true }) }),
};

/** Orders that were tampered with, and the one thing the census has to say of each. */
export const SABOTAGED: Readonly<Record<FindingCode, (order: string) => Place>> = {
  notImported: (order) => ({ shop: shopFact(order) }),
  workflowMissing: (order) => ({ shop: imported(order).shop, store: storeFact(order) }),
  asleep: (order) => ({ ...imported(order), store: storeFact(order, { tickets: [ticketOf(order)] }) }),
  workflowEnded: (order) => ({ ...imported(order), run: runFact(order, { status: 'terminated' }) }),
  markedOnly: (order) => ({ shop: shopFact(order, { status: 'in_counterpoint' }) }),
  completing: (order) => ({
    shop: shopFact(order, { state: 'complete', status: 'complete', invoices: [invoiceOf(order, { ticket: null })] }),
  }),
  parked: (order) => ({ parked: { key: order, order, reason: `Order ${order} cannot be listed.` } }),
  documentGone: (order) => ({ ...imported(order), store: storeFact(order, { document: 'gone', total: null }) }),
  notInShop: (order) => ({ store: storeFact(order), run: runFact(order) }),
  manualInvoice: (order) => ({
    ...imported(order),
    shop: shopFact(order, { state: 'processing', invoices: [invoiceOf(order, { ticket: null })] }),
  }),
  releasedAfterEnd: (order) => {
    const { shop, store, run } = done(order);
    return {
      shop,
      run,
      store: { ...store, tickets: [...store.tickets, { ...ticketOf(order), guid: 'ANOTHER', no: `${order}-02` }] },
    };
  },
  documentDiffers: (order) => ({ ...imported(order), store: storeFact(order, { total: '34.73' }) }),
  overInvoiced: (order) => {
    const { shop, ...others } = done(order);
    return { ...others, shop: { ...shop, invoices: [invoiceOf(order, { total: '34.75' })] } };
  },
  openAtEnd: (order) => {
    const { shop, ...others } = done(order);
    return { ...others, shop: { ...shop, invoices: [invoiceOf(order, { total: '30.00' })] } };
  },
  capturesDiffer: (order) => {
    const { shop, ...others } = done(order);
    return {
      ...others,
      shop: { ...shop, method: 'authnetcim', authorised: '34.74', invoices: [invoiceOf(order, { captured: false })] },
    };
  },
};

export const factsOf = (places: readonly Place[]): CensusFacts => {
  const given = <T>(facts: readonly (T | undefined)[]): T[] => facts.filter((fact) => fact !== undefined);
  return {
    shop: given(places.map(({ shop }) => shop)),
    store: given(places.map(({ store }) => store)),
    runs: given(places.map(({ run }) => run)),
    parked: given(places.map(({ parked }) => parked)),
  };
};
