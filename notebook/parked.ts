import { cell } from '../database/engine';
import type { NotebookContext } from './context';
import type { ParkedRecord } from '../domain/ports/notebook';
import { sql } from '../database/kysely';
import { inPortions } from '../database/portions';

/** Longest texts of our own tables; what is longer loses its end, nothing depends on it. */
const REASON_LENGTH = 1_000;

/** Notes how the shop's order looked; one row per order, replaced each time. */
export async function rememberShop(
  context: NotebookContext,
  order: string,
  fingerprint: string,
  at: string,
): Promise<void> {
  const {
    engine,
    settings: { instance },
  } = context;
  await engine.transaction(order, async (on) => {
    await engine.write(
      [
        engine.lock(`cantus:shop:${instance}:${order}`),
        sql`delete from cantus.shop_seen where instance = ${instance} and order_no = ${order}`,
        sql`insert into cantus.shop_seen (instance, order_no, fingerprint, seen_at) values (${instance}, ${order}, ${fingerprint}, ${at})`,
      ],
      on,
    );
  });
}

export async function shopFingerprints(
  context: NotebookContext,
  orders: readonly string[],
): Promise<Map<string, string>> {
  const { db } = context.engine;
  const found = new Map<string, string>();
  for (const part of inPortions(orders)) {
    const [rows = []] = await context.engine.read([
      db
        .selectFrom('cantus.shop_seen')
        .select(['order_no', 'fingerprint'])
        .where('instance', '=', context.settings.instance)
        .where('order_no', 'in', part),
    ]);
    for (const row of rows) found.set(cell(row, 'order_no'), cell(row, 'fingerprint'));
  }
  return found;
}

export async function park(
  context: NotebookContext,
  record: { readonly key: string; readonly order: string | null; readonly reason: string },
  at: string,
): Promise<void> {
  const {
    engine,
    settings: { instance },
  } = context;
  const reason = [...record.reason].slice(0, REASON_LENGTH).join('');
  await engine.transaction(record.order ?? record.key, async (on) => {
    await engine.write(
      [
        engine.lock(`cantus:parked:${instance}:${record.key}`),
        sql`delete from cantus.parked where instance = ${instance} and record_key = ${record.key}`,
        sql`insert into cantus.parked (instance, record_key, order_no, reason, parked_at) values (${instance}, ${record.key}, ${record.order}, ${reason}, ${at})`,
      ],
      on,
    );
  });
}

export async function unpark(context: NotebookContext, key: string): Promise<void> {
  await context.engine.write([
    sql`delete from cantus.parked where instance = ${context.settings.instance} and record_key = ${key}`,
  ]);
}

export async function parked(context: NotebookContext): Promise<ParkedRecord[]> {
  const { db } = context.engine;
  const [rows = []] = await context.engine.read([
    db
      .selectFrom('cantus.parked')
      .select(['record_key', 'order_no', 'reason', 'parked_at'])
      .where('instance', '=', context.settings.instance)
      .orderBy('parked_at')
      .orderBy('record_key'),
  ]);
  return rows.map((row) => ({
    key: cell(row, 'record_key'),
    order: row['order_no'] === null ? null : cell(row, 'order_no'),
    reason: cell(row, 'reason'),
    at: cell(row, 'parked_at'),
  }));
}
