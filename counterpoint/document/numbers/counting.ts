import { DateTime } from 'luxon';

/** The K of a DOC_ID: which kind of document it is. */
export const DOC_ID_KIND = { order: '1', ticket: '3' } as const;

const DAY_PARTS = 1_000_000;
/** Ids looked at in one go from the first candidate on. */
export const DOC_ID_WINDOW = 300;

/** The millionth of the day a wall time falls on, leaving room for a window of ids behind it. */
export function timePart(wall: string): number {
  const time = DateTime.fromISO(wall, { zone: 'utc' });
  const part = Math.floor(((time.toMillis() - time.startOf('day').toMillis()) / 86_400_000) * DAY_PARTS);
  return Math.min(part, DAY_PARTS - 1 - DOC_ID_WINDOW);
}

/**
 * Counterpoint's own DOC_ID: store number · station number (2) · kind (1) · day of the year mod 100 (2) · millionth of the
 * day (6), as one decimal number. Not unique over the years, so every id is looked up before it is taken.
 */
export function docId(
  where: { readonly storeNo: number; readonly stationNo: number },
  kind: keyof typeof DOC_ID_KIND,
  wall: string,
  part: number,
): string {
  const day = DateTime.fromISO(wall, { zone: 'utc' }).ordinal % 100;
  return `${String(where.storeNo)}${two(where.stationNo)}${DOC_ID_KIND[kind]}${two(day)}${String(part).padStart(6, '0')}`;
}

const two = (value: number): string => String(value).padStart(2, '0');

/** The same time part in both documents' ranges, the order one behind its deposit ticket: the first pair that is free. */
export function freeParts(
  first: number,
  taken: ReadonlySet<string>,
  id: (kind: 'order' | 'ticket', part: number) => string,
  withTicket: boolean,
): { readonly ticket: number; readonly order: number } | null {
  for (let part = first; part < first + DOC_ID_WINDOW - 1; part += 1) {
    const order = withTicket ? part + 1 : part;
    if (!taken.has(id('order', order)) && !(withTicket && taken.has(id('ticket', part))))
      return { ticket: part, order };
  }
  return null;
}

/**
 * The number behind one of Counterpoint's sequences: its trailing digits go up by one, prefix and zero padding stay
 * (`M-000999` → `M-001000`). A number without digits at its end cannot be counted: null.
 */
export function nextNumber(number: string): string | null {
  const parts = /^(.*?)(\d+)$/.exec(number);
  if (parts === null) return null;
  const [, prefix = '', digits = ''] = parts;
  return prefix + (BigInt(digits) + 1n).toString().padStart(digits.length, '0');
}

/** A number and those that follow it. */
export function numbersFrom(first: string, count: number): string[] {
  const numbers: string[] = [];
  for (let number: string | null = first; number !== null && numbers.length < count; number = nextNumber(number))
    numbers.push(number);
  return numbers;
}

/** Customer numbers as people order them: by value where they are numbers, else by length and letters. */
export function compareNumbers(a: string, b: string): number {
  if (/^\d+$/.test(a) && /^\d+$/.test(b)) {
    const difference = BigInt(a) - BigInt(b);
    return difference < 0n ? -1 : difference > 0n ? 1 : 0;
  }
  return a < b ? -1 : a > b ? 1 : 0;
}
