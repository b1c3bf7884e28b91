import { accountFor, subjectsOf, type Account, type FindingCode } from '../../../domain/census';
import type { KeptDecisions } from '../../../domain/order/decision-rows';
import { NO_DECISIONS } from '../../../domain/order/decisions';
import { factsOf, invoiceOf, NOW, RULES, runFact, SABOTAGED, shopFact, storeFact, ticketOf, type Place } from './world';

const ORDER = '100000001';
const GUID = `GUID-${ORDER}`;

function accountOf(place: Place, decided?: KeptDecisions): Account {
  const [subject] = subjectsOf({
    ...factsOf([place]),
    ...(decided ? { decided: new Map([[ORDER, decided]]) } : {}),
  });
  if (!subject) throw new Error('the place is empty');
  return accountFor(subject, RULES, NOW);
}

const accepted = (...keys: readonly string[]): KeptDecisions => ({ ...NO_DECISIONS, accepted: keys });

const bare = (status: 'running' | 'completed'): Place => ({
  shop: shopFact(ORDER, { state: 'processing', status: 'processing' }),
  store: storeFact(ORDER, { tickets: [ticketOf(ORDER)] }),
  run: runFact(ORDER, status === 'running' ? {} : { status, state: 'complete' }),
});
const charged = (total: string, captured: boolean): Required<Pick<Place, 'shop' | 'store' | 'run'>> => ({
  shop: shopFact(ORDER, {
    state: 'complete',
    method: 'authnetcim',
    authorised: '34.74',
    invoices: [invoiceOf(ORDER, { total, captured })],
  }),
  store: storeFact(ORDER, { tickets: [ticketOf(ORDER)] }),
  run: runFact(ORDER),
});
const twice = charged('34.74', true);
const invoicedTwice: Place = {
  ...twice,
  shop: { ...twice.shop, invoices: [1, 2].map((id) => invoiceOf(ORDER, { id, captured: true })) },
};

const DECIDED: readonly (readonly [string, readonly FindingCode[], Place, KeptDecisions])[] = [
  [
    'a ticket invoiced without charging',
    ['capturesDiffer'],
    charged('34.74', false),
    { ...NO_DECISIONS, offline: [GUID] },
  ],
  [
    'an invoice nobody paid',
    ['capturesDiffer'],
    charged('34.74', false),
    accepted(`authorizationExpired:captured:${GUID}`),
  ],
  ['an invoice of another worth', ['capturesDiffer'], charged('30.00', true), accepted(`amountsDiffer:worth:${GUID}`)],
  [
    'two invoices of one ticket',
    ['overInvoiced', 'capturesDiffer'],
    invoicedTwice,
    accepted(`amountsDiffer:twice:${GUID}`),
  ],
  [
    'an adopted invoice',
    ['manualInvoice'],
    SABOTAGED.manualInvoice(ORDER),
    accepted(`manualInvoice:manualInvoice:${ORDER}`),
  ],
  [
    'an adopted invoice over everything',
    ['manualInvoice'],
    SABOTAGED.manualInvoice(ORDER),
    { ...NO_DECISIONS, paidAtSale: true },
  ],
  ['a ticket left without an invoice', ['asleep'], bare('running'), accepted(`amountsDiffer:quantities:${GUID}`)],
  [
    'the same at its end',
    ['openAtEnd', 'releasedAfterEnd'],
    bare('completed'),
    accepted(`manualInvoice:invoiceTicket:${GUID}`),
  ],
  [
    'a remainder that the shop keeps open',
    ['openAtEnd'],
    SABOTAGED.openAtEnd(ORDER),
    accepted('cancelledInCounterpoint:remainder:11x1'),
  ],
  [
    'a total changed in the shop',
    ['documentDiffers'],
    SABOTAGED.documentDiffers(ORDER),
    accepted('changedInShop:altered:abc'),
  ],
];

describe('P-26 X-02 what a person has decided the census does not ask again', () => {
  test.each(DECIDED)('%s', (_what, codes, place, decided) => {
    expect(accountOf(place).findings).toEqual(codes);
    expect(accountOf(place, accepted('captureUnknown:charged:ANOTHER')).findings).toEqual(codes);
    expect(accountOf(place, decided).findings).toEqual([]);
  });

  test('an order that is in the shop no longer, which ended by a decision', () => {
    const { store, run } = SABOTAGED.notInShop(ORDER);
    const decided = { ...NO_DECISIONS, confirmedCancelled: true, ended: 'cancelled' } as const;
    const place = store ? { store } : {};
    expect(accountOf(place)).toMatchObject({ category: 'lost', findings: ['notInShop'] });
    expect(accountOf(place, decided)).toMatchObject({
      category: 'ended',
      reason: 'cancelled by a decision',
      findings: [],
    });
    expect(accountOf({ ...place, ...(run ? { run } : {}) }, decided)).toMatchObject({ category: 'lost' });
  });
});

test('X-02 C5-83 the invoice of a voided ticket that passed to another is no difference', () => {
  const voided = { ...ticketOf(ORDER, '34.74', true), guid: 'VOIDED' };
  const place = charged('34.74', true);
  const passed: Place = {
    ...place,
    shop: { ...place.shop, invoices: [invoiceOf(ORDER, { ticket: 'VOIDED', captured: true })] },
    store: storeFact(ORDER, { tickets: [voided, ticketOf(ORDER)] }),
  };
  expect(accountOf(passed).findings).toEqual([]);
  expect(accountOf({ ...passed, run: runFact(ORDER, { status: 'completed', state: 'complete' }) }).findings).toEqual(
    [],
  );
});
