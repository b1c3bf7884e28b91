import { lengthOf, toCodePage, type CodePage } from '../../text/fitting';

/** What the address columns hold, as the database's catalogue says. */
export interface AddressRoom {
  /** Of ADRS_1 … ADRS_3. */
  readonly lengths: readonly number[];
  readonly codePage: CodePage;
}

/** ADRS_1 … ADRS_3 as long as wherever they were seen. */
export const USUAL_ROOM: AddressRoom = { lengths: [40, 40, 40], codePage: 'cp1252' };

export interface FittedStreet {
  readonly lines: readonly string[];
  /** Lines were wrapped or joined; nothing is missing. */
  readonly reflowed: boolean;
  /** The end did not fit. */
  readonly overflow: boolean;
}

/**
 * Street lines in the room there is (never cut while there is any): as they are; else each too long line wrapped at word
 * ends into lines of its own; else the last ones joined; else everything in one flow, commas where lines ended. Lengths count as written, since a
 * character may be respelled by two.
 */
export function fitStreet(lines: readonly string[], room: AddressRoom): FittedStreet {
  const whole =
    lines.length <= room.lengths.length && lines.every((line, at) => width(line, room) <= lengthAt(room, at));
  if (whole) return { lines, reflowed: false, overflow: false };
  const last = room.lengths.length - 1;
  const folded = flow([...lines.slice(0, last), lines.slice(last).join(', ')].map(words), room);
  if (folded.length <= room.lengths.length) return { lines: folded, reflowed: true, overflow: false };
  const joined = flow([words(lines.join(', '))], room);
  if (joined.length <= room.lengths.length) return { lines: joined, reflowed: true, overflow: false };
  return { lines: joined.slice(0, room.lengths.length), reflowed: true, overflow: true };
}

const words = (line: string): string[] => line.split(' ').filter((word) => word !== '');
const width = (text: string, room: AddressRoom): number => lengthOf(toCodePage(text, room.codePage).text);
/** Lines beyond the last are as long as it: they only show how much is over. */
const lengthAt = ({ lengths }: AddressRoom, at: number): number => lengths[Math.min(at, lengths.length - 1)] ?? 40;

/** Each group of words begins a line; a word that is longer than a line is broken. */
function flow(groups: readonly (readonly string[])[], room: AddressRoom): string[] {
  const lines: string[] = [];
  for (const group of groups) {
    let line = '';
    for (const word of group.flatMap((each) => broken(each, room))) {
      const longer = line === '' ? word : `${line} ${word}`;
      if (width(longer, room) <= lengthAt(room, lines.length)) {
        line = longer;
      } else {
        if (line !== '') lines.push(line);
        line = word;
      }
    }
    if (line !== '') lines.push(line);
  }
  return lines;
}

function broken(word: string, room: AddressRoom): string[] {
  const most = Math.min(...room.lengths);
  if (width(word, room) <= most) return [word];
  const parts: string[] = [];
  let part = '';
  for (const character of word) {
    if (part !== '' && width(part + character, room) > most) {
      parts.push(part);
      part = '';
    }
    part += character;
  }
  return part === '' ? parts : [...parts, part];
}
