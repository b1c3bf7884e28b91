import { cell } from '../database/engine';
import { sql } from '../database/kysely';
import { inPortions } from '../database/portions';
import type { ToldNews } from '../domain/ports/notebook';
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

/** Whoever else was told, the log was. */
const IN_THE_LOG = '@log';

export async function toldSince(
  { engine, settings: { instance } }: NotebookContext,
  since: string,
  kinds: readonly string[],
): Promise<ToldNews[]> {
  const from = `${new Date(since).toISOString().slice(0, 19)}Z`;
  const ofKinds = sql.join(
    kinds.map((kind) => sql`seen_key like ${`${kind}:%${IN_THE_LOG}`}`),
    sql` or `,
  );
  const [rows = []] = await engine.read([
    sql`select order_no as ${sql.ref('order_no')}, seen_key as ${sql.ref('seen_key')}, seen_at as ${sql.ref('seen_at')} from cantus.seen where instance = ${instance} and seen_at >= ${from} and (${ofKinds}) order by seen_at, order_no, seen_key`,
  ]);
  return rows.map((row) => ({
    order: cell(row, 'order_no'),
    key: cell(row, 'seen_key').slice(0, -IN_THE_LOG.length),
    at: cell(row, 'seen_at'),
  }));
}
