import { defineSearchAttributeKey } from '@temporalio/common';
import { NEWEST_RUN, ordersOf, RUNNING } from '../../domain/engine-names';
import type { WorkflowExecutionInfo } from '@temporalio/client';
import type { Command } from 'commander';
import { overdueOrders } from '../../passes/ages';
import { sinceOf } from '../../passes/order-runs';
import { parseOrderWorkflowId } from '../../domain/identities';
import { SEARCH_ATTRIBUTES, type SearchAttributeName } from '../../domain/search-attributes';
import type { Settings } from '../../domain/settings';
import { command, settingsOf, type CommonOptions, type Done } from '../options';
import { print } from '../output';
import { table } from '../../domain/text/table';
import { withEngine, type Engine } from '../session';

interface Row {
  readonly order: string;
  readonly state: string;
  readonly attention: string | null;
  readonly ticket: string | null;
  readonly total: number | null;
  readonly since: string;
  /** Hours until its authorisation lapses; null: none is open, or its life is not configured. */
  readonly authorizationHours: number | null;
}

interface ListOptions extends CommonOptions {
  readonly attention: boolean;
  readonly open: boolean;
  readonly authorizations: boolean;
  readonly overdue: boolean;
  readonly state?: string;
  readonly limit: string;
}

export const listCommand = (done: Done): Command =>
  command('list', 'orders and where they stand')
    .option('--attention', 'only those that need attention', false)
    .option('--open', 'only those that have not ended', false)
    .option('--authorizations', 'open orders by the hours until their authorisation lapses', false)
    .option('--overdue', 'only those that stay in a state longer than its age limit', false)
    .option('--state <state>', 'only those in this state')
    .option('--limit <count>', 'at most this many', '1000')
    .action(async (options: ListOptions) => {
      const instances = await settingsOf(options);
      const rows = await withEngine(async (engine) => {
        const all: Row[] = [];
        for (const settings of instances) all.push(...(await rowsOf(engine, settings, options)));
        return all;
      });
      print(options.json, rows, () => inColumns(rows, options.authorizations));
      done(rows.some((row) => row.attention !== null) ? 1 : 0);
    });

async function rowsOf(engine: Engine, settings: Settings, options: ListOptions): Promise<Row[]> {
  const conditions = [ordersOf(settings.instance)];
  if (options.attention) conditions.push('CantusAttention IS NOT NULL');
  if (options.open || options.authorizations) conditions.push(RUNNING);
  if (options.state !== undefined) conditions.push(`CantusState = '${options.state.replace(/[^a-z_]/g, '')}'`);
  const rows: Row[] = [];
  const limit = Number(options.limit);
  conditions.push(NEWEST_RUN);
  for await (const run of engine.client.workflow.list({ query: conditions.join(' AND ') })) {
    if (rows.length >= limit) break;
    rows.push(rowOf(run));
  }
  if (options.authorizations) {
    const hours = (row: Row): number => row.authorizationHours ?? Infinity;
    return rows.filter((row) => row.authorizationHours !== null).sort((a, b) => hours(a) - hours(b));
  }
  if (options.overdue) {
    const overdue = new Set((await overdueOrders(engine.client, settings)).map(({ order }) => order));
    return rows.filter((row) => overdue.has(row.order)).sort((a, b) => a.since.localeCompare(b.since));
  }
  return rows.sort((a, b) => a.order.localeCompare(b.order, 'en', { numeric: true }));
}

function rowOf(run: WorkflowExecutionInfo): Row {
  const keyword = (name: SearchAttributeName): string | null =>
    run.typedSearchAttributes.get(defineSearchAttributeKey(name, 'KEYWORD')) ?? null;
  return {
    order: parseOrderWorkflowId(run.workflowId)?.order ?? keyword('CantusOrder') ?? run.workflowId,
    state: keyword('CantusState') ?? 'imported',
    attention: keyword('CantusAttention'),
    ticket: keyword('CantusTicket'),
    total:
      run.typedSearchAttributes.get(defineSearchAttributeKey('CantusTotal', SEARCH_ATTRIBUTES.CantusTotal)) ?? null,
    since: sinceOf(run),
    authorizationHours: hoursUntil(run.memo?.['lapses']),
  };
}

const HOUR = 3_600_000;

const hoursUntil = (instant: unknown): number | null =>
  typeof instant === 'string' ? Math.floor((Date.parse(instant) - Date.now()) / HOUR) : null;

const inColumns = (rows: readonly Row[], authorizations: boolean): string =>
  rows.length === 0
    ? 'No orders.'
    : table(
        ['order', 'state', 'attention', 'ticket', 'total', 'since', ...(authorizations ? ['hours left'] : [])],
        rows.map((row) => [
          row.order,
          row.state,
          row.attention ?? '',
          row.ticket ?? '',
          row.total?.toFixed(2) ?? '',
          row.since.slice(0, 16),
          ...(authorizations ? [String(row.authorizationHours ?? '')] : []),
        ]),
      );
