import { DateTime, IANAZone } from 'luxon';
import { z } from 'zod';

/**
 * The kinds of value a configuration is made of. Every check's message says what is allowed, never what is wrong:
 * the loader adds file, line, key and what was found.
 */

/** A section whose keys are all known. One left out or left empty counts as written without any key. */
export function section<Shape extends z.ZodRawShape>(shape: Shape) {
  const keys = Object.keys(shape);
  return z.preprocess((value) => value ?? {}, z.strictObject(shape, { error: `the keys ${keys.join(', ')}` }));
}

/** Free keys, one kind of value. */
export function table<Value extends z.ZodType>(value: Value, allowed: string, key = z.string()) {
  return z.preprocess((given) => given ?? {}, z.record(key, value, { error: allowed }));
}

/** Text that is not empty; a bare number is taken as it was written (`store: 5`, `station: 01`). */
export function text(allowed = 'a text', pattern = /\S/) {
  return z.preprocess(
    (value) => (typeof value === 'number' ? String(value) : value),
    z.string({ error: allowed }).trim().regex(pattern, { error: allowed }),
  );
}

export function oneOf<const Values extends readonly [string, ...string[]]>(values: Values) {
  return z.enum(values, { error: values.join(', ') });
}

export interface Range {
  readonly min: number;
  readonly max: number;
}

/** A whole number, also one that came as text from the environment. */
export function wholeNumber({ min, max }: Range) {
  const allowed = `a whole number from ${String(min)} to ${String(max)}`;
  return z.preprocess(asNumber, z.int({ error: allowed }).min(min, { error: allowed }).max(max, { error: allowed }));
}

/** A number above zero, fractions allowed. */
export function positiveNumber(max: number) {
  const allowed = `a number above 0, at most ${String(max)}`;
  return z.preprocess(asNumber, z.number({ error: allowed }).positive({ error: allowed }).max(max, { error: allowed }));
}

const asNumber = (value: unknown): unknown =>
  typeof value === 'string' && /^\s*-?\d+(\.\d+)?\s*$/.test(value) ? Number(value) : value;

export function flag() {
  const words: Readonly<Record<string, boolean>> = { true: true, false: false };
  return z.preprocess(
    (value) => (typeof value === 'string' ? (words[value.toLowerCase()] ?? value) : value),
    z.boolean({ error: 'true or false' }),
  );
}

const SECONDS_PER_UNIT: Readonly<Record<string, number>> = { s: 1, m: 60, h: 3_600, d: 86_400 };
const DURATION = 'a duration above zero, such as 60s, 15m, 6h or 3d';

/** `60s`, `15m`, `6h`, `3d` → seconds. A bare number is refused: nobody can tell its unit. */
export function duration() {
  return z.string({ error: DURATION }).transform((value, context) => {
    const [, amount, unit = ''] = /^\s*(\d+)\s*([smhd])\s*$/.exec(value) ?? [];
    const seconds = Number(amount) * (SECONDS_PER_UNIT[unit] ?? Number.NaN);
    if (seconds > 0) return seconds;
    context.addIssue({ code: 'custom', message: DURATION });
    return z.NEVER;
  });
}

const TIME = '([01]\\d|2[0-3]):[0-5]\\d';

/** Local time of day, `06:00`. */
export const timeOfDay = () => text('a time of day such as "06:00"', new RegExp(`^${TIME}$`));

/** Hours of a day, `08:00-22:00`. */
export const hours = () => text('hours of the day such as "08:00-22:00"', new RegExp(`^${TIME}-${TIME}$`));

const DAY = 'a day such as 2026-11-01';

/** A calendar day as "YYYY-MM-DD"; a YAML date arrives as a Date at midnight UTC. */
export function day() {
  return z.preprocess(
    (value) => (value instanceof Date ? value.toISOString().slice(0, 10) : value),
    z
      .string({ error: DAY })
      .trim()
      .refine((value) => /^\d{4}-\d\d-\d\d$/.test(value) && DateTime.fromISO(value).isValid, { error: DAY }),
  );
}

export function timezone() {
  const allowed = 'an IANA time zone such as America/New_York';
  return z
    .string({ error: allowed })
    .trim()
    .refine((value) => IANAZone.isValidZone(value), { error: allowed });
}

/** Address of a server; user, password, query and fragment do not belong there. Without its trailing slashes. */
export function baseUrl() {
  const allowed = 'the http(s) address of the shop without user, query or fragment, such as https://shop.example';
  return z
    .string({ error: allowed })
    .trim()
    .refine((value) => isPlainAddress(value), { error: allowed })
    .transform((value) => value.replace(/\/+$/, ''));
}

function isPlainAddress(value: string): boolean {
  const url = asUrl(value);
  if (url === null || !['http:', 'https:'].includes(url.protocol)) return false;
  return url.username === '' && url.password === '' && url.search === '' && url.hash === '';
}

/** An address with one of the given schemes. */
export function url(schemes: readonly string[]) {
  const allowed = `an address that starts with ${schemes.map((scheme) => `${scheme}://`).join(' or ')}`;
  return z
    .string({ error: allowed })
    .trim()
    .refine((value) => schemes.includes(asUrl(value)?.protocol.slice(0, -1) ?? ''), { error: allowed });
}

const asUrl = (value: string): URL | null => (URL.canParse(value) ? new URL(value) : null);
