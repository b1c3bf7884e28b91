import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  accountFor,
  accounts,
  CATEGORIES,
  FINDINGS,
  statementCsv,
  statementHtml,
  statementOf,
  statementWords,
  subjectsOf,
  type CensusFacts,
  type LateNews,
  type Statement,
} from '../../../domain/census';
import { decimal, money, sum } from '../../../domain/money';
import fc from '../../support/properties';
import { factsOf, HEALTHY, NOW, RULES, runFact, SABOTAGED, shopFact, storeFact, type Place } from './world';

const statement = (facts: CensusFacts): Statement =>
  statementOf({
    instance: 'acme',
    environment: 'test',
    timezone: 'America/New_York',
    from: '2026-10-21T12:00:00Z',
    at: new Date(NOW).toISOString(),
    accounted: accounts(facts, RULES, NOW),
    healings: [],
    afterTheEnd: [],
    changedAfterEnd: [],
    health: [],
  });

const accountOf = (place: Place) => {
  const [subject] = subjectsOf(factsOf([place]));
  if (!subject) throw new Error('the place is empty');
  return accountFor(subject, RULES, NOW);
};

describe('one order', () => {
  test.each(Object.entries(HEALTHY))('P-02 finds nothing in an order that is %s', (_, place) => {
    expect(accountOf(place('100000001')).findings).toEqual([]);
  });

  test.each(Object.entries(SABOTAGED))('P-02 names exactly %s', (code, place) => {
    expect(accountOf(place('100000001')).findings).toEqual([code]);
  });

  test.each([
    ['before the cut-off', 'before the cut-off'],
    ['status that is not imported', 'status pending_payment'],
    ['cancelled before the import', 'cancelled before the import'],
  ])('P-02 excludes an order with its reason: %s', (name, reason) => {
    const place = HEALTHY[name];
    if (!place) throw new Error(name);
    expect(accountOf(place('100000001'))).toMatchObject({ category: 'excluded', reason });
  });

  it('P-02 excludes an order of another store view', () => {
    const subject = {
      order: '1',
      shop: shopFact('1', { storeId: 7 }),
      store: undefined,
      run: undefined,
      parked: undefined,
    };
    expect(accountFor(subject, { ...RULES, storeViews: [1] }, NOW)).toMatchObject({
      category: 'excluded',
      reason: 'store view 7',
    });
  });

  it('C5-80 lists an order that was finished in the shop and never imported as completing, with owner and remedy', () => {
    const { orders, findings } = statement(factsOf([SABOTAGED.completing('100000001')]));
    expect(orders).toMatchObject([{ order: '100000001', category: 'completing', owner: 'merchant' }]);
    expect(findings).toMatchObject([
      { code: 'completing', owner: 'merchant', remedy: FINDINGS.completing.remedy, healed: null },
    ]);
  });

  it('C5-80 an order that was finished before the cut-off is no completing one', () => {
    expect(accountOf(HEALTHY['before the cut-off']?.('1') ?? {})).toMatchObject({ category: 'excluded' });
  });

  it('X-02 an open order that needs attention is named once, by its reason, with its owner', () => {
    const place: Place = {
      shop: shopFact('1'),
      store: storeFact('1', { document: 'gone', total: null }),
      run: runFact('1', { attention: 'documentGone' }),
    };
    const { findings, orders } = statement(factsOf([place]));
    expect(findings.map(({ code, owner }) => [code, owner])).toEqual([['documentGone', 'merchant']]);
    expect(orders).toMatchObject([{ category: 'attention', reason: 'documentGone', owner: 'merchant' }]);
  });

  it('wakes an order for a change in the shop only when its watch had time to do so', () => {
    const place = (updatedAt: string): Place => ({
      shop: shopFact('1', { fingerprint: 'moved', updatedAt }),
      store: storeFact('1'),
      run: runFact('1'),
    });
    expect(accountOf(place('2026-11-20T11:50:00Z')).findings).toEqual([]);
    expect(accountOf(place('2026-11-20T11:00:00Z')).findings).toEqual(['asleep']);
  });

  it('a cent per row of each ticket is rounding, more is not', () => {
    const charged = (total: string): string[] => {
      const { shop, store, run } = SABOTAGED.capturesDiffer('1');
      const [invoice] = shop?.invoices ?? [];
      return [
        ...accountOf({
          shop: shop && invoice && { ...shop, invoices: [{ ...invoice, captured: true, total }] },
          store,
          run: run && { ...run, status: 'running', state: 'shipped' },
        } as Place).findings,
      ];
    };
    expect(charged('34.72')).toEqual([]);
    expect(charged('34.71')).toEqual(['capturesDiffer']);
  });
});

const sabotage = fc.constantFrom(...(Object.keys(SABOTAGED) as (keyof typeof SABOTAGED)[]));
const health = fc.constantFrom(...Object.keys(HEALTHY));
const world = fc.array(
  fc.oneof(
    { weight: 3, arbitrary: health.map((name) => ({ name, code: null })) },
    { weight: 1, arbitrary: sabotage.map((code) => ({ name: code, code })) },
  ),
  { maxLength: 60 },
);

const places = (kinds: readonly { name: string; code: string | null }[]): Place[] =>
  kinds.map(({ name, code }, at) => {
    const make = (code === null ? HEALTHY : (SABOTAGED as Readonly<Record<string, (order: string) => Place>>))[name];
    if (!make) throw new Error(name);
    return make(String(100_000_001 + at));
  });

it('P-02 X-02 in any mixture of orders the census names exactly the sabotaged ones', () => {
  fc.assert(
    fc.property(world, (kinds) => {
      const { findings } = statement(factsOf(places(kinds)));
      const wanted = kinds.flatMap(({ code }, at) => (code === null ? [] : [`${String(100_000_001 + at)} ${code}`]));
      expect(findings.map(({ order, code }) => `${order} ${code}`)).toEqual(wanted);
    }),
    { numRuns: 300 },
  );
});

it('X-02 every order is accounted for exactly once, and counts and sums of the categories make the whole', () => {
  fc.assert(
    fc.property(world, (kinds) => {
      const facts = factsOf(places(kinds));
      const { orders, categories, money: totals, tiesOut } = statement(facts);
      expect(new Set(orders.map(({ order }) => order)).size).toBe(kinds.length);
      expect(orders).toHaveLength(kinds.length);
      expect(categories.reduce((count, each) => count + each.orders, 0)).toBe(kinds.length);
      expect(money(sum(categories.map(({ total }) => total)))).toBe(totals.ordered);
      expect(totals.ordered).toBe(money(sum(facts.shop.map(({ total }) => total))));
      const over = kinds.some(({ code }) => code === 'overInvoiced');
      expect(tiesOut).toBe(!over);
      if (!over) expect(money(decimal(totals.invoiced).plus(totals.open).plus(totals.cancelled))).toBe(totals.ordered);
    }),
    { numRuns: 100 },
  );
});

it('a healed gap needs nobody; one that only a person can close still does', () => {
  const facts = factsOf([SABOTAGED.notImported('1'), SABOTAGED.workflowEnded('2'), SABOTAGED.documentGone('3')]);
  const healed = statementOf({
    ...statement(facts),
    accounted: accounts(facts, RULES, NOW),
    healings: [
      { order: '1', code: 'notImported', did: 'started' },
      { order: '3', code: 'documentGone', did: 'woken' },
    ],
    afterTheEnd: [],
    changedAfterEnd: [],
    health: [],
  });
  expect(healed.findings.map(({ order, healed: how }) => [order, how])).toEqual([
    ['1', 'started'],
    ['2', null],
    ['3', null],
  ]);
  expect(healed.attention).toBe(2);
});

test('the guide explains every category and every finding with its owner', () => {
  const guide = readFileSync(join(__dirname, '../../../docs/guide/census.md'), 'utf8');
  for (const category of CATEGORIES) expect(guide).toContain(`| \`${category}\` |`);
  for (const [code, { owner, heals }] of Object.entries(FINDINGS)) {
    const row =
      guide.split('\n').find((each) => each.startsWith(`| \`${code}\` |`) && each.split('|').length === 6) ?? '';
    expect(row).toContain(`| ${owner} |`);
    expect(/\| (heals: starts|heals: wakes|wakes)/.test(row)).toBe(heals !== null);
  }
});

describe('the statement on paper', () => {
  const made = statement(factsOf([SABOTAGED.parked('100000001'), HEALTHY['in Counterpoint']?.('100000002') ?? {}]));

  it('has a row of CSV for each order, quoted where it must be', () => {
    const lines = statementCsv(made).trimEnd().split('\r\n');
    expect(lines).toHaveLength(3);
    expect(lines[0]).toMatch(/^order,category,reason,owner,/);
    expect(lines[2]).toMatch(/^100000002,open,in_counterpoint,merchant,new,in_counterpoint,open,/);
    expect(
      statementCsv({ orders: [{ ...(made.orders[0] ?? fail()), reason: 'a "b", c', shopStatus: '=1+1' }] }),
    ).toContain(`"a ""b"", c",agency,,'=1+1,`);
  });

  it.each([
    ['=1+1', "'=1+1"],
    ['-2+3+cmd', "'-2+3+cmd"],
    ['\t=1+1', "'\t=1+1"],
    ['-12.50', '-12.50'],
  ])('writes %j as %j, so that no spreadsheet takes a text for a formula', (shopStatus, written) => {
    const row = { ...(made.orders[0] ?? fail()), shopState: 'STATE', shopStatus };
    expect(statementCsv({ orders: [row] })).toContain(`,STATE,${written},`);
  });

  it('P-16 X-02 says how many orders were told of after their end and which, in words, as HTML and beside the order', () => {
    const facts = factsOf([HEALTHY['complete']?.('100000002') ?? {}, HEALTHY['complete']?.('100000003') ?? {}]);
    const news = (order: string, code: LateNews['code']): LateNews => ({ order, code, at: '2026-11-20T05:30:00Z' });
    const told = statementOf({
      ...statement(facts),
      accounted: accounts(facts, RULES, NOW),
      healings: [],
      changedAfterEnd: [
        news('100000002', 'changedAfterEnd'),
        news('100000002', 'releasedAfterEnd'),
        // Older than the statement's window.
        news('99', 'releasedAfterEnd'),
      ],
    });
    expect(statementWords(told)).toContain('told after the end  2 orders: 100000002, 99\n');
    const html = statementHtml(told);
    expect(html).toContain('<h2>Told after the end, yesterday and today: 2 orders</h2>');
    expect(html).toContain('<tr><td>99</td><td>releasedAfterEnd</td><td>2026-11-20 00:30</td></tr>');
    const [head = '', first = '', second = ''] = statementCsv(told).split('\r\n');
    expect(head).toMatch(/,afterEnd$/);
    expect(first).toMatch(/^100000002,.*,changedAfterEnd releasedAfterEnd$/);
    expect(second).toMatch(/^100000003,.*,$/);
    expect(told.attention).toBe(0);
    expect(statementWords(made)).not.toContain('told after the end');
    expect(statementHtml(made)).not.toContain('Told after the end');
  });

  it('shows every order and finding as HTML and lets no status become markup', () => {
    const html = statementHtml({ ...made, orders: made.orders.map((entry) => ({ ...entry, shopStatus: '<script>' })) });
    expect(html).toContain('100000001');
    expect(html).toContain(FINDINGS.parked.remedy);
    expect(html).toContain('&lt;script&gt;');
    expect(html).not.toContain('<script>');
  });
});

const fail = (): never => {
  throw new Error('no order');
};
