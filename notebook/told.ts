import { cell } from '../database/engine';
import { sql } from '../database/kysely';
import { inPortions } from '../database/portions';
import type { NotebookContext } from './context';

/** Parameters of a note: its order and its key. */
const PARAMETERS = 2;

/** Of these notes, those that `markSeen` has remembered, as `<order> <key>`. */
export async function alreadyTold(
  { engine, settings: { instance } }: NotebookContext,
  notes: readonly { readonly order: string; readonly key: string }[],
): Promise<Set<string>> {
  const told = new Set<string>();
  for (const part of inPortions(notes, PARAMETERS)) {
    const orders = [...new Set(part.map(({ order }) => order))];
    const keys = [...new Set(part.map(({ key }) => key))];
    const [rows = []] = await engine.read([
      sql`select order_no as ${sql.ref('order_no')}, seen_key as ${sql.ref('seen_key')} from cantus.seen where instance = ${instance} and order_no in (${sql.join(orders)}) and seen_key in (${sql.join(keys)})`,
    ]);
    for (const row of rows) told.add(`${cell(row, 'order_no')} ${cell(row, 'seen_key')}`);
  }
  return told;
}
