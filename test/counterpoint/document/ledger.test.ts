import type { Settings } from '../../../domain/settings';
import { decimal, money, sum } from '../../../domain/money';
import { documentRows } from '../../../counterpoint/document/rows/document-rows';
import { tendersOf, type DocumentPlan } from '../../../counterpoint/document/plan';
import { samplePlan } from '../../../counterpoint/check/sample-plan';
import type { TableRow } from '../../../database/row-batch';
import { draft, line } from '../../support/drafts';
import fc from '../../support/properties';
import { settings } from '../../support/store';

const instance: Settings = settings({ kind: 'sandbox', url: '', poolMax: 1 });
const sample = samplePlan(instance);
const [sampleLine] = sample.lines;

const cents = (max: number) => fc.integer({ min: 0, max }).map((value) => money(value / 100));
const anyLine = fc
  .record({
    qty: fc.integer({ min: 1, max: 40 }),
    price: cents(50_000),
    share: fc.integer({ min: 0, max: 100 }),
    tax: cents(900),
  })
  .map(({ qty, price, share, tax }) =>
    line({
      sku: 'x',
      qty: String(qty),
      price,
      discount: money(decimal(price).times(qty).times(share).dividedBy(100)),
      tax,
    }),
  );

function planFor(
  lines: ReturnType<typeof line>[],
  shipping: string,
  shippingTax: string,
  selected: boolean,
): DocumentPlan {
  const numbered = lines.map((each, index) => ({ ...each, itemId: index + 1 }));
  const base = draft({ lines: numbered, shipping: { amount: shipping, tax: shippingTax } });
  const made = {
    ...base,
    payment: { ...base.payment, payCode: 'x', deposit: decimal(base.totals.total).isZero() ? null : base.totals.total },
  };
  if (sampleLine === undefined) throw new Error('The sample has a line.');
  return {
    ...sample,
    draft: made,
    selected,
    ...tendersOf(made, sample.facts.payCodes),
    lines: numbered.map((each, index) => ({ line: each, fact: sampleLine.fact, guid: 'G', sequence: index + 1 })),
  };
}

test('P-09 the rows of any order close to the cent: lines, discounts, taxes, charges, totals and deposit', () => {
  fc.assert(
    fc.property(
      fc.array(anyLine, { minLength: 1, maxLength: 12 }),
      cents(9_000),
      cents(900),
      fc.boolean(),
      (lines, shipping, shippingTax, selected) => {
        const plan = planFor(lines, shipping, shippingTax, selected);
        const batches = documentRows(plan);
        const rowsOf = (table: string, docId = plan.ids.docId): readonly TableRow[] =>
          batches
            .filter((batch) => batch.table === table)
            .flatMap((batch) => batch.rows)
            .filter((row) => row['DOC_ID'] === docId);
        const total = (rows: readonly TableRow[], column: string): string =>
          money(sum(rows.map((row) => String(row[column]))));
        const whole = rowsOf('PS_DOC_HDR_TOT').find((row) => row['TOT_TYP'] === 'O') ?? {};
        const parts = rowsOf('PS_DOC_HDR_TOT').filter((row) => row['TOT_TYP'] !== 'O');
        const orderLines = rowsOf('PS_DOC_LIN');
        expect(total(orderLines, 'EXT_PRC')).toBe(whole['SUB_TOT']);
        expect(total(rowsOf('PS_DOC_DISC'), 'DISC_AMT')).toBe(whole['TOT_LIN_DISC']);
        expect(money(decimal(total(orderLines, 'GROSS_EXT_PRC')).minus(String(whole['TOT_LIN_DISC'])))).toBe(
          whole['SUB_TOT'],
        );
        expect(total(rowsOf('PS_DOC_HDR_MISC_CHRG'), 'MISC_AMT')).toBe(whole['TOT_MISC']);
        expect(total(rowsOf('PS_DOC_TAX'), 'TAX_AMT')).toBe(whole['TAX_AMT']);
        expect(
          money(sum([total(orderLines, 'TAX_AMT_ALLOC'), total(rowsOf('PS_DOC_HDR_MISC_CHRG'), 'MISC_TAX_AMT_ALLOC')])),
        ).toBe(whole['TAX_AMT']);
        expect(money(sum([whole['SUB_TOT'], whole['TAX_AMT'], whole['TOT_MISC']].map(String)))).toBe(whole['TOT']);
        expect(total(rowsOf('PS_DOC_PMT'), 'AMT')).toBe(whole['TOT_TND']);
        expect(money(decimal(String(whole['TOT'])).minus(String(whole['TOT_TND'])))).toBe(whole['AMT_DUE']);
        expect(total(parts, 'SUB_TOT')).toBe(whole['SUB_TOT']);
        const ticket = plan.ids.deposit?.docId ?? '';
        expect(total(rowsOf('PS_DOC_PMT', ticket), 'AMT')).toBe(whole['TOT_TND']);
      },
    ),
    { numRuns: 300 },
  );
});
