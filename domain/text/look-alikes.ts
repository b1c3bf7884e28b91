/** Letters that do not come apart into a base letter and an accent. */
const LATIN: Readonly<Record<string, string>> = {
  ß: 'ss',
  ẞ: 'SS',
  æ: 'ae',
  Æ: 'AE',
  œ: 'oe',
  Œ: 'OE',
  ø: 'o',
  Ø: 'O',
  đ: 'd',
  Đ: 'D',
  ð: 'd',
  Ð: 'D',
  þ: 'th',
  Þ: 'Th',
  ł: 'l',
  Ł: 'L',
  ħ: 'h',
  Ħ: 'H',
  ı: 'i',
  ŋ: 'ng',
  Ŋ: 'Ng',
  ŧ: 't',
  Ŧ: 'T',
  ə: 'e',
  Ə: 'E',
  ĸ: 'k',
  ƒ: 'f',
};

const SIGNS: Readonly<Record<string, string>> = {
  '‐': '-',
  '‑': '-',
  '‒': '-',
  '–': '-',
  '—': '-',
  '―': '-',
  '−': '-',
  '‘': "'",
  '’': "'",
  '‚': "'",
  '‛': "'",
  ʼ: "'",
  ʻ: "'",
  '′': "'",
  '“': '"',
  '”': '"',
  '„': '"',
  '″': '"',
  '«': '"',
  '»': '"',
  '‹': "'",
  '›': "'",
  '…': '...',
  '•': '*',
  '·': '.',
  '€': 'EUR',
  '£': 'GBP',
  '¥': 'JPY',
  '¢': 'c',
  '₽': 'RUB',
  '₹': 'INR',
  '₴': 'UAH',
  '©': '(c)',
  '®': '(R)',
  '™': '(TM)',
  '×': 'x',
  '÷': '/',
  '±': '+/-',
  '¿': '?',
  '¡': '!',
  '§': 'S',
  '¶': '',
  '°': 'deg',
  º: 'o',
  ª: 'a',
  '¦': '|',
  '¬': '-',
  '→': '->',
  '←': '<-',
  '↔': '<->',
  '≤': '<=',
  '≥': '>=',
  '≠': '!=',
  '≈': '~',
  '⁄': '/',
  '✓': 'v',
  '✔': 'v',
  '✗': 'x',
  '♥': '<3',
  '❤': '<3',
  '№': 'No',
  µ: 'u',
  '†': '+',
  '‡': '+',
  '‰': 'o/oo',
  ˆ: '^',
  '˜': '~',
  '´': "'",
  '¨': '"',
  '¯': '-',
  '¸': ',',
  '¤': '',
};

const spell = (letters: string, spellings: string): Readonly<Record<string, string>> => {
  const written = spellings.split(' ');
  return Object.fromEntries([...letters].map((letter, index) => [letter, (written[index] ?? '').replace('_', '')]));
};

const CYRILLIC = spell(
  'абвгдеёжзийклмнопрстуфхцчшщъыьэюяіїєґўђћљњјџќѓѕ',
  'a b v g d e e zh z i y k l m n o p r s t u f kh ts ch sh shch _ y _ e yu ya i yi ye g u dj c lj nj j dz k g dz',
);
const GREEK = spell('αβγδεζηθικλμνξοπρσςτυφχψω', 'a v g d e z i th i k l m n x o p r s s t y f ch ps o');

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

function bySmallLetter(character: string): string | null {
  const small = character.toLowerCase();
  const found = CYRILLIC[small] ?? GREEK[small];
  if (found === undefined) return null;
  return small === character ? found : capital(found);
}

/** The figures of every script stand in rows of ten, from nought to nine: a house number is not lost. */
function figure(character: string): string | null {
  const code = character.codePointAt(0) ?? 0;
  if (code < 0x80 || !/^\p{Nd}$/u.test(character)) return null;
  let first = code;
  while (/^\p{Nd}$/u.test(String.fromCodePoint(first - 1))) first -= 1;
  return String((code - first) % 10);
}

/** Joiners, direction marks, variation selectors: they mean nothing by themselves. */
const INVISIBLE = /^[\p{Cc}\p{Cf}\p{Variation_Selector}\p{Emoji_Modifier}]$/u;

/**
 * The nearest spelling of one character in ASCII letters: é → e, ß → ss, Ж → Zh, № → No. Invisible ones become nothing.
 * @returns null when nothing alike is known (most scripts of Asia, pictures).
 */
export function lookAlike(character: string): string | null {
  if (INVISIBLE.test(character)) return '';
  const known = LATIN[character] ?? SIGNS[character] ?? bySmallLetter(character) ?? figure(character);
  if (known !== null) return known;
  // й and ї come apart as well, but have a spelling of their own above.
  const parts = [...character.normalize('NFKD')].filter((part) => !/\p{M}/u.test(part));
  if (parts.length === 0) return '';
  if (parts.length === 1 && parts[0] === character) return /\s/u.test(character) ? ' ' : null;
  const spelled = parts.map((part) =>
    /^[\x20-\x7e]$/.test(part) ? part : part === character ? null : lookAlike(part),
  );
  return spelled.includes(null) ? null : spelled.join('');
}
