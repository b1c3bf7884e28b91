import { cell } from '../database/engine';
import { sql } from '../database/kysely';
import { inPortions } from '../database/portions';
import type { FirstSeen } from '../domain/ports/notebook';
import type { NotebookContext } from './context';
import { readTicketKey } from './seen-keys';

/** The release ticket a key tells of, saved or posted. */
export const ticketOf = (key: string): string | undefined => readTicketKey(key)?.docId ?? /^P:(\d+)$/.exec(key)?.[1];

/** Asks our own table alone: almost all that is posted after the end of its order was seen when it was saved (P-27). */
export async function newTickets(
  { engine, settings: { instance } }: NotebookContext,
  changes: readonly { readonly order: string; readonly keys: readonly string[] }[],
): Promise<FirstSeen[]> {
  const told = changes.map(({ order, keys }) => ({ order, docIds: keys.flatMap((key) => ticketOf(key) ?? []) }));
  const known = new Set<string>();
  for (const part of inPortions([...new Set(told.flatMap(({ docIds }) => docIds))])) {
    const ids = part.map((id) => sql`cast(${id} as bigint)`);
    const [rows = []] = await engine.read([
      sql`select doc_id as ${sql.ref('doc_id')} from cantus.release_ticket where instance = ${instance} and doc_id in (${sql.join(ids)})`,
    ]);
    for (const row of rows) known.add(cell(row, 'doc_id'));
  }
  return told
    .map(({ order, docIds }) => ({ order, docIds: [...new Set(docIds)].filter((id) => !known.has(id)) }))
    .filter(({ docIds }) => docIds.length > 0);
}
