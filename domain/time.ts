import { DateTime, IANAZone } from 'luxon';
import { misconfigured, refused } from './errors';

const WALL = "yyyy-MM-dd'T'HH:mm:ss";

function knownZone(zone: string): string {
  if (IANAZone.isValidZone(zone)) return zone;
  throw misconfigured({
    code: 'unknownTimeZone',
    message: `The time zone "${zone}" is not known. Set timezone to a name such as America/New_York.`,
    reason: 'misconfigured',
    field: 'timezone',
    remedy: 'Set timezone to an IANA zone name.',
  });
}

function checked(time: DateTime, given: string, what: string): DateTime {
  if (time.isValid) return time;
  throw refused({
    code: 'badTime',
    message: `"${given}" is not ${what}. Correct the date where it comes from, then retry.`,
    reason: 'badText',
    field: 'time',
    remedy: 'Correct the date, then retry.',
  });
}

/** The shop writes "YYYY-MM-DD HH:MM:SS" and means UTC, whatever its own zone (C5-68); ISO with an offset keeps it. */
export const readUtc = (given: string): DateTime =>
  checked(DateTime.fromISO(given.trim().replace(' ', 'T'), { zone: 'utc' }), given, 'a date and time the shop writes');

/**
 * Wall time of the store at an instant, "YYYY-MM-DDTHH:mm:ss" without offset, as Counterpoint stores it (C5-69).
 * @param utc "YYYY-MM-DD HH:MM:SS" or ISO 8601; without an offset it is UTC.
 * @throws CantusError misconfigured (zone) or refused (date).
 */
export const toStoreTime = (utc: string, zone: string): string => readUtc(utc).setZone(knownZone(zone)).toFormat(WALL);

/** The store's calendar day "YYYY-MM-DD" at an instant. */
export const storeDay = (utc: string, zone: string): string => toStoreTime(utc, zone).slice(0, 10);

/**
 * The business day so many days after another, negative: before it, as Counterpoint keeps them: "YYYY-MM-DDT00:00:00".
 * @param day begins with "YYYY-MM-DD"
 */
export const businessDay = (day: string, moved: number): string =>
  DateTime.fromISO(day.slice(0, 10), { zone: 'utc' }).plus({ days: moved }).toFormat("yyyy-MM-dd'T'00:00:00");

/**
 * The instant, ISO 8601 with Z, at which a wall time of the store is shown. The hour that autumn repeats is read as its
 * first run; the hour that spring leaves out is read as much later as the clocks jumped.
 */
export function fromStoreTime(wall: string, zone: string): string {
  const time = checked(
    DateTime.fromISO(wall.trim().replace(' ', 'T'), { zone: knownZone(zone) }),
    wall,
    'a date and time of the store',
  );
  // luxon leaves open which of two equal wall times it takes; the earlier one is asked for by name.
  const [first] = time.getPossibleOffsets().sort((a, b) => a.toMillis() - b.toMillis());
  return utcText(first ?? time);
}

/**
 * The instant, ISO 8601 with Z, at which a day of the store begins: what `import.from` means to the shop's UTC times.
 * Where clocks jump at midnight the day begins at its first minute that exists.
 * @param day "YYYY-MM-DD"
 */
export function startOfStoreDay(day: string, zone: string): string {
  const start = checked(DateTime.fromISO(day, { zone: knownZone(zone) }), day, 'a day').startOf('day');
  return utcText(start);
}

const utcText = (time: DateTime): string => time.toUTC().toFormat("yyyy-MM-dd'T'HH:mm:ss'Z'");
