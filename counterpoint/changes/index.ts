import type { StoreChange } from '../../domain/ports/target';
import type { Context } from '../context';
import { cell, type Row, type Statement } from '../../database/engine';
import { inPortions } from '../../database/portions';
import { GONE_KEY, HISTORY_KEY } from './keys';
import { leftOrders, leftTickets, ordersInHistory, ticketsInHistory } from './questions/left-documents';
import { prune } from './prune';
import type { Ask } from './questions/question';
import { documentQuestions, historyQuestions, orderQuestions, quickQuestions } from './questions';
import { asNewAsBefore, finishPass, readPass, type Pass } from './slices';

export { markSeen } from './mark-seen';

export interface Watch {
  /** What is new since the last finished pass, and in the slice of the rest whose turn it is; at most `limit` orders. */
  changes(limit: number): Promise<StoreChange[]>;
  /** The last look found nothing more: the next pass goes on where that one ended. */
  finish(left?: 'someLeft'): Promise<void>;
}

export function createWatch(context: Context): Watch {
  let looked: Pass | null = null;
  return {
    changes: async (limit) => {
      looked = await readPass(context);
      return (await look(context, looked)).slice(0, limit);
    },
    finish: async (left) => {
      if (looked === null) return;
      await finishPass(context, left === undefined ? looked : asNewAsBefore(looked));
      if (left === undefined && looked.newDay) await prune(context, looked.began);
    },
  };
}

async function look(context: Context, pass: Pass): Promise<StoreChange[]> {
  const columns = await context.columns();
  const ask: Ask = { instance: context.settings.instance, engine: context.engine };
  const left: Statement[] = [leftTickets(ask), ...(pass.orders === null ? [] : [leftOrders(ask, pass.orders)])];
  const [tickets = [], ...others] = await context.engine.read([
    ...left,
    ...quickQuestions(ask),
    ...(pass.recent === null ? [] : historyQuestions(ask, columns, pass.recent)),
    ...(pass.orders === null ? [] : orderQuestions(ask, pass.orders)),
    ...(pass.documents === null ? [] : documentQuestions(ask, pass.documents)),
    ...(pass.days === null ? [] : historyQuestions(ask, columns, pass.days)),
  ]);
  const orders = pass.orders === null ? [] : (others.shift() ?? []);
  const found = others.flat();
  return byOrder([
    ...found,
    ...(await ticketsGone(context, ask, pass, tickets, found)),
    ...(await ordersGone(context, orders, found)),
  ]);
}

/** A ticket that left the unposted documents and is not in history either was voided, whatever else it was. */
async function ticketsGone(
  { engine }: Context,
  ask: Ask,
  { window }: Pass,
  left: readonly Row[],
  found: readonly Row[],
): Promise<Row[]> {
  const known = new Set(found.map((row) => cell(row, 'seen_key')));
  const unseen = left.filter((row) => !known.has(`P:${cell(row, 'doc_id')}`));
  const posted = await idsFound(engine, unseen, (ids) => ticketsInHistory(ask, ids, window));
  return unseen.map((row) => {
    const id = cell(row, 'doc_id');
    return posted.has(id)
      ? { ...row, seen_key: `P:${id}`, what: 'release ticket posted' }
      : { ...row, seen_key: `G:${id}`, what: 'release ticket gone' };
  });
}

/** An order that left the unposted documents is in history, or gone. */
async function ordersGone({ engine }: Context, left: readonly Row[], found: readonly Row[]): Promise<Row[]> {
  const known = new Set(
    found.filter((row) => cell(row, 'seen_key') === HISTORY_KEY).map((row) => cell(row, 'order_no')),
  );
  const unseen = left.filter((row) => !known.has(cell(row, 'order_no')));
  const finished = await idsFound(engine, unseen, ordersInHistory);
  return unseen.map((row) =>
    finished.has(cell(row, 'doc_id'))
      ? { ...row, seen_key: HISTORY_KEY, what: 'order moved to history' }
      : { ...row, seen_key: GONE_KEY, what: 'order gone from Counterpoint' },
  );
}

async function idsFound(
  engine: Context['engine'],
  rows: readonly Row[],
  question: (ids: readonly string[]) => Statement,
): Promise<Set<string>> {
  const portions = inPortions(rows.map((row) => cell(row, 'doc_id')));
  const answers = portions.length === 0 ? [] : await engine.read(portions.map(question));
  return new Set(answers.flat().map((row) => cell(row, 'doc_id')));
}

function byOrder(rows: readonly Row[]): StoreChange[] {
  const orders = new Map<string, { readonly keys: Set<string>; readonly what: Set<string> }>();
  for (const row of rows) {
    const order = cell(row, 'order_no');
    const change = orders.get(order) ?? { keys: new Set(), what: new Set() };
    orders.set(order, change);
    change.keys.add(cell(row, 'seen_key'));
    change.what.add(cell(row, 'what'));
  }
  return [...orders].map(([order, { keys, what }]) => ({ order, keys: [...keys], what: [...what].join(', ') }));
}
