import { z } from 'zod';
import { decimal, exactMoney, money, quantity } from '../../domain/money';
import { refused } from '../../domain/errors';

/**
 * The shop speaks PHP's JSON: an empty object arrives as `[]`, a list with a gap as `{"0":…,"2":…}`, numbers, ids and flags as
 * strings, and nothing as `""`, `false` or null. Every record is read through the shapes of this file.
 */
const NOTHING: readonly unknown[] = [undefined, null, '', false];
const present = (value: unknown): unknown => (NOTHING.includes(value) ? undefined : value);

const isFields = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** An object where there may be none; any other shape is none. */
export const object = <Shape extends z.ZodRawShape>(shape: Shape) =>
  z
    .preprocess((value) => (isFields(value) ? value : undefined), z.looseObject(shape).optional())
    .transform((value) => value ?? null);

/** What PHP means by a list, as a list; anything else as it is. */
export function asList(value: unknown): unknown {
  const given = present(value);
  if (given === undefined) return [];
  if (!isFields(given)) return given;
  const keys = Object.keys(given);
  return keys.every((key) => /^\d+$/.test(key))
    ? keys.sort((a, b) => Number(a) - Number(b)).map((key) => given[key])
    : given;
}

/** A list whose every entry counts. */
export const list = <Entry extends z.ZodType>(entry: Entry) => z.preprocess(asList, z.array(entry));

/** A list that only adds to the record: what of it cannot be read is left out. */
export const optionalList = <Entry extends z.ZodType>(entry: Entry) =>
  z
    .preprocess(asList, z.array(z.unknown()).catch([]))
    .transform((rows) => rows.map((row) => entry.safeParse(row)).flatMap((read) => (read.success ? [read.data] : [])));

const NUMERIC = /^[+-]?(\d+\.?\d*|\.\d+)([eE][-+]?\d+)?$/;
const numeric = z.union([z.number(), z.string().trim().regex(NUMERIC)]);
const optionalNumeric = z.preprocess(present, numeric.optional());

/** Missing and null mean nothing was charged, counted or taken. */
export const amount = optionalNumeric.transform((value) => money(value ?? 0));
export const optionalAmount = optionalNumeric.transform((value) => (value === undefined ? null : money(value)));
/** Two to four places: some shops keep parts of a cent until the grand total. */
export const exact = optionalNumeric.transform((value) => exactMoney(value ?? 0));
export const optionalExact = optionalNumeric.transform((value) => (value === undefined ? null : exactMoney(value)));
/** An amount without which the record cannot be used. */
export const requiredExact = numeric.transform(exactMoney);
/** Up to four places, for unit prices, rates and percentages. */
export const precise = optionalNumeric.transform((value) => places(value ?? 0));
export const optionalPrecise = optionalNumeric.transform((value) => (value === undefined ? null : places(value)));
const places = (value: number | string): string => decimal(value).toDecimalPlaces(4).toString();

export const count = optionalNumeric.transform((value) => quantity(value ?? 0));
export const requiredCount = numeric.transform(quantity);
/** An id: a JSON number or a numeric string (contract §1). */
export const id = z.union([
  z.number().int(),
  z
    .string()
    .regex(/^\d+(\.0*)?$/)
    .transform(Number),
]);
export const optionalId = z.preprocess(present, id.optional()).transform((value) => value ?? null);
/** Text that a record may lack; what is no text is none. */
export const text = z
  .unknown()
  .optional()
  .transform((value) => (typeof value === 'string' || typeof value === 'number' ? String(value) : ''))
  .transform((value) => (value === '' ? null : value));
/** Text without which the record cannot be used. */
export const requiredText = z.union([z.string().min(1), z.number().transform(String)]);
const FLAGS: readonly unknown[] = [true, 1, 'true'];
export const flag = z
  .unknown()
  .optional()
  .transform((value) => FLAGS.includes(value) || (typeof value === 'string' && Number(value) === 1));
/** `YYYY-MM-DD HH:MM:SS`, always UTC, as ISO 8601. */
export const instant = z
  .string()
  .regex(/^\d{4}-\d\d-\d\d[ T]\d\d:\d\d:\d\d/)
  .transform((value) => `${value.slice(0, 10)}T${value.slice(11, 19)}Z`);
export const optionalInstant = z.preprocess(present, instant.optional()).transform((value) => value ?? null);

/** What only helps to read the rest: of an unforeseen kind it counts as missing, and stops no order. */
export const helpful = <Read, Given>(schema: z.ZodType<Read | null, Given>) => schema.catch(null);

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
    message: `${what.name} cannot be read: the field ${field === '' ? '(all)' : field} is not as expected.`,
    field,
    ...(what.order !== null && what.order !== undefined ? { order: what.order } : {}),
    remedy: 'Correct the record in the shop.',
  });
}
