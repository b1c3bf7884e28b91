import type { NotebookContext } from './context';
import { cell, type Executor } from '../database/engine';
import { sql } from '../database/kysely';
import type { Intent, IntentKind } from '../domain/ports/notebook';

/** Which write is meant: at most one of its kind for each release ticket of an order. */
export interface IntentKey {
  readonly order: string;
  readonly kind: IntentKind;
  /** DOC_GUID of the release ticket. */
  readonly guid: string;
}

/**
 * Notes that something is about to be sent, or answers with what stands there.
 * @param instead the `sentAt` of a sending that is known to have come to nothing: it is replaced, once
 */
export async function intend(context: NotebookContext, key: IntentKey, instead?: string): Promise<Intent> {
  const { engine } = context;
  return engine.transaction(key.order, async (on) => {
    await engine.write([engine.lock(`cantus:intent:${context.settings.instance}:${key.kind}:${key.guid}`)], on);
    const before = await find(context, key, on);
    if (before !== null && before.sentAt !== instead) return before;
    if (before !== null) await engine.write([removal(context, key, before.sentAt)], on);
    await engine.write([insertion(context, key)], on);
    const noted = await find(context, key, on);
    return { first: true, sentAt: noted?.sentAt ?? '', age: noted?.age ?? 0, refused: false };
  });
}

/** Takes a sending back that certainly changed nothing; another one noted since stays. */
export async function withdraw(context: NotebookContext, key: IntentKey, sentAt: string): Promise<void> {
  await context.engine.write([removal(context, key, sentAt)]);
}

/** Notes that the shop refused this sending; another one noted since stays as it is. */
export async function noteRefusal(context: NotebookContext, key: IntentKey, sentAt: string): Promise<void> {
  const { order, kind, guid } = key;
  const { engine, settings } = context;
  await engine.write([
    sql`update cantus.intent set refused_at = ${engine.utcText} where instance = ${settings.instance} and order_no = ${order} and kind = ${kind} and guid = ${guid} and sent_at = ${sentAt}`,
  ]);
}

async function find(context: NotebookContext, { order, kind, guid }: IntentKey, on: Executor): Promise<Intent | null> {
  const { engine, settings } = context;
  const [[row] = []] = await engine.read(
    [
      sql`select sent_at as "sent_at", refused_at as "refused_at", ${engine.secondsSince(sql.ref('sent_at'))} as "age" from cantus.intent where instance = ${settings.instance} and order_no = ${order} and kind = ${kind} and guid = ${guid}`,
    ],
    on,
  );
  if (row === undefined) return null;
  const refused = row['refused_at'] !== null;
  return { first: false, sentAt: cell(row, 'sent_at'), age: Number(cell(row, 'age')), refused };
}

const insertion = ({ engine, settings }: NotebookContext, { order, kind, guid }: IntentKey) =>
  sql`insert into cantus.intent (instance, order_no, kind, guid, sent_at) values (${settings.instance}, ${order}, ${kind}, ${guid}, ${engine.utcText})`;

const removal = ({ settings }: NotebookContext, { order, kind, guid }: IntentKey, sentAt: string) =>
  sql`delete from cantus.intent where instance = ${settings.instance} and order_no = ${order} and kind = ${kind} and guid = ${guid} and sent_at = ${sentAt}`;
