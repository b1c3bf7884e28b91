import type { Parked } from '../../domain/ports/shop';
import { CantusError } from '../../domain/errors';
import type { Transport } from '../http/transport';
import { numberOf } from '../parse/order';
import { readSafePage } from './broken-record';
import { entityId, type ListRequest } from './list';

interface Listed<T> {
  readonly rows: T[];
  /** Records that broke their page, and of those that could not be read the ones the caller parks. */
  readonly parked: readonly Parked[];
  /** The shop's clock at the first page. */
  readonly at: string;
}

/**
 * Every row of a list, page by page.
 * @param unreadable what becomes of a row that cannot be read; null: it is left out
 */
export async function readEveryRow<T>(
  wire: Transport,
  request: ListRequest,
  read: (row: unknown) => T,
  unreadable: (row: unknown, error: CantusError) => Parked | null,
): Promise<Listed<T>> {
  const rows: T[] = [];
  const parked: Parked[] = [];
  let at: string | null = null;
  let after: number | null = null;
  do {
    const page = await readSafePage(wire, request, after);
    at ??= page.at;
    after = page.next;
    parked.push(...page.parked);
    for (const row of page.rows) {
      try {
        rows.push(read(row));
      } catch (error) {
        if (!(error instanceof CantusError)) throw error;
        const put = unreadable(row, error);
        if (put !== null) parked.push(put);
      }
    }
  } while (after !== null);
  return { rows, parked, at };
}

/** A row that cannot be read, as it is parked. */
export function parkedRow(row: unknown, { message }: CantusError): Parked {
  const entity = entityId(row);
  const order = numberOf(row);
  return { key: entity === null ? `order:${order ?? 'unknown'}` : String(entity), order, reason: message };
}
