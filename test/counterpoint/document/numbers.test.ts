import {
  compareNumbers,
  docId,
  freeParts,
  nextNumber,
  numbersFrom,
  timePart,
} from '../../../counterpoint/document/numbers/counting';
import { noteText } from '../../../counterpoint/document/rows/note-text';
import fc from '../../support/properties';

test('a DOC_ID is store, station, kind, day of the year and time of day, as Counterpoint makes it', () => {
  // A ticket of store 2, station 1, on day 126 at 03:40:56 is known to be 20132615342x.
  const wall = '2015-05-06T03:40:56';
  expect(timePart(wall)).toBe(153425);
  expect(docId({ storeNo: 2, stationNo: 1 }, 'ticket', wall, timePart(wall))).toBe('201326153425');
  expect(docId({ storeNo: 2, stationNo: 1 }, 'order', wall, 7)).toBe('201126000007');
});

test('the first free pair of ids is taken, the order right behind its deposit ticket', () => {
  const id = (kind: 'order' | 'ticket', part: number) => `${kind}${String(part)}`;
  expect(freeParts(5, new Set(['ticket5', 'order7']), id, true)).toEqual({ ticket: 7, order: 8 });
  expect(freeParts(5, new Set(['order5']), id, false)).toEqual({ ticket: 6, order: 6 });
});

test('a sequence counts its trailing digits and keeps prefix and padding', () => {
  expect(['100', 'M-000999', 'A9', '0099'].map(nextNumber)).toEqual(['101', 'M-001000', 'A10', '0100']);
  expect(nextNumber('ABC')).toBeNull();
  expect(numbersFrom('W-9', 3)).toEqual(['W-9', 'W-10', 'W-11']);
  expect(['20', '100', '9'].sort(compareNumbers)).toEqual(['9', '20', '100']);
});

test('every next number is longer or greater, and never loses its prefix', () => {
  fc.assert(
    fc.property(fc.stringMatching(/^[A-Z-]{0,4}$/), fc.nat(), (prefix, number) => {
      const next = nextNumber(prefix + String(number));
      expect(next).toBe(prefix + String(number + 1));
    }),
  );
});

test('RTF of any text is plain ASCII with its own signs escaped', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), (text) => {
      const { rtf } = noteText(text);
      expect([...rtf].every((character) => character.charCodeAt(0) < 0x80)).toBe(true);
      const body = rtf.slice(rtf.indexOf('\\fs20 ') + 6, rtf.lastIndexOf('\\par'));
      expect(body.replace(/\\[\\{}]/g, '')).not.toMatch(/[{}]/);
    }),
  );
});
