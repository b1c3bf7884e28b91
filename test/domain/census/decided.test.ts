import { accountFor, subjectsOf, type Account, type FindingCode } from '../../../domain/census';
import type { KeptDecisions } from '../../../domain/order/decision-rows';
import { worthKey } from '../../../domain/order/wants/altered';
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
    accepted(worthKey('34.73', '34.74')),
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

describe('P-26 X-02 a decision is about what it names, and about nothing else', () => {
  const completed = runFact(ORDER, { status: 'completed', state: 'complete' });
  const voided = { ...ticketOf(ORDER, '34.74', true), guid: 'VOIDED' };
  const second = { ...ticketOf(ORDER), guid: 'SECOND', no: `${ORDER}-02` };

  test('money charged for a ticket that was voided, and that no other took over, is named until somebody settles it', () => {
    const base = charged('34.74', true);
    const place: Place = {
      ...base,
      run: completed,
      shop: { ...base.shop, invoices: [invoiceOf(ORDER, { ticket: 'VOIDED', captured: true })] },
      store: storeFact(ORDER, { tickets: [voided] }),
    };
    expect(accountOf(place).findings).toEqual(['capturesDiffer']);
    expect(accountOf(place, accepted('ticketVoided:voided:VOIDED')).findings).toEqual([]);
    const refunded = (amount: string): Place => ({
      ...place,
      shop: { ...base.shop, invoices: place.shop?.invoices ?? [], refunded: amount },
    });
    expect(accountOf(refunded('34.70')).findings).toEqual(['capturesDiffer']);
    expect(accountOf(refunded('34.74')).findings).toEqual([]);
  });

  test('money given back for other goods does not hide a charge that no ticket explains', () => {
    const base = charged('30.00', true);
    const shop = { ...base.shop, refunded: '34.74' };
    expect(accountOf({ ...base, shop }).findings).toEqual(['capturesDiffer']);
    const twice = [invoiceOf(ORDER, { captured: true }), invoiceOf(ORDER, { id: 8, captured: true })];
    expect(accountOf({ ...base, shop: { ...shop, invoices: twice } }).findings).toEqual([
      'overInvoiced',
      'capturesDiffer',
    ]);
  });

  test('an invoice that stands for one ticket, or whose money goes back, does not stand for the next', () => {
    const shop = shopFact(ORDER, { state: 'complete', invoices: [invoiceOf(ORDER, { id: 9, ticket: null })] });
    const store = storeFact(ORDER, { tickets: [ticketOf(ORDER), second] });
    const byHand = accepted(`manualInvoice:invoiceTicket:${GUID}`, 'manualInvoice:manualInvoice:9');
    expect(accountOf({ shop, store, run: completed }, byHand).findings).toEqual(['releasedAfterEnd']);

    const given = shopFact(ORDER, { state: 'complete', invoices: [invoiceOf(ORDER, { ticket: 'VOIDED' })] });
    const place: Place = { shop: given, store: storeFact(ORDER, { tickets: [voided, second] }), run: completed };
    expect(accountOf(place).findings).toEqual([]);
    expect(accountOf(place, accepted('ticketVoided:voided:VOIDED')).findings).toEqual(['releasedAfterEnd']);
  });

  test('an order that is gone from the shop is named, whatever was decided about its goods', () => {
    const { store } = SABOTAGED.notInShop(ORDER);
    const decided = { ...NO_DECISIONS, skus: { X: '4711' }, ended: 'complete' } as const;
    expect(accountOf({ ...(store ? { store } : {}), run: completed }, decided).findings).toEqual(['notInShop']);
  });

  test('whoever accepts another address has said nothing of a total', () => {
    expect(accountOf(SABOTAGED.documentDiffers(ORDER), accepted('changedInShop:altered:abc')).findings).toEqual([
      'documentDiffers',
    ]);
  });

  test('a second invoice of one ticket that is known hides none of another', () => {
    const of = (id: number, ticket: string) => invoiceOf(ORDER, { id, ticket, total: '17.37' });
    const shop = shopFact(ORDER, {
      state: 'complete',
      invoices: [of(1, GUID), of(2, GUID), of(3, 'SECOND'), of(4, 'SECOND')],
    });
    const store = storeFact(ORDER, { tickets: [ticketOf(ORDER, '17.37'), { ...second, amount: '17.37' }] });
    const findings = (...guids: readonly string[]) =>
      accountOf({ shop, store, run: completed }, accepted(...guids.map((guid) => `amountsDiffer:twice:${guid}`)))
        .findings;
    expect(findings(GUID)).toContain('overInvoiced');
    expect(findings(GUID, 'SECOND')).toEqual([]);
  });
});
