import { upperHalf, type CodePage } from './code-pages';
import { lookAlike } from './look-alikes';

export { codePageOfCollation, type CodePage } from './code-pages';

export function fits(character: string, codePage: CodePage): boolean {
  const code = character.codePointAt(0) ?? 0;
  if (character === '\n' || character === '\r' || character === '\t') return true;
  if (code >= 0x20 && code <= 0x7e) return true;
  return codePage === 'unicode' ? code > 0x9f : upperHalf(codePage).has(character);
}

/** Whether every character has a place in the code page as it is. */
export const isWritable = (value: string, codePage: CodePage): boolean =>
  [...value.normalize('NFC')].every((character) => fits(character, codePage));

export interface CodePageText {
  readonly text: string;
  /** Something reads differently now; a mere change of Unicode composition does not count. */
  readonly changed: boolean;
  /** Letters and signs for which nothing alike exists: written as "?", or left out if they were pictures. */
  readonly lost: number;
}

/**
 * The text with every character the code page lacks replaced by its nearest spelling. SQL Server would turn each of them
 * into "?" in silence, since Counterpoint's columns are varchar.
 */
export function toCodePage(value: string, codePage: CodePage): CodePageText {
  const composed = value.normalize('NFC');
  let text = '';
  let lost = 0;
  for (const character of composed) {
    const written = fits(character, codePage) ? character : lookAlike(character);
    if (written === null) lost += 1;
    text += written ?? (isPicture(character) ? '' : '?');
  }
  return { text, changed: text !== composed, lost };
}

/** Emoji, and the marks that join, colour and shape them. */
const isPicture = (character: string): boolean =>
  /\p{Extended_Pictographic}|\p{Regional_Indicator}|\p{Emoji_Modifier}|\u200D|\u20E3|\uFE0E|\uFE0F|[\u{E0020}-\u{E007F}]/u.test(
    character,
  );

/** The text in plain ASCII letters, for comparing and for code pages nobody told us. */
export const transliterate = (value: string): string => toCodePage(value, 'ascii').text;

/** One line of text: control characters and runs of white space become one blank. */
export const tidy = (value: string): string =>
  value
    .replace(/[\p{Cc}\s]+/gu, ' ')
    .replace(/[\u200B\u2060\uFEFF]/g, '')
    .trim();

/** Several lines of text: line ends as \n, no other control characters, no blank lines at either end. */
export const tidyLines = (value: string): string =>
  value
    .replace(/\r\n?|\u2028|\u2029/g, '\n')
    .replace(/[^\P{Cc}\n\t]/gu, '')
    .replace(/\uFEFF/g, '')
    .replace(/[ \t]+$/gm, '')
    .replace(/^\n+|\n+$/g, '');

export interface FittedText {
  readonly text: string;
  readonly truncated: boolean;
}

/** Cut at `length` characters, never inside one, with no blank left at the end. */
export function fit(value: string, length: number): FittedText {
  const characters = [...value];
  if (characters.length <= length) return { text: value, truncated: false };
  return { text: characters.slice(0, length).join('').trimEnd(), truncated: true };
}

/** Characters as a person counts them; the unit of column lengths once the text is in a single-byte code page. */
export const lengthOf = (value: string): number => [...value].length;

/**
 * Counterpoint's upper-case twin of a column (NAM → NAM_UPR): as long as the original and writable wherever that is, so
 * letters without a capital of one character in the code page (ß, µ, ƒ) stay as they are, as SQL Server's UPPER does.
 */
export const upperTwin = (value: string, codePage: CodePage = 'cp1252'): string =>
  [...value]
    .map((character) => {
      const upper = character.toUpperCase();
      return lengthOf(upper) === 1 && (fits(upper, codePage) || !fits(character, codePage)) ? upper : character;
    })
    .join('');
