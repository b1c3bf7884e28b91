/** A note as Counterpoint keeps it twice: RTF for its editor, plain text for searching and printing. */
export interface NoteText {
  readonly rtf: string;
  readonly plain: string;
}

/**
 * Both forms of a note. In RTF, backslash and braces are escaped, line ends become paragraphs, and whatever is not plain
 * ASCII is written by its number, so no code page can spoil it.
 */
export function noteText(text: string): NoteText {
  const plain = text.replace(/\r\n?/g, '\n').replace(/\n/g, '\r\n');
  const body = [...text.replace(/\r\n?/g, '\n')].map(rtfCharacter).join('');
  return { plain, rtf: `{\\rtf1\\ansi\\ansicpg1252\\deff0{\\fonttbl{\\f0\\fnil Arial;}}\\f0\\fs20 ${body}\\par\r\n}` };
}

function rtfCharacter(character: string): string {
  if (character === '\n') return '\\par\r\n';
  if (character === '\t') return '\\tab ';
  if (character === '\\' || character === '{' || character === '}') return `\\${character}`;
  const code = character.codePointAt(0) ?? 0;
  if (code < 0x80) return character;
  // \u takes a signed 16-bit number; beyond that plane, one for each half of the pair.
  return [...Array(character.length).keys()]
    .map((index) => `\\u${String(signed(character.charCodeAt(index)))}?`)
    .join('');
}

const signed = (unit: number): number => (unit > 0x7fff ? unit - 0x10000 : unit);
