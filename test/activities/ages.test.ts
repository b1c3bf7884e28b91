import type { Client } from '@temporalio/client';
import { overdueOrders, tellOverdue } from '../../passes/ages';
import type { Settings } from '../../domain/settings';

const settings = {
  instance: 'acme',
  timezone: 'America/New_York',
  ageLimits: {
    imported: 900,
    in_counterpoint: 259_200,
    partially_released: 604_800,
    invoiced: 259_200,
    shipped: 86_400,
  },
  notifications: { webhook: { url: 'http://127.0.0.1:1' } },
} as unknown as Settings;

interface Run {
  readonly workflowId: string;
  readonly startTime: Date;
  readonly memo?: Record<string, unknown>;
}

/** An engine whose index answers by state, and that notes what it was asked and told. */
function engine(runs: Readonly<Record<string, readonly Run[]>>) {
  const queries: string[] = [];
  const told: { readonly signal: string; readonly signalArgs: readonly unknown[]; readonly workflowId: string }[] = [];
  const client = {
    workflow: {
      async *list({ query }: { query: string }) {
        queries.push(query);
        yield* runs[/CantusState = '(\w+)'/.exec(query)?.[1] ?? ''] ?? [];
      },
      signalWithStart: async (_type: string, options: (typeof told)[number]) => {
        told.push(options);
      },
      getHandle: () => ({ signal: async () => undefined }),
    },
  } as unknown as Client;
  return { client, queries, told };
}

const now = Date.parse('2026-11-22T12:00:00Z');
const old = new Date('2026-11-01T00:00:00Z');

beforeEach(() => jest.spyOn(Date, 'now').mockReturnValue(now));
afterEach(() => jest.restoreAllMocks());
const run = (order: string, stateSince?: string): Run => ({
  workflowId: `order:acme:${order}`,
  startTime: old,
  ...(stateSince === undefined ? {} : { memo: { stateSince } }),
});

test('P-04 finds orders that stay in a state longer than its limit, by when they came into that state', async () => {
  const { client, queries } = engine({
    in_counterpoint: [run('000000001', '2026-11-10T00:00:00Z'), run('000000002', '2026-11-22T00:00:00Z')],
    shipped: [run('000000003')],
  });
  await expect(overdueOrders(client, settings, now)).resolves.toEqual([
    { order: '000000003', state: 'shipped', since: old.toISOString() },
    { order: '000000001', state: 'in_counterpoint', since: '2026-11-10T00:00:00Z' },
  ]);
  expect(queries).toHaveLength(5);
  expect(queries.every((query) => query.includes('CantusAttention IS NULL'))).toBe(true);
  expect(queries[0]).toContain("StartTime < '2026-11-22T11:45:00.000Z'");
});

test('P-20 all that are overdue are told as one incident', async () => {
  const { client, told } = engine({ in_counterpoint: [run('000000001'), run('000000002')] });
  const deps = { client, settings, log: () => undefined };
  await expect(tellOverdue(deps)).resolves.toEqual({ overdue: 2 });
  expect(told).toMatchObject([{ workflowId: 'incident:acme:overdue', signal: 'reportAll' }]);
  expect(told[0]?.signalArgs[0]).toMatchObject([
    { kind: 'raised', order: '000000001', action: 'in_counterpoint' },
    { kind: 'raised', order: '000000002', action: 'in_counterpoint' },
  ]);
});

test('asks nothing where nobody is to be told', async () => {
  const { client, queries } = engine({});
  const deps = { client, settings: { ...settings, notifications: {} }, log: () => undefined };
  await expect(tellOverdue(deps)).resolves.toEqual({ overdue: 0 });
  expect(queries).toEqual([]);
});
