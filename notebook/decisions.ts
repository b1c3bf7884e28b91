import {
  decisionRows,
  decisionsFrom,
  REVOCABLE,
  type DecisionKind,
  type DecisionRow,
  type KeptDecisions,
} from '../domain/order/decision-rows';
import type { EndState } from '../domain/order/lifecycle';
import type { NotebookContext } from './context';
import { cell, type EngineWords, type Executor, type Row, type Statement } from '../database/engine';
import { sql } from '../database/kysely';
import { ABOUT_LENGTH } from '../domain/order/decisions';
import { inPortions } from '../database/portions';

/** What a person typed may be longer than the columns, keys of ours are not. */
const short = (text: string): string => [...text].slice(0, ABOUT_LENGTH).join('');

/**
 * Writes down what was decided about an order. Idempotent: what stands there stays, only a request that was taken back
 * goes, and the newer value of one thing counts.
 */
export async function keepDecisions(
  context: NotebookContext,
  order: string,
  decided: KeptDecisions,
): Promise<KeptDecisions> {
  const {
    engine,
    settings: { instance },
  } = context;
  const rows = decisionRows(decided).map((row) => ({ ...row, about: short(row.about), value: short(row.value) }));
  return await engine.transaction(order, async (on) => {
    await engine.write([engine.lock(`cantus:decision:${instance}:${order}`)], on);
    const before = await read(context, order, on);
    const isKept = (row: DecisionRow): boolean => before.some((old) => same(old, row) && old.value === row.value);
    const fresh = rows.filter((row) => !isKept(row));
    const gone = before.filter(
      (old) =>
        fresh.some((row) => same(old, row)) || (REVOCABLE.includes(old.kind) && !rows.some((row) => same(old, row))),
    );
    const statements = [
      ...gone.map((row) => takenBack(instance, order, row)),
      ...fresh.map((row) => writtenDown(engine, instance, order, row)),
    ];
    if (statements.length > 0) await engine.write(statements, on);
    return decisionsFrom([...before.filter((old) => !gone.includes(old)), ...fresh]);
  });
}

export const takenBack = (instance: string, order: string, { kind, about }: DecisionRow): Statement =>
  sql`delete from cantus.decision where instance = ${instance} and order_no = ${order} and kind = ${kind} and about = ${about}`;

export const writtenDown = (
  { utcText }: EngineWords,
  instance: string,
  order: string,
  { kind, about, value }: DecisionRow,
): Statement =>
  sql`insert into cantus.decision (instance, order_no, kind, about, value, decided_at) values (${instance}, ${order}, ${kind}, ${about}, ${value}, ${utcText})`;

/** As the table's key compares them: a SQL Server usually does not tell capitals apart. */
const same = (a: DecisionRow, b: DecisionRow): boolean =>
  a.kind === b.kind && a.about.toUpperCase() === b.about.toUpperCase();

/** What is kept of one order; undefined: nobody decided anything. */
export async function keptDecisions(context: NotebookContext, order: string): Promise<KeptDecisions | undefined> {
  const rows = await read(context, order);
  return rows.length === 0 ? undefined : decisionsFrom(rows);
}

export const decidedOf = (instance: string, order: string): Statement =>
  sql`select kind as "kind", about as "about", value as "value" from cantus.decision where instance = ${instance} and order_no = ${order}`;

async function read({ engine, settings }: NotebookContext, order: string, on?: Executor): Promise<DecisionRow[]> {
  const [rows = []] = await engine.read([decidedOf(settings.instance, order)], on);
  return rows.map(rowOf);
}

const rowOf = (row: Row): DecisionRow => ({
  kind: cell(row, 'kind') as DecisionKind,
  about: cell(row, 'about'),
  value: cell(row, 'value'),
});

export const endingsOf = ({ settings }: Pick<NotebookContext, 'settings'>, orders: readonly string[]): Statement =>
  sql`select order_no as "order_no", value as "value" from cantus.decision where instance = ${settings.instance} and kind = 'ended' and order_no in (${sql.join(orders)})`;

/** How those of these orders ended that ended by a decision. */
export async function endedByDecision(
  context: NotebookContext,
  orders: readonly string[],
): Promise<Map<string, EndState>> {
  const ended = new Map<string, EndState>();
  for (const part of inPortions(orders)) {
    const [rows = []] = await context.engine.read([endingsOf(context, part)]);
    for (const row of rows) ended.set(cell(row, 'order_no'), cell(row, 'value') as EndState);
  }
  return ended;
}

export const decidedOfAll = ({ settings }: Pick<NotebookContext, 'settings'>, orders: readonly string[]): Statement =>
  sql`select order_no as "order_no", kind as "kind", about as "about", value as "value" from cantus.decision where instance = ${settings.instance} and order_no in (${sql.join(orders)})`;

/** What is kept of these orders. */
export async function decisionsOf(
  context: NotebookContext,
  orders: readonly string[],
): Promise<Map<string, KeptDecisions>> {
  const rows = new Map<string, DecisionRow[]>();
  for (const part of inPortions(orders)) {
    const [found = []] = await context.engine.read([decidedOfAll(context, part)]);
    for (const row of found) {
      const order = cell(row, 'order_no');
      rows.set(order, [...(rows.get(order) ?? []), rowOf(row)]);
    }
  }
  return new Map([...rows].map(([order, own]) => [order, decisionsFrom(own)]));
}
