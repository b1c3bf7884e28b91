import { tidy } from './fitting';

export interface PersonName {
  readonly first: string;
  readonly last: string;
}

/** Words that belong to the family name that follows them. */
const PARTICLES = new Set([
  'van',
  'von',
  'de',
  'del',
  'della',
  'der',
  'den',
  'di',
  'da',
  'dos',
  'du',
  'la',
  'le',
  'ten',
  'ter',
  'zu',
  'bin',
  'al',
  'el',
  'st',
  'st.',
]);
const SUFFIX = /^(jr|sr|ii|iii|iv|phd|md|esq)\.?$/i;

/**
 * First and last name of a name written in one piece: the last word is the last name, with its particles before it and a
 * suffix (Jr, III) behind it; "Last, First" is turned round. One word alone is a last name.
 */
export function splitName(full: string): PersonName {
  const text = tidy(full);
  const comma = /^([^,]+),\s*(.+)$/.exec(text);
  if (comma?.[1] !== undefined && comma[2] !== undefined && !SUFFIX.test(comma[2])) {
    return { first: comma[2].trim(), last: comma[1].trim() };
  }
  const words = text.split(' ').filter((word) => word !== '');
  let start = words.length - 1;
  if (start > 1 && SUFFIX.test(words[start] ?? '')) start -= 1;
  while (start > 1 && PARTICLES.has((words[start - 1] ?? '').toLowerCase())) start -= 1;
  start = Math.max(start, 0);
  return { first: words.slice(0, start).join(' '), last: words.slice(start).join(' ') };
}

/**
 * First and last name from the shop's two fields; when only one of them was filled in, it is split (some checkouts put the
 * whole name into the first).
 */
export function personName(first: string | null, last: string | null): PersonName {
  const given = tidy(first ?? '');
  const family = tidy(last ?? '');
  if (given !== '' && family !== '') return { first: given, last: family };
  return splitName(given + family);
}

export const fullName = (name: PersonName): string => tidy(`${name.first} ${name.last}`);
