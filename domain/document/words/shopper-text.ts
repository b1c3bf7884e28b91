import { decodeEntities } from '../../text/entities';
import { tidy, tidyLines } from '../../text/fitting';

/** Marks of writing direction, soft hyphens and broken halves of characters: nobody sees them, and no label needs them. */
const INVISIBLE = /[\u00AD\u061C\u200B\u200E\u200F\u202A-\u202E\u2060\u2066-\u2069\uFFF9-\uFFFC]|\p{Cs}/gu;

const visible = (value: string): string => decodeEntities(value).replace(INVISIBLE, '');

/** What a shopper or an editor typed, as one line: without entities, invisible marks, control characters and blanks in a row. */
export const shopperLine = (value: string | null): string => tidy(visible(value ?? ''));

/** The same in several lines; a page's own line ends are line ends. */
export const shopperLines = (value: string | null): string => {
  const lines = tidyLines(visible((value ?? '').replace(/<br\s*\/?>/gi, '\n')));
  return lines.trim() === '' ? '' : lines;
};

/** A row as people know it: its name with its SKU, or the SKU alone where the name shows nothing. */
export const nameWithSku = ({ name, sku }: { readonly name: string; readonly sku: string }): string => {
  const shown = shopperLine(name);
  return shown === '' || shown === tidy(sku) ? tidy(sku) : `${shown} (${tidy(sku)})`;
};

/** Something to read: a letter or a figure, not only dots, dashes or pictures. */
export const isReadable = (value: string): boolean => /[\p{L}\p{N}]/u.test(value);
