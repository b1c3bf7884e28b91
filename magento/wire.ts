import { z } from 'zod';
import { decimal, money, quantity } from '../domain/money';
import { refused } from '../domain/errors';

/** A number as the shop may send it: a JSON number, or a numeric string. */
const numeric = z.union([z.number(), z.string().regex(/^-?\d+(\.\d+)?([eE][-+]?\d+)?$/)]);

/** Missing and null mean nothing was charged, counted or taken. */
export const amount = numeric.nullish().transform((value) => money(value ?? 0));
export const optionalAmount = numeric
  .nullish()
  .transform((value) => (value === null || value === undefined ? null : money(value)));
/** Up to four places, for unit prices, rates and percentages. */
export const precise = numeric.nullish().transform((value) =>
  decimal(value ?? 0)
    .toDecimalPlaces(4)
    .toString(),
);
export const count = numeric.nullish().transform((value) => quantity(value ?? 0));
/** An id: a JSON number or a numeric string (contract §1). */
export const id = z.union([z.number().int(), z.string().regex(/^\d+$/)]).transform(Number);
export const optionalId = id.nullish().transform((value) => value ?? null);
export const text = z
  .union([z.string(), z.number()])
  .nullish()
  .transform((value) => (value === null || value === undefined || value === '' ? null : String(value)));
export const flag = z
  .union([z.boolean(), z.number(), z.string()])
  .nullish()
  .transform((value) => value === true || Number(value) === 1);
/** `YYYY-MM-DD HH:MM:SS`, always UTC, as ISO 8601. */
export const instant = z
  .string()
  .regex(/^\d{4}-\d\d-\d\d[ T]\d\d:\d\d:\d\d/)
  .transform((value) => `${value.slice(0, 10)}T${value.slice(11, 19)}Z`);
export const optionalInstant = instant.nullish().transform((value) => value ?? null);

export const isNumeric = (value: unknown): value is number | string => numeric.safeParse(value).success;

/** ISO 8601 as the shop's columns want it. */
export const shopTime = (iso: string): string => new Date(iso).toISOString().slice(0, 19).replace('T', ' ');

/** Parses what the shop sent, or names the field that is not as the contract says. Never shows its content. */
export function parse<T>(schema: z.ZodType<T>, value: unknown, what: { name: string; order?: string | null }): T {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  const field = issue?.path.map(String).join('.') ?? '';
  throw refused({
    code: 'shopRecordUnreadable',
    message: `${what.name} cannot be read: the field ${field === '' ? '(all)' : field} is not as expected. Correct it in the shop.`,
    field,
    ...(what.order !== null && what.order !== undefined ? { order: what.order } : {}),
    remedy: 'Correct the record in the shop.',
  });
}
