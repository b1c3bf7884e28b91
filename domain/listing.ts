/** As many of a list as a person reads; the rest of it is counted. */
const SHOWN = 8;

/** Things as a sentence names them: "A, B and C"; of a long list the first few, "A, B, C and 1197 more". */
export function listed(things: readonly string[], between = ', '): string {
  const shown =
    things.length <= SHOWN + 1 ? things : [...things.slice(0, SHOWN), `${String(things.length - SHOWN)} more`];
  const last = shown.at(-1) ?? '';
  return shown.length < 2 ? last : `${shown.slice(0, -1).join(between)} and ${last}`;
}

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
