/** As many of a list as a person reads; the rest of it is counted. */
const SHOWN = 8;

const few = (things: readonly string[]): readonly string[] =>
  things.length <= SHOWN + 1 ? things : [...things.slice(0, SHOWN), `${String(things.length - SHOWN)} more`];

/** Things as a sentence names them: "A, B and C"; of a long list the first few, "A, B, C and 1197 more". */
export function listed(things: readonly string[]): string {
  const shown = few(things);
  const last = shown.at(-1) ?? '';
  return shown.length < 2 ? last : `${shown.slice(0, -1).join(', ')} and ${last}`;
}

/** Likewise of what are sentences themselves. */
export const clauses = (sentences: readonly string[]): string => few(sentences).join('; ');

interface ShopDocument {
  readonly id: number;
  /** The number people see. */
  readonly no?: string;
}

/** An invoice or a shipment by the number people see, or by its id where no number is known. */
export const numberOf = ({ id, no }: ShopDocument): string => no ?? String(id);

/** "invoice 000000031", "invoices 000000031 and 000000032" */
export const documentsIn = (kind: 'invoice' | 'shipment', documents: readonly ShopDocument[]): string =>
  `${kind}${documents.length === 1 ? '' : 's'} ${listed(documents.map(numberOf))}`;

export const capital = (sentence: string): string => sentence.charAt(0).toUpperCase() + sentence.slice(1);
