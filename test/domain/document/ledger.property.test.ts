import { draftDocument, expectedInvoice } from '../../../domain/document';
import { ledgerFault } from '../../../domain/document/money/ledger';
import { decimal, isZero, money, sum } from '../../../domain/money';
import { moneyRows } from '../../../domain/shop/rows';
import fc from '../../support/properties';
import { CASES, goodsOf, orders, specs } from './order-arbitrary';
import { orderOf, SHOWN } from './orders';
import { settingsWith } from './settings';

const settings = settingsWith();
const holds = (property: (order: Parameters<typeof goodsOf>[0]) => void): void =>
  fc.assert(fc.property(orders, property), { numRuns: CASES });

/** Prices of a few cents can leave a row more tax to give back than discount: that row is worth more, not less. */
const isTurned = ({ items }: Parameters<typeof goodsOf>[0]): boolean =>
  items.some(({ discount, compensation }) => decimal(compensation).greaterThan(discount));

/** Tenders of a specification are worked out for an order in cents. */
const NO_TENDERS = { giftCards: '0', storeCredit: '0', rewardPoints: '0' };

const tenders = (draft: ReturnType<typeof draftDocument>): string =>
  money(sum(draft.payment.others.map(({ amount }) => amount)));

describe('the ledger of a document, over orders of every kind', () => {
  test('P-09 lines, misc charge and tax add up to the base grand total and what the shop settled itself', () => {
    holds((order) => {
      const draft = draftDocument(order, settings);
      const written = sum([...draft.lines.map(({ net }) => net), draft.shipping.amount, draft.tax.total]);
      expect(money(written.minus(tenders(draft)))).toBe(order.totals.grandTotal);
      expect(draft.totals.total).toBe(money(written));
    });
  });

  test('P-09 the ledger finds no fault in what the mapping makes, and finds one as soon as a cent is moved', () => {
    holds((order) => {
      const draft = draftDocument(order, settings);
      expect(ledgerFault(draft)).toBeNull();
      const [first, ...rest] = draft.lines;
      if (first === undefined) throw new Error('An order has lines.');
      const net = money(decimal(first.net).plus('0.01'));
      expect(ledgerFault({ ...draft, lines: [{ ...first, net }, ...rest] })).toMatch(/^line 1 /);
      const misc = money(decimal(draft.totals.misc).plus('0.01'));
      expect(ledgerFault({ ...draft, totals: { ...draft.totals, misc } })).toMatch(/shipping charge/);
    });
  });

  test('P-11 the gross lines add up to the subtotal, with fixed product taxes that stand beside it', () => {
    holds((order) => {
      const { lines } = draftDocument(order, settings);
      const gross = sum(lines.map((line) => line.gross));
      const rows = moneyRows(order).map(({ row }) => row);
      const goods = sum(rows.map((row) => decimal(row.price).times(row.ordered).plus(row.weee)));
      // A price in cents misses the shop's rounded row by half a cent for each piece, and the row by one.
      const slack = sum(rows.map((row) => decimal(row.ordered).times('0.005').plus('0.01')));
      expect(gross.minus(goods).abs().toNumber()).toBeLessThanOrEqual(slack.toNumber());
      if (isTurned(order)) expect(gross.greaterThanOrEqualTo(order.totals.subtotal)).toBe(true);
      else
        expect([order.totals.subtotal, money(decimal(order.totals.subtotal).plus(order.totals.weee))]).toContain(
          money(gross),
        );
    });
  });

  test('C5-24 every line is gross less discount, neither below zero nor above its gross', () => {
    holds((order) => {
      for (const line of draftDocument(order, settings).lines) {
        expect(money(decimal(line.gross).minus(line.discount))).toBe(line.net);
        expect(decimal(line.net).isNegative() || decimal(line.discount).isNegative()).toBe(false);
        expect(line.discountCode === null).toBe(isZero(line.discount));
      }
    });
  });

  test('C5-27 no discount is lost: on lines and shipping together it is the order’s, less the tax inside it', () => {
    holds((order) => {
      const draft = draftDocument(order, settings);
      const onShipping = decimal(order.totals.shipping).minus(draft.shipping.amount);
      const real = decimal(order.totals.discount)
        .minus(order.totals.compensation)
        .minus(order.totals.shippingCompensation);
      // Where tax comes before the discount, the discount may have paid some of it.
      const covered = decimal(order.totals.tax).minus(draft.tax.total);
      const kept = onShipping.plus(draft.totals.discount).plus(covered);
      if (isTurned(order)) expect(kept.greaterThanOrEqualTo(real)).toBe(true);
      else expect(money(kept)).toBe(money(real));
    });
  });

  test('P-09 no tax is lost: lines and shipping share exactly the order’s tax, less what a discount took of it', () => {
    fc.assert(
      fc.property(specs, (spec) => {
        const order = orderOf(spec);
        const draft = draftDocument(order, settings);
        const shared = money(sum([...draft.lines.map(({ tax }) => tax), draft.shipping.tax]));
        expect(money(sum(draft.tax.rows.map(({ amount }) => amount)))).toBe(shared);
        if (spec.taxBeforeDiscount !== true || spec.inclusive !== true) expect(shared).toBe(order.totals.tax);
        expect(decimal(shared).lessThanOrEqualTo(order.totals.tax)).toBe(true);
      }),
      { numRuns: CASES },
    );
  });

  test('P-09 an order with parts of cents closes before it is rounded, and its document is in cents', () => {
    fc.assert(
      fc.property(specs, (spec) => {
        const order = orderOf({ ...spec, ...NO_TENDERS, partsOfCents: true, rounding: 'row' });
        const draft = draftDocument(order, settings);
        expect(ledgerFault(draft)).toBeNull();
        expect(money(decimal(draft.totals.total).minus(tenders(draft)))).toBe(order.totals.grandTotal);
        const exact = [order.totals.tax, decimal(order.totals.shipping).minus(order.totals.shippingDiscount)];
        const written = [draft.totals.tax, decimal(draft.totals.misc).minus(order.totals.shippingCompensation)];
        if (spec.taxBeforeDiscount === true) return;
        // Goods, their discount, shipping, its discount, tax and the total are each rounded by half a cent at most; one of
        // them takes what all six left over.
        written.forEach((amount, at) => {
          expect(
            decimal(amount)
              .minus(exact[at] ?? 0)
              .abs()
              .toNumber(),
          ).toBeLessThanOrEqual(0.03);
        });
      }),
      { numRuns: CASES },
    );
  });

  test('P-10 whatever is charged beside goods and shipping keeps its place, and the ledger closes', () => {
    const places = fc.constantFrom({ miscCharge: 1 }, { miscCharge: 3 }, { item: 'FEE' });
    fc.assert(
      fc.property(specs, fc.integer({ min: 1, max: 99_999 }), places, (spec, amount, place) => {
        const charged = money(decimal(amount).dividedBy(100));
        const unknownTotals = [{ field: 'base_fee_amount', amount: charged }];
        const order = orderOf({ ...spec, charged, order: { unknownTotals } });
        const draft = draftDocument(order, settingsWith({ totals: { fee: place } }));
        expect(ledgerFault(draft)).toBeNull();
        expect(money(decimal(draft.totals.total).minus(tenders(draft)))).toBe(order.totals.grandTotal);
        const all = moneyRows(order).map(({ row }) => [row.id, row.ordered] as const);
        expect(expectedInvoice(order, all)).toMatchObject({ expected: draft.totals.total, chargesInAll: charged });
      }),
      { numRuns: CASES },
    );
  });

  test('P-09 every release and tax display shows the same order, and it becomes the same document', () => {
    fc.assert(
      fc.property(specs, fc.constantFrom(...SHOWN.filter((shown) => shown !== 'bare')), (spec, shown) => {
        const grossOf = (way: typeof shown): readonly string[] =>
          draftDocument(orderOf({ ...spec, shown: way }), settings).lines.map(({ gross }) => gross);
        const [usual, others] = [grossOf('cutOff'), grossOf(shown)];
        expect(others).toHaveLength(usual.length);
        // A fixed tax of parts of cents may leave the odd cent to another row; the sum is the subtotal in either case.
        others.forEach((gross, at) => {
          expect(
            decimal(gross)
              .minus(usual[at] ?? 0)
              .abs()
              .toNumber(),
          ).toBeLessThanOrEqual(0.02);
        });
        expect(money(sum(others))).toBe(money(sum(usual)));
      }),
      { numRuns: CASES },
    );
  });

  test('C5-32 deposit and tenders cover the document, unless the order is on account', () => {
    holds((order) => {
      const draft = draftDocument(order, settings);
      const covered = decimal(draft.payment.deposit ?? 0).plus(tenders(draft));
      const expected = draft.payment.kind === 'ar' ? tenders(draft) : draft.totals.total;
      expect(money(covered)).toBe(expected);
    });
  });

  test('deposits "whenPaid" make a deposit of what the shop was paid, or none', () => {
    const whenPaid = settingsWith({ deposits: 'whenPaid' });
    holds((order) => {
      const { deposit, kind } = draftDocument(order, whenPaid).payment;
      expect(money(deposit ?? 0)).toBe(kind === 'ar' ? '0.00' : order.totals.paid);
    });
  });

  test('a cent more anywhere stops the order', () => {
    const totals = [
      'subtotal',
      'discount',
      'shipping',
      'shippingDiscount',
      'compensation',
      'shippingCompensation',
      'grandTotal',
    ] as const;
    fc.assert(
      fc.property(orders, fc.constantFrom(...totals), (order, field) => {
        // A fixed product tax of one cent would explain one cent.
        fc.pre(isZero(order.totals.weee));
        const off = { ...order.totals, [field]: money(decimal(order.totals[field]).plus('0.01')) };
        expect(() => draftDocument({ ...order, totals: off }, settings)).toThrow(
          /Order 000000501: .*agree|higher than the shipping|below zero/,
        );
      }),
      { numRuns: CASES },
    );
  });
});

describe('the ledger of releases', () => {
  test('one release of everything is invoiced at the order’s worth, all its shipping included', () => {
    holds((order) => {
      const all = moneyRows(order).map(({ row }) => [row.id, row.ordered] as const);
      const invoice = expectedInvoice(order, all);
      expect(invoice.low).toBe(invoice.high);
      expect(money(decimal(invoice.expected).minus(invoice.shipping))).toBe(goodsOf(order));
      expect(invoice.charged).toBe(order.totals.grandTotal);
    });
  });

  test('P-09 released line by line, the last invoice takes what is missing to the cent', () => {
    holds((order) => {
      const rows = moneyRows(order);
      const made: { items: (readonly [number, string])[]; total: string }[] = [];
      for (const { row } of rows) {
        const items = [[row.id, row.ordered] as const];
        const next = expectedInvoice(order, items, made);
        expect(decimal(next.shipping).isZero()).toBe(made.length > 0 || decimal(next.shipping).isZero());
        made.push({ items, total: next.charged });
      }
      expect(money(sum(made.map(({ total }) => total)))).toBe(order.totals.grandTotal);
    });
  });
});
