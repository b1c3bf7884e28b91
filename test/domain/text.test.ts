import { fullName, personName, splitName } from '../../domain/text/names';
import {
  codePageOfCollation,
  fit,
  isWritable,
  lengthOf,
  tidy,
  tidyLines,
  toCodePage,
  transliterate,
  upperTwin,
} from '../../domain/text/fitting';
import fc from '../support/properties';

describe('characters of the database’s code page', () => {
  test.each([
    ['Müller & Søn, 5 €', 'Müller & Søn, 5 €', false],
    ['Łódź', 'Lódz', true],
    ['Győr', 'Gyor', true],
    ['İstanbul, Şişli', 'Istanbul, Sisli', true],
    ['Иванов', 'Ivanov', true],
    ['Ёлка Щука', 'Elka Shchuka', true],
    ['Київ', 'Kiyiv', true],
    ['Αθήνα', 'Athina', true],
    ['½ ﬁne № 5', '½ fine No 5', true],
    ['“smart” – quotes…', '“smart” – quotes…', false],
    ['12‑14 Elm St', '12-14 Elm St', true],
    ['１２３', '123', true],
  ])('%s is written as %s', (given, written, changed) => {
    expect(toCodePage(given, 'cp1252')).toEqual({ text: written, changed, lost: 0 });
  });

  test('figures of other scripts are figures: a house number is never lost', () => {
    for (const written of ['١٢٠', '۱۲۰', '१२०', '１２０', '𝟏𝟐𝟎', '๑๒๐'])
      expect(toCodePage(written, 'cp1252')).toMatchObject({ text: '120', lost: 0 });
  });

  test('what nothing is alike to becomes a question mark and is counted, pictures are left out', () => {
    expect(toCodePage('東京 Tower', 'cp1252')).toEqual({ text: '?? Tower', changed: true, lost: 2 });
    expect(toCodePage('Merry 🎄 Xmas', 'cp1252')).toEqual({ text: 'Merry  Xmas', changed: true, lost: 1 });
    expect(toCodePage('👩‍👩‍👧', 'cp1252').text).toBe('');
  });

  test('a letter typed with a separate accent is the same letter, not a change', () => {
    expect(toCodePage('Jose\u0301', 'cp1252')).toEqual({ text: 'José', changed: false, lost: 0 });
    expect(isWritable('Jose\u0301', 'cp1252')).toBe(true);
  });

  test('plain ASCII is what every code page holds', () => {
    expect(transliterate('Straße – Ærø €5')).toBe('Strasse - AEro EUR5');
    expect(isWritable('Straße', 'ascii')).toBe(false);
  });

  test('whatever is typed, what is written fits the code page', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'binary', maxLength: 40 }),
        fc.constantFrom('cp1252' as const, 'ascii' as const),
        (value, codePage) => {
          expect(isWritable(toCodePage(value, codePage).text, codePage)).toBe(true);
        },
      ),
      { numRuns: 1000 },
    );
  });

  test('what fits already is written as it is', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(...Array.from('aZ09 äß€Š’-\n')) }), (value) => {
        expect(toCodePage(value, 'cp1252')).toEqual({ text: value, changed: false, lost: 0 });
      }),
    );
  });
});

describe('lengths', () => {
  test('a text is cut at the column’s length, never inside a character, without a blank at the end', () => {
    expect(fit('Whitfield', 9)).toEqual({ text: 'Whitfield', truncated: false });
    expect(fit('18 Orchard Road', 11)).toEqual({ text: '18 Orchard', truncated: true });
    expect(fit('ab🎄cd', 3)).toEqual({ text: 'ab🎄', truncated: true });
    expect(lengthOf('🎄')).toBe(1);
  });
});

describe('upper-case twins', () => {
  test('a twin is as long as its original and stays in the code page', () => {
    expect(upperTwin('Dana Müller-Straße')).toBe('DANA MÜLLER-STRAßE');
    expect(upperTwin('ÿ š ž œ')).toBe('Ÿ Š Ž Œ');
    expect(upperTwin('µ ƒ')).toBe('µ ƒ');
  });

  test('for any writable text the twin is writable and of the same length', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (value) => {
        const { text } = toCodePage(value, 'cp1252');
        expect(isWritable(upperTwin(text), 'cp1252')).toBe(true);
        expect(lengthOf(upperTwin(text))).toBe(lengthOf(text));
      }),
    );
  });
});

describe('stray characters', () => {
  test('one line has no control characters, no runs of blanks and none around it', () => {
    expect(tidy('  18\tOrchard\u0000 \u00a0Rd\r\n')).toBe('18 Orchard Rd');
    expect(tidy('\uFEFFLee\u200B')).toBe('Lee');
  });

  test('several lines keep their line ends and nothing else that cannot be seen', () => {
    expect(tidyLines('\r\nFor you,\r\nDana\u0007  \n\n')).toBe('For you,\nDana');
  });
});

describe('names', () => {
  test.each([
    ['Lee Marsh', 'Lee', 'Marsh'],
    ['Mary Ann Smith', 'Mary Ann', 'Smith'],
    ['Ludwig van Beethoven', 'Ludwig', 'van Beethoven'],
    ['Oscar de la Renta', 'Oscar', 'de la Renta'],
    ['Martin King Jr.', 'Martin', 'King Jr.'],
    ['Byron, Ada', 'Ada', 'Byron'],
    ['Martin King, Jr', 'Martin', 'King, Jr'],
    ['Cher', '', 'Cher'],
    ['Van Morrison', 'Van', 'Morrison'],
    ['', '', ''],
  ])('"%s" is split into "%s" and "%s"', (full, first, last) => {
    expect(splitName(full)).toEqual({ first, last });
  });

  test('two filled fields are taken as they are, one alone is split', () => {
    expect(personName(' Lee ', 'van Marsh')).toEqual({ first: 'Lee', last: 'van Marsh' });
    expect(personName('Lee Marsh', null)).toEqual({ first: 'Lee', last: 'Marsh' });
    expect(personName(null, 'Lee Marsh')).toEqual({ first: 'Lee', last: 'Marsh' });
    expect(fullName(personName('Cher', null))).toBe('Cher');
  });
});

test.each([
  ['SQL_Latin1_General_CP1_CI_AS', 'cp1252'],
  ['Latin1_General_CI_AS', 'cp1252'],
  ['SQL_Latin1_General_CP437_CI_AS', 'ascii'],
  ['SQL_Latin1_General_CP1250_CI_AS', 'cp1250'],
  ['Polish_CI_AS', 'cp1250'],
  ['SQL_Polish_CP1250_CI_AS', 'cp1250'],
  ['Cyrillic_General_CI_AS', 'cp1251'],
  ['Latin1_General_100_CI_AS_SC_UTF8', 'ascii'],
  [null, 'cp1252'],
])('a column of collation %s holds what %s holds', (collation, page) => {
  expect(codePageOfCollation(collation)).toBe(page);
});

test('each code page keeps its own letters and respells the others’', () => {
  expect(toCodePage('Łódź Ñ Москва', 'cp1250')).toMatchObject({ text: 'Łódź N Moskva' });
  expect(toCodePage('Łódź', 'cp1252').text).toBe('Lódz');
  expect(toCodePage('Москва', 'cp1251')).toEqual({ text: 'Москва', changed: false, lost: 0 });
  expect(toCodePage('Łódź Москва 東京', 'unicode')).toMatchObject({ changed: false });
  expect(isWritable('é', 'ascii')).toBe(false);
});
