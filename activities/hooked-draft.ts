import { z } from 'zod';
import type { DocumentDraft } from '../domain/document/draft';
import { decimal } from '../domain/money';

const money = z.string().regex(/^-?\d+\.\d{2}$/, { error: 'an amount with two places, such as "12.30"' });
const price = z.string().regex(/^\d+(\.\d{1,4})?$/, { error: 'a price of up to four places, such as "12.3456"' });
const quantity = z.string().regex(/^\d+(\.\d{1,4})?$/, { error: 'a quantity of up to four places, such as "1.25"' });
const code = z.string().min(1);
const text = z.string();

const contact = z.strictObject({
  name: code,
  kind: z.enum(['person', 'business']),
  firstName: text,
  lastName: text,
  contact: text.nullable(),
  address: z.array(text).max(3),
  city: text.nullable(),
  state: text.nullable(),
  postcode: text.nullable(),
  country: text.nullable(),
  phone: text.nullable(),
  email: text.nullable(),
});

const chargeNumber = z.int().min(1).max(5);

const line = z.strictObject({
  itemId: z.int().nullable(),
  sku: code,
  named: z.literal(true).exactOptional(),
  description: text,
  quantity,
  grossPrice: price,
  netPrice: price,
  gross: money,
  discount: money,
  net: money,
  tax: money,
  taxable: z.boolean(),
  discountCode: code.nullable(),
});

const taxRow = z.strictObject({
  authority: code,
  rule: code,
  amount: money,
  taxableLines: money,
  taxableShipping: money,
  taxableCharges: z.array(z.strictObject({ number: chargeNumber, amount: money })),
});

/** The shape of a DocumentDraft, for what comes back from a hook. */
const draftShape = z.strictObject({
  order: code,
  entityId: z.int(),
  ids: z.strictObject({ store: code, station: code, drawer: code }),
  ticketNo: code,
  placedAt: z.string().regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d$/, { error: 'a wall time "YYYY-MM-DDTHH:mm:ss"' }),
  reference: text,
  customer: z.strictObject({ email: text.nullable(), shopCustomerId: z.int().nullable(), mustExist: z.boolean() }),
  billing: contact,
  shipTo: contact.nullable(),
  shipVia: code.nullable(),
  customerPoNo: code.nullable(),
  taxExemptNo: code.nullable(),
  lines: z.array(line).min(1),
  shipping: z.strictObject({ amount: money, tax: money }),
  charges: z.array(z.strictObject({ number: chargeNumber, amount: money, tax: money, field: text })),
  tax: z.strictObject({ code, taxable: z.boolean(), total: money, rows: z.array(taxRow) }),
  totals: z.strictObject({ gross: money, discount: money, net: money, misc: money, tax: money, total: money }),
  payment: z.strictObject({
    kind: z.enum(['cash', 'ar', 'none']),
    payCode: code.nullable(),
    deposit: money.nullable(),
    others: z.array(z.strictObject({ payCode: code, amount: money })),
    toBeConfirmed: z.boolean(),
  }),
  notes: z.array(z.strictObject({ id: code, text })),
  changes: z.array(z.unknown()).optional(),
}) satisfies z.ZodType<unknown, DocumentDraft | Omit<DocumentDraft, 'changes'>>;

/** What ties the document to the shop's order: a hook may not touch it. */
const FIXED = ['order', 'entityId', 'ticketNo'] as const;

/**
 * Whether a draft given back by a hook can stand in for the mapped one.
 * @returns the first thing wrong with it, by its key and without its value; null when nothing is.
 */
export function draftFault(mapped: DocumentDraft, given: unknown): string | null {
  const parsed = draftShape.safeParse(given);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    return `${issue?.path.join('.') ?? ''}: ${issue?.message ?? 'not as expected'}`.replace(/^: /, '');
  }
  const moved = FIXED.find((key) => parsed.data[key] !== mapped[key]);
  if (moved !== undefined) return `${moved} was changed, which ties the document to the shop's order`;
  const items = (draft: Pick<DocumentDraft, 'lines'>): string =>
    draft.lines
      .flatMap(({ itemId }) => (itemId === null ? [] : [itemId]))
      .sort((one, other) => one - other)
      .join();
  if (items(parsed.data) !== items(mapped)) return 'lines: each row of the shop’s order needs its one line';
  const empty = parsed.data.lines.findIndex((each) => decimal(each.quantity).isZero());
  if (empty >= 0) return `lines.${String(empty)}.quantity: a line of nothing`;
  const negative = parsed.data.lines.findIndex((each) => [each.gross, each.discount, each.net].some(isNegative));
  return negative < 0 ? null : `lines.${String(negative)}: an amount is below zero`;
}

const isNegative = (amount: string): boolean => amount.startsWith('-');
