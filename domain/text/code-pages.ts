/**
 * Single-byte code pages a Counterpoint database is met with. `ascii` is what all of them have in common, for pages we
 * cannot count on; `unicode` is a column that holds everything (nvarchar).
 */
export type CodePage =
  | 'cp874'
  | 'cp1250'
  | 'cp1251'
  | 'cp1252'
  | 'cp1253'
  | 'cp1254'
  | 'cp1255'
  | 'cp1256'
  | 'cp1257'
  | 'cp1258'
  | 'ascii'
  | 'unicode';

const known = new Map<CodePage, ReadonlySet<string>>();

/** The printable characters a code page holds above ASCII. */
export function upperHalf(codePage: CodePage): ReadonlySet<string> {
  const found = known.get(codePage) ?? readUpperHalf(codePage);
  known.set(codePage, found);
  return found;
}

/** What cp1252 holds between 0x80 and 0x9F. */
const CP1252_EXTRAS = '€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ';

function readUpperHalf(codePage: CodePage): ReadonlySet<string> {
  if (codePage === 'ascii' || codePage === 'unicode') return new Set();
  if (codePage === 'cp1252') {
    // Some versions of Node decode windows-1252 as ISO 8859-1.
    const latin = Array.from({ length: 96 }, (_, index) => String.fromCodePoint(0xa0 + index));
    return new Set([...Array.from(CP1252_EXTRAS), ...latin]);
  }
  const decoder = new TextDecoder(`windows-${codePage.slice(2)}`);
  const characters = decoder.decode(Uint8Array.from({ length: 128 }, (_, index) => 128 + index));
  // Bytes without a character decode to a control character or to the replacement sign.
  return new Set([...characters].filter((character) => character !== '\uFFFD' && !/\p{Cc}/u.test(character)));
}

/** First words of SQL Server's Windows collations, by the code page of their varchar columns. */
const LANGUAGES: readonly (readonly [CodePage, RegExp])[] = [
  ['cp874', /^Thai/],
  [
    'cp1250',
    /^(Albanian|Bosnian_Latin|Croatian|Czech|Hungarian|Polish|Romanian|Serbian_Latin|Slovak|Slovenian|Turkmen)/,
  ],
  ['cp1251', /^(Azeri_Cyrillic|Bashkir|Bosnian_Cyrillic|Cyrillic|Kazakh|Macedonian|Serbian_Cyrillic|Tatar|Ukrainian)/],
  ['cp1253', /^Greek/],
  ['cp1254', /^(Azeri_Latin|Turkish|Uzbek)/],
  ['cp1255', /^Hebrew/],
  ['cp1256', /^(Arabic|Persian|Urdu|Uighur)/],
  ['cp1257', /^(Estonian|Latvian|Lithuanian)/],
  ['cp1258', /^Vietnamese/],
  [
    'ascii',
    /^(Chinese|Japanese|Korean|Indic|Assamese|Bengali|Divehi|Khmer|Lao|Maori|Nepali|Pashto|Sami|Syriac|Tibetan)/,
  ],
];

const BY_NUMBER: Readonly<Record<string, CodePage>> = {
  '1': 'cp1252',
  '874': 'cp874',
  '1250': 'cp1250',
  '1251': 'cp1251',
  '1252': 'cp1252',
  '1253': 'cp1253',
  '1254': 'cp1254',
  '1255': 'cp1255',
  '1256': 'cp1256',
  '1257': 'cp1257',
  '1258': 'cp1258',
};

/**
 * Code page of a varchar column by the name of its collation (`SQL_Latin1_General_CP1_CI_AS`, `Polish_CI_AS`). Double-byte
 * pages and UTF-8 count lengths in bytes, so only ASCII is written into those; without a name it is cp1252, that of
 * SQL Server's Latin collations.
 */
export function codePageOfCollation(name: string | null): CodePage {
  if (name === null || name === '') return 'cp1252';
  if (/_UTF8$/i.test(name)) return 'ascii';
  const number = /_CP(\d+)(_|$)/i.exec(name)?.[1];
  if (number !== undefined) return BY_NUMBER[number] ?? 'ascii';
  return LANGUAGES.find(([, words]) => words.test(name.replace(/^SQL_/i, '')))?.[0] ?? 'cp1252';
}
